"""A database that goes away, or asks for another try, now and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.books import Books
from storage.store import Store


class StoreInVain:
    """The store, of which the next transactions end in vain with ``error``: as many as
    ``in_vain`` says, after ``well`` that do not."""

    def __init__(self, store: Store, error: Exception) -> None:
        self._store = store
        self._error = error
        self.well = self.in_vain = 0

    @contextmanager
    def begin(self) -> Iterator[Books]:
        with self._store.begin() as books:
            yield books
            if self.well:
                self.well -= 1
            elif self.in_vain:
                self.in_vain -= 1
                raise self._error
