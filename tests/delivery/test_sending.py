"""The pump at work: nobody waits for a slow platform, and nothing that was sent is forgotten."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import outbox
from bot.outbox import MOST_FOR_TENANT, Outbox
from bot.pump import BATCH, Pump
from core.couriers import Later, Outcome, Parcel, Sent, Unreachable
from core.delivery.model import DeliveryState
from core.delivery.settle import LONGEST_ASKED, LONGEST_WAIT, MOST_ATTEMPTS, NO_DATABASE
from core.delivery.to_member import NO_CHAT
from core.organisations.model import TenantState
from tests.delivery.mail import HOSPICE, NATION, NORTH, START, Chats, Mail
from tests.in_vain import StoreInVain

AWAY = OperationalError("COMMIT", None, Exception("the database went away"))


class Gate(Chats):
    """A courier that lets nothing through until it is opened. ``most``: how many stood before it
    at once."""

    def __init__(self, opens_at: int = 0) -> None:
        super().__init__()
        self.open = asyncio.Event()
        self.opens_at = opens_at
        self.waiting = self.most = 0

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        if self.waiting == self.opens_at:
            self.open.set()
        await self.open.wait()
        self.waiting -= 1
        return await super().deliver(parcel)


async def until(so: Callable[[], bool]) -> None:
    """Wait until that is so."""
    patience = time.monotonic() + 30
    while not so():
        assert time.monotonic() < patience
        await asyncio.sleep(0.01)


@contextmanager
def running(pump: Pump) -> Iterator[asyncio.Task[None]]:
    task = asyncio.create_task(pump.run())
    yield task
    pump.stop()


async def test_a_tenant_that_does_not_answer_holds_nobody_else_up(mail: Mail) -> None:
    gate = Gate()
    pump = Pump(mail.engine, {**mail.chats, "teams": gate})
    mail.members(3, NATION)
    mail.plan()
    with running(pump) as task:
        await until(lambda: gate.waiting == 3)
        mail.members(2, HOSPICE)
        mail.plan(key="second")
        pump.wake()
        await until(lambda: mail.states()[DeliveryState.SENT] == 2)
        assert not gate.parcels
        gate.open.set()
        await until(lambda: mail.states()[DeliveryState.SENT] >= 5)
    await asyncio.wait_for(task, 30)


async def test_no_more_than_a_bound_is_in_flight_and_all_of_it_goes(mail: Mail) -> None:
    gate = Gate(MOST_FOR_TENANT)
    pump = Pump(mail.engine, {**mail.chats, "local": gate})
    mail.members(MOST_FOR_TENANT + 2 * BATCH, HOSPICE)
    mail.plan()
    with running(pump) as task:
        await until(lambda: len(gate.parcels) == MOST_FOR_TENANT + 2 * BATCH)
    await asyncio.wait_for(task, 30)
    assert MOST_FOR_TENANT <= gate.most < MOST_FOR_TENANT + BATCH
    assert mail.states() == {DeliveryState.SENT: MOST_FOR_TENANT + 2 * BATCH}
    assert {delivery.attempts for delivery in mail.all()} == {1}


async def test_what_was_claimed_when_the_pump_is_told_to_stop_is_given_back(mail: Mail) -> None:
    mail.members(4, NORTH)
    mail.plan()
    mail.pump.stop()
    assert await mail.pump.round() == 0
    assert not mail.chats["slack"].parcels
    assert {delivery.lease_until for delivery in mail.all()} == {None}
    other = mail.replica(mail.store)
    while await other.round() or mail.turn_comes():
        pass
    assert mail.states() == {DeliveryState.SENT: 4}


async def test_what_was_sent_is_kept_once_the_database_is_back(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0)
    failing = StoreInVain(mail.store, AWAY)
    mail.engine.store = failing

    class Cut(Chats):
        async def deliver(self, parcel: Parcel) -> Outcome:
            failing.in_vain = 5
            return await super().deliver(parcel)

    chats = Cut()
    pump = Pump(mail.engine, {"local": chats})
    mail.members(3, HOSPICE)
    mail.plan()
    await pump.round()
    assert not pump.failing
    assert mail.states() == {DeliveryState.SENT: 3}
    mail.later(minutes=10)
    await pump.round()
    assert len(chats.parcels) == 3


async def test_a_pump_goes_on_although_the_database_was_away_for_longer_than_a_lease(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0)
    monkeypatch.setattr("bot.pump.LEASE", timedelta(milliseconds=1))
    monkeypatch.setattr("bot.pump.IDLE_SECONDS", 0.01)
    failing = StoreInVain(mail.store, AWAY)
    mail.engine.store = failing

    class Cut(Chats):
        async def deliver(self, parcel: Parcel) -> Outcome:
            failing.in_vain = 20 if not self.parcels else 0
            return await super().deliver(parcel)

    chats = Cut()
    pump = Pump(mail.engine, {"local": chats})
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    with running(pump) as task:
        await until(lambda: failing.in_vain > 0)
        await until(lambda: not pump._outbox._under_way())
        failing.in_vain = 0
        mail.later(minutes=3)
        await until(lambda: mail.of(ana).state is DeliveryState.SENT)
        assert not pump.failing
    await asyncio.wait_for(task, 30)
    assert len(chats.parcels) == 2


async def test_a_fault_in_one_view_takes_no_other_message_with_it(mail: Mail) -> None:
    ana, *others = [mail.member(name, HOSPICE) for name in ("Ana", "Bo", "Cai", "Dai")]
    mail.plan(kind="test.event", broken_for="Ana")
    await mail.pump.round()
    assert [mail.of(one).state for one in others] == [DeliveryState.SENT] * 3
    broken = mail.of(ana)
    assert (broken.state, broken.attempts, broken.lease_until) == (DeliveryState.WAITING, 1, None)
    assert "could not be rendered" in broken.reason
    assert mail.audit() == []


async def test_nothing_that_stands_in_a_suspended_tenant_is_brought_up_to_date_there(
    mail: Mail,
) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", HOSPICE)
    mail.tell(ana, bo)
    await mail.pumps()
    with mail.store.begin() as books:
        books.tenants.set_state(*NORTH, TenantState.SUSPENDED)
    mail.change("second words")
    await mail.pumps()
    assert mail.chats["slack"].texts == ["first words"]
    assert mail.chats["local"].texts == ["first words", "second words"]
    assert mail.of(ana).shown == mail.of(ana).changes
    with mail.store.begin() as books:
        books.tenants.set_state(*NORTH, TenantState.APPROVED)
        books.deliveries.reconnect(*NORTH, START, mail.now)
    await mail.pumps()
    assert mail.chats["slack"].texts == ["first words", "second words"]


async def test_who_cannot_be_reached_any_more_is_so_for_the_present_reason(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", NORTH)
    mail.tell(ana, bo)
    mail.chats["slack"].answers = [Later(60, "network"), Unreachable("account_inactive")]
    await mail.pumps()
    with mail.store.begin() as books:
        books.tenants.set_state(*NORTH, TenantState.SUSPENDED)
    mail.later(minutes=2)
    await mail.pumps()
    reasons = {one.member_id: one.reason for one in mail.all()}
    assert reasons == {ana: NO_CHAT, bo: "account_inactive"}


async def test_an_outcome_that_can_never_be_kept_is_given_up_and_keeps_no_other_from_it(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0)
    ana, bo = mail.member("Ana", HOSPICE), mail.member("Bo", HOSPICE)
    mail.tell(ana, bo)

    class Odd(Chats):
        async def deliver(self, parcel: Parcel) -> Outcome:
            await super().deliver(parcel)
            handle: Any = object() if "Ana" in parcel.user else "message-1"
            return Sent(handle)

    chats = Odd()
    pump = Pump(mail.engine, {"local": chats})
    await pump.round()
    assert mail.of(bo).state is DeliveryState.SENT
    given_up = mail.of(ana)
    assert (given_up.state, given_up.reason) == (DeliveryState.REFUSED, outbox.UNKEPT)
    mail.later(minutes=10)
    await pump.round()
    assert len(chats.parcels) == 2, "nobody is written to again"
    assert mail.audit() == []


async def test_an_outcome_that_can_never_be_kept_is_soon_alone_however_many_others_come(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0)
    monkeypatch.setattr(outbox, "GROUP", 10)
    mail.tell(*mail.members(70, HOSPICE))
    coming = list(mail.prepares())
    failures = 0

    async def sent(handle: Any) -> Outcome:
        return Sent(handle)

    async def off_loop(work: Callable[[], None]) -> None:
        nonlocal failures
        try:
            work()
        except Exception:
            failures += 1
            for one in coming[:6]:
                kept.send(one, sent("message-1"))
            del coming[:6]
            await asyncio.sleep(0)
            raise

    kept = Outbox(mail.engine, off_loop, 100.0, mail.pump.wake)
    for one in coming[:9]:
        kept.send(one, sent("message-1"))
    kept.send(coming[9], sent(object()))
    del coming[:10]
    await kept.finish(30)
    assert failures == 1 + outbox.MOST_TRIES
    assert mail.states()[DeliveryState.REFUSED] == 1
    assert mail.states()[DeliveryState.WAITING] == len(coming)


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e300, -5.0])
async def test_a_platform_may_ask_for_any_time_and_is_given_a_day_at_most(
    mail: Mail, seconds: float
) -> None:
    ana = mail.member("Ana", NORTH)
    mail.tell(ana)
    mail.chats["slack"].answers = [Later(seconds, "slow down", whole_tenant=True)]
    await mail.pump.round()
    waits = mail.of(ana)
    assert (waits.state, waits.reason, waits.lease_until) == (
        DeliveryState.WAITING,
        "slow down",
        None,
    )
    assert waits.not_before is not None
    assert waits.not_before <= mail.now + LONGEST_WAIT
    with mail.store.begin() as books:
        until = books.deliveries.held_until(*NORTH)
    assert until is not None
    assert until == mail.now + (LONGEST_ASKED if seconds != -5.0 else timedelta())


async def test_a_database_in_trouble_is_no_fault_of_a_notice_and_counts_as_no_try(
    mail: Mail,
) -> None:
    failing = StoreInVain(mail.store, AWAY)
    mail.engine.store = failing
    pump = Pump(mail.engine, dict(mail.chats))
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    failing.well, failing.in_vain = 1, 1
    await pump.round()
    waits = mail.of(ana)
    assert (waits.state, waits.attempts, waits.reason) == (DeliveryState.WAITING, 0, NO_DATABASE)
    assert waits.lease_until is None
    mail.later(seconds=30)
    await pump.round()
    sent = mail.of(ana)
    assert (sent.state, sent.attempts, sent.reason) == (DeliveryState.SENT, 1, "")


async def test_a_message_whose_place_is_not_known_is_not_posted_again_by_a_change(
    mail: Mail,
) -> None:
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    mail.chats["local"].answers = [Sent("")]
    await mail.pumps()
    mail.change("second words")
    mail.later(minutes=1)
    await mail.pumps()
    assert mail.chats["local"].texts == ["first words"]
    assert mail.of(ana).shown == mail.of(ana).changes == 1


async def test_a_change_after_an_edit_was_given_up_has_all_its_tries_again(mail: Mail) -> None:
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    await mail.pumps()
    mail.change("second words")
    mail.chats["local"].answers = [Later(1, "network")] * MOST_ATTEMPTS
    for _try in range(MOST_ATTEMPTS):
        await mail.pumps()
        mail.later(hours=7)
    assert mail.of(ana).reason == "gave up: network"
    mail.chats["local"].answers = [Later(1, "network")]
    mail.change("third words")
    await mail.pumps()
    mail.later(minutes=1)
    await mail.pumps()
    assert mail.chats["local"].texts[-2:] == ["third words", "third words"]
    assert (mail.of(ana).reason, mail.of(ana).shown) == ("", mail.of(ana).changes)


async def test_a_time_zone_that_is_not_known_keeps_nothing_from_anybody(mail: Mail) -> None:
    ana, bo = mail.member("Ana", HOSPICE, zone="Mars/Phobos"), mail.member("Bo", HOSPICE)
    mail.plan(kind="test.event")
    mail.post(mail.channel("learning", HOSPICE, by=bo, zone="Mars/Phobos"))
    await mail.pumps()
    assert mail.states() == {DeliveryState.SENT: 3}
    assert mail.of(ana).attempts == 1
