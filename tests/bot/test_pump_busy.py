"""The delivery pump with a database that asks for another try, as PostgreSQL does now and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.books import Books
from core.couriers import Outcome, Sent
from core.delivery.model import DeliveryState
from core.kernel.stale import Busy
from storage.store import Store
from tests.bot.system import System


class BusyStore:
    """The store, of which the next transactions end in vain: as many as ``in_vain`` says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.in_vain = 0

    @contextmanager
    def begin(self) -> Iterator[Books]:
        with self._store.begin() as books:
            yield books
            if self.in_vain:
                self.in_vain -= 1
                raise Busy


@pytest.fixture
def system(store: Store) -> System:
    return System(store)


async def test_what_was_sent_is_not_sent_again_because_the_database_was_busy(
    system: System,
) -> None:
    busy = BusyStore(system.store)
    system.engine.store = busy

    def sent() -> Outcome:
        busy.in_vain = 2
        return Sent("message-1")

    ana = system.member("Ana")
    system.slack.answers = [sent]
    system.tell(ana)
    await system.pump.round()
    assert system.state(ana) is DeliveryState.SENT
    system.later(minutes=10)
    await system.pumps()
    assert len(system.slack.parcels) == 1
