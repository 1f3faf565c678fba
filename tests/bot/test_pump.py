"""The delivery pump: what becomes of a notice, whatever a platform answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.pump import LEASE, Pump
from core.couriers import Later, Outcome, Refused, Sent, Unreachable
from core.delivery.model import DeliveryState
from core.delivery.settle import MOST_ATTEMPTS
from storage.store import Store
from tests.bot.system import TENANTS, System

WAITING, SENT = DeliveryState.WAITING, DeliveryState.SENT
REFUSED, UNREACHABLE = DeliveryState.REFUSED, DeliveryState.UNREACHABLE


@pytest.fixture
def system(store: Store) -> System:
    return System(store)


async def test_a_notice_is_sent_once_and_its_handle_is_kept(system: System) -> None:
    ana = system.member("Ana")
    system.tell(ana)
    await system.pumps()
    await system.pumps()
    assert system.slack.texts == ["first words"]
    sent = system.of(ana)
    assert (sent.state, sent.handle, sent.platform) == (SENT, "message-1", "slack")
    assert (sent.sent_at, sent.attempts, sent.lease_until) == (system.now, 1, None)


async def test_a_notice_goes_to_the_chat_used_last(system: System) -> None:
    system.tell(system.member("Ana", "teams", "slack"))
    await system.pumps()
    assert len(system.teams.parcels) == 1
    assert not system.slack.parcels


async def test_a_platform_that_asks_for_time_is_given_it(system: System) -> None:
    ana = system.member("Ana")
    system.slack.answers = [Later(90, "slow down")]
    system.tell(ana)
    await system.pumps()
    waiting = system.of(ana)
    assert (waiting.state, waiting.reason) == (WAITING, "slow down")
    assert waiting.not_before == system.now + timedelta(seconds=90)
    system.later(seconds=89)
    await system.pumps()
    assert len(system.slack.parcels) == 1
    system.later(seconds=2)
    await system.pumps()
    assert system.state(ana) is SENT
    assert system.of(ana).attempts == 2


async def test_a_tenant_that_asks_for_time_is_held_and_another_is_not(system: System) -> None:
    ana, bo, cai = (system.member(name) for name in ("Ana", "Bo", "Cai"))
    dilys = system.member("Dilys", "teams")
    system.slack.answers = [Later(60, "rate_limited", whole_tenant=True)]
    system.tell(ana)
    await system.pumps()
    system.tell(bo, cai, dilys, subject="thing:2")
    await system.pumps()
    assert len(system.slack.parcels) == 1, "nobody else in the held tenant is written to"
    assert system.state(dilys) is SENT
    with system.store.begin() as books:
        held = books.deliveries.held_until("slack", TENANTS["slack"])
    assert held == system.now + timedelta(seconds=60)
    system.later(seconds=61)
    await system.pumps()
    assert [system.state(one) for one in (ana, bo, cai)] == [SENT, SENT, SENT]


async def test_who_is_not_reached_in_one_chat_is_told_in_another(system: System) -> None:
    ana = system.member("Ana", "slack", "teams")
    system.slack.answers = [Unreachable("account_inactive")]
    system.tell(ana)
    await system.pumps()
    told = system.of(ana)
    assert (told.state, told.platform, told.tenant) == (SENT, "teams", TENANTS["teams"])
    assert len(system.slack.parcels) == len(system.teams.parcels) == 1


async def test_who_is_reached_in_no_chat_is_unreachable_for_the_last_reason(
    system: System,
) -> None:
    ana = system.member("Ana", "slack", "teams")
    system.slack.answers = [Unreachable("account_inactive")]
    system.teams.answers = [Unreachable("bot removed")]
    system.tell(ana)
    await system.pumps()
    system.later(days=1)
    await system.pumps()
    assert (system.of(ana).state, system.of(ana).reason) == (UNREACHABLE, "bot removed")
    assert len(system.slack.parcels) == len(system.teams.parcels) == 1


async def test_a_refused_notice_is_not_sent_again(system: System) -> None:
    ana = system.member("Ana", "slack", "teams")
    system.slack.answers = [Refused("invalid_blocks")]
    system.tell(ana)
    await system.pumps()
    system.later(days=1)
    await system.pumps()
    assert (system.of(ana).state, system.of(ana).reason) == (REFUSED, "invalid_blocks")
    assert len(system.slack.parcels) == 1
    assert not system.teams.parcels


async def test_a_platform_that_never_answers_is_given_up_in_the_end(system: System) -> None:
    ana = system.member("Ana")
    system.slack.answers = [Later(1, "network")] * (MOST_ATTEMPTS + 5)
    system.tell(ana)
    for _try in range(MOST_ATTEMPTS + 5):
        await system.pumps()
        system.later(hours=7)
    assert len(system.slack.parcels) == MOST_ATTEMPTS
    assert (system.of(ana).state, system.of(ana).reason) == (REFUSED, "gave up: network")


async def test_tries_come_further_and_further_apart(system: System) -> None:
    ana = system.member("Ana")
    system.slack.answers = [Later(1, "network")] * 12
    system.tell(ana)
    waits = []
    for _try in range(12):
        await system.pumps()
        due = system.of(ana).not_before
        assert due is not None
        waits.append(due - system.now)
        system.now = due
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=1)
    assert waits[-1] > timedelta(hours=1)


async def test_a_change_edits_the_message_that_stands(system: System) -> None:
    ana = system.member("Ana")
    system.tell(ana)
    await system.pumps()
    system.change("second words")
    await system.pumps()
    await system.pumps()
    assert system.slack.texts == ["first words", "second words"]
    assert [parcel.handle for parcel in system.slack.parcels] == ["", "message-1"]
    assert system.of(ana).handle == "message-1"


async def test_a_change_before_sending_sends_one_message_that_is_up_to_date(
    system: System,
) -> None:
    system.tell(system.member("Ana"))
    system.change("second words")
    await system.pumps()
    assert system.slack.texts == ["second words"]


async def test_a_change_while_sending_is_shown_afterwards(system: System) -> None:
    ana = system.member("Ana")

    def changed_meanwhile() -> Outcome:
        system.change("second words")
        return Sent("message-1")

    system.slack.answers = [changed_meanwhile]
    system.tell(ana)
    await system.pumps()
    assert system.slack.texts == ["first words", "second words"]
    assert system.slack.parcels[1].handle == "message-1"
    assert system.of(ana).shown == system.of(ana).changes == 1


async def test_an_edit_that_is_refused_leaves_the_message_and_waits_for_the_next_change(
    system: System,
) -> None:
    ana = system.member("Ana")
    system.tell(ana)
    await system.pumps()
    system.slack.answers = [Refused("message_not_found")]
    system.change("second words")
    await system.pumps()
    assert system.state(ana) is SENT
    system.change("third words")
    await system.pumps()
    assert system.slack.texts[-1] == "third words"


async def test_what_a_killed_pump_had_claimed_is_sent_once_its_lease_ends(system: System) -> None:
    ana = system.member("Ana")
    system.tell(ana)
    with system.store.begin() as books:
        assert books.deliveries.claim(system.now, system.now + LEASE, 10)
    await system.pumps()
    assert not system.slack.parcels
    system.now += LEASE + timedelta(seconds=1)
    await system.pumps()
    assert system.state(ana) is SENT


async def test_a_notice_that_cannot_be_rendered_holds_nobody_else_up(system: System) -> None:
    ana, bo = system.member("Ana"), system.member("Bo")
    system.tell(ana, broken=True)
    system.tell(bo, subject="thing:2")
    await system.pumps()
    assert system.state(bo) is SENT
    assert (system.state(ana), system.of(ana).attempts) == (WAITING, 1)


async def test_a_notice_that_can_never_be_rendered_is_given_up_in_the_end(
    system: System,
) -> None:
    ana = system.member("Ana")
    system.tell(ana, broken=True)
    for _try in range(MOST_ATTEMPTS):
        await system.pumps()
        system.later(hours=7)
    given_up = system.of(ana)
    assert (given_up.state, given_up.attempts) == (REFUSED, MOST_ATTEMPTS)
    assert "could not be rendered" in given_up.reason
    assert system.words not in given_up.reason


async def test_a_courier_that_fails_holds_nobody_else_up(system: System) -> None:
    ana, bo = system.member("Ana"), system.member("Bo")
    system.slack.answers = [ValueError("a fault")]
    system.tell(ana, bo)
    await system.pumps()
    assert sorted((system.state(ana), system.state(bo))) == [REFUSED, SENT]


async def test_a_chat_that_is_not_on_here_keeps_its_notices(system: System) -> None:
    ana = system.member("Ana", "teams")
    slack_alone = Pump(system.engine, {"slack": system.slack})
    system.tell(ana)
    await slack_alone.round()
    assert system.state(ana) is WAITING
    assert "no courier for teams" in system.of(ana).reason


async def test_outcomes_add_up_to_the_recipients(system: System) -> None:
    people = [system.member(name) for name in ("Ana", "Bo", "Cai", "Dai")]
    system.slack.answers = [Refused("x"), Unreachable("y"), Later(60, "z")]
    system.tell(*people)
    await system.pumps()
    with system.store.begin() as books:
        found = books.deliveries.figures()
    assert [one.count for one in found] == [1] * len(people)
    assert len({one.state for one in found}) == len(people)


async def test_a_pump_that_is_told_to_stop_finishes_its_round(system: System) -> None:
    ana = system.member("Ana")
    handed_over = asyncio.Event()

    def under_way() -> Outcome:
        handed_over.set()
        return Sent("message-1")

    system.slack.answers = [under_way]
    running = asyncio.create_task(system.pump.run())
    system.tell(ana)
    system.pump.wake()
    await asyncio.wait_for(handed_over.wait(), 10)
    system.pump.stop()
    await asyncio.wait_for(running, 10)
    assert system.state(ana) is SENT
    assert not system.pump.failing
