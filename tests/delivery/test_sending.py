"""The pump at work: nobody waits for a slow platform, and nothing that was sent is forgotten."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot import outbox
from bot.outbox import MOST_FOR_TENANT
from bot.pump import BATCH, Pump
from core.books import Books
from core.couriers import Outcome, Parcel, Sent
from core.delivery.model import DeliveryState
from core.organisations.model import TenantState
from storage.store import Store
from tests.delivery.mail import HOSPICE, NATION, NORTH, Chats, Mail


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


class FailingStore:
    """The store, of which the next transactions that ``fails`` picks end in vain."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.in_vain = 0

    @contextmanager
    def begin(self) -> Iterator[Books]:
        with self._store.begin() as books:
            yield books
            if self.in_vain:
                self.in_vain -= 1
                raise RuntimeError("the database went away")


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
    failing = FailingStore(mail.store)
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
    failing = FailingStore(mail.store)
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
    mail.change("third words")
    await mail.pumps()
    assert mail.chats["slack"].texts == ["first words", "third words"]


async def test_an_outcome_that_can_never_be_kept_keeps_no_other_from_it(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0)
    ana, bo = mail.member("Ana", HOSPICE), mail.member("Bo", HOSPICE)
    mail.tell(ana, bo)

    class Odd(Chats):
        async def deliver(self, parcel: Parcel) -> Outcome:
            return Sent(object() if "Ana" in parcel.user else "message-1")  # type: ignore[arg-type]

    pump = Pump(mail.engine, {"local": Odd()})
    with running(pump) as task:
        await until(lambda: mail.of(bo).state is DeliveryState.SENT)
        assert mail.of(ana).state is DeliveryState.WAITING
        task.cancel()
