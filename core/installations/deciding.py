"""A system admin lets a tenant in, for the organisations it serves, or turns it away."""

from __future__ import annotations

from collections.abc import Sequence

from core.installations.forms import approval_form
from core.installations.intents import (
    ApproveTenant,
    DeclineTenant,
    ListTenants,
    OnTenant,
    OpenApproval,
    ShowTenant,
)
from core.installations.seeing import only_admins, seen, subject_of, waiting
from core.installations.views import PAGE, tenant_card, tenants_view
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.organisations.model import Organisation, Tenant, TenantState
from core.ui.paging import pages
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note

_QUOTED = 60
"""How much of what was typed a refusal repeats."""


def list_tenants(desk: Desk, intent: ListTenants) -> Reply:
    """The tenants that wait, a page at a time."""
    only_admins(desk)
    found = waiting(desk)
    page = min(max(0, intent.page), pages(len(found), PAGE) - 1)
    shown = found[page * PAGE :][:PAGE]
    return Say(tenants_view([seen(desk, one) for one in shown], page, len(found)))


def show_tenant(desk: Desk, intent: ShowTenant) -> Reply:
    """One tenant's card."""
    only_admins(desk)
    return Say(tenant_card(seen(desk, _found(desk, intent))))


def open_approval(desk: Desk, intent: OpenApproval) -> Reply:
    """The form with the organisations to choose from."""
    tenant = _undecided(desk, intent)
    if not isinstance(tenant, Tenant):
        return tenant
    # Never none: the admin acts for one that takes part.
    today = desk.now.date()
    organisations = [one for one in desk.books.organisations.all() if one.runs_on(today)]
    return Open(approval_form(seen(desk, tenant), organisations))


def approve(desk: Desk, intent: ApproveTenant) -> Reply:
    """Let the tenant in for the organisations named."""
    tenant = _undecided(desk, intent)
    if not isinstance(tenant, Tenant):
        return tenant
    ids = [one.id for one in _chosen(desk, intent.organisations)]
    desk.books.tenants.approve(tenant.platform, tenant.external_id, ids, desk.now)
    return _decided(desk, tenant, _("It is let in."))


def decline(desk: Desk, intent: DeclineTenant) -> Reply:
    """Turn the tenant away."""
    tenant = _undecided(desk, intent)
    if not isinstance(tenant, Tenant):
        return tenant
    desk.books.tenants.set_state(tenant.platform, tenant.external_id, TenantState.ENDED)
    return _decided(desk, tenant, _("It is turned away. Nobody in it can use Hourbridge."))


def _found(desk: Desk, intent: OnTenant) -> Tenant:
    """The tenant of a button, or the one whose id was typed in whatever case."""
    tenants = desk.books.tenants
    if intent.platform:
        named = tenants.find(intent.platform, intent.tenant)
        found = [named] if named is not None else []
    else:
        typed = intent.tenant.casefold()
        found = [one for one in tenants.all() if one.external_id.casefold() == typed]
    if len(found) != 1:
        raise Refusal(
            _(
                "I know no workspace with the id {id}. Type tenants to see those that wait.",
                id=intent.tenant[:_QUOTED],
            ),
            code="not-found",
        )
    return found[0]


def _undecided(desk: Desk, intent: OnTenant) -> Tenant | Reply:
    """The tenant, held, while it waits; once somebody has decided, its card as it stands."""
    only_admins(desk)
    tenant = _found(desk, intent)
    desk.books.installations.hold_tenant(tenant.platform, tenant.external_id)
    tenant = desk.books.tenants.find(tenant.platform, tenant.external_id) or tenant
    if tenant.state is TenantState.PENDING:
        return tenant
    news = Note(_("This has been decided already. Here is how it stands now."))
    return Replace(tenant_card(seen(desk, tenant), news))


def _decided(desk: Desk, tenant: Tenant, news: Text) -> Reply:
    desk.changed(subject_of(tenant))
    now = desk.books.tenants.find(tenant.platform, tenant.external_id) or tenant
    return Replace(tenant_card(seen(desk, now), Note(news, "success")))


def _chosen(desk: Desk, given: Sequence[str]) -> list[Organisation]:
    """The organisations that codes and names mean, each once."""
    parts = [part.strip() for words in given for part in words.split(",")]
    found = {one.id: one for part in parts if part for one in _meant(desk, part)}
    if not found:
        raise _not_chosen(_("Choose at least one organisation."))
    return list(found.values())


def _meant(desk: Desk, words: str) -> Sequence[Organisation]:
    """One organisation by its code or name, or several by their codes with spaces between."""
    organisations = desk.books.organisations
    coded = [organisations.by_code(code) for code in words.split()]
    found = [one for one in coded if one is not None]
    if len(found) < len(coded):
        found = list(organisations.named(words))
        if len(found) > 1:
            raise _not_chosen(
                _(
                    "More than one organisation fits {words}. Write its code.",
                    words=words[:_QUOTED],
                )
            )
    if not found:
        raise _not_chosen(_("I know no organisation called {words}.", words=words[:_QUOTED]))
    for one in found:
        if not one.runs_on(desk.now.date()):
            raise _not_chosen(_("{name} does not take part today.", name=one.name))
    return found


def _not_chosen(reason: Text) -> Refusal:
    return Refusal(reason, "organisations", "no-organisation")
