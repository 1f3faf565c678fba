"""What is typed about attendance, follow-up and the host's hours. Where the words after a verb are
none that it takes, the line is plain words: "try the other door" answers no question."""

from __future__ import annotations

from collections.abc import Callable

from core.commands import PlainWords
from core.events import attending_intents as do
from core.events.typed import event_named
from core.ui.intents import Intent

_USEFUL = {
    **dict.fromkeys(("yes", "ie", "do", "oedd"), "yes"),
    **dict.fromkeys(("partly", "rhannol", "yn rhannol"), "partly"),
    **dict.fromkeys(("no", "na", "naddo", "nac oedd"), "no"),
}
_APPROVE, _DECLINE = ("approve", "cymeradwyo"), ("decline", "gwrthod")


def _plain(word: str, rest: str, nearest: str) -> Intent:
    return PlainWords(words=f"{word} {rest}".strip(), nearest=nearest)


def on_mine(word: str, make: Callable[[int], Intent]) -> Callable[[str], Intent]:
    """A verb about an event: the one whose reference follows, or the only one that fits."""

    def read(rest: str) -> Intent:
        event, more = event_named(rest)
        return _plain(word, rest, word) if more else make(event)

    return read


def walk_up(rest: str) -> Intent:
    """``walkup V-7K2 Ana Ward``."""
    event, who = event_named(rest)
    return do.AddWalkUp(event=event, who=who)


def useful(rest: str) -> Intent:
    """``useful V-7K2 yes``, or the answer alone for the last event."""
    event, said = event_named(rest)
    answer = _USEFUL.get(said.casefold().strip(".!"))
    if answer is None:
        return _plain("useful", rest, "my events")
    return do.AnswerUseful(event=event, useful=answer)


def say_next(rest: str) -> Intent:
    """``try V-7K2`` opens the form, ``try V-7K2 a run chart`` answers."""
    event, said = event_named(rest)
    if not event:
        return _plain("try", rest, "my events")
    return do.SayNext(event=event, words=said) if said else do.OpenNext(event=event)


def earn(rest: str) -> Intent:
    """``earn V-7K2``, with the time after it or asked for."""
    event, minutes = event_named(rest)
    if not event and minutes:
        return _plain("earn", rest, "give")
    return do.AskHours(event=event, minutes=minutes)


def hosting(rest: str) -> Intent:
    """``hosting`` lists what waits; ``hosting approve V-7K2`` and ``hosting decline V-7K2``
    decide, and ``hosting V-7K2`` shows one."""
    head, _space, tail = rest.partition(" ")
    if not rest:
        return do.ListHours()
    event, more = event_named(rest)
    if event and not more:
        return do.ShowHours(event=event)
    event, more = event_named(tail)
    if event and not more and head.casefold() in _APPROVE:
        return do.ApproveHours(event=event)
    if event and not more and head.casefold() in _DECLINE:
        return do.DeclineHours(event=event)
    return _plain("hosting", rest, "my events")
