"""The ledger's SQL, in as few statements as a movement needs.

It speaks to the driver's own connection, inside the transaction that SQLAlchemy began on it:
building the same statements with SQLAlchemy cost several times the CPU. So the driver's own errors
arrive here unwrapped. Both databases take the same SQL but for the placeholder, and the moment of
a posting, which SQLite keeps as SQLModel does: UTC as text without an offset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection

from core.ledger.book import FloorReached, KeyReused
from core.ledger.model import (
    UNBOUND,
    Account,
    AccountKind,
    Entry,
    Line,
    Posting,
    PostingKind,
)
from storage.corrections import Corrections
from storage.driver import driver_of
from storage.gifts import Gifts

_POST = """INSERT INTO postings (kind, reason, payload_hash, subject_id, reverses_id, at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"""
_REPEATED = "SELECT id, payload_hash FROM postings WHERE reason = %s"
_MOVE = """UPDATE accounts SET balance = balance + %s, reserved = reserved - %s
WHERE id = %s AND reserved >= %s"""
_DEBIT = f"{_MOVE} AND (floor IS NULL OR balance - reserved + %s >= floor OR %s)"
_RESERVE = """UPDATE accounts SET reserved = reserved + %s
WHERE id = %s AND (floor IS NULL OR balance - reserved - %s >= floor)"""
_RELEASE = "UPDATE accounts SET reserved = reserved - %s WHERE id = %s AND reserved >= %s"
_TAKE_RESERVED = """UPDATE accounts SET reserved = reserved + %s,
grace = CASE WHEN balance - reserved - %s < COALESCE(grace, floor)
    THEN balance - reserved - %s ELSE grace END
WHERE id = %s"""
_OPEN = """INSERT INTO accounts (kind, holder_id, balance, reserved, floor)
VALUES (%s, %s, 0, 0, %s) ON CONFLICT DO NOTHING"""
_ACCOUNT = "SELECT kind, holder_id, balance, reserved, floor, id FROM accounts"
_HOLD = "SELECT id FROM accounts WHERE id = %s FOR NO KEY UPDATE"
_HOLD_KIND = "SELECT id FROM accounts WHERE kind = %s ORDER BY id FOR NO KEY UPDATE"
_SET_FLOORS = """UPDATE accounts SET floor = %s,
grace = CASE WHEN balance - reserved < %s THEN balance - reserved END
WHERE kind = %s"""
_POSTING = "SELECT id, kind, reason, subject_id, reverses_id, at FROM postings"
_ENTRIES = """SELECT account_id, minutes, organisation_id FROM entries
WHERE posting_id = %s ORDER BY account_id"""
_COUNT_LINES = "SELECT count(*) FROM entries WHERE account_id = %s"
_LINES = """SELECT p.id, p.kind, p.at, e.minutes,
    sum(e.minutes) OVER (ORDER BY e.posting_id), p.subject_id
FROM entries e JOIN postings p ON p.id = e.posting_id
WHERE e.account_id = %s ORDER BY e.posting_id DESC LIMIT %s OFFSET %s"""
_OTHERS = """SELECT e.posting_id, a.kind, a.holder_id
FROM entries e JOIN accounts a ON a.id = e.account_id
WHERE e.account_id <> %s AND e.posting_id IN (@) ORDER BY e.posting_id, a.id"""


@cache
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")


@cache
def _insert_entries(count: int) -> str:
    rows = ", ".join(["(%s, %s, %s, %s)"] * count)
    return f"INSERT INTO entries (posting_id, account_id, minutes, organisation_id) VALUES {rows}"


class Ledger:
    """Satisfies ``core.ledger.book.LedgerBook`` on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._driver: Callable[..., Any] = driver_of(connection).execute

    @cached_property
    def gifts(self) -> Gifts:
        """Gifts and grants, on the same connection."""
        return Gifts(self._connection)

    @cached_property
    def corrections(self) -> Corrections:
        """Corrections, on the same connection."""
        return Corrections(self._connection)

    def open(self, kind: AccountKind, holder_id: int | None, floor: int | None) -> Account:
        found = self.account(kind, holder_id)
        if found is None:
            self._execute(_OPEN, (kind.value, holder_id or 0, floor))
            found = self.account(kind, holder_id)
            assert found is not None
        return found

    def account(self, kind: AccountKind, holder_id: int | None) -> Account | None:
        return self._account(
            f"{_ACCOUNT} WHERE kind = %s AND holder_id = %s", (kind.value, holder_id or 0)
        )

    def get(self, account_id: int) -> Account:
        account = self._account(f"{_ACCOUNT} WHERE id = %s", (account_id,))
        if account is None:
            raise LookupError(f"there is no account {account_id}")
        return account

    def hold(self, account_id: int) -> Account:
        if not self._sqlite:
            self._execute(_HOLD, (account_id,))
        return self.get(account_id)

    def reserve(self, account_id: int, minutes: int) -> None:
        """Raises ``FloorReached`` having changed nothing; the transaction stays usable."""
        _above_zero(minutes)
        if self._execute(_RESERVE, (minutes, account_id, minutes)).rowcount != 1:
            self.get(account_id)
            raise FloorReached(account_id)

    def release(self, account_id: int, minutes: int) -> None:
        _above_zero(minutes)
        if self._execute(_RELEASE, (minutes, account_id, minutes)).rowcount != 1:
            reserved = self.get(account_id).reserved
            raise ValueError(_too_few(account_id, reserved, minutes))

    def move_reserved(self, from_account: int, to_account: int) -> int:
        held = "" if self._sqlite else " FOR NO KEY UPDATE"
        both = f"{_ACCOUNT} WHERE id IN (%s, %s) ORDER BY id{held}"
        rows = self._execute(both, (from_account, to_account)).fetchall()
        minutes: int = {row[5]: row[3] for row in rows}[from_account]
        if minutes and from_account != to_account:
            self.release(from_account, minutes)
            self._execute(_TAKE_RESERVED, (minutes, minutes, minutes, to_account))
        return minutes

    def post(self, posting: Posting) -> tuple[int, bool]:
        """See the book. ``FloorReached`` and ``KeyReused`` are plain raises after part of the
        posting was written: the caller's transaction must roll back, as a ``Refusal`` makes it."""
        entries = _checked(posting)
        payload = _payload_hash(posting, entries)
        row = self._execute(
            _POST,
            (
                posting.kind.value,
                posting.reason,
                payload,
                posting.subject_id,
                posting.reverses_id,
                self._moment(posting.at),
            ),
        ).fetchall()
        if not row:
            return self._repeated(posting, payload), False
        posting_id: int = row[0][0]
        self._execute(
            _insert_entries(len(entries)),
            [
                value
                for entry in entries
                for value in (posting_id, entry.account_id, entry.minutes, entry.organisation_id)
            ],
        )
        for entry in entries:
            self._move(entry, bound=posting.bound)
        return posting_id, True

    def _move(self, entry: Entry, *, bound: bool) -> None:
        given: tuple[object, ...] = (
            entry.minutes,
            entry.released,
            entry.account_id,
            entry.released,
        )
        if bound and entry.minutes < 0:
            given += (entry.minutes + entry.released, -entry.minutes <= entry.released)
            done = self._execute(_DEBIT, given)
        else:
            done = self._execute(_MOVE, given)
        if done.rowcount != 1:
            reserved = self.get(entry.account_id).reserved
            if reserved < entry.released:
                raise ValueError(_too_few(entry.account_id, reserved, entry.released))
            raise FloorReached(entry.account_id)

    def _repeated(self, posting: Posting, payload: str) -> int:
        found = self._execute(_REPEATED, (posting.reason,)).fetchall()
        if not found:
            raise KeyReused(f"posting {posting.reverses_id} is reversed already")
        posting_id: int = found[0][0]
        if found[0][1] != payload:
            raise KeyReused(f"{posting.reason} was posted before with another payload")
        return posting_id

    def set_floors(self, kind: AccountKind, floor: int) -> None:
        if not self._sqlite:
            # Held in the order in which postings hold them, so as not to deadlock with one.
            self._execute(_HOLD_KIND, (kind.value,))
        self._execute(_SET_FLOORS, (floor, floor, kind.value))

    def posting(self, posting_id: int) -> Posting | None:
        return self._posting(f"{_POSTING} WHERE id = %s", posting_id)

    def by_reason(self, reason: str) -> Posting | None:
        return self._posting(f"{_POSTING} WHERE reason = %s", reason)

    def statement(self, account_id: int, offset: int, limit: int) -> tuple[Sequence[Line], int]:
        total: int = self._execute(_COUNT_LINES, (account_id,)).fetchall()[0][0]
        rows = self._execute(_LINES, (account_id, limit, offset)).fetchall()
        others = self._others(account_id, [row[0] for row in rows])
        lines = [
            Line(
                posting_id,
                PostingKind(kind),
                _read_moment(at),
                minutes,
                int(balance),
                subject_id,
                tuple(others.get(posting_id, ())),
            )
            for posting_id, kind, at, minutes, balance, subject_id in rows
        ]
        return lines, total

    def _others(
        self, account_id: int, posting_ids: Sequence[int]
    ) -> dict[int, list[tuple[AccountKind, int | None]]]:
        found: dict[int, list[tuple[AccountKind, int | None]]] = {}
        if posting_ids:
            statement = _OTHERS.replace("@", ", ".join(["%s"] * len(posting_ids)))
            for posting_id, kind, holder_id in self._execute(
                statement, (account_id, *posting_ids)
            ).fetchall():
                found.setdefault(posting_id, []).append((AccountKind(kind), holder_id or None))
        return found

    def _account(self, statement: str, given: tuple[object, ...]) -> Account | None:
        rows = self._execute(statement, given).fetchall()
        if not rows:
            return None
        kind, holder_id, balance, reserved, floor, account_id = rows[0]
        return Account(AccountKind(kind), holder_id or None, balance, reserved, floor, account_id)

    def _posting(self, statement: str, key: int | str) -> Posting | None:
        rows = self._execute(statement, (key,)).fetchall()
        if not rows:
            return None
        posting_id, kind_name, reason, subject_id, reverses_id, at = rows[0]
        kind = PostingKind(kind_name)
        entries = tuple(Entry(*row) for row in self._execute(_ENTRIES, (posting_id,)).fetchall())
        return Posting(
            kind,
            reason,
            entries,
            _read_moment(at),
            subject_id,
            reverses_id,
            kind not in UNBOUND,
            posting_id,
        )

    def _execute(self, statement: str, given: Sequence[object]) -> Any:
        return self._driver(_for_sqlite(statement) if self._sqlite else statement, given)

    def _moment(self, at: datetime) -> datetime | str:
        if at.utcoffset() is None:
            raise ValueError("a posting's moment needs a time zone")
        if not self._sqlite:
            return at
        return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _read_moment(at: datetime | str) -> datetime:
    if isinstance(at, str):
        return datetime.fromisoformat(at).replace(tzinfo=UTC)
    return at.astimezone(UTC)


def _too_few(account_id: int, reserved: int, wanted: int) -> str:
    return f"account {account_id} has {reserved} minutes set aside, not {wanted}"


def _above_zero(minutes: int) -> None:
    if minutes <= 0:
        raise ValueError("minutes must be above zero")


def _checked(posting: Posting) -> list[Entry]:
    """The entries in ascending account; raises ``ValueError`` for what is no movement."""
    entries = sorted(posting.entries, key=lambda entry: entry.account_id)
    if len(entries) < 2:
        raise ValueError("a posting has at least two entries")
    if len({entry.account_id for entry in entries}) < len(entries):
        raise ValueError("a posting has one entry for each account")
    if not all(entry.minutes for entry in entries):
        raise ValueError("an entry moves at least a minute")
    if any(entry.released < 0 for entry in entries):
        raise ValueError("an entry cannot release less than nothing")
    if sum(entry.minutes for entry in entries) != 0:
        raise ValueError("the entries of a posting sum to zero")
    return entries


def _payload_hash(posting: Posting, entries: Sequence[Entry]) -> str:
    """What makes two postings of one reason the same: all of it but the moment."""
    parts = [f"{posting.kind}|{posting.subject_id}|{posting.reverses_id}|{posting.bound}"]
    parts += [
        f"{entry.account_id}|{entry.minutes}|{entry.organisation_id}|{entry.released}"
        for entry in entries
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
