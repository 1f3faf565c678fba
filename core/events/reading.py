"""What people write in the form of an event, checked and turned into values.

Every refusal belongs to a field. All of it is read before anything is written.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from core.conversations.choosing import choosable
from core.conversations.naming import where
from core.events.access import packed
from core.events.calendar_words import speech_for
from core.events.content import Content, typed_moment
from core.events.intents import FillEvent
from core.events.model import Event, EventKind, Open
from core.events.rights import announces_for, may_see
from core.kernel.dates import read_moment
from core.kernel.desk import Desk
from core.kernel.durations import read_duration
from core.kernel.minutes import spoken
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.organisations.model import Organisation, Sector
from core.safety.free_text import screened_words
from core.safety.words import clean
from core.ui.intents import Unreadable
from core.words import Speech

TITLE_LONGEST = 150
DETAILS_LONGEST = 2000
PLACE_LONGEST = 200
ACCESS_LONGEST = 300
LINK_LONGEST = 1000
LONGEST = 8 * 60
MOST_PLACES = 10_000

_LINK = re.compile(r"https://[\w.-]+(?::\d{1,5})?(?:[/?#][!-;=?-~]*)?", re.ASCII)


def read_content(desk: Desk, intent: FillEvent, standing: Event | None = None) -> Content:
    """A filled form as content: every word screened, every number and time checked.

    ``standing`` is the event that the form changes: it keeps its organisation and its time zone,
    and its start may stay where it is.
    """
    sure = intent.not_about_a_patient
    kind = kind_of(intent.kind)
    title = screened_words(intent.title, "title", TITLE_LONGEST, confirmed=sure)
    details = screened_words(
        intent.details, "details", DETAILS_LONGEST, required=False, confirmed=sure
    )
    starts_at = _starts(desk, intent.starts, standing)
    minutes = read_length(intent.minutes)
    place = screened_words(
        intent.place, "place", PLACE_LONGEST, kind="contact", required=False, confirmed=sure
    )
    link = read_link(intent.link)
    if not place and not link:
        raise Refusal(_("Say where it is: a place, or a link to join online."), "place")
    access = screened_words(
        intent.access_words, "access_words", ACCESS_LONGEST, required=False, confirmed=sure
    )
    organisation = _organisation(desk, intent.organisation, standing)
    open_to, sector = _audience(intent.open_to, organisation, standing)
    return Content(
        kind,
        title,
        details,
        starts_at,
        minutes,
        place,
        link,
        packed(intent.access, access),
        read_capacity(intent.capacity),
        open_to,
        sector,
        organisation.id,
        read_channels(desk, intent.channels, organisation.id, open_to, sector),
        _copied(desk, intent.copied_from),
    )


def _copied(desk: Desk, event_id: int) -> int | None:
    """The event that this is a copy of, where the member may see it."""
    event = desk.books.events.get(event_id) if event_id > 0 else None
    return event_id if event is not None and may_see(desk, event, desk.me.id) else None


def kind_of(words: str) -> EventKind:
    """The kind of event that a client named."""
    try:
        return EventKind(words)
    except ValueError:
        raise Unreadable from None


def _starts(desk: Desk, words: str, standing: Event | None) -> datetime:
    speech = speech_for(standing, desk.me.language) if standing else desk.speech
    if standing is not None and _same(words, standing.starts_at, speech):
        return standing.starts_at
    moment = read_moment(words, desk.now, speech.zone, "starts")
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _same(words: str, moment: datetime, speech: Speech) -> bool:
    """Whether a form gives back the moment that it was opened with."""
    if words.strip() == typed_moment(moment, speech):
        return True
    try:
        given = datetime.fromisoformat(words.strip())
    except ValueError:
        return False
    return (given if given.tzinfo else given.replace(tzinfo=speech.zone)) == moment


def read_length(words: str) -> int:
    """How long an event takes, in minutes."""
    if not words.strip():
        raise Refusal(_("Say how long it takes, for example 1 hour."), "minutes")
    minutes = read_duration(words)
    if minutes > LONGEST:
        raise Refusal(
            _("An event takes {longest} at most. Announce one for each day.", longest=_HOURS),
            "minutes",
            "too-long",
        )
    return minutes


_HOURS = spoken(LONGEST)


def read_link(words: str) -> str:
    """The address to join a meeting at. It is never opened by Hourbridge: only its shape counts."""
    link = clean(words)
    if not link:
        return ""
    if len(link) > LINK_LONGEST or not _LINK.fullmatch(link):
        raise _no_link()
    try:
        parts = urlsplit(link)
        named = parts.hostname or ""
        fine = parts.port is None or parts.port > 0
    except ValueError:
        raise _no_link() from None
    if not fine or "." not in named.strip(".") or ".." in named:
        raise _no_link()
    return link


def _no_link() -> Refusal:
    return Refusal(
        _("That is not a link we can use. It starts with https:// and has no spaces."),
        "link",
        "link",
    )


def read_capacity(words: str) -> int | None:
    """How many may come; None for any number."""
    text = clean(words)
    if not text:
        return None
    digits = text.replace(",", "")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else -1
    if not 1 <= number <= MOST_PLACES:
        raise Refusal(
            _(
                "Write a number of places from 1 to {most}, or leave it empty for any number.",
                most=MOST_PLACES,
            ),
            "capacity",
            "capacity",
        )
    return number


def _organisation(desk: Desk, words: str, standing: Event | None) -> Organisation:
    if standing is not None:
        return desk.books.organisations.get(standing.organisation_id)
    mine = announces_for(desk)
    if not words:
        return mine[0]
    for one in mine:
        if str(one.id) == words:
            return one
    raise Refusal(
        _("You cannot announce events for that organisation."), "organisation", "not-a-champion"
    )


def _audience(
    words: str, organisation: Organisation, standing: Event | None
) -> tuple[Open, Sector | None]:
    try:
        open_to = Open(words) if words else Open.ALL
    except ValueError:
        raise Unreadable from None
    if open_to is not Open.SECTOR:
        return open_to, None
    kept = standing.sector if standing is not None else None
    return open_to, kept or organisation.sector


def read_channels(
    desk: Desk,
    chosen: tuple[str, ...],
    organisation_id: int,
    open_to: Open,
    sector: Sector | None,
) -> tuple[int, ...]:
    """The chosen channels, as far as the member's roles and the audience allow each of them."""
    ids = dict.fromkeys(int(one) for one in chosen if re.fullmatch("[0-9]{1,9}", one))
    if not ids:
        return ()
    allowed = choosable(desk, desk.me.id, organisation_id, open_to, sector)
    for one in ids:
        if one in allowed:
            continue
        known = choosable(desk, desk.me.id, organisation_id).get(one)
        if known is None:
            raise Refusal(
                _("One of these channels can no longer be posted to. Choose again."),
                "channels",
                "channel",
            )
        raise Refusal(
            _(
                "People who may not come read {channel} too. Choose other channels, or let "
                "everybody come.",
                channel=where(known.conversation),
            ),
            "channels",
            "channel",
        )
    return tuple(ids)
