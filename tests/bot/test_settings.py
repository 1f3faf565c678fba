"""Settings: the names of the operators' contract, and what may not be served."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, check_for_serving, read_settings
from bot.wiring import slack_settings, teams_settings

SECRET = "s" * 40


def test_nothing_set_gives_the_defaults_of_the_contract() -> None:
    settings = read_settings({})
    assert settings == Settings()
    assert settings.database_url == "sqlite:///var/hourbridge.db"
    assert (settings.port, settings.host) == (3978, "127.0.0.1")
    assert not settings.slack
    assert not settings.teams


def test_every_setting_is_read_under_its_name() -> None:
    settings = read_settings(
        {
            "HOURBRIDGE_DATABASE_URL": "postgresql+psycopg://db/hourbridge",
            "HOURBRIDGE_HOST": "0.0.0.0",
            "HOURBRIDGE_PORT": "8080",
            "HOURBRIDGE_PUBLIC_URL": "https://hours.example/",
            "HOURBRIDGE_SECRET_KEY": f"{SECRET}, {'o' * 40}",
            "SLACK_SIGNING_SECRET": "signing",
            "SLACK_BOT_TOKEN": "token",
            "SLACK_API_URL": "http://127.0.0.1:9/api/",
            "MICROSOFT_APP_ID": "app",
            "MICROSOFT_APP_PASSWORD": "password",
            "MICROSOFT_APP_TYPE": "SingleTenant",
            "MICROSOFT_APP_TENANT_ID": "tenant",
        }
    )
    assert settings.slack
    assert settings.teams
    assert settings.url == "https://hours.example"
    assert settings.secrets == (SECRET, "o" * 40)
    assert (settings.port, settings.loopback) == (8080, False)
    assert teams_settings(settings).app_type == "SingleTenant"
    check_for_serving(settings)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    names = (
        "HOURBRIDGE_SECRET_KEY",
        "MICROSOFT_APP_PASSWORD",
        "SLACK_APP_TOKEN",
        "SLACK_BOT_TOKEN",
        "SLACK_CLIENT_SECRET",
        "SLACK_SIGNING_SECRET",
    )
    settings = read_settings(dict.fromkeys(names, "marmalade"))
    assert "marmalade" not in repr(settings)
    assert "marmalade" not in repr(slack_settings(settings))
    assert "marmalade" not in repr(
        teams_settings(
            read_settings({"MICROSOFT_APP_ID": "app", "MICROSOFT_APP_PASSWORD": "marmalade"})
        )
    )


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("HOURBRIDGE_PORT=4000\nHOURBRIDGE_HOST=localhost\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOURBRIDGE_PORT", "5000")
    monkeypatch.delenv("HOURBRIDGE_HOST", raising=False)
    settings = read_settings()
    assert (settings.port, settings.host, settings.loopback) == (5000, "localhost", True)


@pytest.mark.parametrize("port", ["http", "-1", "65536", "3.5", "\u00b2"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="HOURBRIDGE_PORT"):
        read_settings({"HOURBRIDGE_PORT": port})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"HOURBRIDGE_SECRET_KEY": ""}, "HOURBRIDGE_SECRET_KEY is not set"),
        ({"HOURBRIDGE_SECRET_KEY": "short"}, "at least 32"),
        ({"HOURBRIDGE_SECRET_KEY": f"{SECRET},short"}, "at least 32"),
        (
            {"HOURBRIDGE_TEAMS_ANONYMOUS": "1", "HOURBRIDGE_HOST": "0.0.0.0"},
            "loopback HOURBRIDGE_HOST",
        ),
        ({"MICROSOFT_APP_PASSWORD": "x"}, "MICROSOFT_APP_ID is not"),
    ],
)
def test_settings_that_are_not_safe_to_serve_are_refused(given: dict[str, str], named: str) -> None:
    settings = read_settings({"HOURBRIDGE_SECRET_KEY": SECRET, **given})
    with pytest.raises(SettingsError, match=named):
        check_for_serving(settings)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"MICROSOFT_APP_ID": "app"}, "MICROSOFT_APP_PASSWORD"),
        ({"MICROSOFT_APP_ID": "app", "MICROSOFT_APP_TYPE": "Odd"}, "MICROSOFT_APP_TYPE"),
        ({"MICROSOFT_APP_ID": "app", "HOURBRIDGE_TEAMS_ANONYMOUS": "1"}, "ANONYMOUS"),
    ],
)
def test_a_bot_that_microsoft_would_not_know_is_refused(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        teams_settings(read_settings(given))
