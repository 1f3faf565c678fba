"""A database that ends its connections, as a restart does, costs nobody an answer."""

from __future__ import annotations

import psycopg
import pytest

from core.delivery.model import Notice
from core.kernel.stale import Busy
from storage.books import Books
from storage.store import Store
from tests.world import START, World


def _ends_every_connection(store: Store) -> None:
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_an_action_goes_on_with_a_new_connection(postgres_url: str) -> None:
    store = Store(postgres_url)
    ana = World(store).person("Ana Ward")
    _ends_every_connection(store)
    assert "Hello Ana Ward" in ana.types("home")
    assert "Check your offer" in ana.types("offer 1 hour run charts")
    store.close()


def test_an_insert_that_meets_a_lost_connection_asks_for_another_try(postgres_url: str) -> None:
    store = Store(postgres_url)
    ana = World(store).person("Ana Ward")
    notice = Notice("members.welcome", "member:1", START, {})
    member_id = ana.member.id

    def tells(books: Books) -> int:
        return books.deliveries.tell(notice, [member_id])

    def loses_its_connection() -> None:
        with store.begin() as books:
            _ends_every_connection(store)
            tells(books)

    with pytest.raises(Busy):
        loses_its_connection()
    with store.begin() as books:
        assert tells(books) > 0
    store.close()
