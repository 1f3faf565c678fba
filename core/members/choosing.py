"""The organisation of somebody who waits, chosen again; and on with what they had typed."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.stale import Stale
from core.kernel.texts import _, plural
from core.members.arriving import go_on_with, organisation_of, organisations_here
from core.members.confirmation import MOST_ASKED, Confirmation, ConfirmationState
from core.members.confirming import ask, asks, known_at, subject_of, withdraw
from core.members.confirming_intents import ChooseOrganisation, GoOn, OpenOrganisation
from core.members.entering import enter, minutes_of, opening_credit
from core.members.model import MemberState
from core.members.people import be_here
from core.members.standing import contacts, question_of, standing
from core.members.waiting_views import organisation_form, settled_view
from core.members.welcome import welcome_view
from core.organisations.model import Organisation
from core.ui.intents import Unreadable, Vocabulary
from core.ui.replies import Open, Refuse, Reply, Say


def open_organisation(desk: Desk, _intent: OpenOrganisation) -> Reply:
    """The form, for who waits; a member who may act here is told for whom they do."""
    question = question_of(desk)
    if question is None:
        return _settled(desk)
    return Open(organisation_form(_choices(desk), asked=asks(desk)))


def choose_organisation(desk: Desk, intent: ChooseOrganisation) -> Reply:
    """Turn from one organisation to another. The first is told that nothing is left to decide."""
    if not intent.organisation.strip():
        return open_organisation(desk, OpenOrganisation())
    question = _held_question(desk)
    if question is None:
        return _settled(desk)
    organisation = organisation_of(desk, _code(desk, intent.organisation))
    _not_turned_down(desk, organisation)
    if not asks(desk) or known_at(desk, desk.me.id, organisation.id):
        return _act_for(desk, organisation, question)
    if organisation.id == question.organisation_id:
        return Say(standing(desk, question))
    _not_too_many(desk, organisation)
    asked = ask(desk, organisation, question.pending)
    withdraw(desk, question)
    return Say(standing(desk, asked))


def _act_for(desk: Desk, organisation: Organisation, question: Confirmation) -> Reply:
    """Nobody has to be asked about this one: they are in, and on with what they had typed."""
    members = desk.books.members
    desk.identity_or_none = replace(
        desk.identity,
        organisation_id=organisation.id,
        confirmation_id=None,
        last_used_at=desk.now,
    )
    members.place(desk.identity)
    credit = 0
    if desk.me.state is MemberState.WAITING:
        desk.member = enter(desk, desk.me)
        credit = minutes_of(opening_credit(desk, desk.me.id))
        desk.tell("members.welcome", f"member:{desk.me.id}", [desk.me.id])
    desk.member = be_here(desk, desk.me)
    go_on_with(desk, question.pending)
    withdraw(desk, question)
    return Say(welcome_view(desk.me.name, credit=credit))


def go_on(desk: Desk, _intent: GoOn) -> Reply:
    """Do what was typed while nobody had confirmed them, once."""
    book = desk.books.members.confirmations
    desk.books.members.lock(desk.me.id)
    for one in book.of_member(desk.me.id):
        if one.pending:
            book.save(replace(one, pending={}))
            desk.changed(subject_of(one))
            return _carried_out(desk, one)
    return _nothing_kept()


def _carried_out(desk: Desk, question: Confirmation) -> Reply:
    try:
        intent = Vocabulary(desk.house.verbs).read(question.pending)
    except Unreadable:
        # Typed before an upgrade renamed the intent.
        return _nothing_kept()
    return desk.dispatch(desk, intent)


def _nothing_kept() -> Refuse:
    return Refuse(
        _("There is nothing left to go on with. Type what you would like to do."),
        code="nothing-kept",
    )


def _held_question(desk: Desk) -> Confirmation | None:
    """What they wait for, now that nobody can decide it at the same moment."""
    caller, members = desk.caller, desk.books.members
    members.lock(desk.me.id)
    found = members.by_identity(caller.platform, caller.tenant, caller.user)
    if found is None or found[0].id != desk.me.id:
        raise Stale
    desk.member, desk.identity_or_none = found
    return question_of(desk)


def _code(desk: Desk, words: str) -> str:
    """The code of the organisation that was chosen from the list, or typed by its code or by words
    of its name."""
    typed = words.casefold().split()
    here = organisations_here(desk)
    named = [one for one in here if [one.code.casefold()] == typed]
    named = named or [one for one in here if set(typed) <= set(one.name.casefold().split())]
    return named[0].code if len(named) == 1 else words


def _choices(desk: Desk) -> list[Organisation]:
    return [one for one in organisations_here(desk) if one.runs_on(desk.now.date())]


def _not_turned_down(desk: Desk, organisation: Organisation) -> None:
    found = desk.books.members.confirmations.about(desk.me.id, organisation.id)
    if found is not None and found.state is ConfirmationState.DECLINED:
        raise Refusal(
            _(
                "{organisation} has answered already, and could not confirm you. Choose another "
                "organisation, or ask a person: type help to see who.",
                organisation=organisation.name,
            ),
            "organisation",
            "declined-already",
        )


def _not_too_many(desk: Desk, organisation: Organisation) -> None:
    """Nobody asks round a whole system: after a few organisations a person has to help."""
    named = {one.organisation_id for one in desk.books.members.confirmations.of_member(desk.me.id)}
    if organisation.id in named or len(named) < MOST_ASKED:
        return
    raise Refusal(
        plural(
            "You have named {count} organisation already. Ask a person to help you: type help to "
            "see who.",
            "You have named {count} organisations already. Ask a person to help you: type help to "
            "see who.",
            len(named),
        ),
        "organisation",
        "too-many-organisations",
    )


def _settled(desk: Desk) -> Reply:
    organisation = desk.books.organisations.get(desk.identity.organisation_id)
    return Say(settled_view(organisation.name, contacts(desk, organisation.id)))
