"""``hourbridge deliveries``: the truth about what was sent, and another try for what failed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.couriers import Refused, Unreachable
from core.delivery.model import DeliveryState, Withheld
from core.delivery.respecting import HELD
from storage.books.delivery_rows import DELIVERIES
from storage.store import Store
from tests.bot.system import System
from tests.bot.terminal import Terminal

NOW = datetime.now(UTC)


@pytest.fixture
async def system(store: Store) -> System:
    """Members of 2 chats who were told something: 2 got it, 1 is refused, 1 has no chat that takes
    it, 1 does not want it, and 1 waits."""
    system = System(store)
    system.now = NOW
    names = ("Blodwen Vale", "Bo", "Cai", "Dee", "Eve")
    people = [system.member(name) for name in names[:3]] + [
        system.member(name, "teams") for name in names[3:]
    ]
    system.words = "quarterly marmalade"
    system.slack.answers = [Refused("invalid_blocks")]
    system.teams.answers = [Unreachable("403 BotDisabledByAdmin")]
    system.tell(people[0])
    await system.pumps()
    system.tell(people[1], people[2], subject="thing:2")
    await system.pumps()
    system.tell(people[3], subject="thing:3")
    await system.pumps()
    system.later(minutes=-5)
    system.tell(people[4], subject="thing:4")
    with store.begin() as books:
        books.deliveries.cancel_for(people[4], Withheld.CANCELLED)
    system.tell(people[0], subject="thing:5")
    system.later(minutes=5)
    return system


def states(said: Any) -> dict[str, int]:
    return {state: many for state, many in said["states"].items() if many}


ALL = {"sent": 2, "refused": 1, "unreachable": 1, "withheld": 1, "waiting": 1}


async def test_all_that_was_planned_is_told_by_kind_tenant_and_reason(
    terminal: Terminal, system: System
) -> None:
    said = terminal.lists("deliveries")
    assert (said["planned"], said["adds_up"], states(said)) == (6, True, ALL)
    [kind] = said["kinds"]
    assert (kind["kind"], kind["planned"], states(kind)) == ("test.note", 6, ALL)
    assert sum(one["planned"] for one in said["tenants"]) == 6
    reasons = {(one["state"], one["reason"]): one["count"] for one in said["reasons"]}
    assert reasons == {
        ("refused", "invalid_blocks"): 1,
        ("unreachable", "403 BotDisabledByAdmin"): 1,
        ("withheld", "cancelled"): 1,
    }
    assert datetime.fromisoformat(said["oldest_due"]) <= NOW


async def test_the_table_names_nobody_and_repeats_no_words(
    terminal: Terminal, system: System
) -> None:
    table = terminal.does("deliveries")
    for shown in ("test.note", "invalid_blocks", "tenant-two", "The oldest that is due"):
        assert shown in table
    for hidden in ("marmalade", "Blodwen"):
        assert hidden not in table
        assert hidden not in json.dumps(terminal.lists("deliveries"))


@pytest.mark.parametrize(
    ("narrowed", "planned"),
    [
        ("--kind test.note", 6),
        ("--kind test.other", 0),
        (f"--since {(NOW + timedelta(hours=1)).isoformat()}", 0),
        (f"--since {(NOW - timedelta(hours=1)).isoformat()}", 6),
    ],
    ids=["kind", "another-kind", "from-later-on", "from-before"],
)
async def test_what_is_told_can_be_narrowed(
    terminal: Terminal, system: System, narrowed: str, planned: int
) -> None:
    said = terminal.lists(f"deliveries {narrowed}")
    assert (said["planned"], said["adds_up"]) == (planned, True)
    assert len(said["newest"]) == planned


async def test_one_platform_and_one_tenant_are_told_by_themselves(
    terminal: Terminal, system: System
) -> None:
    both = terminal.lists("deliveries --platform teams --tenant tenant-two")
    assert both["adds_up"]
    assert states(both) == states(terminal.lists("deliveries --platform teams"))
    assert both["states"]["unreachable"] == 1
    assert {one["platform"] for one in both["newest"]} == {"teams"}
    assert terminal.lists("deliveries --tenant another")["planned"] == 0


async def test_the_newest_are_listed_first(terminal: Terminal, system: System) -> None:
    newest = terminal.lists("deliveries --limit 2")["newest"]
    assert [one["about"] for one in newest] == ["thing:5", "thing:4"]


@pytest.mark.parametrize(
    "change",
    ["state = 'lost' WHERE state = 'sent'", "reason = 'a whim' WHERE state = 'withheld'"],
)
async def test_outcomes_that_do_not_add_up_are_said_so(
    terminal: Terminal, system: System, change: str
) -> None:
    with system.store.begin() as books:
        books.connection.exec_driver_sql(f"UPDATE deliveries SET {change}")
    assert terminal.run("deliveries --json") == 1
    said = json.loads(terminal.out)
    assert said["adds_up"] is False
    assert said["unexplained"] == said["planned"] - sum(said["states"].values()) > 0
    assert terminal.run("deliveries") == 1
    assert "does not add up" in terminal.out
    assert "hourbridge audit" in terminal.out


@pytest.mark.parametrize("reason", ["", HELD], ids=["kept-by-a-release-before", "kept-now"])
async def test_what_waits_for_its_reader_says_so(
    terminal: Terminal, system: System, reason: str
) -> None:
    with system.store.begin() as books:
        held = DELIVERIES.update().where(DELIVERIES.c.state == DeliveryState.WAITING.value)
        assert books.connection.execute(held.values(held=True, reason=reason)).rowcount == 1
    said = terminal.lists("deliveries")
    reasons = {(one["state"], one["reason"]): one["count"] for one in said["reasons"]}
    assert reasons["waiting", HELD] == 1
    assert [one["reason"] for one in said["newest"] if one["state"] == "waiting"] == [HELD]
    assert HELD in terminal.does("deliveries")
    assert (said["planned"], said["adds_up"], states(said)) == (6, True, ALL)


async def test_what_is_only_not_due_yet_or_went_out_gives_no_reader_as_its_reason(
    terminal: Terminal, system: System
) -> None:
    with system.store.begin() as books:
        sent = DELIVERIES.update().where(DELIVERIES.c.state == DeliveryState.SENT.value)
        books.connection.execute(sent.values(held=True))
    assert HELD not in terminal.does("deliveries")


def test_nothing_sent_is_said_in_a_sentence(sqlite_terminal: Terminal) -> None:
    assert sqlite_terminal.does("deliveries") == "Nothing has been sent yet.\n"
    assert sqlite_terminal.lists("deliveries")["planned"] == 0


# Trying again.


async def test_what_failed_is_sent_again_once_its_cause_is_mended(
    terminal: Terminal, system: System
) -> None:
    assert terminal.does("deliveries retry").startswith("2 deliveries wait again.")
    for _turn in range(3):
        # Each tenant and each person has a pace of their own.
        system.later(minutes=20)
        await system.pumps()
    said = terminal.lists("deliveries")
    assert states(said) == {"sent": 5, "withheld": 1}
    assert terminal.does("deliveries retry") == "Nothing is to be sent again.\n"


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ("--state refused", {DeliveryState.UNREACHABLE}),
        ("--state unreachable", {DeliveryState.REFUSED}),
        ("--kind test.other", {DeliveryState.REFUSED, DeliveryState.UNREACHABLE}),
        ("--kind test.note", set()),
        ("slack T-ANOTHER", {DeliveryState.REFUSED, DeliveryState.UNREACHABLE}),
        (
            f"--since {(NOW + timedelta(hours=1)).isoformat()}",
            {DeliveryState.REFUSED, DeliveryState.UNREACHABLE},
        ),
    ],
    ids=["refused", "unreachable", "another-kind", "kind", "another-tenant", "from-later-on"],
)
async def test_only_what_is_meant_is_tried_again(
    terminal: Terminal, system: System, narrowed: str, left: set[DeliveryState]
) -> None:
    terminal.does(f"deliveries retry {narrowed}")
    found = terminal.lists("deliveries")["states"]
    ends = (DeliveryState.REFUSED, DeliveryState.UNREACHABLE)
    assert {state for state in ends if found[state.value]} == left


async def test_old_news_is_tried_again_only_when_the_operator_says_so(
    terminal: Terminal, system: System
) -> None:
    with system.store.begin() as books:
        books.connection.exec_driver_sql(
            "UPDATE deliveries SET not_before = '2026-01-05 09:00:00.000000'"
        )
    assert terminal.does("deliveries retry") == "Nothing is to be sent again.\n"
    assert "2 deliveries" in terminal.does("deliveries retry --since 2026-01-01")


async def test_what_narrows_a_retry_is_never_overlooked(terminal: Terminal, system: System) -> None:
    for narrowed in ("--kind test.note", "--platform slack", "--since 2026-01-01", "--json"):
        assert "after retry" in terminal.fails(f"deliveries {narrowed} retry")
    assert states(terminal.lists("deliveries")) == ALL
    assert "invalid choice" in terminal.misused("deliveries retry --state sent")
    assert "invalid choice" in terminal.misused("deliveries retry pigeon")


def test_the_help_of_a_retry_names_what_it_takes(sqlite_terminal: Terminal) -> None:
    told = sqlite_terminal.does("deliveries retry --help")
    assert "--kind KIND" in told
    assert "_" not in told.replace("__main__", "")
