"""What everybody sees of a channel's digest: no name, no balance, nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.commands import Hello
from core.digests.model import Network
from core.digests.parts import event_item, in_a_row, listed, network_part
from core.events.seen import Seen as SeenEvent
from core.kernel.minutes import spoken
from core.kernel.texts import Text, _, plural
from core.posts.intents import ShowPost
from core.posts.places import place_words
from core.posts.views import Shown, post_ref, propose_button, skill_words
from core.ui.views import Actions, Button, Heading, Item, Paragraph, View, view

_SKILLS_NAMED = 3


@dataclass(frozen=True, slots=True)
class ChannelDigest:
    """All that one channel's digest says."""

    asks: tuple[Shown, ...] = ()
    offers: tuple[Shown, ...] = ()
    events: tuple[SeenEvent, ...] = ()
    network: Network | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read but how everybody did."""
        return not (self.asks or self.offers or self.events)


def channel_view(digest: ChannelDigest) -> View:
    """The weekly message to everybody in a channel. Whoever presses a button is answered alone."""
    return view(
        Heading(_("This week in Hourbridge")),
        *listed(_("New asks"), [_post(one) for one in digest.asks]),
        *listed(_("New offers"), [_post(one) for one in digest.offers]),
        *listed(_("Events to come"), [event_item(one) for one in digest.events]),
        *network_part(digest.network),
        Paragraph(
            _(
                "Hourbridge is the timebank for staff across our health and care system: help "
                "someone for an hour, and someone helps you for an hour. When you press a button, "
                "only you see the answer."
            ),
            quiet=True,
        ),
        Actions((Button(_("Take part"), Hello(), "home"),)),
        summary=in_a_row(list(_counts(digest))),
    )


def _post(shown: Shown) -> Item:
    """A post without its author: members see who it is behind the button."""
    post, ref = shown.post, post_ref(shown.post)
    where = _(
        "{time}. {where}. {ref}",
        time=spoken(post.minutes),
        where=place_words(post.online, shown.site),
        ref=ref,
    )
    skills = (skill_words(post.skills[:_SKILLS_NAMED]),) if post.skills else ()
    see = Button(_("See it"), ShowPost(post=post.id), f"show {ref}")
    return Item(post.title, (shown.organisation, *skills, where), (propose_button(post), see))


def _counts(digest: ChannelDigest) -> Iterator[Text]:
    if digest.asks:
        yield plural("{count} new ask", "{count} new asks", len(digest.asks))
    if digest.offers:
        yield plural("{count} new offer", "{count} new offers", len(digest.offers))
    if digest.events:
        yield plural("{count} event to come", "{count} events to come", len(digest.events))
