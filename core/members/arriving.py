"""What joining and linking share: the organisation, the chat identity, what was typed before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.model import Identity, Member
from core.members.people import name_shown
from core.organisations.model import Organisation
from core.ui.intents import Unreadable, Vocabulary


def organisations_here(desk: Desk) -> list[Organisation]:
    """The organisations that the caller's tenant serves."""
    return [desk.books.organisations.get(one) for one in desk.organisation_ids]


def organisation_of(desk: Desk, code: str) -> Organisation:
    """The organisation that a person acts for in this tenant.

    A tenant with one organisation leaves no choice. Otherwise ``code`` must name one of the
    tenant's own that runs today: raises ``Refusal`` on the field ``organisation``.
    """
    organisations = organisations_here(desk)
    if len(organisations) == 1:
        return organisations[0]
    for organisation in organisations:
        if organisation.code == code and organisation.runs_on(desk.now.date()):
            return organisation
    raise Refusal(_("Choose your organisation from the list."), "organisation")


def identify(desk: Desk, member: Member, organisation: Organisation) -> None:
    """Make the chat identity that is speaking one of ``member``'s, and let the desk know both."""
    desk.member = member
    caller = desk.caller
    desk.identity_or_none = desk.books.members.add_identity(
        Identity(
            caller.platform,
            caller.tenant,
            caller.user,
            member.id,
            organisation.id,
            caller.address,
            desk.now,
            shown_name=name_shown(caller.name),
        )
    )


def carry_on(desk: Desk) -> None:
    """The visitor is one no more: let the engine go on with what they had typed."""
    go_on_with(desk, pending_of_visitor(desk))


def pending_of_visitor(desk: Desk) -> dict[str, Any]:
    """What a visitor had typed, as an intent's wire. The visitor is forgotten."""
    caller = desk.caller
    visitor = desk.books.members.visitor(caller.platform, caller.tenant, caller.user)
    if visitor is None:
        return {}
    desk.books.members.forget_visitor(caller.platform, caller.tenant, caller.user)
    return dict(visitor.pending)


def go_on_with(desk: Desk, pending: Mapping[str, Any]) -> None:
    """Let the engine go on with what was kept, once this action is committed."""
    if not pending:
        return
    try:
        desk.follow_up = Vocabulary(desk.house.verbs).read(pending)
    except Unreadable:
        # Typed before an upgrade renamed the intent: the welcome alone is still right.
        desk.follow_up = None
