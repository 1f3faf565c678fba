"""Where an event stands outside the chats: its page, its calendar file and its poster.

The page and the poster are for anybody who has the address, which hangs on walls. So they name
nobody, neither who comes nor the host, and never show the link of an online meeting. A calendar
file holds that link under a key alone, which is shown to those who have a place.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from core.events.model import Event
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.kernel.references import reference

PATH = "/events"
_PURPOSE = "event-link"
_KEY_LENGTH = 24
_LONGEST_TOKEN = 100


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


def calendar_url(office: Office, event: Event, *, coming: bool = False) -> str:
    """The calendar file; for somebody who is ``coming``, with the link of the online meeting."""
    address = f"{page_url(office, event)}/event.ics"
    return f"{address}?key={_key(office.keys, event)}" if coming else address


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
    opened = event.link and _opens(key, _keys(office.keys, event))
    return Outside(event, organisation, event.link if opened else "")


def _opens(key: str, right: Iterable[str]) -> bool:
    return key.isascii() and any(hmac.compare_digest(key, one) for one in right)


def _key(keys: Keys, event: Event) -> str:
    return keys.digest(_PURPOSE, event.token)[:_KEY_LENGTH]


def _keys(keys: Keys, event: Event) -> list[str]:
    return [one[:_KEY_LENGTH] for one in keys.digests(_PURPOSE, event.token)]
