"""What is kept in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.ledger.model import Account, AccountKind, Correction, Gift, Line, Posting


class FloorReached(Exception):
    """A debit or a reserve would leave an account below its floor; ``account_id`` says which."""

    def __init__(self, account_id: int) -> None:
        super().__init__(f"account {account_id} would go below its floor")
        self.account_id = account_id


class KeyReused(Exception):
    """The same reason was given before for another movement, or the posting that this one
    reverses is reversed already."""


class GiftBook(Protocol):
    """Gifts and grants, with the giver's note."""

    def add(self, gift: Gift) -> Gift:
        """Keep a new gift; the id comes back with it."""
        ...

    def get(self, gift_id: int) -> Gift | None:
        """The gift with this id."""
        ...

    def forget_words_of(self, member_id: int) -> None:
        """Blank the notes that a leaver wrote."""
        ...


class CorrectionBook(Protocol):
    """Proposals to reverse a posting."""

    def add(self, correction: Correction) -> Correction | None:
        """Keep a new proposal; None where one is open for the same posting."""
        ...

    def get(self, correction_id: int) -> Correction | None:
        """The correction with this id."""
        ...

    def lock(self, correction_id: int) -> Correction | None:
        """The same, held until the transaction ends."""
        ...

    def save(self, correction: Correction) -> Correction:
        """Keep it as the next version; raises ``Stale`` if it changed since it was read."""
        ...

    def of_posting(self, posting_id: int) -> Sequence[Correction]:
        """All proposals about one posting, newest first."""
        ...

    def waiting(self, organisation_ids: Sequence[int] | None) -> Sequence[Correction]:
        """Open proposals with a side in these organisations (None: all), oldest first."""
        ...

    def forget_words_of(self, member_id: int) -> None:
        """Blank the reasons that a leaver wrote."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """What one member proposed or decided becomes the other's: they are one person, who
        decides nothing that they proposed."""
        ...


class LedgerBook(Protocol):
    """Accounts, postings and entries; append-only. Gifts and corrections stand beside them."""

    @property
    def gifts(self) -> GiftBook:
        """Gifts and grants."""
        ...

    @property
    def corrections(self) -> CorrectionBook:
        """Proposals to reverse a posting."""
        ...

    def open(self, kind: AccountKind, holder_id: int | None, floor: int | None) -> Account:
        """The holder's account, opened with nothing in it if there is none yet."""
        ...

    def account(self, kind: AccountKind, holder_id: int | None) -> Account | None:
        """The holder's account as it stands."""
        ...

    def get(self, account_id: int) -> Account:
        """The account with this id, as it stands; raises ``LookupError`` if there is none."""
        ...

    def hold(self, account_id: int) -> Account:
        """The same, held: until the transaction ends, nobody else changes it."""
        ...

    def reserve(self, account_id: int, minutes: int) -> None:
        """Set minutes aside; raises ``FloorReached``, changing nothing, if the floor forbids it."""
        ...

    def release(self, account_id: int, minutes: int) -> None:
        """Free minutes that were set aside; raises ``ValueError`` if fewer are."""
        ...

    def move_reserved(self, from_account: int, to_account: int) -> int:
        """Move all reserved minutes from one account to another, asking no floor: two members
        proved to be one. How many minutes."""
        ...

    def post(self, posting: Posting) -> tuple[int, bool]:
        """Move time: the posting's id, and whether it moved just now.

        A repeat of the same posting (same reason, same payload) moves nothing and returns the
        first one's id and False. ``at`` is no part of the payload. Raises ``KeyReused`` for the
        same reason with another payload, ``FloorReached`` where a bound debit breaks a floor, and
        ``ValueError`` for what is no movement (fewer than two entries, a sum other than zero, an
        account twice, no minutes). Whoever catches one lets the transaction roll back.
        Accounts are changed in ascending id, so postings never deadlock with each other.
        """
        ...

    def set_floors(self, kind: AccountKind, floor: int) -> None:
        """Set the floor of every account of a kind: policy changed. A balance that is below the
        new floor stays as it is, and only credits move it."""
        ...

    def posting(self, posting_id: int) -> Posting | None:
        """One posting with its entries, ascending by account. What its debits released of a
        reserve is not kept, and reads as 0."""
        ...

    def by_reason(self, reason: str) -> Posting | None:
        """The posting with this reason."""
        ...

    def statement(self, account_id: int, offset: int, limit: int) -> tuple[Sequence[Line], int]:
        """A page of an account's lines, newest first, and how many there are in all."""
        ...
