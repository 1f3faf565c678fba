"""The confirmations of two members who proved to be one person."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Office
from core.members.confirmation import LET_IN, Confirmation, ConfirmationState
from core.members.confirming import known_at, subject_of
from core.members.entering import enter
from core.members.model import Member

_WEIGHT = (
    ConfirmationState.WITHDRAWN,
    ConfirmationState.UNNEEDED,
    ConfirmationState.WAITING,
    ConfirmationState.DECLINED,
    ConfirmationState.CONFIRMED,
)
"""Of two answers of one organisation about one person, the later one here stands."""


def join_confirmations(office: Office, gone: Member, kept: Member) -> Member:
    """Give ``kept``, who has the chats of both, the questions of both. A chat that waited for an
    organisation which knows the person in their other chat does not wait any longer."""
    book = office.books.members.confirmations
    for one in book.of_member(gone.id):
        twin = book.about(kept.id, one.organisation_id)
        if twin is None:
            book.save(replace(one, member_id=kept.id))
        else:
            _join(office, one, twin, kept)
        office.changed(subject_of(one))
    for identity in office.books.members.identities(kept.id):
        if identity.confirmation_id is None:
            continue
        waited_for = book.get(identity.confirmation_id)
        assert waited_for is not None
        known = known_at(office, kept.id, waited_for.organisation_id)
        if known or waited_for.state in LET_IN:
            office.books.members.place(replace(identity, confirmation_id=None))
        if known and waited_for.waits:
            unneeded = ConfirmationState.UNNEEDED
            book.save(replace(waited_for, state=unneeded, decided_at=office.now))
            office.changed(subject_of(waited_for))
    may_act = any(one.confirmation_id is None for one in office.books.members.identities(kept.id))
    return enter(office, kept) if may_act else kept


def _join(office: Office, one: Confirmation, twin: Confirmation, kept: Member) -> None:
    """Two questions about one organisation become ``twin``, with the weightier answer."""
    book = office.books.members.confirmations
    heavier = max(twin, one, key=lambda found: _WEIGHT.index(found.state))
    pending = twin.pending or one.pending
    book.save(replace(heavier, id=twin.id, member_id=kept.id, pending=pending))
    for identity in office.books.members.identities(kept.id):
        if identity.confirmation_id == one.id:
            office.books.members.place(replace(identity, confirmation_id=twin.id))
    book.forget(one.id)
    office.changed(subject_of(twin))
