"""What an event will say: read from a typed line or a filled form, and kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from core.drafts.model import Draft
from core.events.access import unpacked
from core.events.intents import FillEvent
from core.events.model import Event, EventKind, Open
from core.kernel.minutes import typed_minutes
from core.organisations.model import Sector
from core.words import Speech

DRAFT = "event"
"""The kind of draft that an event is kept as."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an event will say, every word screened, and the channels it goes to. ``copied_from``
    is the event that it began as a copy of."""

    kind: EventKind
    title: str
    details: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    access: str
    capacity: int | None
    open_to: Open
    sector: Sector | None
    organisation_id: int
    channels: tuple[int, ...] = ()
    copied_from: int | None = None

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def data(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "details": self.details,
            "starts_at": self.starts_at.isoformat(),
            "minutes": self.minutes,
            "place": self.place,
            "link": self.link,
            "access": self.access,
            "capacity": self.capacity,
            "open_to": self.open_to.value,
            "sector": self.sector.value if self.sector else None,
            "organisation_id": self.organisation_id,
            "channels": list(self.channels),
            "copied_from": self.copied_from,
        }

    def laid_over(self, event: Event) -> Event:
        """``event`` as this content has it; whose it is and where it stands stay."""
        return replace(
            event,
            kind=self.kind,
            title=self.title,
            details=self.details,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            place=self.place,
            link=self.link,
            access=self.access,
            capacity=self.capacity,
            open_to=self.open_to,
            sector=self.sector,
        )


def content_of(draft: Draft) -> Content:
    """The content that a draft keeps."""
    data: Mapping[str, Any] = draft.data
    sector = data["sector"]
    return Content(
        EventKind(data["kind"]),
        data["title"],
        data["details"],
        datetime.fromisoformat(data["starts_at"]),
        data["minutes"],
        data["place"],
        data["link"],
        data["access"],
        data["capacity"],
        Open(data["open_to"]),
        Sector(sector) if sector else None,
        data["organisation_id"],
        tuple(data["channels"]),
        data["copied_from"],
    )


def content_of_event(event: Event) -> Content:
    """What an event that stands says."""
    return Content(
        event.kind,
        event.title,
        event.details,
        event.starts_at,
        (event.ends_at - event.starts_at) // timedelta(minutes=1),
        event.place,
        event.link,
        event.access,
        event.capacity,
        event.open_to,
        event.sector,
        event.organisation_id,
        copied_from=event.copied_from,
    )


def form_of(content: Content, into: FillEvent, speech: Speech) -> FillEvent:
    """``into`` with the fields that show ``content``, its times as ``speech`` says them."""
    known, words = unpacked(content.access)
    return replace(
        into,
        kind=content.kind.value,
        title=content.title,
        details=content.details,
        starts=typed_moment(content.starts_at, speech),
        minutes=typed_minutes(content.minutes),
        place=content.place,
        link=content.link,
        access=known,
        access_words=words,
        capacity=str(content.capacity) if content.capacity is not None else "",
        open_to=content.open_to.value,
        organisation=str(content.organisation_id),
        channels=tuple(str(one) for one in content.channels),
        copied_from=content.copied_from or 0,
    )


def typed_moment(moment: datetime, speech: Speech) -> str:
    """A moment as a person would type it, for a form to start with; ``read_moment`` reads it back.
    In Welsh the hour has 2 digits: 2.00 may be in the afternoon, 02.00 is not."""
    local = moment.astimezone(speech.zone)
    clock = speech.clock(local) if speech.language == "en" else f"{local:%H.%M}"
    return f"{speech.day(local.date())}, {clock}"
