"""A connection that breaks in the moment of a commit: it is done, and the pump does not hear so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.pump import LEASE
from core.books import Books
from core.delivery.model import DeliveryState
from core.kernel.stale import Busy
from storage.store import Store
from tests.delivery.mail import HOSPICE, Mail


class UnheardStore:
    """The store, of which one transaction ends as if in vain, though it is committed."""

    def __init__(self, store: Store, unheard: int) -> None:
        self._store = store
        self._left = unheard

    @contextmanager
    def begin(self) -> Iterator[Books]:
        with self._store.begin() as books:
            yield books
        self._left -= 1
        if self._left == 0:
            raise Busy


@pytest.mark.parametrize("which", [1, 2, 3])
async def test_a_commit_that_the_pump_does_not_hear_of_neither_repeats_nor_counts_anything_twice(
    store: Store, which: int
) -> None:
    mail = Mail(store)
    people = mail.members(3, HOSPICE)
    mail.plan(kind="test.digest")
    mail.pump._engine.store = UnheardStore(store, which)
    await mail.pumps()
    mail.now += LEASE + timedelta(seconds=1)
    await mail.pumps()
    assert mail.states() == {DeliveryState.SENT: len(people)}
    assert len(mail.chats["local"].parcels) == len(people)
    assert mail.audit() == []
