"""Slack's settings: one workspace, many, Socket Mode, and every half of them that is refused."""

from __future__ import annotations

import pytest

from bot.settings import SettingsError, check_for_serving, read_settings
from bot.wiring import slack_settings

BASE = {"HOURBRIDGE_SECRET_KEY": "s" * 40}
SIGNED = {"SLACK_SIGNING_SECRET": "signing"}
ONE = {**SIGNED, "SLACK_BOT_TOKEN": "xoxb-1"}
MANY = {
    **SIGNED,
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "secret",
    "HOURBRIDGE_PUBLIC_URL": "https://hours.example/",
}
SOCKET = {"SLACK_APP_TOKEN": "xapp-1-A0-1-x"}


@pytest.mark.parametrize("given", [ONE, MANY, {**ONE, **SOCKET}, {**MANY, **SOCKET}])
def test_one_workspace_or_many_with_or_without_a_socket_is_served(given: dict[str, str]) -> None:
    settings = read_settings({**BASE, **given})
    check_for_serving(settings)
    assert settings.slack


def test_every_setting_of_slack_reaches_the_platform() -> None:
    found = slack_settings(
        read_settings(
            {
                **BASE,
                **MANY,
                **SOCKET,
                "SLACK_API_URL": "http://127.0.0.1:9/api/",
                "SLACK_AUTHORIZE_URL": "http://127.0.0.1:9/oauth/v2/authorize",
            }
        )
    )
    assert (found.signing_secret, found.bot_token) == ("signing", "")
    assert (found.client_id, found.client_secret) == ("1.2", "secret")
    assert found.app_token == "xapp-1-A0-1-x"
    assert found.api_url == "http://127.0.0.1:9/api/"
    assert found.authorize_url == "http://127.0.0.1:9/oauth/v2/authorize"
    assert found.public_url == "https://hours.example"


def test_slacks_own_addresses_are_the_defaults() -> None:
    found = slack_settings(read_settings({**BASE, **ONE}))
    assert found.api_url == "https://slack.com/api/"
    assert found.authorize_url == "https://slack.com/oauth/v2/authorize"


@pytest.mark.parametrize(
    "given",
    [
        {},
        SIGNED,
        {"SLACK_BOT_TOKEN": "xoxb-1"},
        {**SIGNED, "SLACK_CLIENT_ID": "1.2"},
        {**SIGNED, "SLACK_CLIENT_SECRET": "secret"},
        {**SIGNED, **SOCKET},
    ],
)
def test_with_less_slack_is_off(given: dict[str, str]) -> None:
    assert not read_settings({**BASE, **given}).slack


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            SIGNED,
            "SLACK_SIGNING_SECRET is set, and neither SLACK_BOT_TOKEN (for one workspace) nor "
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (for many) is.",
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_BOT_TOKEN is set and SLACK_SIGNING_SECRET is not.",
        ),
        (
            {**MANY, "SLACK_SIGNING_SECRET": ""},
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set and SLACK_SIGNING_SECRET is not.",
        ),
        (
            {**MANY, "SLACK_CLIENT_SECRET": ""},
            "SLACK_CLIENT_ID is set and SLACK_CLIENT_SECRET is not.",
        ),
        (
            {**MANY, "SLACK_CLIENT_ID": ""},
            "SLACK_CLIENT_SECRET is set and SLACK_CLIENT_ID is not.",
        ),
        (
            {**MANY, **ONE},
            "SLACK_BOT_TOKEN is for one workspace, and SLACK_CLIENT_ID and SLACK_CLIENT_SECRET "
            "are for installing into many: set one or the other.",
        ),
        (
            SOCKET,
            "SLACK_APP_TOKEN is set, and answers need SLACK_BOT_TOKEN (for one workspace) or "
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (for many) as well.",
        ),
        (
            {**ONE, **SOCKET, "SLACK_SIGNING_SECRET": ""},
            "SLACK_BOT_TOKEN is set and SLACK_SIGNING_SECRET is not.",
        ),
        (
            {**ONE, "SLACK_APP_TOKEN": "xoxb-1"},
            "SLACK_APP_TOKEN is not an app-level token: those begin with xapp-. Find it in the "
            "app's settings in Slack, under Basic Information.",
        ),
    ],
)
def test_what_is_set_by_halves_is_refused_with_a_sentence(
    given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        check_for_serving(read_settings({**BASE, **given}))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "address",
    ["http://hours.example", "ftp://hours.example", "hours.example", "https://", "http://[::"],
)
def test_browsers_come_back_from_slack_over_https_alone(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        check_for_serving(read_settings({**BASE, **MANY, "HOURBRIDGE_PUBLIC_URL": address}))
    assert str(refused.value).startswith(
        "Installing into Slack needs HOURBRIDGE_PUBLIC_URL, the https:// address"
    )


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:3978", "http://localhost:8080"])
def test_on_this_machine_alone_browsers_may_come_back_without_tls(address: str) -> None:
    check_for_serving(read_settings({**BASE, **MANY, "HOURBRIDGE_PUBLIC_URL": address}))


def test_a_server_for_everybody_without_an_address_cannot_install() -> None:
    given = {**BASE, **MANY, "HOURBRIDGE_PUBLIC_URL": "", "HOURBRIDGE_HOST": "0.0.0.0"}
    with pytest.raises(SettingsError, match=r"It is http://0\.0\.0\.0:3978 now"):
        check_for_serving(read_settings(given))
