"""Every digest, at its edges: full and small, a member's own and a channel's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.digests.channel import ASKS as CHANNEL_ASKS
from core.digests.channel import EVENTS as CHANNEL_EVENTS
from core.digests.channel import OFFERS as CHANNEL_OFFERS
from core.digests.channel_views import ChannelDigest, channel_view
from core.digests.compose import ASKS, EVENTS, OFFERS, THANKS, WAITING
from core.digests.model import Fit, Network
from core.digests.views import Digest, Suits, Thanked, digest_view, preview_view
from core.events.model import Event, EventKind
from core.events.seen import Seen as SeenEvent
from core.exchanges.forms import THANKS_LONGEST
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.safety_intents import ListDisputes, ListReports
from core.exchanges.views import Seen
from core.home.views import Task
from core.installations.intents import ListTenants
from core.kernel.texts import _
from core.ledger.intents import ListCorrections
from core.members.confirming_intents import ListJoiners
from core.members.model import NAME_LONGEST
from core.organisations.model import Site
from core.posts.model import TITLE_LONGEST, Post, PostKind
from core.posts.views import Shown
from core.respect.model import Preferences
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button

_NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
_ME, _BEN = 1, 2
_NAME = "W" * NAME_LONGEST
_TITLE = "W" * TITLE_LONGEST
_USUAL = Preferences(_ME)
_OFF = Preferences(_ME, digest=False)
_NETWORK = Network(date(2026, 5, 3), 40, 65, 5)
_EXCHANGE = Exchange(
    giver_id=_BEN,
    receiver_id=_ME,
    proposed_by=_BEN,
    suggested_by=_BEN,
    title="Help with run charts",
    minutes=90,
    giver_organisation_id=2,
    receiver_organisation_id=1,
    proposed_at=_NOW,
    suggested_at=_NOW,
    id=42,
)
_ASK = Post(
    PostKind.ASK,
    _BEN,
    2,
    "Help with a run chart of waiting times",
    "",
    60,
    ("spc", "waiting-lists"),
    True,
    None,
    date(2026, 6, 30),
    _NOW,
    id=7,
)
_OFFER = replace(
    _ASK, kind=PostKind.OFFER, title="Easy read for leaflets", skills=("plain-english",), id=8
)
_SITE = Site(2, "Westshire Library", 3)
_EVENT = Event(
    EventKind.LEARNING,
    "Run charts for beginners",
    _BEN,
    2,
    _NOW + timedelta(days=3),
    _NOW + timedelta(days=3, hours=1),
    _NOW,
    "sample",
    "sample",
    place="Westshire Library, room 2",
    capacity=12,
    id=9,
)


def examples() -> Iterator[Example]:
    """Full and small digests, the preview of an empty one, and what channels get."""
    yield Example("digests.full", digest_view(_full()))
    yield Example("digests.longest", digest_view(_longest()))
    small = Digest(_USUAL, asks=(_suits(_ASK, posted=True),))
    yield Example("digests.small", digest_view(small))
    answer = Digest(
        _USUAL, waiting=(_seen("Ben Lowe"),), people=1, network=replace(_NETWORK, hours=0)
    )
    yield Example("digests.answer", digest_view(answer))
    thanks = Digest(_USUAL, thanks=(Thanked(HOSTILE, "", HOSTILE),))
    yield Example("digests.thanks", digest_view(thanks))
    yield Example("digests.preview", preview_view(_full()))
    yield Example("digests.preview-empty", preview_view(Digest(_OFF, network=_NETWORK)))
    yield Example("digests.channel", channel_view(_channel()))
    one = ChannelDigest(offers=(_shown(replace(_OFFER, skills=()), HOSTILE),))
    yield Example("digests.channel-small", channel_view(one))
    yield Example("digests.channel-longest", channel_view(_longest_channel()))


def _full() -> Digest:
    full = replace(_event(_EVENT), event=replace(_EVENT, capacity=2), coming=2, waiting=1)
    return Digest(
        _USUAL,
        (_seen("Ben Lowe"), _claimed("Cai Price")),
        False,
        2,
        (Task(_("2 exchanges to settle"), Button(_("See them"), ListDisputes(), "disputes")),),
        (_suits(_ASK, posted=True), _suits(replace(_ASK, title="Easy read", id=10))),
        (_suits(_OFFER, posted=True), _suits(replace(_OFFER, title="Mentoring", id=11))),
        (_event(_EVENT), full),
        (Thanked("Dee Rees", "Process mapping", "That saved us a whole afternoon."),),
        _NETWORK,
    )


def _longest() -> Digest:
    """As much as one digest can hold, in the longest words."""
    ask, offer = replace(_ASK, title=_TITLE), replace(_OFFER, title=_TITLE)
    return Digest(
        replace(_USUAL, digest_weekday=2, digest_hour=23),
        tuple(_claimed(_NAME, _TITLE) for _n in range(WAITING)),
        True,
        1234,
        _tasks(),
        tuple(_suits(ask, _NAME) for _n in range(ASKS)),
        tuple(_suits(offer, _NAME) for _n in range(OFFERS)),
        tuple(_event(replace(_EVENT, title=_TITLE, place=_TITLE)) for _n in range(EVENTS)),
        tuple(Thanked(_NAME, _TITLE, "thank " * (THANKS_LONGEST // 6)) for _n in range(THANKS)),
        _NETWORK,
    )


def _channel() -> ChannelDigest:
    site = replace(_shown(_OFFER), site=_SITE)
    return ChannelDigest((_shown(_ASK),), (_shown(_OFFER), site), (_event(_EVENT),), _NETWORK)


def _longest_channel() -> ChannelDigest:
    long = _shown(replace(_ASK, title=_TITLE, skills=tuple("abc")), _NAME)
    event = _event(replace(_EVENT, title=_TITLE, place=_TITLE))
    return ChannelDigest(
        (long,) * CHANNEL_ASKS, (long,) * CHANNEL_OFFERS, (event,) * CHANNEL_EVENTS, _NETWORK
    )


def _seen(name: str, title: str = _EXCHANGE.title) -> Seen:
    return Seen(replace(_EXCHANGE, title=title), _ME, _NOW, name, "")


def _claimed(name: str, title: str = _EXCHANGE.title) -> Seen:
    claimed = replace(
        _EXCHANGE,
        title=title,
        state=ExchangeState.CLAIMED,
        claimed_by=_BEN,
        claimed_minutes=75,
        claimed_at=_NOW,
        id=43,
    )
    return Seen(claimed, _ME, _NOW, name, "")


def _shown(post: Post, author: str = "", organisation: str = "Westshire Council") -> Shown:
    return Shown(post, author, organisation, None, mine=False)


def _suits(post: Post, author: str = "Ben Lowe", *, posted: bool = False) -> Suits:
    return Suits(_shown(post, author), Fit(post, post.skills, posted))


def _event(event: Event) -> SeenEvent:
    return SeenEvent(event, "Ben Lowe", "Westshire Council", 5, 0, _NOW, "Europe/London")


def _tasks() -> tuple[Task, ...]:
    see = _("See them")
    return (
        Task(_("2 exchanges to settle"), Button(see, ListDisputes(), "disputes")),
        Task(_("1 report to read"), Button(see, ListReports(), "reports")),
        Task(_("3 corrections to decide"), Button(see, ListCorrections(), "corrections")),
        Task(_("1 workspace waits for approval"), Button(see, ListTenants(), "tenants")),
        Task(_("2 people wait to be confirmed"), Button(see, ListJoiners(), "joiners")),
    )
