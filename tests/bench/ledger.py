"""The ledger's figures: a posting against the bare driver executing the very same statements.

Every posting is one transaction: the posting, its two entries, both balances. ``ledger.sqlite``
compares CPU of this process; ``ledger.postgres`` compares postings a second with 8 workers. What
our posting executes is recorded once, through the driver's own trace, and the bare one has to
execute the same.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg

from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from storage.ledger import Ledger
from storage.migrate import migrate
from storage.store import Store
from tests.bench.figures import Figure
from tests.bench.wrong import Wrong
from tests.postgres import cluster
from tests.requirements import missing

NAMES = ("ledger.sqlite", "ledger.postgres")
ACCOUNTS = 200
ROUNDS = 7
IN_A_ROUND = 400
WORKERS = 8
NOW = datetime(2026, 11, 2, 9, 30, 15, 123456, tzinfo=UTC)
FLOOR = -600

POST = """INSERT INTO postings (kind, reason, payload_hash, subject_id, reverses_id, at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"""
ENTRIES = """INSERT INTO entries (posting_id, account_id, minutes, organisation_id)
VALUES (%s, %s, %s, %s), (%s, %s, %s, %s)"""
CREDIT = """UPDATE accounts SET balance = balance + %s, reserved = reserved - %s
WHERE id = %s AND reserved >= %s"""
DEBIT = f"{CREDIT} AND (floor IS NULL OR balance - reserved + %s >= floor OR %s)"
HASH = "0" * 64

Move = tuple[str, int, int]
"""A posting to be made: its reason, who gives and who receives."""
Execute = Callable[[str, Sequence[object]], sqlite3.Cursor | psycopg.Cursor[tuple[int, ...]]]


def measure(names: Collection[str]) -> Iterator[Figure]:
    """The figures of those names; says so where PostgreSQL is missing. Raises ``Wrong``."""
    if "ledger.sqlite" in names:
        with tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
            yield _on_sqlite(Path(folder))
    if "ledger.postgres" in names:
        if reason := missing("postgres"):
            print(f"ledger.postgres  skipped: {reason}.")
        else:
            yield _on_postgres()


def _moves(label: str) -> list[Move]:
    """Distinct movements between accounts; the same for every ``label`` but for the reasons."""
    drawn = random.Random(2026)
    pairs = [drawn.sample(range(1, ACCOUNTS + 1), 2) for _number in range(IN_A_ROUND)]
    return [(f"{label}:{number}", one, two) for number, (one, two) in enumerate(pairs)]


def _posting(move: Move) -> Posting:
    reason, giver, receiver = move
    return Posting(
        PostingKind.GIFT, reason, (Entry(giver, -1, 1), Entry(receiver, 1, 2)), NOW, subject_id=1
    )


def _ours(store: Store, moves: Sequence[Move]) -> None:
    for move in moves:
        with store.begin() as books:
            books.ledger.post(_posting(move))


def _statements(execute: Execute, move: Move, at: datetime | str) -> None:
    """What a posting executes, in the order of the accounts, and nothing else."""
    reason, giver, receiver = move
    kind = PostingKind.GIFT.value
    row = execute(POST, (kind, reason, HASH, 1, None, at)).fetchone()
    assert row is not None
    entries = sorted(((giver, -1, 1), (receiver, 1, 2)))
    execute(ENTRIES, (row[0], *entries[0], row[0], *entries[1]))
    for account, minutes, _organisation in entries:
        if minutes < 0:
            done = execute(DEBIT, (minutes, 0, account, 0, minutes, False))
        else:
            done = execute(CREDIT, (minutes, 0, account, 0))
        assert done.rowcount == 1


def _bare_sqlite(connection: sqlite3.Connection, moves: Sequence[Move]) -> None:
    at = NOW.replace(tzinfo=None).isoformat(" ", "microseconds")
    prepared = {one: one.replace("%s", "?") for one in (POST, ENTRIES, CREDIT, DEBIT)}

    def execute(statement: str, given: Sequence[object]) -> sqlite3.Cursor:
        return connection.execute(prepared[statement], given)

    for move in moves:
        connection.execute("BEGIN IMMEDIATE")
        _statements(execute, move, at)
        connection.execute("COMMIT")


def _on_sqlite(folder: Path) -> Figure:
    store, other = (_opened(f"sqlite:///{folder / name}.db") for name in ("ours", "bare"))
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        bare.execute(f"PRAGMA {pragma}")
    try:
        _check_same(_traced_ours(store), _traced_bare(bare))
        used: list[tuple[float, float]] = []
        for number in range(ROUNDS + 1):
            moves = _moves(f"round {number}")
            raw = _cpu(partial(_bare_sqlite, bare, moves))
            ours = _cpu(partial(_ours, store, moves))
            used.append((raw, ours))
        _check_posted(store, (ROUNDS + 1) * IN_A_ROUND + 1)
        _check_posted(other, (ROUNDS + 1) * IN_A_ROUND + 1)
    finally:
        bare.close()
        store.close()
        other.close()
    rounds = tuple(raw / ours for raw, ours in used[1:])
    raw, ours = (statistics.median(part) / IN_A_ROUND * 1e6 for part in zip(*used, strict=True))
    remark = f"{raw:.0f} µs bare, {ours:.0f} µs ours, of CPU for a posting"
    value = statistics.median(rounds)
    return Figure("ledger.sqlite", value, 0.4, "share, at least", rounds, remark)


def _cpu(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _opened(url: str) -> Store:
    """A store on a fresh database with accounts that nobody has used."""
    store = Store(url)
    migrate(store.engine)
    with store.begin() as books:
        assert isinstance(books.ledger, Ledger)
        for number in range(ACCOUNTS):
            books.ledger.open(AccountKind.MEMBER, number + 1, FLOOR)
    return store


def _traced_ours(store: Store) -> list[str]:
    seen: list[str] = []
    with store.begin() as books:
        driver = books.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(seen.append)
        books.ledger.post(_posting(("traced", 1, 2)))
    driver.set_trace_callback(None)
    return seen


def _traced_bare(connection: sqlite3.Connection) -> list[str]:
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    _bare_sqlite(connection, [("traced", 1, 2)])
    connection.set_trace_callback(None)
    return seen[1:]


def _check_same(ours: Sequence[str], bare: Sequence[str]) -> None:
    """Raises ``Wrong`` unless both executed the same, but for the hash of the payload."""
    one, other = (
        [re.sub(r"\s+", " ", re.sub(r"'[0-9a-f]{64}'", "?", each)) for each in seen]
        for seen in (ours, bare)
    )
    if one != other:
        raise Wrong(f"the ledger executes {one}, and the bare driver {other}")


def _check_posted(store: Store, count: int) -> None:
    """Raises ``Wrong`` unless ``count`` postings stand, and the balances are their entries."""
    with store.begin() as books:
        ask = books.connection.exec_driver_sql
        posted = ask("SELECT count(*) FROM postings").scalar_one()
        drift = ask(
            "SELECT count(*) FROM accounts WHERE balance <> (SELECT COALESCE(sum(minutes), 0) "
            "FROM entries WHERE account_id = accounts.id)"
        ).scalar_one()
    if posted != count or drift:
        raise Wrong(f"{posted} postings and {drift} wrong balances, instead of {count} and 0")


def _on_postgres() -> Figure:
    server = cluster()
    template = server.template("bench_ledger", lambda url: _opened(url).close())
    ours, bare = (server.create_database(name, template) for name in ("ours", "bare"))
    store, other = Store(ours), Store(bare)
    connections = [
        psycopg.connect(bare.replace("+psycopg", ""), options="-c lock_timeout=10000")
        for _number in range(WORKERS)
    ]
    try:
        rates: list[tuple[float, float]] = []
        for number in range(ROUNDS + 1):
            shares = _shares(_moves(f"round {number}"))
            raw = _rate(
                [partial(_bare_postgres, *pair) for pair in zip(connections, shares, strict=True)]
            )
            rate = _rate([partial(_ours, store, share) for share in shares])
            rates.append((raw, rate))
        for each in (store, other):
            _check_posted(each, (ROUNDS + 1) * IN_A_ROUND)
    finally:
        for connection in connections:
            connection.close()
        store.close()
        other.close()
        for url in (ours, bare):
            server.drop_database(url)
    rounds = tuple(rate / raw for raw, rate in rates[1:])
    raw, rate = (statistics.median(part) for part in zip(*rates, strict=True))
    remark = f"{raw:.0f} bare, {rate:.0f} ours, postings a second with {WORKERS} workers"
    value = statistics.median(rounds)
    return Figure("ledger.postgres", value, 0.6, "share, at least", rounds, remark)


def _shares(moves: Sequence[Move]) -> list[Sequence[Move]]:
    return [moves[first::WORKERS] for first in range(WORKERS)]


def _bare_postgres(connection: psycopg.Connection[tuple[int, ...]], moves: Sequence[Move]) -> None:
    for move in moves:
        _statements(connection.execute, move, NOW)
        connection.commit()


def _rate(workers: Sequence[Callable[[], None]]) -> float:
    """Postings a second, all workers together, from a common start."""
    gate = threading.Barrier(len(workers) + 1)

    def one(work: Callable[[], None]) -> None:
        gate.wait()
        work()

    with ThreadPoolExecutor(len(workers)) as pool:
        running = [pool.submit(one, work) for work in workers]
        gate.wait()
        started = time.perf_counter()
        for each in running:
            each.result()
        return IN_A_ROUND / (time.perf_counter() - started)
