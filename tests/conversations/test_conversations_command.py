"""Where the app is in, as an operator sees it."""

from __future__ import annotations

import pytest

from tests.bot.terminal import Terminal
from tests.conversations.reports import GROUP_IS_IN, ROTA_IS_IN, TEAM, TEAM_IS_IN, reports
from tests.world import World


@pytest.fixture(autouse=True)
def _in_its_database(terminal: Terminal, world: World) -> None:
    """The terminal and the world share the test's database."""


def test_the_listing_says_where_the_app_is_in_and_where_no_more(
    terminal: Terminal, world: World
) -> None:
    reports(world, ROTA_IS_IN, team_name="Ward 7")
    reports(world, GROUP_IS_IN, 1)
    reports(world, TEAM_IS_IN, 2, present=False)
    heads, *rows = terminal.does("conversations").splitlines()
    assert heads.split() == [
        *("PLATFORM", "TENANT", "KIND", "TEAM", "CHANNEL", "IN", "SINCE", "LAST", "SEEN"),
        *("DIGESTS", "ANNOUNCEMENTS", "FOR", "ID"),
    ]
    assert [" ".join(row.split()) for row in rows] == [
        "teams tenant-southgate group - - yes 2026-05-05 09:01:00Z 2026-05-05 09:01:00Z "
        "no no - 19:group@thread.v2",
        "teams tenant-southgate channel Ward 7 - no 2026-05-05 09:02:00Z 2026-05-05 09:02:00Z "
        "no no - 19:team@thread.tacv2",
        "teams tenant-southgate channel Ward 7 Rota no 2026-05-05 09:02:00Z 2026-05-05 09:00:00Z "
        "no no - 19:rota@thread.tacv2",
    ]
    team = next(one for one in terminal.lists("conversations") if one["id"] == TEAM)
    assert team == {
        "platform": "teams",
        "tenant": "tenant-southgate",
        "id": TEAM,
        "kind": "channel",
        "team": TEAM,
        "team_name": "Ward 7",
        "name": "",
        "live": False,
        "since": "2026-05-05T09:02:00+00:00",
        "seen_at": "2026-05-05T09:02:00+00:00",
        "service_url": "https://smba.trafficmanager.net/uk/",
        "bot": "28:bot",
        "locale": "en-GB",
        "digests": False,
        "announcements": False,
        "registered_for": "",
        "registered_at": None,
    }


def test_the_listing_says_what_is_posted_and_for_whom(terminal: Terminal, world: World) -> None:
    ana = world.person("Ana")
    world.channel("improvement", by=ana, announcements=False)
    world.channel("everyone", by=ana, organisation_id=None)
    _heads, *rows = terminal.does("conversations").splitlines()
    words = [" ".join(row.split()) for row in rows]
    assert words[0].endswith("Z yes no NGH C-improvement")
    assert words[1].endswith("Z yes yes the whole system C-everyone")
    first, second = terminal.lists("conversations")
    assert (first["digests"], first["announcements"]) == (True, False)
    assert (first["registered_for"], second["registered_for"]) == ("NGH", "the whole system")
    assert first["registered_at"]


def test_before_the_app_is_in_any_the_listing_says_so(terminal: Terminal) -> None:
    assert "yet" in terminal.does("conversations")
    assert terminal.lists("conversations") == []


def test_the_command_explains_itself(terminal: Terminal) -> None:
    assert terminal.run("conversations --help") == 0
    assert "group chats, teams and channels" in terminal.out
