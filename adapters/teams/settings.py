"""Who the bot is to Microsoft, and whether these settings are safe to start with."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address

from adapters.teams.certificate import read_certificate

MULTI_TENANT, SINGLE_TENANT, MANAGED_IDENTITY = "multitenant", "singletenant", "userassignedmsi"


@dataclass(frozen=True, slots=True)
class Cloud:
    """The addresses of one Microsoft cloud. The defaults are the public cloud's."""

    issuer: str = "https://api.botframework.com"
    metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login_url: str = "https://login.microsoftonline.com/"
    scope: str = "https://api.botframework.com"
    service_url: str = "https://smba.trafficmanager.net/teams"
    """Where a person is reached before their first message has told us a nearer address."""


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """The bot's registration. ``app_type`` is MultiTenant, SingleTenant or UserAssignedMSI.

    ``anonymous`` accepts every caller and sends without a token: for the Agents Playground alone.
    ``app_certificate`` is the path of a PEM file, in place of ``app_password``.
    """

    app_id: str
    app_password: str = field(repr=False, default="")
    app_type: str = "MultiTenant"
    app_tenant_id: str = ""
    anonymous: bool = False
    cloud: Cloud = Cloud()
    app_certificate: str = ""
    patience: float = 4.0
    """Seconds after which whoever pressed is told that the answer follows. Teams waits for 10, and
    for 5 where its message extension asks."""


def check_settings(settings: TeamsSettings, host: str) -> None:
    """Raise ``ValueError`` with a sentence for the operator unless these are safe to serve with.

    ``host`` is the address that the web server listens on.
    """
    if settings.anonymous:
        if settings.app_id:
            raise ValueError(
                "HOURBRIDGE_TEAMS_ANONYMOUS is for trying out without an app id: "
                "unset it, or unset MICROSOFT_APP_ID."
            )
        if not _is_loopback(host):
            raise ValueError(
                "HOURBRIDGE_TEAMS_ANONYMOUS lets in every caller, so HOURBRIDGE_HOST has to be "
                f"127.0.0.1 and not {host!r}."
            )
        return
    if not settings.app_id:
        raise ValueError(
            "MICROSOFT_APP_ID is empty. Set it to the bot's app id. For the Agents Playground "
            "set HOURBRIDGE_TEAMS_ANONYMOUS=1 and HOURBRIDGE_HOST=127.0.0.1."
        )
    kind = settings.app_type.lower()
    if kind not in (MULTI_TENANT, SINGLE_TENANT, MANAGED_IDENTITY):
        raise ValueError(
            "MICROSOFT_APP_TYPE has to be MultiTenant, SingleTenant or UserAssignedMSI, "
            f"not {settings.app_type!r}."
        )
    if kind != MULTI_TENANT and not settings.app_tenant_id:
        raise ValueError(
            f"MICROSOFT_APP_TENANT_ID is empty. A {settings.app_type} bot needs its tenant id."
        )
    _check_credential(settings, managed=kind == MANAGED_IDENTITY)


def _check_credential(settings: TeamsSettings, *, managed: bool) -> None:
    """A managed identity has no credential of its own; every other app has exactly one."""
    password, certificate = settings.app_password, settings.app_certificate
    if managed and (password or certificate):
        name = "MICROSOFT_APP_PASSWORD" if password else "MICROSOFT_APP_CERTIFICATE"
        raise ValueError(f"A UserAssignedMSI bot has no credential of its own: unset {name}.")
    if password and certificate:
        raise ValueError(
            "MICROSOFT_APP_PASSWORD and MICROSOFT_APP_CERTIFICATE are both set: "
            "keep the one that Microsoft Entra has, and unset the other."
        )
    if certificate:
        read_certificate(certificate)
    elif not password and not managed:
        raise ValueError(
            "MICROSOFT_APP_PASSWORD is empty. Set it to the app's client secret, "
            "or set MICROSOFT_APP_CERTIFICATE to the file of its certificate."
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
