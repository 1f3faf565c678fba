"""Who may announce events, who looks after one, and who may come."""

from __future__ import annotations

from core.conversations.rights import rights_of
from core.events.book import Reader
from core.events.model import Event, Open, PlaceState
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.model import HERE_OR_AWAY
from core.organisations.model import Organisation, Role


def not_found() -> Refusal:
    """The same words for what is not there and for what is not for the reader."""
    return Refusal(_("I cannot find that, or it is not for you."), code="not-found")


def announces_for(desk: Desk) -> list[Organisation]:
    """The organisations that the acting member may announce events for, the one that they act for
    first; refuses where there is none."""
    rights = rights_of(desk, desk.me.id)
    acting = desk.identity.organisation_id
    ids = set(rights.organisation_ids) | ({acting} if rights.everywhere else set())
    organisations = [desk.books.organisations.get(one) for one in sorted(ids)]
    running = [one for one in organisations if one.runs_on(desk.today)]
    if not running:
        raise Refusal(
            _(
                "Champions and organisation leads announce events. To become one, ask the "
                "Hourbridge lead in your organisation. Type events to see what is coming up."
            ),
            code="not-a-champion",
        )
    return sorted(running, key=lambda one: (one.id != acting, one.name.casefold()))


def looks_after(office: Office, event: Event, member_id: int) -> bool:
    """Whether a member may change and cancel an event: its host, a lead of its organisation, or
    an admin."""
    if member_id == event.host_id:
        return True
    return any(
        grant.role is Role.ADMIN
        or (grant.role is Role.LEAD and grant.organisation_id in (None, event.organisation_id))
        for grant in office.books.roles.held_by(member_id)
    )


def reader_of(office: Office, member_id: int) -> Reader:
    """A member as a reader of events: the organisations that they act for in any open chat."""
    ids = tuple(
        dict.fromkeys(
            one.organisation_id for one in office.books.members.identities(member_id) if one.may_act
        )
    )
    sectors = dict.fromkeys(office.books.organisations.get(one).sector for one in ids)
    return Reader(member_id, ids, tuple(sectors))


def is_for(event: Event, reader: Reader) -> bool:
    """Whether an event is for this reader."""
    match event.open_to:
        case Open.ALL:
            return True
        case Open.ORGANISATION:
            return event.organisation_id in reader.organisation_ids
        case Open.SECTOR:
            return event.sector in reader.sectors


def may_see(office: Office, event: Event, member_id: int) -> bool:
    """Whether a member may see an event at all: they look after it, have a place or wait for one,
    or it is for them and neither they nor its host has blocked the other."""
    if looks_after(office, event, member_id):
        return True
    place = office.books.events.place(event.id, member_id)
    if place is not None and place.state is not PlaceState.LEFT:
        return True
    return may_come(office, event, member_id)


def may_come(office: Office, event: Event, member_id: int) -> bool:
    """Whether a member may have a place at an event, if there is one."""
    if event.host_id in office.books.members.blocked_either_way(member_id):
        return False
    if office.books.members.get(event.host_id).state not in HERE_OR_AWAY:
        return False
    return is_for(event, reader_of(office, member_id))


def acting_for(desk: Desk, event: Event) -> int:
    """The organisation that the acting member comes for: the one that they act for now, unless
    the event is only for another one of theirs."""
    acting = desk.identity.organisation_id
    reader = reader_of(desk, desk.me.id)
    for one in (acting, *reader.organisation_ids):
        sector = desk.books.organisations.get(one).sector
        if is_for(event, Reader(desk.me.id, (one,), (sector,))):
            return one
    return acting
