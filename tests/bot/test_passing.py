"""Which errors of a database pass by themselves: real ones, of each kind of database."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.passing import passing
from core.kernel.stale import Busy, Stale
from storage.store import Store
from storage.tables.columns import table_of
from storage.tables.delivery import PauseRow
from tests.world import START


def fails(store: Store, statement: str) -> Exception:
    """What is raised by a statement."""
    return _raised(store, lambda connection: connection.exec_driver_sql(statement))


def refused(store: Store, platform: Any) -> Exception:
    """What is raised by keeping a pause of a platform that is no name of one."""
    row = {"platform": platform, "tenant": "", "since": START}
    return _raised(store, lambda connection: connection.execute(insert(table_of(PauseRow)), row))


def _raised(store: Store, work: Callable[[Connection], object]) -> Exception:
    try:
        with store.begin() as books:
            work(books.connection)
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_a_database_that_cannot_be_reached_may_be_there_later(tmp_path: Path) -> None:
    for url in ("postgresql+psycopg://nobody@127.0.0.1:1/nothing", f"sqlite:///{tmp_path}"):
        assert passing(fails(Store(url), "SELECT 1"))


def test_a_database_that_takes_no_changes_now_may_take_them_later(postgres_url: str) -> None:
    read_only = "SET TRANSACTION READ ONLY; DELETE FROM pauses"
    assert passing(fails(Store(postgres_url), read_only))


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL statement_timeout = 1; SELECT pg_sleep(30)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "DO $$BEGIN RAISE SQLSTATE '40P01'; END$$",
        "DO $$BEGIN RAISE SQLSTATE '53100'; END$$",
    ],
)
def test_what_a_server_breaks_off_may_be_carried_out_later(
    postgres_url: str, statement: str
) -> None:
    assert passing(fails(Store(postgres_url), statement))


def test_a_disk_that_is_full_may_have_room_later(sqlite_url: str) -> None:
    full = Store(sqlite_url)
    with full.begin() as books:
        books.connection.exec_driver_sql("PRAGMA max_page_count = 1")
    assert passing(fails(full, "CREATE TABLE much AS SELECT zeroblob(10000000) AS bytes"))
    full.close()


@pytest.mark.parametrize("error", [Busy(), Stale()])
def test_who_was_in_the_way_is_gone_later(error: Exception) -> None:
    assert passing(error)


def test_what_a_database_never_takes_it_does_not_take_later(store: Store) -> None:
    odd: Any = object()
    for platform in (odd, "\ud800", None):
        assert not passing(refused(store, platform))


def test_what_is_too_long_for_an_index_stays_so(postgres_url: str) -> None:
    # Random, or else it would be packed into few bytes.
    handle = random.Random(5).randbytes(50_000).hex()
    statement = f"INSERT INTO pauses VALUES ('{handle}', '', now())"
    assert not passing(fails(Store(postgres_url), statement))


def test_text_that_holds_no_character_is_never_taken(postgres_url: str) -> None:
    assert not passing(refused(Store(postgres_url), "a\0b"))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT json('{')",
        "SELECT 1 FROM post_words WHERE post_words MATCH '\"'",
        "SELECT no_such_column",
    ],
)
def test_what_sqlite_cannot_make_sense_of_it_never_can(sqlite_url: str, statement: str) -> None:
    assert not passing(fails(Store(sqlite_url), statement))


def test_a_fault_of_ours_is_no_trouble_of_the_database() -> None:
    assert not passing(KeyError("words"))
