"""The ledger's invariants, asked of the database as it stands: one query for each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from core.events.model import HoursState
from core.exchanges.model import OPEN, ExchangeState
from core.ledger.model import UNBOUND, AccountKind, PostingKind
from core.members.model import MemberState


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken invariant: ``code`` names it for machines, ``detail`` says where, with ids only."""

    code: str
    detail: str


def _listed(values: frozenset[PostingKind] | frozenset[ExchangeState]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_MOVED = _listed(frozenset((ExchangeState.CONFIRMED, ExchangeState.RESOLVED)))

_CHECKS: tuple[tuple[str, str, str], ...] = (
    (
        "posting-not-zero",
        "the entries of posting {0} sum to {1}",
        "SELECT posting_id, sum(minutes) FROM entries GROUP BY posting_id HAVING sum(minutes) <> 0",
    ),
    (
        "posting-too-small",
        "posting {0} has {1} entries",
        """SELECT p.id, count(e.posting_id) FROM postings p
        LEFT JOIN entries e ON e.posting_id = p.id GROUP BY p.id HAVING count(e.posting_id) < 2""",
    ),
    (
        "balance-drift",
        "account {0} stands at {1}, its entries sum to {2}",
        """SELECT a.id, a.balance, COALESCE(sum(e.minutes), 0) FROM accounts a
        LEFT JOIN entries e ON e.account_id = a.id
        GROUP BY a.id, a.balance HAVING a.balance <> COALESCE(sum(e.minutes), 0)""",
    ),
    (
        "accounts-not-zero",
        "all accounts together stand at {0}",
        "SELECT sum(balance) FROM accounts HAVING sum(balance) <> 0",
    ),
    (
        "reserved-drift",
        "account {0} has {1} minutes set aside, its open exchanges say {2}",
        f"""SELECT a.id, a.reserved, COALESCE(sum(x.reserved), 0) FROM accounts a
        LEFT JOIN exchanges x ON a.kind = '{AccountKind.MEMBER}' AND x.receiver_id = a.holder_id
            AND x.state IN ({_listed(OPEN)})
        GROUP BY a.id, a.reserved HAVING a.reserved <> COALESCE(sum(x.reserved), 0)""",
    ),
    (
        "stranded-hours",
        "account {0} of a member who has {1} stands at {2} with {3} set aside",
        f"""SELECT a.id, m.state, a.balance, a.reserved FROM accounts a
        JOIN members m ON a.kind = '{AccountKind.MEMBER}' AND m.id = a.holder_id
        WHERE (m.state = '{MemberState.MERGED}' AND (a.balance <> 0 OR a.reserved <> 0))
            OR (m.state = '{MemberState.LEFT}' AND a.balance <> a.reserved)""",
    ),
    (
        "reserve-without-account",
        "exchange {0} says {1} minutes are set aside, and its receiver has no account",
        f"""SELECT x.id, x.reserved FROM exchanges x
        LEFT JOIN accounts a ON a.kind = '{AccountKind.MEMBER}' AND a.holder_id = x.receiver_id
        WHERE x.reserved > 0 AND x.state IN ({_listed(OPEN)}) AND a.id IS NULL""",
    ),
    (
        "reserve-after-the-end",
        "exchange {0} has ended and says {1} minutes are set aside",
        f"""SELECT id, reserved FROM exchanges
        WHERE reserved > 0 AND state NOT IN ({_listed(OPEN)})""",
    ),
    (
        "below-floor",
        "account {0} has {1} minutes available, its floor is {2}",
        f"""SELECT a.id, a.balance - a.reserved, a.floor FROM accounts a
        WHERE a.balance - a.reserved < a.floor
            AND (a.grace IS NULL OR a.balance - a.reserved < a.grace)
            AND NOT EXISTS (SELECT 1 FROM entries e JOIN postings p ON p.id = e.posting_id
                WHERE e.account_id = a.id AND e.minutes < 0 AND p.kind IN ({_listed(UNBOUND)}))""",
    ),
    (
        "exchange-not-posted-once",
        "exchange {0} is confirmed and has {1} postings",
        f"""SELECT x.id, count(p.id) FROM exchanges x
        LEFT JOIN postings p ON p.kind = '{PostingKind.EXCHANGE}' AND p.subject_id = x.id
        WHERE x.state = '{ExchangeState.CONFIRMED}' GROUP BY x.id HAVING count(p.id) <> 1""",
    ),
    (
        "exchange-posted-twice",
        "exchange {0} has {1} postings",
        f"""SELECT subject_id, count(*) FROM postings
        WHERE kind = '{PostingKind.EXCHANGE}' AND subject_id IS NOT NULL
        GROUP BY subject_id HAVING count(*) > 1""",
    ),
    (
        "posting-without-exchange",
        "posting {0} moved hours for exchange {1}, which is not confirmed or resolved",
        f"""SELECT p.id, p.subject_id FROM postings p
        LEFT JOIN exchanges x ON x.id = p.subject_id AND x.state IN ({_MOVED})
        WHERE p.kind = '{PostingKind.EXCHANGE}' AND x.id IS NULL""",
    ),
    (
        "opening-twice",
        "account {0} had {1} opening credits",
        f"""SELECT e.account_id, count(*) FROM entries e JOIN postings p ON p.id = e.posting_id
        WHERE p.kind = '{PostingKind.OPENING}' AND e.minutes > 0
        GROUP BY e.account_id HAVING count(*) > 1""",
    ),
    (
        "opening-kept-twice",
        "member {0} and those merged into them keep {1} opening credits",
        f"""SELECT COALESCE(m.merged_into, m.id), count(*)
        FROM postings p JOIN entries e ON e.posting_id = p.id AND e.minutes > 0
        JOIN accounts a ON a.id = e.account_id AND a.kind = '{AccountKind.MEMBER}'
        JOIN members m ON m.id = a.holder_id
        WHERE p.kind = '{PostingKind.OPENING}'
            AND NOT EXISTS (SELECT 1 FROM postings r WHERE r.reverses_id = p.id)
        GROUP BY COALESCE(m.merged_into, m.id) HAVING count(*) > 1""",
    ),
    (
        "correction-not-posted",
        "correction {0} is approved and posting {1} is not reversed",
        """SELECT c.id, c.posting_id FROM corrections c
        LEFT JOIN postings r ON r.reverses_id = c.posting_id
        WHERE c.state = 'approved' AND r.id IS NULL""",
    ),
    (
        "host-hours-not-posted-once",
        "the hours of the host of event {0} are {1} and have {2} postings",
        f"""SELECT h.event_id, h.state, count(p.id) FROM host_hours h
        LEFT JOIN postings p ON p.reason = 'host-hours:' || h.event_id
        GROUP BY h.event_id, h.state
        HAVING count(p.id) <> CASE WHEN h.state = '{HoursState.PAID}' THEN 1 ELSE 0 END""",
    ),
)


def audit_ledger(connection: Connection) -> list[Finding]:
    """Every breach of a ledger invariant, in a fixed order; an empty list is a clean ledger.

    Reads only. Run it in one transaction, on PostgreSQL at REPEATABLE READ, or postings made while
    it runs may look like breaches.
    """
    return [
        Finding(code, detail.format(*row))
        for code, detail, query in _CHECKS
        for row in connection.execute(text(query))
    ]
