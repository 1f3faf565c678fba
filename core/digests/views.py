"""What people see of their own digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.commands import Hello
from core.conversations.times import weekly
from core.delivery.model import Family
from core.digests.model import Fit, Network
from core.digests.parts import event_item, in_a_row, listed, network_part
from core.events.seen import Seen as SeenEvent
from core.exchanges.intents import ListExchanges
from core.exchanges.views import Seen
from core.home.parts import exchange_item
from core.home.views import Task
from core.kernel.texts import Text, Words, _, plural
from core.posts.list_views import post_item
from core.posts.model import PostKind
from core.posts.views import Shown, skill_words
from core.respect.intents import OpenQuiet, StartKind, StopKind
from core.respect.model import Preferences
from core.ui.views import Actions, Block, Button, Heading, Item, Note, Paragraph, Quote, View, view

_SKILLS_NAMED = 2
_TASKS = 3
_SAID_FIRST = 3
"""How many things the summary names: one line on a lock screen."""


@dataclass(frozen=True, slots=True)
class Suits:
    """A post that suits the reader, with the names around it and why."""

    shown: Shown
    fit: Fit


@dataclass(frozen=True, slots=True)
class Thanked:
    """Thanks that the reader received: from whom, for what, and the words."""

    by: Words
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one member's digest says. Of all that waits for their answer, ``waiting`` are the
    first few and ``more`` says that there are others; ``people`` is how many wait.
    ``preferences`` say when the reader gets it."""

    preferences: Preferences
    waiting: tuple[Seen, ...] = ()
    more: bool = False
    people: int = 0
    tasks: tuple[Task, ...] = ()
    asks: tuple[Suits, ...] = ()
    offers: tuple[Suits, ...] = ()
    events: tuple[SeenEvent, ...] = ()
    thanks: tuple[Thanked, ...] = ()
    network: Network | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it for this member themselves."""
        return not (
            self.waiting or self.tasks or self.asks or self.offers or self.events or self.thanks
        )


def digest_view(digest: Digest) -> View:
    """The weekly message. Its summary counts, and holds no words of anybody."""
    return view(
        Heading(_("Your week in Hourbridge")),
        *_parts(digest),
        summary=in_a_row(list(_counts(digest))[:_SAID_FIRST]),
    )


def preview_view(digest: Digest) -> View:
    """The same when the reader asks for it, though there may be nothing in it."""
    nothing = Note(_("There is nothing new for you at the moment."))
    return view(
        Heading(_("Your digest as it is now")),
        nothing if digest.empty else None,
        *_parts(digest),
        summary=_("Your digest as it is now"),
    )


def _parts(digest: Digest) -> tuple[Block, ...]:
    return (
        *_waiting(digest),
        *_tasks(digest.tasks),
        *listed(_("People you could help"), [_suits(one) for one in digest.asks]),
        *listed(_("Offers that fit you"), [_suits(one) for one in digest.offers]),
        *listed(_("Events near you"), [event_item(one) for one in digest.events]),
        *_thanks(digest.thanks),
        *network_part(digest.network),
        *_foot(digest.preferences),
    )


def _waiting(digest: Digest) -> tuple[Block, ...]:
    """What waits, with the way to the rest of it."""
    blocks = listed(_("Waiting for you"), [exchange_item(one) for one in digest.waiting])
    if not digest.more:
        return blocks
    everything = Button(_("See all your exchanges"), ListExchanges(), "exchanges")
    return (*blocks, Actions((everything,)))


def _tasks(tasks: Sequence[Task]) -> tuple[Block, ...]:
    """What waits for a lead, the first few kinds of it; all of them are at home."""
    items = [Item(task.words, (), (task.button,)) for task in tasks[:_TASKS]]
    blocks = listed(_("For you as a lead"), items)
    if len(tasks) <= _TASKS:
        return blocks
    return (*blocks, Actions((Button(_("See everything that waits for you"), Hello(), "home"),)))


def _suits(suits: Suits) -> Item:
    item = post_item(suits.shown)
    return replace(item, lines=(*item.lines, _why(suits.fit)))


def _why(fit: Fit) -> Text:
    skills = skill_words(fit.skills[:_SKILLS_NAMED])
    ask = fit.post.kind is PostKind.ASK
    if fit.posted:
        offered = _("Because you offered {skills}", skills=skills)
        return offered if ask else _("Because you asked for {skills}", skills=skills)
    can_help = _("Because you can help with {skills}", skills=skills)
    return can_help if ask else _("Because you would like {skills}", skills=skills)


def _thanks(thanks: Sequence[Thanked]) -> tuple[Block, ...]:
    if not thanks:
        return ()
    quotes = (
        Quote(one.words, _("{name}, for {title}", name=one.by, title=one.title))
        if one.title
        else Quote(one.words, one.by)
        for one in thanks
    )
    return (Heading(_("You were thanked")), *quotes)


def _foot(preferences: Preferences) -> tuple[Block, ...]:
    """When it comes, and one tap to change or stop it."""
    family = Family.DIGEST.value
    if not preferences.digest:
        start = Button(_("Get it every week"), StartKind(family=family), "digest on")
        return (Actions((start,)),)
    change = Button(_("Change day or time"), OpenQuiet(), "quiet")
    stop = Button(_("Stop the digest"), StopKind(family=family), "digest off")
    when = weekly(preferences.digest_weekday, preferences.digest_hour)
    return (
        Paragraph(_("You get this digest: {when}.", when=when), quiet=True),
        Actions((change, stop)),
    )


def _counts(digest: Digest) -> Iterator[Text]:
    """How much there is of each sort, what needs the reader first."""
    if digest.people:
        yield plural(
            "{count} person needs your answer", "{count} people need your answer", digest.people
        )
    if digest.tasks:
        yield plural(
            "{count} thing for you as a lead",
            "{count} things for you as a lead",
            len(digest.tasks),
        )
    if digest.asks:
        yield plural("{count} ask fits you", "{count} asks fit you", len(digest.asks))
    if digest.offers:
        yield plural("{count} offer fits you", "{count} offers fit you", len(digest.offers))
    if digest.events:
        yield plural("{count} event near you", "{count} events near you", len(digest.events))
    if digest.thanks:
        yield plural("{count} thank-you", "{count} thank-yous", len(digest.thanks))
