"""Who decides about a host's hours, and what they see of them."""

from __future__ import annotations

from core.events.host_hours_views import SeenHours
from core.events.model import Event, HostHours
from core.kernel.desk import Office
from core.ledger.correction_rights import is_admin, led_by
from core.ledger.holders import Holder, holder_name, member_name, person_now
from core.ledger.model import AccountKind
from core.organisations.model import Role


def pot_of(hours: HostHours) -> Holder:
    """The pot that the hours come from."""
    if hours.organisation_id is None:
        return Holder(AccountKind.COMMUNITY)
    return Holder(AccountKind.ORGANISATION, hours.organisation_id)


def may_decide(office: Office, event: Event, hours: HostHours, member_id: int) -> bool:
    """A lead of the organisation whose pot it is, or an admin for the community's; never the
    host."""
    if member_id == event.host_id:
        return False
    if hours.organisation_id is None:
        return is_admin(office, member_id)
    return hours.organisation_id in led_by(office, member_id)


def deciders(office: Office, event: Event, hours: HostHours) -> list[int]:
    """Everyone who may decide."""
    roles = office.books.roles
    found = (
        roles.holders(Role.ADMIN)
        if hours.organisation_id is None
        else roles.holders(Role.LEAD, hours.organisation_id)
    )
    return sorted(set(found) - {event.host_id})


def waiting_for(office: Office, member_id: int) -> list[tuple[Event, HostHours]]:
    """What waits for this member's decision, the oldest first. Hours for a cancelled event wait
    for nobody."""
    led = sorted(led_by(office, member_id))
    admin = is_admin(office, member_id)
    if not (led or admin):
        return []
    waiting = office.books.host_hours.waiting
    return list(waiting(led, community=admin, without_host=member_id))


def seen_by(office: Office, event: Event, hours: HostHours, member_id: int) -> SeenHours:
    """A host's hours with the names around them, for somebody who may see them."""
    decider = person_now(office, hours.decided_by) if hours.decided_by is not None else None
    whose, organisation = hours.organisation_id, None
    if whose is not None:
        organisation = office.books.organisations.get(whose).name
    return SeenHours(
        hours,
        event,
        member_name(office.books.members.get(event.host_id)),
        holder_name(office, pot_of(hours)),
        organisation,
        office.now,
        member_name(decider) if decider is not None else None,
        hosting=event.host_id == member_id,
        may_decide=may_decide(office, event, hours, member_id),
    )
