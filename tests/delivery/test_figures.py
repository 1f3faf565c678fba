"""Figures that add up, another try for what came to nothing, and an audit that sees what is off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.couriers import Later, Refused, Unreachable
from core.delivery.model import DeliveryState, Figure, Pause
from storage.store import transaction
from tests.delivery.mail import NORTH, SOUTH, START, Mail


async def mixed(mail: Mail) -> list[int]:
    """Five people of whom each has fared otherwise."""
    people = [mail.member(name, NORTH) for name in ("Ana", "Bo", "Cai", "Dai")]
    people.append(mail.member("Eve"))
    mail.plan(key="first")
    mail.chats["slack"].answers = [Refused("too big"), Unreachable("gone"), Later(60, "busy")]
    await mail.pumps()
    return people


async def test_figures_add_up_and_say_where_and_why(mail: Mail) -> None:
    await mixed(mail)
    with mail.store.begin() as books:
        figures = books.deliveries.figures()
        assert books.deliveries.figures(START + timedelta(seconds=1)) == []
    assert sum(one.count for one in figures) == 5
    assert set(figures) == {
        Figure("test.answer", *NORTH, "refused", "too big", 1),
        Figure("test.answer", *NORTH, "unreachable", "gone", 1),
        Figure("test.answer", *NORTH, "waiting", "busy", 1),
        Figure("test.answer", *NORTH, "sent", "", 1),
        Figure("test.answer", "", "", "unreachable", "no chat to reach this member in", 1),
    }


async def test_what_became_of_one_announcement_is_counted(mail: Mail) -> None:
    await mixed(mail)
    mail.tell(mail.member("Fay", SOUTH), subject="thing:2")
    with mail.store.begin() as books:
        outcomes = books.deliveries.outcomes("thing:1", "test.answer")
        assert books.deliveries.outcomes("thing:1", "test.digest") == {}
    assert outcomes == {
        ("sent", ""): 1,
        ("waiting", "busy"): 1,
        ("refused", "too big"): 1,
        ("unreachable", "gone"): 1,
        ("unreachable", "no chat to reach this member in"): 1,
    }


async def test_what_came_to_nothing_is_tried_again_when_an_operator_says_so(mail: Mail) -> None:
    people = await mixed(mail)
    ended = (DeliveryState.REFUSED, DeliveryState.UNREACHABLE)
    with mail.store.begin() as books:
        retry = books.deliveries.retry
        assert retry(ended, mail.now, tenant="another") == 0
        assert retry(ended, mail.now, kind="test.digest") == 0
        assert retry(ended, mail.now, since=mail.now + timedelta(minutes=1)) == 0
        assert retry(tuple(DeliveryState), mail.now, platform="slack") == 2
    await mail.pumps()
    assert mail.of(people[0]).state is mail.of(people[1]).state is DeliveryState.SENT
    assert mail.states()[DeliveryState.SENT] == 3, "and what was sent is not sent again"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("counted_on = '2026-05-05', state = 'refused', reason = 'x'", ["counted-for-nothing"]),
        ("lease_until = '2026-05-05 07:00:00.000000'", ["lease-too-old"]),
        ("state = 'somewhere'", ["delivery-state-unknown", "outcomes-do-not-add-up"]),
    ],
)
def test_an_audit_finds_what_is_off(mail: Mail, change: str, found: list[str]) -> None:
    mail.tell(mail.member("Ana", NORTH))
    assert mail.audit() == []
    with transaction(mail.store.engine) as connection:
        connection.exec_driver_sql(f"UPDATE deliveries SET {change}")
    assert mail.audit() == found


def test_an_audit_finds_places_that_nobody_used(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    with mail.store.begin() as books:
        assert books.preferences.take_place(ana, START.date(), 5)
    assert mail.audit() == ["counted-places-drift"]


def test_an_audit_does_not_blame_a_pump_for_what_is_paused_or_held(mail: Mail) -> None:
    for chat in (NORTH, SOUTH):
        mail.tell(mail.member("Ana", chat), subject=chat[0])
    assert len(mail.claim()) == 2
    with mail.store.begin() as books:
        books.deliveries.pause(Pause(*NORTH, mail.now))
        books.deliveries.hold(*SOUTH, mail.now + timedelta(hours=5))
    mail.later(hours=4)
    assert mail.audit() == []
    mail.later(hours=4)
    assert mail.audit() == ["lease-too-old"]
