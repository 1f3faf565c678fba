"""Migrations bring an empty database to exactly what the models say, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from storage.migrate import differences, is_current, migrate
from storage.store import Store, transaction
from tests.world import START


def test_a_migrated_database_is_what_the_models_say(store: Store) -> None:
    with store.engine.connect() as connection:
        assert is_current(connection)
        assert differences(connection) == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    migrate(store.engine)
    with store.engine.connect() as connection:
        assert is_current(connection)


def test_a_migrated_ledger_refuses_to_be_rewritten(store: Store) -> None:
    with store.begin() as books:
        source = books.ledger.open(AccountKind.SOURCE, None, None)
        pot = books.ledger.open(AccountKind.COMMUNITY, None, 0)
        entries = (Entry(source.id, -60), Entry(pot.id, 60))
        books.ledger.post(Posting(PostingKind.GRANT, "try:1", entries, START))
    for statement in ("UPDATE entries SET minutes = 1", "DELETE FROM postings"):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            transaction(store.engine) as connection,
        ):
            connection.execute(text(statement))
