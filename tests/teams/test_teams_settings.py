from __future__ import annotations

from pathlib import Path

import pytest

from adapters.teams.settings import TeamsSettings, check_settings
from bot.settings import SettingsError, check_for_serving, read_settings
from bot.wiring import teams_settings
from tests.teams import pem


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_an_anonymous_bot_may_serve_this_machine(host: str) -> None:
    check_settings(TeamsSettings("", anonymous=True), host)


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "10.0.0.1", "hourbridge.example"])
def test_an_anonymous_bot_may_not_serve_anybody_else(host: str) -> None:
    with pytest.raises(ValueError, match="HOURBRIDGE_HOST"):
        check_settings(TeamsSettings("", anonymous=True), host)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (TeamsSettings(""), "MICROSOFT_APP_ID"),
        (TeamsSettings("app", anonymous=True), "HOURBRIDGE_TEAMS_ANONYMOUS"),
        (TeamsSettings("app"), "MICROSOFT_APP_PASSWORD"),
        (TeamsSettings("app", "pw", "SingleTenant"), "MICROSOFT_APP_TENANT_ID"),
        (TeamsSettings("app", "", "UserAssignedMSI"), "MICROSOFT_APP_TENANT_ID"),
        (TeamsSettings("app", "pw", "Nonsense"), "MICROSOFT_APP_TYPE"),
        (TeamsSettings("app", "pw", "UserAssignedMSI", "t"), "unset MICROSOFT_APP_PASSWORD"),
        (
            TeamsSettings("app", "", "UserAssignedMSI", "t", app_certificate="bot.pem"),
            "unset MICROSOFT_APP_CERTIFICATE",
        ),
        (TeamsSettings("app", "pw", app_certificate="bot.pem"), "are both set"),
    ],
)
def test_settings_that_cannot_work_name_what_to_set(settings: TeamsSettings, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        check_settings(settings, "127.0.0.1")


@pytest.mark.parametrize(
    "settings",
    [
        TeamsSettings("app", "pw"),
        TeamsSettings("app", "pw", "SingleTenant", "tenant"),
        TeamsSettings("app", "", "UserAssignedMSI", "tenant"),
    ],
)
def test_a_registered_bot_may_serve_the_world(settings: TeamsSettings) -> None:
    check_settings(settings, "0.0.0.0")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.pem"


def with_certificate(path: str) -> TeamsSettings:
    return TeamsSettings("app", "", "SingleTenant", "tenant", app_certificate=path)


@pytest.mark.parametrize(
    "parts",
    [
        (pem.key_pem("bot"), pem.certificate_pem("bot")),
        (pem.certificate_pem("bot"), pem.key_pem("bot")),
        (pem.certificate_pem("authority"), pem.certificate_pem("bot"), pem.key_pem("bot")),
    ],
    ids=["key first", "certificate first", "chain"],
)
def test_a_file_with_a_key_and_its_certificate_is_taken(file: Path, parts: tuple[str, ...]) -> None:
    check_settings(with_certificate(pem.written(file, *parts)), "0.0.0.0")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((), "has no private key"),
        ((pem.certificate_pem("bot"),), "has no private key"),
        ((pem.key_pem("bot"),), "has no certificate"),
        ((pem.key_pem("bot"), pem.certificate_pem("other")), "belongs to another certificate"),
        ((pem.key_pem("bot"), pem.certificate_pem("bot", days=-1)), "expired on"),
        ((pem.key_pem("bot"), pem.certificate_pem("bot", starts=2)), "is not valid before"),
        ((pem.key_pem("bot", "a word"), pem.certificate_pem("bot")), "encrypted private key"),
        (("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",), "cannot be read"),
        ((pem.elliptic_key_pem(), pem.certificate_pem("bot")), "another kind than RSA"),
        (
            (
                pem.key_pem("bot"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            ),
            "has no certificate that can be read",
        ),
        (("x" * 300_000,), "too big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_no_use_is_refused_in_one_sentence_that_quotes_nothing_of_it(
    file: Path, parts: tuple[str, ...], why: str
) -> None:
    path = pem.written(file, *parts)
    with pytest.raises(ValueError, match=why) as raised:
        check_settings(with_certificate(path), "0.0.0.0")
    said = str(raised.value)
    assert said.startswith("The file that MICROSOFT_APP_CERTIFICATE names ")
    assert "\n" not in said
    assert not any(line in said for part in parts for line in part.splitlines())


@pytest.mark.parametrize("name", ["nowhere.pem", ".", "a\0b"])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="MICROSOFT_APP_CERTIFICATE names cannot be read"):
        check_settings(with_certificate(str(tmp_path / name)), "0.0.0.0")


def test_the_environment_names_the_file(file: Path) -> None:
    path = pem.written(file, pem.key_pem("bot"), pem.certificate_pem("bot"))
    environment = {"MICROSOFT_APP_ID": "app", "MICROSOFT_APP_CERTIFICATE": path}
    assert teams_settings(read_settings(environment)).app_certificate == path
    pem.written(file, "nothing")
    with pytest.raises(SettingsError, match="has no private key"):
        teams_settings(read_settings(environment))


def test_the_id_of_the_app_may_be_written_in_capitals() -> None:
    environment = {"MICROSOFT_APP_ID": "0A1B2C3D-1111-2222-3333-444455556666"}
    assert read_settings(environment).teams_app_id == "0a1b2c3d-1111-2222-3333-444455556666"


def test_a_certificate_without_an_app_is_refused() -> None:
    given = {"HOURBRIDGE_SECRET_KEY": "x" * 40, "MICROSOFT_APP_CERTIFICATE": "bot.pem"}
    with pytest.raises(SettingsError, match="MICROSOFT_APP_ID is not"):
        check_for_serving(read_settings(given))
