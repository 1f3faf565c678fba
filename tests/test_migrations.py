"""Migrations bring an empty database to exactly what the models say, on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.organisations.model import Role
from storage.audit import audit_ledger
from storage.migrate import MIGRATIONS, differences, is_current, migrate
from storage.store import Store, transaction
from tests import postgres
from tests.exchanges.story import Two, claimed
from tests.members.accounts import closes, identity_of, opens, reports
from tests.world import START, World

FIRST = "0001"
NOT_COPIED = ("alembic_version", "registry", "post_words")
"""What the migrations themselves fill, and the index of words."""


@pytest.fixture
def bare_url(store: Store, tmp_path: Path) -> Iterator[str]:
    """A database of the same kind as ``store``, with nothing in it."""
    if store.sqlite:
        yield f"sqlite:///{tmp_path / 'first.db'}"
        return
    cluster = postgres.cluster()
    url = cluster.create_database(f"first{uuid.uuid4().hex}")
    yield url
    cluster.drop_database(url)


def first_shape(store: Store) -> dict[str, Table]:
    """Run the first migration alone; the tables it made, as the database has them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with transaction(store.engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        found = MetaData()
        found.reflect(connection, only=lambda name, _all: not name.startswith(NOT_COPIED))
        return {table.name: table for table in found.sorted_tables}


def rows_of(store: Store, tables: dict[str, Table]) -> dict[str, list[tuple[object, ...]]]:
    """What those tables hold, in those columns."""
    with transaction(store.engine) as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in tables.items()
        }


def copy_into(
    store: Store, tables: dict[str, Table], rows: dict[str, list[tuple[object, ...]]]
) -> None:
    """Fill the first shape of a database with what people did in a later one."""
    with transaction(store.engine) as connection:
        for name, table in tables.items():
            columns = table.columns.keys()
            if rows[name]:
                given = [dict(zip(columns, row, strict=True)) for row in rows[name]]
                connection.execute(table.insert(), given)
            if not store.sqlite and rows[name] and "id" in columns:
                sequence = select(func.pg_get_serial_sequence(f'"{name}"', "id"))
                newest = select(func.max(table.c.id)).scalar_subquery()
                if connection.scalar(sequence):
                    connection.execute(select(func.setval(sequence.scalar_subquery(), newest)))


@pytest.fixture
def two(world: World, bare_url: str) -> Iterator[Two]:
    """People with posts, drafts, notices and a claimed exchange, in a database of the first shape
    that has then been migrated."""
    before = claimed(world)
    world.grants(before.ana, Role.ADMIN)
    before.ana.types("offer 1 hour of easy read, online")
    before.ana.presses("Post it")
    before.ana.types("offer 2 hours of posters, online")
    old = Store(bare_url)
    tables = first_shape(old)
    copy_into(old, tables, rows_of(world.store, tables))
    rows = rows_of(old, tables)
    assert all(rows[name] for name in ("members", "posts", "drafts", "deliveries", "entries"))
    migrate(old.engine)
    assert rows_of(old, tables) == rows
    world.store = world.engine.store = old
    yield before
    old.close()


def test_a_database_of_the_first_migration_is_brought_to_what_the_models_say(two: Two) -> None:
    with two.world.store.begin() as books:
        assert is_current(books.connection)
        assert differences(books.connection) == []
        assert books.installations.all() == []


def test_old_rows_say_that_nothing_is_known_of_what_is_new(two: Two) -> None:
    identity, member_id, post_id = identity_of(two.ana), two.ana.member.id, two.exchange.post_id
    assert (identity.closed_at, identity.shown_name, two.ana.member.back_at) == (None, "", None)
    assert post_id is not None
    with two.world.store.begin() as books:
        post = books.posts.get(post_id)
        assert list(books.roles.holders(Role.ADMIN)) == [member_id]
    assert post is not None
    assert post.source is None
    reports(two.ana, name="Ana Reed")
    assert (two.ana.member.name, identity_of(two.ana).shown_name) == ("Ana Ward", "Ana Reed")


def test_people_go_on_in_a_migrated_database_from_where_they_were(two: Two) -> None:
    closes(two.ana)
    assert "Paused" in two.ben.types("exchanges")
    opens(two.ana)
    assert "Posted." in two.ana.types("post")
    assert "The hours have moved" in two.ben.types(f"confirm {two.ref}")
    with two.world.store.begin() as books:
        assert audit_ledger(books.connection) == []


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
