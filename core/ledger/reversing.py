"""The posting that puts hours back, to wherever each side's hours are now."""

from __future__ import annotations

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.book import KeyReused
from core.ledger.holders import Holder, account_of, person_now
from core.ledger.model import (
    Account,
    AccountKind,
    Correction,
    Entry,
    Posting,
    PostingKind,
)
from core.members.model import MemberState


def reverse(desk: Desk, correction: Correction) -> list[int]:
    """Post the reversal; the ids of the members whose hours it moved.

    No floor binds it. Refuses where the posting is reversed already, and where both sides have
    become one member, so that there is nothing to move.
    """
    posting = desk.books.ledger.posting(correction.posting_id)
    assert posting is not None
    back: dict[int, Entry] = {}
    members: list[int] = []
    for entry in posting.entries:
        account = _held_now(desk, entry)
        before = back.get(account.id)
        minutes = (before.minutes if before else 0) - entry.minutes
        back[account.id] = Entry(account.id, minutes, entry.organisation_id)
        if account.kind is AccountKind.MEMBER and account.holder_id is not None:
            members.append(account.holder_id)
    entries = tuple(entry for entry in back.values() if entry.minutes)
    if not entries:
        raise Refusal(
            _("Both sides hold their hours in one place now, so there is nothing to put back."),
            code="nothing-to-move",
        )
    try:
        desk.books.ledger.post(
            Posting(
                PostingKind.CORRECTION,
                f"correction:{correction.id}",
                entries,
                desk.now,
                correction.id,
                posting.id,
                bound=False,
            )
        )
    except KeyReused:
        raise Refusal(
            _("The hours of this exchange are put back already."), code="put-back"
        ) from None
    return sorted(set(members))


def _held_now(desk: Desk, entry: Entry) -> Account:
    """The account that holds this side's hours now: a merged member's went to the member they
    became, a leaver's to the pot of the organisation that earned them."""
    account = desk.books.ledger.get(entry.account_id)
    if account.kind is not AccountKind.MEMBER or account.holder_id is None:
        return account
    member = person_now(desk, account.holder_id)
    if member.state is MemberState.LEFT:
        # The same pot that the balance went to on leaving.
        return account_of(desk, Holder(AccountKind.ORGANISATION, member.organisation_id))
    return account_of(desk, Holder(AccountKind.MEMBER, member.id))
