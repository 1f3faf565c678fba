"""What is typed about events. Some words ("join", "edit", "cancel") stand for other things too:
the reference behind them says which is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.commands import PlainWords
from core.events.intents import (
    CancelEvent,
    DropEventDraft,
    JoinEvent,
    LeaveEvent,
    OpenCancelEvent,
    OpenEditEvent,
    OpenEventDraft,
    OpenEventForm,
    ShowEvent,
    TypeEvent,
)
from core.kernel.references import read_reference
from core.ui.intents import Intent

LETTER = "V"
_EVENT = frozenset(("event", "the event", "digwyddiad", "y digwyddiad"))


def event_named(rest: str) -> tuple[int, str]:
    """The event whose reference ``rest`` begins with, with or without the word "event", and the
    words after it; 0 where it begins with none."""
    words = rest.split()
    if words and words[0].casefold() in _EVENT:
        words = words[1:]
    first = words[0] if words else ""
    found = read_reference(first.rstrip(",.:"))
    # "vvvv" is a word, not a reference.
    if found is None or found[0] != LETTER or not re.search(r"[-\d]", first):
        return 0, rest
    return found[1], rest[rest.index(first) + len(first) :].strip()


def _or_event(
    otherwise: Callable[[str], Intent], make: Callable[[int, str], Intent], *, bare: bool = False
) -> Callable[[str], Intent]:
    """A verb of another room, which means an event where the reference is one's. ``bare``: the
    word "event" alone is enough."""

    def read(rest: str) -> Intent:
        event, more = event_named(rest)
        if event:
            return make(event, more)
        if bare and rest.strip().casefold() in _EVENT:
            return make(0, "")
        return otherwise(rest)

    return read


def or_join(otherwise: Callable[[str], Intent]) -> Callable[[str], Intent]:
    """``join V-7K2``, else what ``join`` means alone."""
    return _or_event(otherwise, lambda event, _more: JoinEvent(event=event))


def or_leave(otherwise: Callable[[str], Intent]) -> Callable[[str], Intent]:
    """``leave event V-7K2``, ``leave V-7K2`` or ``leave event``, else leaving Hourbridge."""
    return _or_event(otherwise, lambda event, _more: LeaveEvent(event=event), bare=True)


def or_edit(otherwise: Callable[[str], Intent]) -> Callable[[str], Intent]:
    """``edit V-7K2``, else another thing."""
    return _or_event(otherwise, lambda event, _more: OpenEditEvent(event=event), bare=True)


def or_cancel(otherwise: Callable[[str], Intent]) -> Callable[[str], Intent]:
    """``cancel V-7K2``, with the reason after it or asked for, else another thing."""
    return _or_event(otherwise, _cancel, bare=True)


def _cancel(event: int, reason: str) -> Intent:
    return CancelEvent(event=event, reason=reason) if reason else OpenCancelEvent(event=event)


def read_event(rest: str) -> Intent:
    """``event`` alone opens the form, ``event V-7K2`` shows one, other words announce one."""
    if not rest:
        return OpenEventForm()
    if rest.casefold() in ("change", "newid"):
        return OpenEventDraft()
    if rest.casefold() in ("drop", "gollwng"):
        return DropEventDraft()
    event, more = event_named(rest)
    return ShowEvent(event=event) if event and not more else TypeEvent(words=rest)


def on_event(word: str, make: Callable[[int], Intent]) -> Callable[[str], Intent]:
    """A verb of this room alone, with the reference of an event after it: "coming, see you soon"
    is a message to somebody."""

    def read(rest: str) -> Intent:
        event, more = event_named(rest)
        if not event or more:
            return PlainWords(words=f"{word} {rest}".strip(), nearest="my events")
        return make(event)

    return read
