"""The mail on a fresh database of each kind, and a second replica's store on the same one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.delivery.mail import Mail


@pytest.fixture
def mail(store: Store) -> Mail:
    return Mail(store)


@pytest.fixture
def shared(postgres_url: str) -> Iterator[tuple[Mail, Store]]:
    """Two replicas on one PostgreSQL: the mail, and the store of another."""
    first, second = Store(postgres_url), Store(postgres_url)
    yield Mail(first), second
    first.close()
    second.close()
