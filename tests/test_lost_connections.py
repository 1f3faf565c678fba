"""A database that ends its connections, as a restart does, costs nobody an answer."""

from __future__ import annotations

import psycopg

from storage.store import Store
from tests.world import World


def test_an_action_goes_on_with_a_new_connection(postgres_url: str) -> None:
    store = Store(postgres_url)
    ana = World(store).person("Ana Ward")
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert "Hello Ana Ward" in ana.types("home")
    assert "Check your offer" in ana.types("offer 1 hour run charts")
    store.close()
