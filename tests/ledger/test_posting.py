"""One posting at a time: what moves, what is refused, what a repeat does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from core.ledger.book import FloorReached, KeyReused
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from storage.audit import audit_ledger
from storage.ledger import Ledger
from storage.store import Store, transaction
from storage.tables.columns import table_of
from storage.tables.ledger import PostingRow
from tests.ledger.databases import NOW, fresh_store, gift, member_accounts


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.engine.connect() as connection, connection.begin():
        yield connection


def test_a_posting_moves_minutes_from_one_account_to_the_other(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -600)
    posting_id, moved = ledger.post(gift("gift:1", ana, ben, 90))
    assert moved
    assert (ledger.get(ana).balance, ledger.get(ben).balance) == (-90, 90)
    assert ledger.posting(posting_id) == replace(gift("gift:1", ana, ben, 90), id=posting_id)
    assert ledger.by_reason("gift:1") == ledger.posting(posting_id)
    assert audit_ledger(connection) == []


def test_the_moment_of_a_posting_is_the_same_for_the_driver_and_for_sqlmodel(
    connection: Connection,
) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -600)
    local = datetime(2026, 3, 2, 10, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    ledger.post(replace(gift("gift:1", ana, ben, 15), at=local))
    assert connection.scalar(select(table_of(PostingRow).c.at)) == NOW
    read = ledger.by_reason("gift:1")
    assert read is not None
    assert read.at == NOW
    assert read.at.utcoffset() == timedelta(0)


def test_a_moment_without_a_time_zone_is_refused(connection: Connection) -> None:
    ana, ben = member_accounts(connection, 2, -600)
    naive = replace(gift("gift:1", ana, ben, 15), at=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        Ledger(connection).post(naive)


def test_a_repeat_moves_nothing_and_names_the_first_posting(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -600)
    posting = gift("gift:1", ana, ben, 90)
    first, _moved = ledger.post(posting)
    later = replace(posting, at=NOW + timedelta(hours=1), entries=posting.entries[::-1])
    assert ledger.post(later) == (first, False)
    assert ledger.get(ben).balance == 90


@pytest.mark.parametrize(
    "change",
    [
        {"kind": PostingKind.GRANT},
        {"subject_id": 7},
        {"entries": (Entry(1, -75, 1), Entry(2, 75, 2))},
        {"entries": (Entry(1, -90, 3), Entry(2, 90, 2))},
        {"bound": False},
    ],
    ids=["kind", "subject", "minutes", "organisation", "bound"],
)
def test_the_same_reason_with_another_payload_is_refused(
    connection: Connection, change: dict[str, Any]
) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -600)
    posting = gift("gift:1", ana, ben, 90)
    ledger.post(posting)
    with pytest.raises(KeyReused):
        ledger.post(replace(posting, **change))
    assert ledger.get(ben).balance == 90


def test_a_posting_is_reversed_once(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -600)
    first, _moved = ledger.post(gift("gift:1", ana, ben, 90))
    back = gift(
        "correction:1", ben, ana, 90, kind=PostingKind.CORRECTION, bound=False, reverses_id=first
    )
    assert ledger.post(back)[1]
    assert ledger.get(ana).balance == 0
    with pytest.raises(KeyReused):
        ledger.post(replace(back, reason="correction:2"))
    assert ledger.get(ana).balance == 0


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ((), "two entries"),
        ((Entry(1, 0), Entry(2, 0)), "at least a minute"),
        ((Entry(1, -5), Entry(2, 6)), "sum to zero"),
        ((Entry(1, -5), Entry(1, 5)), "one entry for each"),
        ((Entry(1, -5),), "two entries"),
        ((Entry(1, -5, None, -5), Entry(2, 5)), "less than nothing"),
    ],
)
def test_what_is_no_movement_is_refused_before_the_database_is_asked(
    connection: Connection, entries: tuple[Entry, ...], reason: str
) -> None:
    member_accounts(connection, 2, -600)
    with pytest.raises(ValueError, match=reason):
        Ledger(connection).post(Posting(PostingKind.GIFT, "gift:1", entries, NOW))
    assert connection.scalar(text("SELECT count(*) FROM postings")) == 0


def test_a_debit_stops_at_the_floor_and_the_rollback_leaves_nothing(store: Store) -> None:
    with transaction(store.engine) as connection:
        ana, ben = member_accounts(connection, 2, -60)
        Ledger(connection).post(gift("gift:1", ana, ben, 60))

    def over_the_floor() -> None:
        with transaction(store.engine) as connection:
            Ledger(connection).post(gift("gift:2", ana, ben, 1))

    with pytest.raises(FloorReached) as refused:
        over_the_floor()
    assert refused.value.account_id == ana
    with transaction(store.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM postings")) == 1
        assert Ledger(connection).get(ana).balance == -60
        assert audit_ledger(connection) == []


def test_the_floor_leaves_reserved_minutes_alone(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -60)
    ledger.reserve(ana, 45)
    with pytest.raises(FloorReached):
        ledger.reserve(ana, 16)
    assert ledger.get(ana).reserved == 45
    assert ledger.get(ana).available == -45
    ledger.post(gift("gift:1", ana, ben, 15))
    with pytest.raises(FloorReached):
        ledger.post(gift("gift:2", ana, ben, 1))


def test_paying_up_to_the_reserve_never_fails_even_below_a_raised_floor(
    connection: Connection,
) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -60)
    ledger.reserve(ana, 60)
    ledger.set_floors(AccountKind.MEMBER, 0)
    ledger.post(gift("exchange:1", ana, ben, 45, released=60))
    assert (ledger.get(ana).balance, ledger.get(ana).reserved) == (-45, 0)
    assert audit_ledger(connection) == []


def test_paying_more_than_the_reserve_asks_the_floor_for_the_rest(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, -60)
    ledger.reserve(ana, 45)
    ledger.post(gift("exchange:1", ana, ben, 60, released=45))
    assert ledger.get(ana).balance == -60
    with pytest.raises(ValueError, match="set aside"):
        ledger.post(gift("exchange:2", ana, ben, 15, released=15))


def test_corrections_go_below_the_floor_and_the_audit_knows_why(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben = member_accounts(connection, 2, 0)
    ledger.post(gift("correction:1", ana, ben, 30, kind=PostingKind.CORRECTION, bound=False))
    assert ledger.get(ana).balance == -30
    assert audit_ledger(connection) == []


def test_an_unbound_gift_below_the_floor_is_found(connection: Connection) -> None:
    ana, ben = member_accounts(connection, 2, 0)
    Ledger(connection).post(gift("gift:1", ana, ben, 30, bound=False))
    assert [one.code for one in audit_ledger(connection)] == ["below-floor"]


def test_releasing_more_than_was_set_aside_is_an_error(connection: Connection) -> None:
    ledger = Ledger(connection)
    (ana,) = member_accounts(connection, 1, -60)
    ledger.reserve(ana, 30)
    with pytest.raises(ValueError, match="30 minutes set aside, not 31"):
        ledger.release(ana, 31)
    ledger.release(ana, 30)
    assert ledger.get(ana).reserved == 0
    for nothing in (0, -5):
        with pytest.raises(ValueError, match="above zero"):
            ledger.reserve(ana, nothing)


def test_a_merge_moves_what_was_set_aside_whatever_the_floor(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, again = member_accounts(connection, 2, -60)
    ledger.reserve(ana, 60)
    ledger.reserve(again, 30)
    assert ledger.move_reserved(again, ana) == 30
    assert (ledger.get(ana).reserved, ledger.get(again).reserved) == (90, 0)
    assert ledger.move_reserved(again, ana) == 0
    assert "below-floor" not in {one.code for one in audit_ledger(connection)}


def test_an_account_is_opened_once_and_keeps_its_floor(connection: Connection) -> None:
    ledger = Ledger(connection)
    assert ledger.account(AccountKind.COMMUNITY, None) is None
    first = ledger.open(AccountKind.COMMUNITY, None, 0)
    assert ledger.open(AccountKind.COMMUNITY, None, -60) == first
    assert first.floor == 0
    assert first.holder_id is None
    with pytest.raises(LookupError):
        ledger.get(first.id + 100)


def test_a_statement_pages_with_the_balance_after_each_line(connection: Connection) -> None:
    ledger = Ledger(connection)
    ana, ben, cai = member_accounts(connection, 3, -600)
    for n in range(1, 6):
        ledger.post(gift(f"gift:{n}", ana, ben, 15 * n))
    shared = (Entry(ana, -20), Entry(ben, 10), Entry(cai, 10))
    ledger.post(Posting(PostingKind.GRANT, "grant:1", shared, NOW, 9))
    lines, total = ledger.statement(ben, 1, 3)
    assert total == 6
    assert [(line.minutes, line.balance) for line in lines] == [(75, 225), (60, 150), (45, 90)]
    newest = ledger.statement(ben, 0, 1)[0][0]
    assert newest.subject_id == 9
    assert newest.other_holders == ((AccountKind.MEMBER, 1), (AccountKind.MEMBER, 3))
    assert ledger.statement(cai, 0, 10)[0][0].balance == 10
    assert ledger.statement(ana, 50, 10) == ([], 6)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE postings SET reason = 'other'",
        "DELETE FROM postings",
        "UPDATE entries SET minutes = minutes * 2",
        "DELETE FROM entries",
    ],
)
def test_the_database_refuses_to_change_what_was_posted(store: Store, change: str) -> None:
    with transaction(store.engine) as connection:
        ana, ben = member_accounts(connection, 2, -60)
        Ledger(connection).post(gift("gift:1", ana, ben, 30))
    with (
        pytest.raises(DBAPIError, match="append-only"),
        transaction(store.engine) as connection,
    ):
        connection.execute(text(change))
    with transaction(store.engine) as connection:
        assert Ledger(connection).by_reason("gift:1") is not None
        assert audit_ledger(connection) == []


@pytest.mark.parametrize("tables", ["entries", "postings CASCADE", "accounts CASCADE"])
def test_postgresql_refuses_to_truncate_the_ledger(tmp_path: Path, tables: str) -> None:
    with fresh_store("postgresql", tmp_path) as store:
        with transaction(store.engine) as connection:
            ana, ben = member_accounts(connection, 2, -60)
            Ledger(connection).post(gift("gift:1", ana, ben, 30))
        with (
            pytest.raises(DBAPIError, match="append-only"),
            transaction(store.engine) as connection,
        ):
            connection.execute(text(f"TRUNCATE {tables}"))


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO entries (posting_id, account_id, minutes) VALUES (1, 3, 0)",
        "UPDATE accounts SET reserved = -1",
        "INSERT INTO accounts (kind, holder_id, balance, reserved) VALUES ('member', 0, 0, 0)",
        "INSERT INTO accounts (kind, holder_id, balance, reserved) VALUES ('source', 4, 0, 0)",
        "INSERT INTO accounts (kind, holder_id, balance, reserved) VALUES ('wallet', 4, 0, 0)",
        "INSERT INTO accounts (kind, holder_id, balance, reserved) VALUES ('member', 1, 0, 0)",
    ],
)
def test_the_database_checks_what_is_kept(store: Store, change: str) -> None:
    with transaction(store.engine) as connection:
        ana, ben, _cai = member_accounts(connection, 3, -60)
        Ledger(connection).post(gift("gift:1", ana, ben, 30))
    with pytest.raises(DBAPIError), transaction(store.engine) as connection:
        connection.execute(text(change))
