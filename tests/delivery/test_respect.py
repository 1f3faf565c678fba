"""What respect for its reader makes of a delivery, and that every place in their day adds up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.couriers import Later, Outcome, Refused, Unreachable
from core.delivery.model import DeliveryState, Family, Withheld
from core.delivery.respecting import HELD
from core.respect.model import Pattern
from storage.tables.columns import table_of
from storage.tables.members import TellingRow
from tests.delivery.mail import NORTH, SOUTH, Mail

TODAY = date(2026, 5, 5)
TELLINGS = table_of(TellingRow)


def counted(mail: Mail, member_id: int) -> int:
    """How many places of today a member's cap has given out."""
    with mail.store.begin() as books:
        row = books.connection.execute(
            TELLINGS.select().where(TELLINGS.c.member_id == member_id, TELLINGS.c.day == TODAY)
        ).one_or_none()
    return row.told if row else 0


async def test_what_comes_at_a_bad_time_waits_for_a_good_one(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.prefers(ana, pattern=Pattern.EVENINGS)
    mail.tell(ana)
    await mail.pumps()
    held = mail.of(ana)
    assert (held.state, held.held, held.attempts) == (DeliveryState.WAITING, True, 0)
    assert held.reason == HELD
    assert held.not_before is not None
    assert not mail.chats["slack"].parcels
    mail.now = held.not_before
    await mail.pumps()
    assert (mail.of(ana).state, mail.of(ana).reason) == (DeliveryState.SENT, "")


async def test_a_message_that_stands_is_brought_up_to_date_at_any_time(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.tell(ana)
    await mail.pumps()
    mail.prefers(ana, pattern=Pattern.EVENINGS)
    mail.change("second words")
    mail.later(minutes=1)
    await mail.pumps()
    assert mail.chats["slack"].texts == ["first words", "second words"]


async def test_nothing_more_than_the_cap_comes_on_a_day(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.prefers(ana, daily_cap=2)
    for number in range(3):
        mail.tell(ana, kind="test.event", subject=f"event:{number}")
    for _second in range(4):
        await mail.pumps()
        mail.later(seconds=1)
    assert mail.states() == {DeliveryState.SENT: 2, DeliveryState.WAITING: 1}
    assert [one.counted_on for one in mail.all()] == [TODAY, TODAY, None]
    assert counted(mail, ana) == 2
    mail.later(days=1)
    await mail.pumps()
    assert mail.states() == {DeliveryState.SENT: 3}
    assert mail.audit() == []


async def test_a_try_that_failed_keeps_its_place_in_the_day(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.prefers(ana, daily_cap=1)
    mail.tell(ana, kind="test.event")
    mail.chats["slack"].answers = [Later(1, "slow down")]
    await mail.pumps()
    assert (mail.of(ana).counted_on, counted(mail, ana)) == (TODAY, 1)
    mail.later(seconds=2)
    await mail.pumps()
    assert mail.of(ana).state is DeliveryState.SENT
    assert counted(mail, ana) == 1
    assert mail.audit() == []


@pytest.mark.parametrize("outcome", [Refused("invalid_blocks"), Unreachable("account_inactive")])
async def test_what_came_to_nothing_gives_its_place_back(mail: Mail, outcome: Outcome) -> None:
    ana = mail.member("Ana", NORTH)
    mail.tell(ana, kind="test.event")
    mail.chats["slack"].answers = [outcome]
    await mail.pumps()
    assert mail.of(ana).state in (DeliveryState.REFUSED, DeliveryState.UNREACHABLE)
    assert (mail.of(ana).counted_on, counted(mail, ana)) == (None, 0)
    assert mail.audit() == []


async def test_what_turns_out_to_be_empty_gives_its_place_back(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.tell(ana, kind="test.event", empty=True)
    await mail.pumps()
    assert (mail.of(ana).reason, counted(mail, ana)) == (Withheld.EMPTY, 0)
    assert mail.audit() == []


async def test_a_place_is_kept_by_whoever_claims_it_after_a_killed_pump(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.prefers(ana, daily_cap=1)
    mail.tell(ana, kind="test.event")
    assert len(mail.prepares()) == 1
    assert (mail.of(ana).counted_on, counted(mail, ana)) == (TODAY, 1)
    mail.later(minutes=3)
    await mail.pumps()
    assert mail.of(ana).state is DeliveryState.SENT
    assert counted(mail, ana) == 1


async def test_a_place_of_yesterday_is_given_back_for_one_of_today(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    mail.tell(ana, kind="test.event")
    mail.chats["slack"].answers = [Later(24 * 3600, "down for a day")]
    await mail.pumps()
    assert counted(mail, ana) == 1
    mail.later(days=1)
    await mail.pumps()
    assert mail.of(ana).counted_on == TODAY + timedelta(days=1)
    assert counted(mail, ana) == 0
    assert mail.audit() == []


async def test_who_said_no_to_a_kind_is_not_told_of_it(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", NORTH, silent=True)
    mail.prefers(ana, off=(Family.EVENTS,))
    mail.plan(kind="test.event")
    mail.tell(ana, bo)
    await mail.pumps()
    reasons = {(one.member_id, one.state, one.reason) for one in mail.all()}
    assert reasons == {
        (ana, DeliveryState.WITHHELD, Withheld.OPTED_OUT.value),
        (bo, DeliveryState.WITHHELD, Withheld.OPTED_OUT.value),
        (ana, DeliveryState.SENT, ""),
        (bo, DeliveryState.SENT, ""),
    }


async def test_what_was_held_back_comes_as_one_and_each_of_it_is_told_once(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", NORTH)
    for member in (ana, bo):
        mail.prefers(member, pattern=Pattern.EVENINGS)
    for number in range(3):
        mail.tell(ana, subject=f"thing:{number}")
    mail.tell(bo)
    await mail.pumps()
    await mail.pumps()
    assert all(one.held for one in mail.all())
    due = mail.of(ana).not_before
    assert due is not None
    mail.now = due
    await mail.pump.round()
    reasons = [one.reason for one in mail.all_of(ana)]
    assert reasons.count(Withheld.MERGED) == 3
    assert len(reasons) == 4, "and one notice that tells all of it"
    assert mail.chats["slack"].texts == ["first words"], "which is Bo's, who missed one thing alone"
    assert mail.audit() == []


async def test_leaving_and_merging_give_the_places_of_what_waits_back(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", SOUTH)
    mail.plan(kind="test.event")
    for chat in ("slack", "teams"):
        mail.chats[chat].answers = [Later(60, "slow down")]
    await mail.pumps()
    assert (counted(mail, ana), counted(mail, bo)) == (1, 1)
    with mail.store.begin() as books:
        books.deliveries.cancel_for(ana, Withheld.CANCELLED)
    assert (counted(mail, ana), mail.of(ana).counted_on) == (0, None)
    cai = mail.member("Cai", NORTH)
    mail.plan(kind="test.event", key="event:2")
    mail.chats["slack"].answers = [Later(60, "slow down")] * 2
    await mail.pumps()
    with mail.store.begin() as books:
        books.deliveries.move(cai, bo)
        books.preferences.move(cai, bo)
    assert mail.audit() == []
