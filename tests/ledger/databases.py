"""Fresh databases with every table and the ledger's triggers, for tests below the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from storage.ledger import Ledger
from storage.store import Store, transaction
from storage.triggers import TRIGGERS
from tests.postgres import cluster

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def build(url: str) -> None:
    """Make the tables and triggers in an empty database."""
    store = Store(url)
    with transaction(store.engine) as connection:
        SQLModel.metadata.create_all(connection)
        for statement in TRIGGERS[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    store.close()


@contextmanager
def fresh_store(backend: str, folder: Path) -> Iterator[Store]:
    """A store on a fresh ``sqlite`` file in ``folder``, or on a fresh ``postgresql`` database."""
    if backend == "sqlite":
        url = f"sqlite:///{folder / 'ledger.db'}"
        build(url)
    else:
        server = cluster()
        url = server.create_database("ledger", server.template("ledger_tables", build))
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
        if backend != "sqlite":
            cluster().drop_database(url)


def member_accounts(connection: Connection, count: int, floor: int | None) -> list[int]:
    """Ids of ``count`` new member accounts with nothing in them."""
    ledger = Ledger(connection)
    return [ledger.open(AccountKind.MEMBER, n + 1, floor).id for n in range(count)]


def gift(
    reason: str,
    giver: int,
    receiver: int,
    minutes: int,
    *,
    kind: PostingKind = PostingKind.GIFT,
    bound: bool = True,
    released: int = 0,
    reverses_id: int | None = None,
) -> Posting:
    """``minutes`` from one account to another."""
    return Posting(
        kind,
        reason,
        (Entry(giver, -minutes, 1, released), Entry(receiver, minutes, 2)),
        NOW,
        reverses_id=reverses_id,
        bound=bound,
    )
