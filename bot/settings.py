"""Settings from the environment or a ``.env`` file, under the names of the operators' contract."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

SHORTEST_SECRET = 32
LONGEST_DRAIN = 300


class SettingsError(Exception):
    """A setting that is missing or wrong, in a sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Everything that an operator sets. Secrets never show in its representation."""

    database_url: str = "sqlite:///var/hourbridge.db"
    host: str = "127.0.0.1"
    port: int = 3978
    public_url: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    operator_token: str = field(default="", repr=False)
    drain_seconds: int = 0
    slack_signing_secret: str = field(default="", repr=False)
    slack_bot_token: str = field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    slack_authorize_url: str = "https://slack.com/oauth/v2/authorize"
    teams_app_id: str = ""
    teams_app_password: str = field(default="", repr=False)
    teams_app_certificate: str = ""
    teams_app_type: str = "MultiTenant"
    teams_app_tenant_id: str = ""
    teams_anonymous: bool = False

    @property
    def slack(self) -> bool:
        """Whether Slack is set up."""
        many = bool(self.slack_client_id and self.slack_client_secret)
        return bool(self.slack_signing_secret) and (bool(self.slack_bot_token) or many)

    @property
    def teams(self) -> bool:
        """Whether Teams is set up."""
        return bool(self.teams_app_id) or self.teams_anonymous

    @property
    def url(self) -> str:
        """The address that people reach Hourbridge's own pages at, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def loopback(self) -> bool:
        """Whether the server listens to this machine alone."""
        return _is_loopback(self.host)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment, over those in ``.env``. Raises ``SettingsError``."""
    given: dict[str, str] = {}
    if environment is None:
        file = {name: value for name, value in dotenv_values(Path(".env")).items() if value}
        given = {**file, **os.environ}
    else:
        given = dict(environment)

    def of(name: str, default: str = "") -> str:
        return _given(given, name) or default

    return Settings(
        database_url=of("HOURBRIDGE_DATABASE_URL", Settings.database_url),
        host=of("HOURBRIDGE_HOST", Settings.host),
        port=_port(of("HOURBRIDGE_PORT", str(Settings.port))),
        public_url=of("HOURBRIDGE_PUBLIC_URL"),
        secrets=tuple(one.strip() for one in of("HOURBRIDGE_SECRET_KEY").split(",") if one.strip()),
        operator_token=of("HOURBRIDGE_OPERATOR_TOKEN"),
        drain_seconds=_drain(of("HOURBRIDGE_DRAIN_SECONDS", str(Settings.drain_seconds))),
        slack_signing_secret=of("SLACK_SIGNING_SECRET"),
        slack_bot_token=of("SLACK_BOT_TOKEN"),
        slack_client_id=of("SLACK_CLIENT_ID"),
        slack_client_secret=of("SLACK_CLIENT_SECRET"),
        slack_app_token=of("SLACK_APP_TOKEN"),
        slack_api_url=of("SLACK_API_URL", Settings.slack_api_url),
        slack_authorize_url=of("SLACK_AUTHORIZE_URL", Settings.slack_authorize_url),
        teams_app_id=of("MICROSOFT_APP_ID").lower(),  # as Microsoft's tokens have it
        teams_app_password=of("MICROSOFT_APP_PASSWORD"),
        teams_app_certificate=of("MICROSOFT_APP_CERTIFICATE"),
        teams_app_type=of("MICROSOFT_APP_TYPE", Settings.teams_app_type),
        teams_app_tenant_id=of("MICROSOFT_APP_TENANT_ID"),
        teams_anonymous=of("HOURBRIDGE_TEAMS_ANONYMOUS") == "1",
    )


def _given(given: Mapping[str, str], name: str) -> str:
    """A setting's value: its own, or what stands in the file that NAME_FILE names, as container
    platforms hand over secrets."""
    value, file = given.get(name, "").strip(), given.get(f"{name}_FILE", "").strip()
    if not file:
        return value
    if value:
        raise SettingsError(f"{name} and {name}_FILE are both set: set one or the other.")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingsError(f"{name}_FILE names {file}, which cannot be read: {reason}.") from None


def _port(words: str) -> int:
    if words.isascii() and words.isdigit() and int(words) < 65536:
        return int(words)
    raise SettingsError(f"HOURBRIDGE_PORT must be a port number, and is {words!r}.")


def _drain(words: str) -> int:
    if words.isascii() and words.isdigit() and int(words) <= LONGEST_DRAIN:
        return int(words)
    raise SettingsError(
        f"HOURBRIDGE_DRAIN_SECONDS must be from 0 to {LONGEST_DRAIN}, and is {words!r}."
    )


def check_for_serving(settings: Settings) -> None:
    """Whether ``serve`` may start. Raises ``SettingsError`` with what to do."""
    if not settings.secrets:
        raise SettingsError(
            "HOURBRIDGE_SECRET_KEY is not set. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if any(len(one) < SHORTEST_SECRET for one in settings.secrets):
        raise SettingsError(
            f"HOURBRIDGE_SECRET_KEY must have at least {SHORTEST_SECRET} characters."
        )
    if settings.operator_token and len(settings.operator_token) < SHORTEST_SECRET:
        raise SettingsError(
            f"HOURBRIDGE_OPERATOR_TOKEN must have at least {SHORTEST_SECRET} characters."
        )
    if settings.teams_anonymous and not settings.loopback:
        raise SettingsError(
            "HOURBRIDGE_TEAMS_ANONYMOUS=1 lets anybody in, so it needs a loopback HOURBRIDGE_HOST."
        )
    if settings.teams_app_password and not settings.teams_app_id:
        raise SettingsError("MICROSOFT_APP_PASSWORD is set and MICROSOFT_APP_ID is not.")
    if settings.teams_app_certificate and not settings.teams_app_id:
        raise SettingsError("MICROSOFT_APP_CERTIFICATE is set and MICROSOFT_APP_ID is not.")
    _check_slack(settings)


def _check_slack(settings: Settings) -> None:
    one, many = settings.slack_bot_token, settings.slack_client_id or settings.slack_client_secret
    if one and many:
        raise SettingsError(
            "SLACK_BOT_TOKEN is for one workspace, and SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are "
            "for installing into many: set one or the other."
        )
    _check_pair(settings.slack_client_id, settings.slack_client_secret)
    if settings.slack_app_token and not (one or many):
        raise SettingsError(
            "SLACK_APP_TOKEN is set, and answers need SLACK_BOT_TOKEN (for one workspace) or "
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (for many) as well."
        )
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        raise SettingsError(
            "SLACK_APP_TOKEN is not an app-level token: those begin with xapp-. Find it in the "
            "app's settings in Slack, under Basic Information."
        )
    if settings.slack_signing_secret and not (one or many):
        raise SettingsError(
            "SLACK_SIGNING_SECRET is set, and neither SLACK_BOT_TOKEN (for one workspace) nor "
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (for many) is."
        )
    if (one or many) and not settings.slack_signing_secret:
        given = "SLACK_BOT_TOKEN is" if one else "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are"
        raise SettingsError(f"{given} set and SLACK_SIGNING_SECRET is not.")
    if many:
        _check_way_back(settings)


def _check_pair(client_id: str, client_secret: str) -> None:
    if client_id and not client_secret:
        raise SettingsError("SLACK_CLIENT_ID is set and SLACK_CLIENT_SECRET is not.")
    if client_secret and not client_id:
        raise SettingsError("SLACK_CLIENT_SECRET is set and SLACK_CLIENT_ID is not.")


def _check_way_back(settings: Settings) -> None:
    """Slack sends browsers back with a code, which is for nobody else to read on the way."""
    if not _is_private_way(settings.url):
        raise SettingsError(
            "Installing into Slack needs HOURBRIDGE_PUBLIC_URL, the https:// address that browsers "
            f"reach Hourbridge at. It is {settings.url} now."
        )


def _is_private_way(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    if address.scheme == "http":
        return _is_loopback(address.hostname or "")
    return address.scheme == "https" and bool(address.hostname)
