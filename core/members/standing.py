"""How it stands with the person who is speaking and whom their organisation has yet to confirm."""

from __future__ import annotations

from core.kernel.desk import Desk, Office
from core.kernel.texts import NOTHING, Text
from core.members.belonging import living
from core.members.confirmation import Confirmation, ConfirmationState
from core.members.confirming import deciders
from core.members.leave import Leave
from core.members.model import MemberState
from core.members.waiting_views import Waiting, declined_view, ended_view, waiting_view
from core.organisations.model import ContactKind
from core.ui.views import Fact, View


def question_of(desk: Desk) -> Confirmation | None:
    """What the identity that is speaking waits for; none for those who may act."""
    waited_for = desk.identity.confirmation_id
    return desk.books.members.confirmations.get(waited_for) if waited_for is not None else None


def standing(desk: Desk, question: Confirmation, unkept: Text = NOTHING) -> View:
    """Their own page: asked, turned down, or with nobody left to ask."""
    organisation = desk.books.organisations.get(question.organisation_id)
    shown = Waiting(
        desk.me.name,
        organisation.name,
        deciders(desk, question)[0],
        member=desk.me.state is MemberState.ACTIVE,
        kept=bool(question.pending),
        unkept=unkept,
        contacts=contacts(desk, organisation.id),
    )
    if question.state is ConfirmationState.DECLINED:
        return declined_view(shown, Leave())
    if living(desk, organisation.id) is None:
        return ended_view(shown, Leave())
    return waiting_view(shown, Leave())


def contacts(office: Office, organisation_id: int) -> tuple[Fact, ...]:
    """Whom an organisation names for help."""
    words = office.books.organisations.contact(organisation_id, ContactKind.HELP)
    return (Fact(office.books.organisations.get(organisation_id).name, words),) if words else ()
