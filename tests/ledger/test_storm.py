"""Many workers on few accounts, a race for one reason, and a process killed while it posts."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from core.kernel.stale import Busy
from core.ledger.book import FloorReached
from storage.audit import audit_ledger
from storage.ledger import Ledger
from storage.store import Store, transaction
from tests.ledger.databases import fresh_store, gift, member_accounts
from tests.together import together

FLOOR = -120


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(request.param, tmp_path) as made:
        yield made


def _in_threads(workers: int, work: Callable[[int], None]) -> None:
    """Run ``work`` in so many threads that start at the same moment."""
    together(*(partial(work, number) for number in range(workers)))


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("backend", "workers", "tries"), [("sqlite", 8, 40), ("postgresql", 16, 25)]
)
def test_a_storm_on_few_accounts_neither_drifts_nor_deadlocks(
    tmp_path: Path, backend: str, workers: int, tries: int
) -> None:
    with fresh_store(backend, tmp_path) as store:
        with store.begin() as books:
            accounts = member_accounts(books.connection, 6, FLOOR)
        outcomes: Counter[str] = Counter()

        def work(number: int) -> None:
            chance = random.Random(number)
            for attempt in range(tries):
                giver, receiver = chance.sample(accounts, 2)
                minutes = chance.randint(1, 8) * 15
                try:
                    with store.begin() as books:
                        books.ledger.post(
                            gift(f"gift:{number}:{attempt}", giver, receiver, minutes)
                        )
                    outcomes["moved"] += 1
                except FloorReached:
                    outcomes["floor"] += 1
                except Busy:
                    outcomes["busy"] += 1

        _in_threads(workers, work)
        with store.begin() as books:
            assert audit_ledger(books.connection) == []
            posted = books.connection.scalar(text("SELECT count(*) FROM postings"))
        assert outcomes["busy"] == 0
        assert outcomes["moved"] == posted
        assert outcomes["moved"] > workers
        assert outcomes["floor"] > 0


@pytest.mark.timeout(180)
def test_reading_computing_and_writing_drifts_in_the_same_storm(tmp_path: Path) -> None:
    """The control: it shows that the storm is strong enough to find a ledger that is wrong."""
    with fresh_store("postgresql", tmp_path) as store:
        with store.begin() as books:
            accounts = member_accounts(books.connection, 6, FLOOR)

        def naive(number: int) -> None:
            chance = random.Random(number)
            for _attempt in range(15):
                giver, receiver = sorted(chance.sample(accounts, 2))
                with transaction(store.engine) as connection:
                    # Sorted, so that the control fails by drifting and not by deadlocks.
                    for account, minutes in ((giver, -15), (receiver, 15)):
                        balance = connection.scalar(
                            text("SELECT balance FROM accounts WHERE id = :id"), {"id": account}
                        )
                        connection.execute(
                            text("UPDATE accounts SET balance = :to WHERE id = :id"),
                            {"to": balance + minutes, "id": account},
                        )

        _in_threads(16, naive)
        with store.begin() as books:
            codes = {one.code for one in audit_ledger(books.connection)}
            total = books.connection.scalar(text("SELECT sum(balance) FROM accounts"))
        assert total != 0
        assert {"accounts-not-zero", "balance-drift"} <= codes


@pytest.mark.timeout(120)
def test_one_reason_posted_from_many_threads_at_once_moves_once(store: Store) -> None:
    with store.begin() as books:
        ana, ben = member_accounts(books.connection, 2, FLOOR)
    found: list[tuple[int, bool]] = []

    def work(_number: int) -> None:
        for round_number in range(10):
            with store.begin() as books:
                found.append(books.ledger.post(gift(f"gift:{round_number}", ana, ben, 5)))

    _in_threads(4, work)
    assert sum(moved for _id, moved in found) == 10
    assert len({posting_id for posting_id, _moved in found}) == 10
    with store.begin() as books:
        assert books.ledger.get(ben).balance == 50
        assert audit_ledger(books.connection) == []


@pytest.mark.timeout(120)
def test_an_account_opened_from_many_threads_at_once_is_one(store: Store) -> None:
    def work() -> int:
        with store.begin() as books:
            return member_accounts(books.connection, 1, FLOOR)[0]

    assert len(set(together(*[work] * 6))) == 1


CHILD = """
import itertools, sys
from storage.store import Store
from tests.ledger.databases import gift
store = Store(sys.argv[1])
first, second = int(sys.argv[2]), int(sys.argv[3])
for number in itertools.count():
    giver, receiver = (first, second) if number % 2 else (second, first)
    with store.begin() as books:
        books.ledger.post(gift(f"gift:{sys.argv[4]}:{number}", giver, receiver, 15))
    print(number, flush=True)
"""


@pytest.mark.timeout(180)
def test_a_process_killed_while_posting_leaves_a_clean_ledger(store: Store) -> None:
    with store.begin() as books:
        first, second = member_accounts(books.connection, 2, FLOOR)
    url = store.url.render_as_string(hide_password=False)
    chance = random.Random(7)
    said = 0
    for life in range(3):
        arguments = [sys.executable, "-c", CHILD, url, str(first), str(second), str(life)]
        with ExitStack() as stack:
            child = stack.enter_context(
                subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
            )
            stack.callback(child.kill)
            assert child.stdout is not None
            assert child.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.3))
            os.kill(child.pid, signal.SIGKILL)
            said += 1 + len(child.stdout.read().splitlines())
            assert child.wait() == -signal.SIGKILL
    with store.begin() as books:
        assert audit_ledger(books.connection) == []
        posted = books.connection.scalar(text("SELECT count(*) FROM postings"))
        assert said <= posted <= said + 3
        # And it goes on: no lock and no half posting stands in the way.
        assert books.ledger.post(gift("gift:after", first, second, 15))[1]
        assert Ledger(books.connection).by_reason("gift:after") is not None
