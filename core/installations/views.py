"""What system admins see of the tenants that ask to take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.installations.intents import (
    DeclineTenant,
    ListTenants,
    OpenApproval,
    ShowTenant,
)
from core.installations.model import Installation
from core.kernel.texts import Text, Words, _, plural
from core.organisations.model import Tenant, TenantState
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    View,
    view,
)

PAGE = 5
_NAMED = 10
"""How many of the organisations that it serves a tenant's card names."""


@dataclass(frozen=True, slots=True)
class SeenTenant:
    """A tenant as an admin sees it: what is known of its installation, whom it serves."""

    tenant: Tenant
    installation: Installation | None = None
    organisations: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What its platform calls it."""
        return self.tenant.external_id

    @property
    def called(self) -> str:
        """What it calls itself, or its id where that is not known."""
        return (self.installation.name if self.installation else "") or self.id


def tenant_card(seen: SeenTenant, news: Note | None = None) -> View:
    """One tenant, and what can be decided about it."""
    waits = seen.tenant.state is TenantState.PENDING
    title: Words = _asks(seen) if waits else seen.called
    return view(
        news,
        Heading(title),
        Facts(facts(seen, named=waits)),
        Paragraph(_what_to_do(seen)),
        _actions(seen) if waits else None,
        summary=title if waits else _("How a workspace stands now"),
    )


def _asks(seen: SeenTenant) -> Text:
    if seen.installation is not None and seen.installation.whole:
        return _("A Slack Enterprise Grid asks to take part")
    match seen.tenant.platform:
        case "slack":
            return _("A Slack workspace asks to take part")
        case "teams":
            return _("A Microsoft Teams tenant asks to take part")
        case _:
            return _("A workspace asks to take part")


def _kind(seen: SeenTenant) -> Text:
    if seen.installation is not None and seen.installation.whole:
        return _("Slack Enterprise Grid, with all its workspaces")
    match seen.tenant.platform:
        case "slack":
            return _("Slack workspace")
        case "teams":
            return _("Microsoft Teams tenant")
        case _:
            return _("The local page")


def facts(seen: SeenTenant, *, named: bool = True) -> tuple[Fact, ...]:
    """What is known of a tenant. ``named``: with its name, if that does not stand above already."""
    found = [
        Fact(_("Chat"), _kind(seen)),
        Fact(_("Id"), seen.id),
        Fact(_("When"), _when(seen)),
        Fact(_("Where it stands"), _state(seen.tenant.state)),
    ]
    if named and seen.called != seen.id:
        found.insert(0, Fact(_("Name"), seen.called))
    if seen.organisations:
        found.append(Fact(_("Serves"), _served(seen.organisations)))
    return tuple(found)


def _when(seen: SeenTenant) -> Text:
    installation = seen.installation
    if installation is None:
        return _("First seen at {moment}", moment=seen.tenant.seen_at)
    if installation.removed_at is not None:
        return _("Taken out at {moment}", moment=installation.removed_at)
    return _("Installed at {moment}", moment=installation.installed_at)


def _state(state: TenantState) -> Text:
    match state:
        case TenantState.PENDING:
            return _("Waits for approval")
        case TenantState.APPROVED:
            return _("Approved")
        case TenantState.SUSPENDED:
            return _("Paused")
        case TenantState.ENDED:
            return _("Does not take part")


def _served(names: Sequence[str]) -> Words:
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if more <= 0:
        return shown
    return plural("{names} and {count} more", "{names} and {count} more", more, names=shown)


def _what_to_do(seen: SeenTenant) -> Text:
    platform, external_id = seen.tenant.platform, seen.id
    match seen.tenant.state:
        case TenantState.PENDING:
            return _(
                "Nobody in it can use Hourbridge yet. Find out whose it is. Then let it in and "
                "say which organisations it serves, or turn it away."
            )
        case TenantState.SUSPENDED:
            return _(
                "The person who runs Hourbridge can let it in again with: "
                "hourbridge tenant restore {platform} {id}",
                platform=platform,
                id=external_id,
            )
        case TenantState.ENDED:
            return _(
                "The person who runs Hourbridge can let it in after all with: "
                "hourbridge tenant approve {platform} {id} --org CODE",
                platform=platform,
                id=external_id,
            )
        case TenantState.APPROVED if seen.installation and not seen.installation.live:
            return _(
                "Nobody in it is answered or written to. Members and hours are kept. When the app "
                "is installed again, everybody is back, and you do not need to approve it again."
            )
        case TenantState.APPROVED:
            return _("Its people can join and use Hourbridge.")


def _actions(seen: SeenTenant) -> Actions:
    named = {"platform": seen.tenant.platform, "tenant": seen.id}
    turn_away = Confirm(
        _("Turn it away? Nobody in it will be able to use Hourbridge."), _("Turn it away")
    )
    return Actions(
        (
            Button(_("Let it in"), OpenApproval(**named), f"tenants approve {seen.id}", "primary"),
            Button(
                _("Turn it away"),
                DeclineTenant(**named),
                f"tenants decline {seen.id}",
                "danger",
                turn_away,
            ),
        )
    )


def tenants_view(waiting: Sequence[SeenTenant], page: int, total: int) -> View:
    """The tenants that wait for approval."""
    if not waiting:
        return view(
            Heading(_("Workspaces that wait for approval")),
            Paragraph(_("No workspace waits for approval.")),
        )
    return view(
        Heading(_("Workspaces that wait for approval")),
        Items(tuple(_item(seen) for seen in waiting)),
        turn(ListTenants(), page, pages(total, PAGE), "tenants"),
    )


def _item(seen: SeenTenant) -> Item:
    show = ShowTenant(platform=seen.tenant.platform, tenant=seen.id)
    return Item(
        seen.called,
        (_("{kind}, {id}", kind=_kind(seen), id=seen.id), _when(seen)),
        (Button(_("Open"), show, f"tenants {seen.id}"),),
    )
