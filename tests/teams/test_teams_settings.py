from __future__ import annotations

import pytest

from adapters.teams.settings import TeamsSettings, check_settings


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
