"""Whether a person works where they say: when that is asked, who is asked, and what follows.

A tenant that one organisation runs vouches for its people. One that several share does not, so
where policy wants it (``confirm_organisation``), a chat identity there waits until the chosen
organisation has confirmed its member. Every change is made while that member is held, so of two
who decide at once the second sees what the first decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.kernel.desk import Desk, Office
from core.kernel.stale import Stale
from core.ledger.correction_rights import is_admin, led_by
from core.members.belonging import living, succession
from core.members.confirmation import LET_IN, Confirmation, ConfirmationState, Decider
from core.members.entering import enter, identity_words
from core.members.model import Identity, Member
from core.members.people import be_here
from core.organisations.model import Organisation, Role

ASKED, CONFIRMED, DECLINED = "members.joiner", "members.confirmed", "members.declined"
"""The notices: to whoever decides, and to the person when it is decided."""
PATIENCE = timedelta(days=7)
"""After so long without an answer the admins are asked too."""
_TURNED_DOWN = "declined"


def asks(desk: Desk) -> bool:
    """Whether who joins through the caller's tenant waits for an organisation's word."""
    return bool(desk.policy.confirm_organisation) and len(desk.organisation_ids) > 1


def known_at(office: Office, member_id: int, organisation_id: int) -> bool:
    """Whether a member acts for this organisation in another chat already: then nobody is asked
    a second time. A chat that is closed vouches for nobody: they may work elsewhere by now."""
    wanted = succession(office, organisation_id)[-1].id
    return any(
        one.may_act and succession(office, one.organisation_id)[-1].id == wanted
        for one in office.books.members.identities(member_id)
    )


def subject_of(confirmation: Confirmation) -> str:
    """What notices about a confirmation are found by."""
    return f"joiner:{confirmation.id}"


def held(office: Office, confirmation_id: int) -> Confirmation | None:
    """The confirmation, its member held until the transaction ends."""
    book = office.books.members.confirmations
    found = book.get(confirmation_id) if confirmation_id > 0 else None
    if found is None:
        return None
    office.books.members.lock(found.member_id)
    again = book.get(confirmation_id)
    if again is not None and again.member_id != found.member_id:
        raise Stale
    return again


def leads_of(office: Office, organisation_id: int) -> frozenset[int]:
    """Who leads an organisation, or what it has become part of."""
    return frozenset(
        member_id
        for organisation in succession(office, organisation_id)
        for member_id in office.books.roles.holders(Role.LEAD, organisation.id)
    )


def deciders(office: Office, confirmation: Confirmation) -> tuple[Decider, list[int]]:
    """Who is asked: the leads; where there is none, the system's admins; else the operator. Never
    the person themselves."""
    leads = sorted(leads_of(office, confirmation.organisation_id) - {confirmation.member_id})
    if leads:
        return Decider.LEAD, leads
    admins = _admins_for(office, confirmation)
    return (Decider.ADMIN, admins) if admins else (Decider.OPERATOR, [])


def overdue(office: Office, confirmation: Confirmation) -> bool:
    """Whether nobody has answered for so long that the admins are asked too."""
    return office.now - confirmation.asked_at >= PATIENCE


def _admins_for(office: Office, confirmation: Confirmation) -> list[int]:
    admins = set(office.books.roles.holders(Role.ADMIN))
    return sorted(admins - {confirmation.member_id})


def role_in(office: Office, confirmation: Confirmation, member_id: int) -> Decider | None:
    """As what a member may decide; None where they may not."""
    if member_id == confirmation.member_id:
        return None
    line = {one.id for one in succession(office, confirmation.organisation_id)}
    if led_by(office, member_id) & line:
        return Decider.LEAD
    return Decider.ADMIN if is_admin(office, member_id) else None


def ask(desk: Desk, organisation: Organisation, pending: Mapping[str, Any]) -> Confirmation:
    """Let the identity that is speaking wait, and ask who may say. An organisation that has said
    no is not asked again, and nobody gets a second card."""
    book = desk.books.members.confirmations
    found = book.about(desk.me.id, organisation.id)
    if found is None:
        state = _first_state(desk, organisation)
        found = book.add(
            Confirmation(desk.me.id, organisation.id, desk.now, state, pending=pending)
        )
    else:
        if found.state in LET_IN:  # in a chat that is closed by now: a question of today
            found = replace(found, asked_at=desk.now)
        if found.state is not ConfirmationState.DECLINED:
            found = replace(
                found, state=ConfirmationState.WAITING, decided_at=None, decided_as=None
            )
        found = book.save(replace(found, pending=pending or found.pending))
    waiting = replace(
        desk.identity,
        organisation_id=organisation.id,
        confirmation_id=found.id,
        last_used_at=None,
    )
    desk.books.members.place(waiting)
    desk.identity_or_none = waiting
    desk.changed(subject_of(found))
    if found.waits:
        _tell_deciders(desk, found)
    return found


def _first_state(desk: Desk, organisation: Organisation) -> ConfirmationState:
    """Somebody who was turned down, left and comes again is not asked about again."""
    words = _turned_down_by(organisation.id, desk.identity)
    if any(map(desk.books.members.left_before, desk.keys.digests(_TURNED_DOWN, words))):
        return ConfirmationState.DECLINED
    return ConfirmationState.WAITING


def _turned_down_by(organisation_id: int, identity: Identity) -> str:
    return f"{organisation_id}:{identity_words(identity)}"


def _tell_deciders(office: Office, confirmation: Confirmation) -> None:
    subject = subject_of(confirmation)
    told = office.books.deliveries.told_since
    _role, everyone = deciders(office, confirmation)
    if overdue(office, confirmation):
        everyone = sorted({*everyone, *_admins_for(office, confirmation)})
    untold = [one for one in everyone if not told(ASKED, subject, one, confirmation.asked_at)]
    office.tell(ASKED, subject, untold, {"confirmation": confirmation.id})


def ask_again(office: Office) -> int:
    """Ask whoever can answer and has no card yet: a lead who is new, the admins where the last
    lead has gone or nobody answers. Always 0: one pass does all of it."""
    for one in office.books.members.confirmations.waiting():
        if living(office, one.organisation_id) is not None:
            _tell_deciders(office, one)
    return 0


def let_in(
    office: Office,
    confirmation: Confirmation,
    state: ConfirmationState,
    decider: Decider | None = None,
) -> Confirmation:
    """Whoever waited on this may act: confirmed, or nobody has to be asked any more. They are
    told, and offered what they had typed: carried out unseen, its answer would reach nobody."""
    books = office.books
    kept = books.members.confirmations.save(
        replace(confirmation, state=state, decided_at=office.now, decided_as=decider)
    )
    for one in _waiting_on(office, kept):
        books.members.place(
            replace(one, organisation_id=kept.organisation_id, confirmation_id=None)
        )
    member = enter(office, books.members.lock(kept.member_id))
    if any(one.may_act for one in books.members.identities(member.id)):
        be_here(office, member)
    office.changed(subject_of(kept))
    office.tell(CONFIRMED, subject_of(kept), [kept.member_id], {"confirmation": kept.id})
    return kept


def decline(office: Office, confirmation: Confirmation, decider: Decider) -> Confirmation:
    """The organisation does not know them. They are told, and may choose another one."""
    kept = office.books.members.confirmations.save(
        replace(
            confirmation,
            state=ConfirmationState.DECLINED,
            decided_at=office.now,
            decided_as=decider,
        )
    )
    office.changed(subject_of(kept))
    office.tell(DECLINED, subject_of(kept), [kept.member_id], {"confirmation": kept.id})
    return kept


def withdraw(office: Office, confirmation: Confirmation) -> None:
    """The identity that waited has turned to another organisation, and took its words along.
    Where no other one waits on this, there is nothing to decide any more."""
    kept = replace(confirmation, pending={})
    if confirmation.waits and not _waiting_on(office, confirmation):
        kept = replace(kept, state=ConfirmationState.WITHDRAWN, decided_at=office.now)
    office.books.members.confirmations.save(kept)
    office.changed(subject_of(kept))


def forget(office: Office, member: Member) -> None:
    """The person leaves. What they had typed goes; that an organisation said no stays, as a keyed
    hash, so that leaving and joining again does not ask it once more."""
    book = office.books.members.confirmations
    for one in book.of_member(member.id):
        office.changed(subject_of(one))
        if one.state is ConfirmationState.DECLINED:
            for identity in office.books.members.identities(member.id):
                words = _turned_down_by(one.organisation_id, identity)
                digest = office.keys.digest(_TURNED_DOWN, words)
                office.books.members.remember_leaver(digest, office.now)
        book.forget(one.id)


def _waiting_on(office: Office, confirmation: Confirmation) -> list[Identity]:
    chats = office.books.members.identities(confirmation.member_id)
    return [one for one in chats if one.confirmation_id == confirmation.id]
