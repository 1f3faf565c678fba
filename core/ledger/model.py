"""Accounts, postings and entries. All amounts are whole minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountKind(StrEnum):
    """Who holds the time."""

    MEMBER = "member"
    ORGANISATION = "organisation"
    COMMUNITY = "community"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Account:
    """``floor`` is the lowest available balance that a debit may leave; None binds nothing.

    Available time is ``balance - reserved``.
    """

    kind: AccountKind
    holder_id: int | None
    balance: int = 0
    reserved: int = 0
    floor: int | None = None
    id: int = 0

    @property
    def available(self) -> int:
        """Minutes that are not promised to an agreed exchange."""
        return self.balance - self.reserved


class PostingKind(StrEnum):
    """Why time moved."""

    OPENING = "opening"
    EXCHANGE = "exchange"
    GIFT = "gift"
    GRANT = "grant"
    CORRECTION = "correction"
    MERGE = "merge"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Entry:
    """Minutes into (above zero) or out of (below zero) one account.

    ``organisation_id`` is the organisation that this side belonged to at that moment.
    ``released`` are reserved minutes that this debit frees, so that paying up to the reserve
    never breaks the floor.
    """

    account_id: int
    minutes: int
    organisation_id: int | None = None
    released: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement. ``reason`` is unique ("exchange:12"): what happened cannot happen twice.

    ``subject_id`` is the id of the exchange, gift draft or correction behind it. The ledger holds
    no free text. ``reverses_id`` names the posting that a correction undoes.
    """

    kind: PostingKind
    reason: str
    entries: tuple[Entry, ...]
    at: datetime
    subject_id: int | None = None
    reverses_id: int | None = None
    bound: bool = True
    """Whether floors bind its debits. Corrections, merges and leavings are not bound."""
    id: int = 0


UNBOUND = frozenset((PostingKind.CORRECTION, PostingKind.MERGE, PostingKind.LEAVING))
"""The kinds of posting whose debits no floor binds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement: an entry, its posting, and the balance after it."""

    posting_id: int
    kind: PostingKind
    at: datetime
    minutes: int
    balance: int
    subject_id: int | None
    other_holders: tuple[tuple[AccountKind, int | None], ...]
    """The accounts on the other side."""


@dataclass(frozen=True, slots=True)
class Gift:
    """Time that ``given_by`` gave from their own account, or granted from a pot.

    ``note`` is theirs to the receiver; it stands outside the ledger, so that it can be blanked.
    """

    giver_account_id: int
    receiver_account_id: int
    given_by: int
    minutes: int
    at: datetime
    note: str = ""
    id: int = 0


class CorrectionState(StrEnum):
    """A correction is proposed by one lead, and ends in one of three ways."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Correction:
    """A lead's proposal to put the hours of an exchange back. ``words`` are the lead's reason."""

    posting_id: int
    exchange_id: int
    giver_organisation_id: int
    receiver_organisation_id: int
    proposed_by: int
    words: str
    proposed_at: datetime
    state: CorrectionState = CorrectionState.PROPOSED
    decided_by: int | None = None
    decided_at: datetime | None = None
    version: int = 1
    id: int = 0
