"""``joiners``: a lead, or an administrator, says who works where they say they do."""

from __future__ import annotations

from collections.abc import Callable

from core.commands import PlainWords
from core.kernel.desk import Desk, Office
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.correction_rights import is_admin, led_by
from core.members.belonging import living, succession
from core.members.confirmation import Confirmation, ConfirmationState, Decider
from core.members.confirming import decline, held, leads_of, let_in, overdue, role_in
from core.members.confirming_intents import (
    ConfirmJoiner,
    DeclineJoiner,
    ListJoiners,
    OnJoiner,
    ShowJoiner,
)
from core.members.joiner_views import LETTER, PAGE, Joiner, joiner_card, joiners_view
from core.ui.intents import Intent
from core.ui.paging import pages
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Note, View

_YES = frozenset(("yes", "ie", "ydy", "ydyn"))
_NO = frozenset(("no", "na", "nac", "nage"))


def read_joiners(rest: str) -> Intent:
    """Bare, a reference, or yes or no with one. Anything else is no command."""
    first, _space, after = rest.partition(" ")
    decision: type[OnJoiner] = ShowJoiner
    if first.casefold() in _YES:
        decision, first = ConfirmJoiner, after.strip()
    elif first.casefold() in _NO:
        decision, first = DeclineJoiner, after.strip()
    elif not first:
        return ListJoiners()
    elif after:
        return PlainWords(words=f"joiners {rest}", nearest="joiners")
    if not first:
        return decision()
    found = read_reference(first)
    if found is None or found[0] != LETTER:
        return PlainWords(words=f"joiners {rest}", nearest="joiners")
    return decision(joiner=found[1])


def seen(office: Office, confirmation: Confirmation) -> Joiner:
    """What whoever decides may know: two names, the chat, and the organisation."""
    members = office.books.members
    chats = [
        one
        for one in members.identities(confirmation.member_id)
        if one.confirmation_id == confirmation.id
    ]
    return Joiner(
        confirmation,
        members.get(confirmation.member_id).name,
        office.books.organisations.get(confirmation.organisation_id).name,
        tuple((one.platform, one.shown_name) for one in chats),
        runs=living(office, confirmation.organisation_id) is not None,
    )


def waiting_for(office: Office, member_id: int) -> list[Confirmation]:
    """The people whom this member is asked about: as a lead; as an admin where there is no lead,
    or none has answered for long."""
    book = office.books.members.confirmations
    led, admin = led_by(office, member_id), is_admin(office, member_id)
    if not (led or admin):
        return []
    asked = [one for one in book.asked() if living(office, one) is not None]
    mine = {one for one in asked if led & {part.id for part in succession(office, one)}}
    leads = {one: leads_of(office, one) for one in asked} if admin else {}

    def is_asked(one: Confirmation) -> bool:
        at = one.organisation_id
        return at in mine or overdue(office, one) or not leads[at] - {one.member_id}

    found = book.waiting(asked if admin else sorted(mine))
    return [one for one in found if one.member_id != member_id and is_asked(one)]


def list_joiners(desk: Desk, intent: ListJoiners) -> Reply:
    """Everybody who waits for the actor's word."""
    _only_deciders(desk)
    return Say(_list(desk, intent.page))


def show_joiner(desk: Desk, intent: ShowJoiner) -> Reply:
    """One of them."""
    confirmation = desk.books.members.confirmations.get(intent.joiner)
    if confirmation is None or role_in(desk, confirmation, desk.me.id) is None:
        raise _not_yours()
    return Say(joiner_card(seen(desk, confirmation)))


def confirm_joiner(desk: Desk, intent: ConfirmJoiner) -> Reply:
    """Yes: they are in."""

    def yes(confirmation: Confirmation, role: Decider) -> Confirmation:
        return let_in(desk, confirmation, ConfirmationState.CONFIRMED, role)

    return _decided(desk, intent, yes)


def decline_joiner(desk: Desk, intent: DeclineJoiner) -> Reply:
    """No: they are told, and may choose another organisation."""

    def no(confirmation: Confirmation, role: Decider) -> Confirmation:
        return decline(desk, confirmation, role)

    return _decided(desk, intent, no)


def _decided(
    desk: Desk, intent: OnJoiner, decide: Callable[[Confirmation, Decider], Confirmation]
) -> Reply:
    """Decide what nobody has decided; else show how it was."""
    _only_deciders(desk)
    number = intent.joiner
    if not number:
        mine = waiting_for(desk, desk.me.id)
        if len(mine) != 1:
            which = Note(_("Say which one, for example: joiners yes J-7K2"))
            return Say(_list(desk, 0, which if mine else None))
        number = mine[0].id
    confirmation = held(desk, number)
    role = role_in(desk, confirmation, desk.me.id) if confirmation is not None else None
    if confirmation is None or role is None:
        raise _not_yours()
    if not seen(desk, confirmation).open:
        news = Note(_("There is nothing to decide any more. Here is how it stands."))
        return Replace(joiner_card(seen(desk, confirmation), news))
    kept = decide(confirmation, role)
    return Replace(
        joiner_card(seen(desk, kept), Note(_("Thank you. They will be told."), "success"))
    )


def _list(desk: Desk, page: int, news: Note | None = None) -> View:
    found = waiting_for(desk, desk.me.id)
    page = min(max(0, page), pages(len(found), PAGE) - 1)
    shown = [seen(desk, one) for one in found[page * PAGE :][:PAGE]]
    return joiners_view(shown, page, len(found), news)


def _only_deciders(desk: Desk) -> None:
    if not (led_by(desk, desk.me.id) or is_admin(desk, desk.me.id)):
        raise Refusal(
            _("Only leads and administrators can say who works where."), code="not-a-lead"
        )


def _not_yours() -> Refusal:
    """The same words for who is not there and for who is not the actor's to decide about."""
    return Refusal(
        _("That is not for you to decide. Type joiners to see who waits for you."),
        code="not-found",
    )
