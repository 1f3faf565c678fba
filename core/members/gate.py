"""Who is let through to an action: known tenant, known and active person, living organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.kernel.desk import Desk
from core.kernel.texts import Text, _
from core.members.belonging import living
from core.members.greeting import greet
from core.members.language import language_of
from core.members.meanwhile import let_in_unasked, wait_here
from core.members.model import LINKED, Identity, Member, MemberState
from core.members.people import come_back
from core.organisations.model import Organisation, Tenant, TenantState
from core.ui.intents import Intent
from core.ui.replies import Refuse, Reply
from core.words import Speech

TOUCH_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Go on: the desk knows who is acting, or that a visitor is."""

    speech: Speech


@dataclass(frozen=True, slots=True)
class Turned:
    """Not let through: what to say instead, and a word for the log."""

    reply: Reply
    speech: Speech
    outcome: str


def admit(desk: Desk, intent: Intent, *, visitors: bool) -> Admitted | Turned:
    """Find out who is acting and whether they may; set ``member`` and ``identity`` on the desk."""
    caller = desk.caller
    speech = Speech(language_of(caller.locale))
    tenant = desk.books.tenants.find(caller.platform, caller.tenant)
    turned = _turned_tenant(desk, tenant)
    if turned is not None:
        return Turned(turned, speech, turned.code)
    assert tenant is not None
    known = desk.books.members.by_identity(caller.platform, caller.tenant, caller.user)
    desk.organisation_ids = tenant.organisation_ids
    if known is None:
        return _visitor(desk, intent, speech, visitors=visitors)
    member, identity = known
    speech = Speech(member.language, ZoneInfo(member.zone))
    if member.state is not MemberState.SUSPENDED:
        # Whatever their chat has said of their account, here they are.
        member, identity = come_back(desk, member, identity)
    waits = identity.confirmation_id is not None
    if member.state is not MemberState.ACTIVE and not (waits and member.state in LINKED):
        return Turned(_suspended(), speech, "suspended-member")
    if waits and not let_in_unasked(desk, identity):
        reply = wait_here(desk, intent, member, identity, visitors=visitors)
        return Admitted(speech) if reply is None else Turned(reply, speech, "waiting")
    if waits:
        member, identity = _again(desk)
    organisation = living(desk, identity.organisation_id)
    if organisation is None:
        return Turned(_ended(), speech, "ended-organisation")
    desk.member, desk.identity_or_none = _touched(desk, member, identity, organisation)
    return Admitted(speech)


def _again(desk: Desk) -> tuple[Member, Identity]:
    """The two as they are after this action has changed them."""
    caller = desk.caller
    found = desk.books.members.by_identity(caller.platform, caller.tenant, caller.user)
    assert found is not None
    return found


def _turned_tenant(desk: Desk, tenant: Tenant | None) -> Refuse | None:
    caller = desk.caller
    if tenant is None or tenant.state is TenantState.PENDING:
        desk.books.tenants.note_pending(caller.platform, caller.tenant, desk.now)
        return Refuse(
            _(
                "Hourbridge is not set up for this workspace yet. Its id is {id}. "
                "An administrator can approve it with: "
                "hourbridge tenant approve {platform} {id} --org CODE",
                id=caller.tenant,
                platform=caller.platform,
            ),
            code="unknown-tenant",
        )
    if tenant.state is TenantState.SUSPENDED:
        return Refuse(
            _("Hourbridge is paused for this workspace. Ask the administrators of Hourbridge why."),
            code="suspended-tenant",
        )
    if tenant.state is TenantState.ENDED:  # it may have been turned away before it ever took part
        return Refuse(_("This workspace does not take part in Hourbridge."), code="ended-tenant")
    if not any(living(desk, organisation_id) for organisation_id in tenant.organisation_ids):
        return Refuse(_("This workspace no longer takes part in Hourbridge."), code="ended-tenant")
    return None


def _suspended() -> Refuse:
    return Refuse(
        _(
            "Your membership is paused. Ask the person who looks after Hourbridge in your "
            "organisation to talk about it."
        ),
        code="suspended-member",
    )


def _ended() -> Refuse:
    reason: Text = _("Your organisation no longer takes part in Hourbridge. Your hours are kept.")
    return Refuse(reason, code="ended-organisation")


def _visitor(desk: Desk, intent: Intent, speech: Speech, *, visitors: bool) -> Admitted | Turned:
    caller = desk.caller
    visitor = desk.books.members.visitor(caller.platform, caller.tenant, caller.user)
    if visitor is not None and visitor.language:
        speech = Speech(visitor.language)
    if visitors:
        return Admitted(speech)
    return Turned(greet(desk, intent, visitor, speech.language), speech, "greeted")


def _touched(
    desk: Desk, member: Member, identity: Identity, organisation: Organisation
) -> tuple[Member, Identity]:
    """The identity with its latest address, organisation and use; the member follows along."""
    address = desk.caller.address.after(identity.address)
    used = identity.last_used_at
    if (
        used is not None
        and desk.now - used < TOUCH_AFTER
        and address == identity.address
        and organisation.id == identity.organisation_id == member.organisation_id
    ):
        return member, identity
    identity = replace(
        identity, address=address, organisation_id=organisation.id, last_used_at=desk.now
    )
    desk.books.members.touch(identity)
    if member.organisation_id != organisation.id:
        member = desk.books.members.save(replace(member, organisation_id=organisation.id))
    return member, identity
