"""What a room contributes: verbs, commands, notices, jobs, undoers, handlers and its gallery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, cast

from core.conversations.model import Conversation
from core.delivery.model import Family, Notice, Withheld
from core.happenings import Happening
from core.journal.model import Deed
from core.kernel.desk import Desk, Office
from core.kernel.texts import Text
from core.members.model import Member
from core.ui.gallery import Example
from core.ui.intents import Intent
from core.ui.replies import Reply
from core.ui.views import View

AnIntent = TypeVar("AnIntent", bound=Intent)
AHappening = TypeVar("AHappening", bound=Happening)


@dataclass(frozen=True, slots=True)
class Verb:
    """An intent and the action that carries it out. ``visitors``: open to who has not joined."""

    intent: type[Intent]
    action: Callable[[Desk, Intent], Reply]
    visitors: bool = False


def verb(
    intent: type[AnIntent], action: Callable[[Desk, AnIntent], Reply], *, visitors: bool = False
) -> Verb:
    """Bind an action to its own kind of intent."""
    return Verb(intent, cast("Callable[[Desk, Intent], Reply]", action), visitors)


@dataclass(frozen=True, slots=True)
class Command:
    """What people type: the words it goes by (English first, then Welsh and other names), how the
    rest of the line becomes an intent, and one line of help with an example."""

    words: tuple[str, ...]
    read: Callable[[str], Intent]
    help: Text
    example: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: how it looks now for one member, or why it is withheld.

    ``essential``: somebody needs its reader to know, so "stop" does not silence it.
    ``wanted``: whether this member wants the kind at all. ``in_time``: whether there is still a
    point in sending it for the first time; a message that stands is still brought up to date.
    ``unasked``: nobody acted with this member just now, Hourbridge itself thought of telling them;
    so it keeps to their day, their days off and the daily cap. ``family``: what they may opt out
    of it by. ``in_channel``: how it looks in a channel, for kinds that are posted there.
    """

    kind: str
    render: Callable[[Office, Notice, Member], View | Withheld]
    essential: bool = False
    wanted: Callable[[Member], bool] = lambda _member: True
    in_time: Callable[[Office, Notice], bool] = lambda _office, _notice: True
    unasked: bool = False
    family: Family = Family.ANSWERS
    in_channel: Callable[[Office, Notice, Conversation], View | Withheld] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work that the clock starts. ``every_minutes`` apart; safe to repeat; returns how much it
    did, and is run again at once while that is not 0 (each run is one transaction).

    Most jobs find in the tables what is due, whenever they run: the present slot makes good what
    was missed. One that works for its slot (``office.slot``) has ``catch_up``: how late a missed
    slot may still be run, each on its own and oldest first.
    """

    name: str
    every_minutes: int
    run: Callable[[Office], int]
    help: str
    catch_up: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Undoer:
    """How one kind of deed is taken back. Raises ``Refusal`` where it no longer can be."""

    kind: str
    undo: Callable[[Desk, Deed], Reply]


@dataclass(frozen=True, slots=True)
class Handler:
    """What a room does when a platform reports something."""

    happening: type[Happening]
    handle: Callable[[Office, Happening], None]


def handler(happening: type[AHappening], handle: Callable[[Office, AHappening], None]) -> Handler:
    """Bind a function to its own kind of happening."""
    return Handler(happening, cast("Callable[[Office, Happening], None]", handle))


@dataclass(frozen=True, slots=True)
class Feature:
    """One room's contribution to the whole."""

    name: str
    verbs: tuple[Verb, ...] = ()
    commands: tuple[Command, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    jobs: tuple[Job, ...] = ()
    undoers: tuple[Undoer, ...] = ()
    handlers: tuple[Handler, ...] = ()
    gallery: Callable[[], Iterable[Example]] = lambda: ()


@dataclass(frozen=True)
class House:
    """All rooms together, looked up by name. Two of one name stop the start."""

    features: tuple[Feature, ...]
    verbs: dict[type[Intent], Verb]
    commands: tuple[Command, ...]
    notices: dict[str, NoticeKind]
    jobs: dict[str, Job]
    undoers: dict[str, Undoer]
    handlers: tuple[Handler, ...] = ()

    def gallery(self) -> Iterator[Example]:
        """Every example of every room."""
        for feature in self.features:
            yield from feature.gallery()


def _by(name: str, things: Iterable[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for thing in things:
        key = getattr(thing, name)
        if key in found:
            raise ValueError(f"two contributions go by {key!r}")
        found[key] = thing
    return found


def house(features: Iterable[Feature]) -> House:
    """Put the rooms together."""
    rooms = tuple(features)
    commands = tuple(command for room in rooms for command in room.commands)
    _by("word", [_Word(word) for command in commands for word in command.words])
    return House(
        rooms,
        _by("intent", (item for room in rooms for item in room.verbs)),
        commands,
        _by("kind", (item for room in rooms for item in room.notices)),
        _by("name", (item for room in rooms for item in room.jobs)),
        _by("kind", (item for room in rooms for item in room.undoers)),
        tuple(item for room in rooms for item in room.handlers),
    )


@dataclass(frozen=True)
class _Word:
    word: str
