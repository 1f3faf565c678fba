"""A channel's digest as a notice: what is new for everybody there, and nothing about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.conversations.model import Conversation, Registration
from core.delivery.model import Family, Notice, Withheld
from core.digests.channel_views import ChannelDigest, channel_view
from core.digests.model import network_in
from core.digests.planning import CHANNEL, in_time
from core.events.book import Reader
from core.events.seeing import seen_by_all
from core.events.seen import Seen as SeenEvent
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.members.people import zone_of
from core.posts.model import PostKind
from core.posts.show import shown_to
from core.posts.views import Shown
from core.ui.views import View

ASKS, OFFERS, EVENTS = 4, 4, 3
AHEAD = timedelta(days=21)
_WEEK = timedelta(days=7)
_NOBODY = 0
"""The reader of what everybody reads: no member has this id."""


def render(_office: Office, _notice: Notice, _member: Member) -> Withheld:
    """It is for channels alone."""
    return Withheld.CANCELLED


def render_in_channel(
    office: Office, notice: Notice, conversation: Conversation
) -> View | Withheld:
    """The digest as it is now; withheld where the channel wants none any more, and where nothing
    is new."""
    registration = office.books.conversations.registration(conversation.id)
    if registration is None or not registration.digests:
        return Withheld.CANCELLED
    digest = ChannelDigest(
        _posts(office, PostKind.ASK, notice.at, registration, ASKS),
        _posts(office, PostKind.OFFER, notice.at, registration, OFFERS),
        _events(office, registration),
        network_in(notice.data),
    )
    return Withheld.EMPTY if digest.empty else channel_view(digest)


def _posts(
    office: Office, kind: PostKind, at: datetime, registration: Registration, most: int
) -> tuple[Shown, ...]:
    """What was posted in the week before the digest and can be answered still. Who posted it is
    left to members, who press "See it"."""
    today = office.now.astimezone(ZoneInfo(zone_of(registration.zone))).date()
    posts = office.books.digests.newest(kind, at - _WEEK, at, today, most)
    return tuple(replace(one, author="") for one in shown_to(office, posts, _NOBODY))


def _events(office: Office, registration: Registration) -> tuple[SeenEvent, ...]:
    """What the channel's organisation may come to soon; for a channel of the whole system, what
    everybody may."""
    reader, now = _reader(office, registration), office.now
    events = office.books.events.soonest(reader, now, now + AHEAD, EVENTS)
    return tuple(seen_by_all(office, one, registration.zone) for one in events)


def _reader(office: Office, registration: Registration) -> Reader:
    if registration.organisation_id is None:
        return Reader(_NOBODY, (), ())
    organisation = office.books.organisations.get(registration.organisation_id)
    return Reader(_NOBODY, (organisation.id,), (organisation.sector,))


NOTICE = NoticeKind(
    CHANNEL,
    render,
    in_time=in_time,
    unasked=True,
    family=Family.DIGEST,
    in_channel=render_in_channel,
)
