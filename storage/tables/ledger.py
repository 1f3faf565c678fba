"""The ledger's tables: accounts, postings, entries; and beside them gifts and corrections.

The ledger itself holds whole minutes and ids, no free text. A person's words about a gift or a
correction stand in their own tables, where they can be blanked.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.ledger.model import AccountKind, CorrectionState, PostingKind

PROPOSED = text(f"state = '{CorrectionState.PROPOSED}'")


def _one_of(column: str, values: type[AccountKind | PostingKind | CorrectionState]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class AccountRow(SQLModel, table=True):
    """``holder_id`` is a member's or an organisation's id, 0 for the community pot and the source.

    ``grace`` is what was available when a new policy set the floor above it, else null: only this
    explains a balance below the floor that no correction, merge or leaving made.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("kind", "holder_id", name="accounts_holder_key"),
        CheckConstraint(_one_of("kind", AccountKind), name="accounts_kind_check"),
        CheckConstraint(
            "(kind IN ('member', 'organisation')) = (holder_id > 0)", name="accounts_holder_check"
        ),
        CheckConstraint("reserved >= 0", name="accounts_reserved_check"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    holder_id: int = 0
    balance: int = 0
    reserved: int = 0
    floor: int | None = None
    grace: int | None = None


class PostingRow(SQLModel, table=True):
    """One movement. ``payload_hash`` (sha256, hex) tells a repeat from another movement."""

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("reason", name="postings_reason_key"),
        UniqueConstraint("reverses_id", name="postings_reverses_id_key"),
        CheckConstraint(_one_of("kind", PostingKind), name="postings_kind_check"),
        CheckConstraint("reverses_id <> id", name="postings_reverses_check"),
        Index("postings_subject_idx", "kind", "subject_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    reason: str
    payload_hash: str
    subject_id: int | None = None
    reverses_id: int | None = Field(default=None, foreign_key="postings.id")
    at: datetime


class EntryRow(SQLModel, table=True):
    """Minutes into or out of one account; the entries of a posting sum to zero.

    ``organisation_id`` names an organisation without a foreign key: that would make every posting
    lock the rows of the two organisations, and organisations are never deleted.
    """

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("minutes <> 0", name="entries_minutes_check"),
        Index("entries_account_idx", "account_id", "posting_id"),
    )

    posting_id: int = Field(primary_key=True, foreign_key="postings.id")
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    minutes: int
    organisation_id: int | None = None


class GiftRow(SQLModel, table=True):
    """Time given or granted, with the giver's note to the receiver."""

    __tablename__ = "gifts"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="gifts_minutes_check"),
        Index("gifts_given_by_idx", "given_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    giver_account_id: int = Field(foreign_key="accounts.id")
    receiver_account_id: int = Field(foreign_key="accounts.id")
    given_by: int = Field(foreign_key="members.id")
    minutes: int
    note: str = ""
    at: datetime


class CorrectionRow(SQLModel, table=True):
    """A lead's proposal to reverse a posting, and what came of it. One open for each posting."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint(_one_of("state", CorrectionState), name="corrections_state_check"),
        Index(
            "corrections_open_key",
            "posting_id",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    posting_id: int = Field(foreign_key="postings.id")
    exchange_id: int = Field(foreign_key="exchanges.id")
    giver_organisation_id: int = Field(foreign_key="organisations.id")
    receiver_organisation_id: int = Field(foreign_key="organisations.id")
    proposed_by: int = Field(foreign_key="members.id")
    words: str
    proposed_at: datetime
    state: str
    decided_by: int | None = Field(default=None, foreign_key="members.id")
    decided_at: datetime | None = None
    version: int = 1
