"""The delivery pump with a database that asks for another try, as PostgreSQL does now and then."""

from __future__ import annotations

import pytest

from core.couriers import Outcome, Sent
from core.delivery.model import DeliveryState
from core.kernel.stale import Busy
from storage.store import Store
from tests.bot.system import System
from tests.in_vain import StoreInVain


@pytest.fixture
def system(store: Store) -> System:
    return System(store)


async def test_what_was_sent_is_not_sent_again_because_the_database_was_busy(
    system: System,
) -> None:
    busy = StoreInVain(system.store, Busy())
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
