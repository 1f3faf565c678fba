"""The parts that personal and channel digests share."""

from __future__ import annotations

from collections.abc import Sequence

from core.digests.model import Network
from core.events.buttons import count_me_in, see_it
from core.events.seen import Seen as SeenEvent
from core.events.seen import places_words, title_of, when_words, where_words
from core.kernel.texts import NOTHING, Text, Words, _, plural
from core.ui.views import Block, Heading, Item, Items, Paragraph


def listed(title: Text, items: Sequence[Item]) -> tuple[Block, ...]:
    """A list under its heading; nothing where it is empty."""
    return (Heading(title), Items(tuple(items))) if items else ()


def event_item(shown: SeenEvent) -> Item:
    """An event that its reader has no place at yet."""
    where = _("{where}. {organisation}", where=where_words(shown), organisation=shown.organisation)
    places = _("{places}. {ref}", places=places_words(shown), ref=shown.ref)
    lines = (when_words(shown.event), where, places)
    return Item(title_of(shown.event), lines, (count_me_in(shown), see_it(shown)))


def network_words(network: Network) -> Text:
    """How everybody did, in a sentence."""
    if not network.hours:
        return _(
            "In the week to {day}, members confirmed about {exchanges} exchanges.",
            day=network.last_day,
            exchanges=network.exchanges,
        )
    return plural(
        "In the week to {day}, members of {count} organisation confirmed about {exchanges} "
        "exchanges and {hours} hours.",
        "In the week to {day}, members of {count} organisations confirmed about {exchanges} "
        "exchanges and {hours} hours.",
        network.organisations,
        day=network.last_day,
        exchanges=network.exchanges,
        hours=network.hours,
    )


def network_part(network: Network | None) -> tuple[Block, ...]:
    """The line on how everybody did, where there is enough to tell."""
    if network is None:
        return ()
    return (Heading(_("All of Hourbridge")), Paragraph(network_words(network)))


def in_a_row(pieces: Sequence[Text]) -> Words:
    """Pieces of a summary as one line."""
    said: Words = NOTHING
    for one in pieces:
        said = _("{first}, {second}", first=said, second=one) if said else one
    return said
