"""``delivery.plan``: planning a notice for very many, against one INSERT for each of them.

Ours is ``books.deliveries.plan`` as an announcement or a digest calls it, who is to be told and in
which chat being found out by the database. The other side is spared that: it is handed everybody
with their chat, and executes one prepared INSERT for each of them through the bare driver, within
one transaction. Both commit to the disk, and both fill an empty table with the same rows.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

import psycopg

from core.delivery.model import Audience, Notice
from storage.store import Store
from tests.bench.delivery_people import NEWS, START, Chat, analyse, populate
from tests.bench.figures import Figure
from tests.bench.wrong import Wrong
from tests.postgres import cluster

NAME = "delivery.plan"
GOAL = 10
CHATS = (
    Chat("teams", "a-nation", 80_000),
    *(Chat("teams", f"trust-{number}", 500) for number in range(20)),
    *(Chat("slack", f"T0{number}", 500) for number in range(20)),
)
PEOPLE = sum(chat.people for chat in CHATS)
ROUNDS = 3
ROWS = (
    "SELECT member_id, state, reason, attempts, not_before, platform, tenant, handle, tried, "
    "changes, shown, held, bulk FROM deliveries ORDER BY member_id"
)
INSERT = """INSERT INTO deliveries (notice_id, member_id, state, reason, attempts, not_before,
platform, tenant, handle, tried, changes, shown, held, bulk)
VALUES (%s, %s, 'waiting', '', 0, %s, %s, %s, '', '[]', 0, 0, false, true)"""

Driver = psycopg.Connection[tuple[Any, ...]]


def measure(names: Collection[str]) -> Figure | None:
    """Rows a second, ours over theirs. Raises ``Wrong``."""
    if NAME not in names:
        return None
    server = cluster(durable=True)
    url = server.create_database("plan")
    try:
        populate(url, CHATS)
        store = Store(url)
        try:
            with psycopg.connect(url.replace("+psycopg", "")) as driver:
                return _measured(store, driver)
        finally:
            store.close()
    finally:
        server.drop_database(url)


def _measured(store: Store, driver: Driver) -> Figure:
    people = driver.execute(
        "SELECT member_id, platform, tenant FROM identities ORDER BY member_id"
    ).fetchall()
    driver.commit()
    seconds: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        ours = _timed(store, partial(_plan, store, number))
        rows = driver.execute(ROWS).fetchall()
        driver.commit()
        theirs = _timed(store, partial(_one_by_one, driver, people))
        if driver.execute(ROWS).fetchall() != rows or len(rows) != PEOPLE:
            raise Wrong(f"{NAME}: {len(rows)} rows planned, and not those inserted one by one")
        driver.commit()
        seconds.append((ours, theirs))
    rounds = tuple(theirs / ours for ours, theirs in seconds)
    planned, inserted = (PEOPLE / statistics.median(part) for part in zip(*seconds, strict=True))
    remark = f"{inserted:.0f} rows a second one by one, {planned:.0f} planned"
    return Figure(NAME, statistics.median(rounds), GOAL, "times, at least", rounds, remark)


def _timed(store: Store, work: Callable[[], None]) -> float:
    """Seconds that filling an empty table takes."""
    with store.begin() as books:
        books.connection.exec_driver_sql("TRUNCATE deliveries")
    analyse(store)
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _plan(store: Store, number: int) -> None:
    with store.begin() as books:
        notice = Notice(NEWS, "library:1", START, key=f"round {number}")
        books.deliveries.plan(notice, Audience())


def _one_by_one(driver: Driver, people: Sequence[tuple[Any, ...]]) -> None:
    row = driver.execute(
        "INSERT INTO notices (kind, subject, at, data) VALUES (%s, 'library:1', %s, '{}') "
        "RETURNING id",
        (NEWS, START),
    ).fetchone()
    assert row is not None
    for member_id, platform, tenant in people:
        driver.execute(INSERT, (row[0], member_id, START, platform, tenant))
    driver.commit()
