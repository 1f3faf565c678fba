"""What is wrong, in a sentence for whoever runs it, and the command that helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery_figures import Report
from core.delivery.model import DeliveryState, Pause
from core.delivery.settle import UNRENDERED
from core.words import Speech
from storage.figures import Lane

TOO_LONG = timedelta(minutes=15)
"""A delivery that has been due for longer than this is late."""
GUIDE = "docs/delivery-faults.md"
_SAY = Speech()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong. ``anchor``: where the guide tells more."""

    words: str
    command: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What is looked at to tell."""

    report: Report
    pauses: Sequence[Pause]
    failing: Mapping[str, int]
    """Slots that failed, by job, in the last 24 hours."""
    missed: Mapping[str, int]
    pumping: bool
    now: datetime


def troubles(signs: Signs) -> list[Trouble]:
    """Everything that is wrong, the worst first; empty where all is well."""
    return [
        *_of_the_whole(signs),
        *_of_pauses(signs),
        *_of_lanes(signs),
        *_of_jobs(signs),
        *_of_outcomes(signs),
    ]


def _of_the_whole(signs: Signs) -> Iterator[Trouble]:
    report = signs.report
    if not signs.pumping:
        yield Trouble(
            "This server is not sending messages. Its log says why.",
            "hourbridge deliveries",
            "no-messages-go-out",
        )
    if not report.adds_up:
        yield Trouble(
            f"{abs(report.unexplained):,} messages have no outcome that Hourbridge knows.",
            "hourbridge audit",
            "the-figures-do-not-add-up",
        )


def _of_pauses(signs: Signs) -> Iterator[Trouble]:
    for pause in signs.pauses:
        where = " ".join(part for part in (pause.platform, pause.tenant) if part)
        what = f"Messages to {where} are" if where else "All messages are"
        since = _SAY.moment(pause.since)
        yield Trouble(
            f"{what} paused, since {since}. They wait until they are resumed.",
            f"hourbridge resume {where}".strip(),
            "messages-are-paused",
        )


def _of_lanes(signs: Signs) -> Iterator[Trouble]:
    for lane in signs.report.lanes:
        late = lane.oldest_due is not None and signs.now - lane.oldest_due > TOO_LONG
        if not late or lane.oldest_due is None or paused(lane, signs.pauses):
            continue
        where = f"{lane.platform} {lane.tenant}".strip() or "people with no chat"
        age = _length(signs.now - lane.oldest_due)
        if lane.due == 1:
            words = f"1 message to {where} has been due for {age}."
        else:
            words = f"{lane.due:,} messages to {where} are due, the oldest for {age}."
        if lane.held_until is not None:
            until = _SAY.moment(lane.held_until)
            words += f" It asked for time until {until}. They go on by themselves then."
            anchor = "a-platform-asks-for-time"
        else:
            anchor = "messages-to-one-place-are-late"
        narrowed = f" --platform {lane.platform} --tenant {lane.tenant}" if lane.tenant else ""
        yield Trouble(words, f"hourbridge deliveries{narrowed}", anchor)


def _of_jobs(signs: Signs) -> Iterator[Trouble]:
    for name, many in sorted(signs.failing.items()):
        times = "once" if many == 1 else f"{many:,} times"
        words = f"The job {name} has failed {times} in the last 24 hours."
        yield Trouble(words, f"hourbridge jobs runs {name}", "a-job-fails")
    for name, many in sorted(signs.missed.items()):
        times = "1 time" if many == 1 else f"{many:,} times"
        words = f"The job {name} was too late to run {times} in the last 24 hours."
        yield Trouble(words, f"hourbridge jobs runs {name}", "a-job-was-missed")


def _of_outcomes(signs: Signs) -> Iterator[Trouble]:
    report = signs.report
    refused = report.all.states[DeliveryState.REFUSED.value]
    if refused:
        words, them = (
            ("1 message was", "it") if refused == 1 else (f"{refused:,} messages were", "them")
        )
        yield Trouble(
            f"{words} refused, which is a fault of Hourbridge. Report the reason below. When it is "
            f"mended, send {them} again.",
            "hourbridge deliveries retry --state refused",
            "messages-are-refused",
        )
    unrendered = report.reasons.get((DeliveryState.WAITING.value, UNRENDERED), 0)
    if unrendered:
        many = "1 message" if unrendered == 1 else f"{unrendered:,} messages"
        yield Trouble(
            f"{many} cannot be rendered, which is a fault of Hourbridge. The log says where. It is "
            "tried again for almost 3 days.",
            "hourbridge deliveries",
            "a-message-cannot-be-rendered",
        )


def paused(lane: Lane, pauses: Sequence[Pause]) -> bool:
    """Whether an operator has paused what goes there."""
    return any(one.covers(lane.platform, lane.tenant) for one in pauses)


def _length(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    if hours < 48:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{hours // 24} days"
