"""What people may ask for about events, as data that buttons and forms carry.

``event`` and ``draft`` are ids, ``version`` is what the button's card showed, 0 for typed words.
``kind`` is an ``EventKind``. Form fields keep what people typed. Everything that names nothing (0)
means the newest draft, or the only event that fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenEventForm(Intent):
    """The form for a new event."""

    name: ClassVar[str] = "events.form"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    kind: str = "learning"


@dataclass(frozen=True, kw_only=True)
class TypeEvent(Intent):
    """An event typed in one line."""

    name: ClassVar[str] = "events.type"
    opens_form: ClassVar[bool] = True

    words: str = ""


@dataclass(frozen=True, kw_only=True)
class FillEvent(Intent):
    """The form filled in: for a new draft, for ``draft``, or for an ``event`` that stands.

    ``starts`` is a day and a time, ``minutes`` a length. ``channels`` are ids of conversations.
    ``copied_from`` is the event that this one began as a copy of.
    """

    name: ClassVar[str] = "events.fill"
    opens_form: ClassVar[bool] = True

    kind: str = "learning"
    title: str = ""
    details: str = ""
    starts: str = ""
    minutes: str = ""
    place: str = ""
    link: str = ""
    access: tuple[str, ...] = ()
    access_words: str = ""
    capacity: str = ""
    open_to: str = ""
    organisation: str = ""
    channels: tuple[str, ...] = ()
    draft: int = 0
    event: int = 0
    version: int = 0
    copied_from: int = 0
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenEventDraft(Intent):
    """The form with what is about to be announced."""

    name: ClassVar[str] = "events.draft-form"
    opens_form: ClassVar[bool] = True

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class Announce(Intent):
    """Announce it."""

    name: ClassVar[str] = "events.announce"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class DropEventDraft(Intent):
    """Do not announce it."""

    name: ClassVar[str] = "events.drop"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class ListEvents(Intent):
    """What is coming up that the reader may come to or hosts; with ``words``, only what holds
    them."""

    name: ClassVar[str] = "events.list"
    repeatable: ClassVar[bool] = True

    words: str = ""
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class MyEvents(Intent):
    """What I have a place at, wait for, or host."""

    name: ClassVar[str] = "events.mine"
    repeatable: ClassVar[bool] = True

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowEvent(Intent):
    """One event's card."""

    name: ClassVar[str] = "events.show"
    repeatable: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class JoinEvent(Intent):
    """Count me in: a place, or one in the queue."""

    name: ClassVar[str] = "events.join"

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class LeaveEvent(Intent):
    """I cannot come: the place is free for somebody else."""

    name: ClassVar[str] = "events.leave"

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class ListComing(Intent):
    """Who comes and who waits, for those who look after the event."""

    name: ClassVar[str] = "events.coming"
    repeatable: ClassVar[bool] = True

    event: int = 0
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenEditEvent(Intent):
    """The form with an event that stands."""

    name: ClassVar[str] = "events.edit-form"
    opens_form: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenCancelEvent(Intent):
    """The form to cancel an event with, which asks for a reason."""

    name: ClassVar[str] = "events.cancel-form"
    opens_form: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class CancelEvent(Intent):
    """Cancel an event; everybody who has a place or waits is told."""

    name: ClassVar[str] = "events.cancel"
    opens_form: ClassVar[bool] = True

    event: int = 0
    version: int = 0
    reason: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class CopyEvent(Intent):
    """The form for a new event like this one, on another day."""

    name: ClassVar[str] = "events.copy"
    opens_form: ClassVar[bool] = True

    event: int = 0
