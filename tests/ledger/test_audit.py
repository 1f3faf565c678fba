"""The audit finds each kind of breach, and nothing in a history that was played."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from core.ledger.model import AccountKind
from storage.audit import audit_ledger
from tests.ledger.histories import confirmed
from tests.world import World

POSTING = (
    "INSERT INTO postings (kind, reason, payload_hash, subject_id, at) "
    "VALUES ('{kind}', 'forged', 'x', {subject}, '2026-05-04 09:00:00.000000')"
)


def codes(world: World, *changes: str) -> set[str]:
    with world.store.begin() as books:
        for change in changes:
            books.connection.execute(text(change))
        return {one.code for one in audit_ledger(books.connection)}


@pytest.fixture
def played(world: World) -> World:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro", "COU")
    confirmed(world, giver=ana, receiver=ben, minutes=90)
    ana.types("give 15 mins to community")
    ana.presses("Yes, give it")
    return world


def test_a_played_history_is_clean(played: World) -> None:
    assert codes(played) == set()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            ["UPDATE accounts SET balance = balance + 1 WHERE kind = 'community'"],
            {"balance-drift", "accounts-not-zero"},
        ),
        (
            ["UPDATE accounts SET reserved = 5 WHERE kind = 'community'"],
            {"reserved-drift"},
        ),
        (["UPDATE exchanges SET state = 'agreed', reserved = 30"],
         {"reserved-drift", "posting-without-exchange"}),
        (["UPDATE exchanges SET reserved = 30"], {"reserve-after-the-end"}),
        (["UPDATE exchanges SET state = 'cancelled'"], {"posting-without-exchange"}),
        (
            [POSTING.format(kind="exchange", subject=1)],
            {"posting-too-small", "exchange-not-posted-once", "exchange-posted-twice"},
        ),
        (
            [
                POSTING.format(kind="opening", subject=1),
                "INSERT INTO entries SELECT p.id, a.id, 120, NULL FROM postings p, accounts a "
                "WHERE p.reason = 'forged' AND a.kind = 'member' AND a.holder_id = 1",
                "UPDATE accounts SET balance = balance + 120 "
                "WHERE kind = 'member' AND holder_id = 1",
            ],
            {
                "posting-too-small",
                "posting-not-zero",
                "accounts-not-zero",
                "opening-twice",
                "opening-kept-twice",
            },
        ),
        (["UPDATE accounts SET floor = 900 WHERE kind = 'member' AND holder_id = 1"],
         {"below-floor"}),
        (["UPDATE members SET state = 'left' WHERE id = 1"], {"stranded-hours"}),
        (["UPDATE members SET state = 'merged' WHERE id = 2"], {"stranded-hours"}),
    ],
    ids=[
        "balance", "reserve", "unposted reserve", "ended reserve", "cancelled", "posted twice",
        "opening", "floor", "left behind", "left on a merged account",
    ],
)  # fmt: skip
def test_each_breach_is_found(played: World, changes: list[str], found: set[str]) -> None:
    assert codes(played, *changes) == found


def test_a_confirmed_exchange_without_a_posting_is_found(played: World) -> None:
    with played.store.begin() as books:
        first = books.exchanges.get(1)
        assert first is not None
        books.exchanges.add(replace(first, id=0))
    assert codes(played) == {"exchange-not-posted-once"}


def test_raised_floors_are_no_breach(played: World) -> None:
    with played.store.begin() as books:
        books.ledger.set_floors(AccountKind.MEMBER, 0)
        books.ledger.set_floors(AccountKind.MEMBER, 900)
        assert audit_ledger(books.connection) == []
