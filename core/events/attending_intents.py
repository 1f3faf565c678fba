"""What people may ask for around an event: attendance, what came of it, and the host's hours.

``event`` is an id; 0 means the only event that fits. ``version`` is what the button's card showed
of a host's hours, 0 for typed words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class ShowRoomCode(Intent):
    """The code that people in the room type to be ticked off."""

    name: ClassVar[str] = "events.room-code"

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class CheckIn(Intent):
    """The code as typed in the room."""

    name: ClassVar[str] = "events.check-in"
    opens_form: ClassVar[bool] = True

    code: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenAttendance(Intent):
    """The tick list of one event."""

    name: ClassVar[str] = "events.attendance-form"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    event: int = 0
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class TakeAttendance(Intent):
    """The tick list filled in: of the members ``shown`` these ``came``, the others did not.
    ``ticked`` are those who were ticked when the list was opened."""

    name: ClassVar[str] = "events.attendance"
    opens_form: ClassVar[bool] = True

    event: int = 0
    page: int = 0
    shown: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddWalkUp(Intent):
    """Somebody came without having said so: by name, or ``chosen`` among several of that name."""

    name: ClassVar[str] = "events.walk-up"
    opens_form: ClassVar[bool] = True

    event: int = 0
    who: str = ""
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerUseful(Intent):
    """Whether it was useful: "yes", "partly" or "no"."""

    name: ClassVar[str] = "events.useful"

    event: int = 0
    useful: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenNext(Intent):
    """The form that asks what I will try because of it."""

    name: ClassVar[str] = "events.next-form"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class SayNext(Intent):
    """What I will try because of it; no words blank it."""

    name: ClassVar[str] = "events.next"
    opens_form: ClassVar[bool] = True

    event: int = 0
    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowFunnel(Intent):
    """What became of an event, in counts."""

    name: ClassVar[str] = "events.funnel"
    repeatable: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowAnswers(Intent):
    """What people will try because of an event, for its host."""

    name: ClassVar[str] = "events.answers"
    repeatable: ClassVar[bool] = True

    event: int = 0
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class AskHours(Intent):
    """Ask for the host's hours, from the ``pot`` "organisation" or "community". Without
    ``minutes``, the form that asks."""

    name: ClassVar[str] = "events.ask-hours"
    opens_form: ClassVar[bool] = True

    event: int = 0
    minutes: str = ""
    pot: str = ""


@dataclass(frozen=True, kw_only=True)
class ListHours(Intent):
    """The hosts' hours that wait for me to decide."""

    name: ClassVar[str] = "events.list-hours"
    repeatable: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ShowHours(Intent):
    """One host's hours, by the event."""

    name: ClassVar[str] = "events.show-hours"
    repeatable: ClassVar[bool] = True

    event: int = 0


@dataclass(frozen=True, kw_only=True)
class ApproveHours(Intent):
    """Yes, the host earns these hours once the event was held."""

    name: ClassVar[str] = "events.approve-hours"

    event: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class DeclineHours(Intent):
    """No, not from this pot."""

    name: ClassVar[str] = "events.decline-hours"

    event: int = 0
    version: int = 0
