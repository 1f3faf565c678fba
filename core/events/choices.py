"""What the form of an event offers to the member who fills it in."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversations.choosing import choosable
from core.conversations.naming import where
from core.events.model import Event
from core.events.rights import announces_for
from core.kernel.desk import Desk
from core.kernel.texts import Words
from core.organisations.model import Organisation
from core.ui.forms import Option

MOST_CHANNELS = 100
"""What the narrowest platform lets one choose from."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: the organisations to announce for, and the channels to announce in.
    ``more``: there are more channels than a form holds."""

    organisations: tuple[Organisation, ...]
    channels: tuple[Option, ...] = ()
    more: bool = False


def choices_for(desk: Desk, standing: Event | None = None) -> Choices:
    """What the acting member may choose; for an event that stands, the channels it is not in."""
    if standing is None:
        organisations = tuple(announces_for(desk))
        known: frozenset[int] = frozenset()
    else:
        organisations = (desk.books.organisations.get(standing.organisation_id),)
        known = frozenset(desk.books.events.announced_in(standing.id))
    channels: dict[str, Words] = {}
    for one in organisations:
        for channel, found in choosable(desk, desk.me.id, one.id).items():
            if channel not in known:
                channels[str(channel)] = where(found.conversation)
    options = tuple(Option(value, label) for value, label in channels.items())
    return Choices(organisations, options[:MOST_CHANNELS], len(options) > MOST_CHANNELS)
