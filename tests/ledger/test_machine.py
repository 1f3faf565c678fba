"""Any order of postings, repeats, reserves and reversals, against a plain dict of balances."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.ledger.book import FloorReached, KeyReused
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from storage.audit import audit_ledger
from storage.ledger import Ledger
from storage.store import Store, transaction
from tests.ledger.databases import NOW, fresh_store

FLOORS: tuple[int | None, ...] = (-60, -60, 0, None)
ACCOUNTS = st.integers(0, len(FLOORS) - 1)
MINUTES = st.integers(1, 90)


class LedgerMachine(RuleBasedStateMachine):
    """The ledger and a model of it: two dicts and a list of what was posted."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        with transaction(self.store.engine) as connection:
            # Every example starts from accounts of its own in the same database.
            taken = connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar_one()
            ledger = Ledger(connection)
            self.ids = [
                ledger.open(AccountKind.MEMBER, taken + n + 1, floor).id
                for n, floor in enumerate(FLOORS)
            ]
        self.first = taken
        self.balance = dict.fromkeys(range(len(FLOORS)), 0)
        self.reserved = dict.fromkeys(range(len(FLOORS)), 0)
        self.posted: list[tuple[int, Posting]] = []
        self.reversed: set[int] = set()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with transaction(self.store.engine) as connection:
            yield Ledger(connection)

    def allowed(self, account: int, minutes: int, released: int = 0) -> bool:
        floor = FLOORS[account]
        left = self.balance[account] - self.reserved[account] + released - minutes
        return floor is None or left >= floor or minutes <= released

    def reason(self) -> str:
        return f"gift:{self.first}:{len(self.posted)}"

    def move(self, posting: Posting) -> None:
        with self.ledger() as ledger:
            posting_id, moved = ledger.post(posting)
        assert moved
        self.posted.append((posting_id, posting))
        for entry in posting.entries:
            self.balance[self.ids.index(entry.account_id)] += entry.minutes
            self.reserved[self.ids.index(entry.account_id)] -= entry.released

    @rule(giver=ACCOUNTS, receiver=ACCOUNTS, minutes=MINUTES, released=st.sampled_from((0, 0, 30)))
    def post(self, giver: int, receiver: int, minutes: int, released: int) -> None:
        if giver == receiver:
            return
        released = min(released, self.reserved[giver])
        entries = (
            Entry(self.ids[receiver], minutes),
            Entry(self.ids[giver], -minutes, released=released),
        )
        posting = Posting(PostingKind.EXCHANGE, self.reason(), entries, NOW)
        if self.allowed(giver, minutes, released):
            self.move(posting)
        else:
            with pytest.raises(FloorReached), self.ledger() as ledger:
                ledger.post(posting)

    @rule(giver=ACCOUNTS, minutes=st.integers(2, 90))
    def post_to_everyone(self, giver: int, minutes: int) -> None:
        others = [account for account in self.balance if account != giver]
        entries = (
            Entry(self.ids[giver], -minutes * len(others)),
            *(Entry(self.ids[other], minutes) for other in others),
        )
        posting = Posting(PostingKind.GRANT, self.reason(), entries, NOW)
        if self.allowed(giver, minutes * len(others)):
            self.move(posting)
        else:
            with pytest.raises(FloorReached), self.ledger() as ledger:
                ledger.post(posting)

    @precondition(lambda self: self.posted)
    @rule(pick=st.integers(0, 999))
    def repeat(self, pick: int) -> None:
        posting_id, posting = self.posted[pick % len(self.posted)]
        with self.ledger() as ledger:
            assert ledger.post(posting) == (posting_id, False)

    @precondition(lambda self: self.posted)
    @rule(pick=st.integers(0, 999), more=MINUTES)
    def repeat_with_another_payload(self, pick: int, more: int) -> None:
        _id, posting = self.posted[pick % len(self.posted)]
        first, second, *rest = posting.entries
        if first.minutes + more == 0 or second.minutes - more == 0:
            return
        other = Posting(
            posting.kind,
            posting.reason,
            (
                Entry(first.account_id, first.minutes + more),
                Entry(second.account_id, second.minutes - more),
                *rest,
            ),
            NOW,
        )
        with pytest.raises(KeyReused), self.ledger() as ledger:
            ledger.post(other)

    @precondition(lambda self: self.posted)
    @rule(pick=st.integers(0, 999))
    def reverse(self, pick: int) -> None:
        posting_id, posting = self.posted[pick % len(self.posted)]
        back = Posting(
            PostingKind.CORRECTION,
            self.reason(),
            tuple(Entry(entry.account_id, -entry.minutes) for entry in posting.entries),
            NOW,
            reverses_id=posting_id,
            bound=False,
        )
        if posting_id not in self.reversed:
            self.reversed.add(posting_id)
            self.move(back)
        else:
            with pytest.raises(KeyReused), self.ledger() as ledger:
                ledger.post(back)

    @rule(account=ACCOUNTS, minutes=MINUTES)
    def reserve(self, account: int, minutes: int) -> None:
        if self.allowed(account, minutes):
            with self.ledger() as ledger:
                ledger.reserve(self.ids[account], minutes)
            self.reserved[account] += minutes
        else:
            with pytest.raises(FloorReached), self.ledger() as ledger:
                ledger.reserve(self.ids[account], minutes)

    @rule(account=ACCOUNTS, minutes=MINUTES)
    def release(self, account: int, minutes: int) -> None:
        if minutes <= self.reserved[account]:
            with self.ledger() as ledger:
                ledger.release(self.ids[account], minutes)
            self.reserved[account] -= minutes
        else:
            with pytest.raises(ValueError, match="set aside"), self.ledger() as ledger:
                ledger.release(self.ids[account], minutes)

    @invariant()
    def the_ledger_is_the_model(self) -> None:
        with self.ledger() as ledger:
            found = [ledger.get(account_id) for account_id in self.ids]
        assert [one.balance for one in found] == list(self.balance.values())
        assert [one.reserved for one in found] == list(self.reserved.values())
        assert sum(self.balance.values()) == 0

    def teardown(self) -> None:
        with transaction(self.store.engine) as connection:
            # The model reserves without exchanges, which the audit would rightly miss.
            found = {one.code for one in audit_ledger(connection)} - {"reserved-drift"}
            exchanges = {"posting-without-exchange"}
            assert found <= exchanges


@pytest.mark.parametrize(("backend", "examples"), [("sqlite", 30), ("postgresql", 15)])
def test_the_ledger_agrees_with_a_plain_dict_whatever_happens(backend: str, examples: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(fresh_store(backend, folder))
        machine = type("Machine", (LedgerMachine,), {"store": store})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
