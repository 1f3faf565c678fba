"""Migrations bring an empty database to exactly what the models say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import (
    ColumnClause,
    Connection,
    MetaData,
    Table,
    column,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from core.callers import NOWHERE, Address
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.organisations.model import Role
from storage.audit import audit_ledger
from storage.migrate import differences, is_current, migrate
from storage.store import Store, transaction
from storage.tables.columns import table_of
from storage.tables.members import IdentityRow
from tests.exchanges.story import Two, claimed
from tests.members.accounts import closes, identity_of, opens, reports
from tests.shapes import up_to
from tests.world import START, World

FIRST = "0001"
NOT_COPIED = ("alembic_version", "registry", "post_words", "held_tenants")
"""What the migrations themselves fill, the index of words, and what is no more."""


def first_shape(store: Store) -> dict[str, Table]:
    """Run the first migration alone; the tables it made, as the database has them."""
    up_to(store, FIRST)
    with transaction(store.engine) as connection:
        found = MetaData()
        found.reflect(connection, only=lambda name, _all: not name.startswith(NOT_COPIED))
        return {table.name: table for table in found.sorted_tables}


def rows_of(store: Store, tables: dict[str, Table]) -> dict[str, list[tuple[object, ...]]]:
    """What those tables hold, in the columns that they had at first."""
    with transaction(store.engine) as connection:
        return {name: sorted(_rows(connection, table), key=repr) for name, table in tables.items()}


def _rows(connection: Connection, first: Table) -> Iterator[tuple[object, ...]]:
    now = {one["name"] for one in inspect(connection).get_columns(first.name)}
    names = [one.name for one in first.columns]
    if now.issuperset(names):
        yield from (tuple(row) for row in connection.execute(select(first)))
        return
    # All that has gone since is the address of an identity, which was JSON at first.
    kept = [one for one in first.columns if one.name != "address"]
    parts: list[ColumnClause[Any]] = [column(f"address_{part}") for part in asdict(NOWHERE)]
    for row in connection.execute(select(*kept, *parts)).mappings():
        found = {**row, "address": first_address(row["platform"], address_in(row))}
        yield tuple(found[name] for name in names)


def address_in(row: Any) -> Address:
    """The address in the columns of an identity."""
    return Address(**{part: row[f"address_{part}"] for part in asdict(NOWHERE)})


def first_address(platform: str, address: Address) -> dict[str, str]:
    """An address as each platform's adapter wrote it down at first, empty parts left out."""
    names = {
        "slack": {"conversation": "channel"},
        "teams": {
            "conversation": "conversation_id",
            "service_url": "service_url",
            "bot": "bot_id",
            "user": "user_id",
        },
        "local": {"conversation": "chat"},
    }[platform]
    return {names[part]: words for part, words in asdict(address).items() if words}


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


IN_TEAMS = Address("a:ana", "https://smba.trafficmanager.net/uk/", "28:bot", "29:ana")
"""A chat in Teams, where every part is known."""


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
        assert books.conversations.all() == []


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


def test_everybody_is_reached_after_the_migration_where_they_were_reached_before(
    world: World, bare_url: str
) -> None:
    known = {
        "U-slack": Address("D0ANA"),
        "U-teams": IN_TEAMS,
        "U-channel": replace(IN_TEAMS, conversation=""),
        "U-nowhere": NOWHERE,
    }
    for user, address in known.items():
        platform = "slack" if user == "U-slack" else "teams"
        tenant = "T-NORTHGATE" if user == "U-slack" else "tenant-southgate"
        person = world.someone(platform, tenant, user, "Ana Ward", joined=False)
        person.caller = replace(person.caller, address=address)
        person.joins()
    old = Store(bare_url)
    tables = first_shape(old)
    copy_into(old, tables, rows_of(world.store, tables))
    written = {str(row) for row in rows_of(old, tables)["identities"]}
    for json in (
        "{'channel': 'D0ANA'}",
        "{'conversation_id': 'a:ana', 'service_url': 'https://smba.trafficmanager.net/uk/', "
        "'bot_id': '28:bot', 'user_id': '29:ana'}",
        "{}",
    ):
        assert any(json in one for one in written), json
    migrate(old.engine)
    with transaction(old.engine) as connection:
        found = connection.execute(select(table_of(IdentityRow))).mappings().all()
    assert {row["user"]: address_in(row) for row in found} == known
    old.close()


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
