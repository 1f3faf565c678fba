"""Where an event stands outside the chats: its page, its calendar file and its poster.

The page and the poster are for anybody who has the address, which hangs on walls. So they name
nobody, neither who comes nor the host, and never show the link of an online meeting. A calendar
file holds that link under a key alone, which each of those who have a place has for themselves and
which opens nothing once their place is gone.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

from core.events.model import Event, PlaceState
from core.events.rights import looks_after
from core.kernel.desk import Office
from core.kernel.references import reference

PATH = "/events"
_PURPOSE = "event-link"
_KEY_LENGTH = 24
_LONGEST_TOKEN = 100
_A_KEY = re.compile(rf"(?P<reader>[0-9]{{1,18}})-(?P<digest>[0-9a-f]{{{_KEY_LENGTH}}})")


@dataclass(frozen=True, slots=True)
class Outside:
    """An event as anybody with its address sees it; with ``link``, as who has a place does."""

    event: Event
    organisation: str
    link: str = ""

    @property
    def ref(self) -> str:
        """What people type to find it in a chat."""
        return reference("V", self.event.id)


def page_url(office: Office, event: Event) -> str:
    """The page that the QR code leads to."""
    return f"{office.public_url}{PATH}/{event.token}"


def calendar_url(office: Office, event: Event, reader_id: int) -> str:
    """A reader's own way to the calendar file, which holds the link of the online meeting as long
    as they have a place or look after the event."""
    digest = office.keys.digest(_PURPOSE, _said_by(event, reader_id))[:_KEY_LENGTH]
    return f"{page_url(office, event)}/event.ics?key={reader_id}-{digest}"


def poster_url(office: Office, event: Event, language: str, kind: str = "pdf") -> str:
    """The poster to print: ``kind`` is "pdf" or "png"."""
    return f"{page_url(office, event)}/poster.{kind}?lang={language}"


def find_outside(office: Office, token: str, key: str = "") -> Outside | None:
    """The event behind an address; None where there is none, however it was written."""
    if not 0 < len(token) <= _LONGEST_TOKEN or not token.isascii():
        return None
    event = office.books.events.by_token(token)
    if event is None:
        return None
    organisation = office.books.organisations.get(event.organisation_id).name
    opened = event.link and _opens(office, event, key)
    return Outside(event, organisation, event.link if opened else "")


def _opens(office: Office, event: Event, key: str) -> bool:
    """Whether a key is right, and the link is for whose key it is now."""
    found = _A_KEY.fullmatch(key)
    if found is None:
        return False
    reader_id = int(found["reader"])
    right = office.keys.digests(_PURPOSE, _said_by(event, reader_id))
    if not any(hmac.compare_digest(found["digest"], one[:_KEY_LENGTH]) for one in right):
        return False
    place = office.books.events.place(event.id, reader_id)
    has_one = place is not None and place.state is PlaceState.COMING
    return has_one or looks_after(office, event, reader_id)


def _said_by(event: Event, reader_id: int) -> str:
    return f"{event.token}:{reader_id}"
