"""The channels that somebody may choose from to announce something in."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversations.model import Conversation, Registration
from core.conversations.rights import rights_of
from core.events.model import Open
from core.kernel.desk import Office
from core.members.belonging import succession
from core.organisations.model import Sector


@dataclass(frozen=True, slots=True)
class Choosable:
    """A channel to choose, and what it is registered for."""

    conversation: Conversation
    registration: Registration


def choosable(
    office: Office,
    member_id: int,
    organisation_id: int,
    open_to: Open = Open.ALL,
    sector: Sector | None = None,
) -> dict[int, Choosable]:
    """The channels, by id, that a member may announce something of ``organisation_id`` in, as far
    as ``open_to`` and ``sector`` say who it is for. In order of team and name.

    Only channels that take announcements and can be posted to now. A member uses those of the
    organisations that they are champion or lead of, and those of the whole system; an admin all.
    What is for one organisation goes to its own channels alone, and what is for a sector to those
    of the sector's organisations.
    """
    rights = rights_of(office, member_id)
    found = [
        (one, Choosable(conversation, registration))
        for one, (conversation, registration) in office.books.conversations.registered().items()
        if registration.announcements
        and rights.may_announce(registration)
        and reads_it(office, registration, organisation_id, open_to, sector)
    ]
    return dict(sorted(found, key=lambda pair: _order(pair[1].conversation)))


def reads_it(
    office: Office,
    registration: Registration,
    organisation_id: int,
    open_to: Open,
    sector: Sector | None,
) -> bool:
    """Whether a channel is for those whom it is meant for."""
    readers = registration.organisation_id
    if open_to is Open.ALL:
        return True
    if readers is None:
        return False
    if open_to is Open.ORGANISATION:
        # An event of an organisation that has ended is for those of the one that goes on.
        return readers in (one.id for one in succession(office, organisation_id))
    return office.books.organisations.get(readers).sector is sector


def _order(conversation: Conversation) -> tuple[str, str, int]:
    return (
        conversation.team_name.casefold(),
        conversation.name.casefold(),
        conversation.id,
    )
