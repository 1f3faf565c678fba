"""An event's funnel: how many were told, said yes, came and answered. Counts only, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.delivery.model import DeliveryState, Withheld
from core.events.attending_intents import AskHours, ShowAnswers, ShowHours
from core.events.attending_views import ref_of, room_code, tick_list
from core.events.follow_up_views import USEFUL, Answers
from core.events.model import Event, EventState, Funnel
from core.events.seen import title_of, when_words
from core.kernel.texts import Text, _, plural
from core.ui.paging import turn
from core.ui.views import (
    Actions,
    Block,
    Button,
    Divider,
    Fact,
    Facts,
    Heading,
    Link,
    Paragraph,
    Quote,
    View,
    view,
)

PAGE = 5
"""Answers in people's own words on one page."""


_OUTCOMES = {
    DeliveryState.SENT: _("Posted"),
    DeliveryState.WAITING: _("Waiting to be posted"),
    DeliveryState.REFUSED: _("Refused by the chat"),
    DeliveryState.UNREACHABLE: _("Channel not reached"),
}
_WITHHELD = {
    Withheld.TOO_LATE: _("Not posted: it was too late"),
    Withheld.CANCELLED: _("Not posted: it was taken back"),
}
_OTHERS = _("Not posted")


def announcement_facts(outcomes: Mapping[tuple[str, str], int]) -> tuple[Fact, ...]:
    """In how many channels it is announced, and what became of each: the counts add up."""
    if not outcomes:
        return (Fact(_("Announced in"), _("No channel")),)
    by_label = Counter[Text]()
    for (state, why), count in outcomes.items():
        by_label[_outcome(state, why)] += count
    total = sum(by_label.values())
    channels = plural("{count} channel", "{count} channels", total)
    return (
        Fact(_("Announced in"), channels),
        *(Fact(label, f"{count}") for label, count in by_label.items()),
    )


def _outcome(state: str, why: str) -> Text:
    if state == DeliveryState.WITHHELD:
        return next((text for one, text in _WITHHELD.items() if one == why), _OTHERS)
    return next((text for one, text in _OUTCOMES.items() if one == state), _OTHERS)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the card shows. ``answers`` are for the host alone; ``asked``: the host has asked
    for their hours."""

    event: Event
    now: datetime
    funnel: Funnel
    outcomes: Mapping[tuple[str, str], int]
    hosting: bool
    answers: Answers | None
    asked: bool
    poster: str


def funnel_view(seen: Outlook) -> View:
    """The card."""
    event = seen.event
    return view(
        Heading(title_of(event)),
        Paragraph(when_words(event)),
        Facts(_counts(seen)),
        *_answers(seen),
        Heading(_("Announcement")),
        Facts(announcement_facts(seen.outcomes)),
        Actions(_actions(seen)),
        summary=_("What came of {title}", title=title_of(event)),
    )


def _counts(seen: Outlook) -> tuple[Fact, ...]:
    funnel = seen.funnel
    return (
        Fact(_("Told in their own chat"), f"{funnel.told}"),
        Fact(_("Said they were coming"), f"{funnel.coming}"),
        Fact(_("In the queue"), f"{funnel.waiting}"),
        Fact(_("Cannot come after all"), f"{funnel.left}"),
        Fact(_("Came"), f"{funnel.came}"),
        Fact(_("Of these, without signing up"), f"{funnel.walk_ups}"),
        Fact(_("Answered the questions"), f"{funnel.answered}"),
    )


def _answers(seen: Outlook) -> tuple[Block, ...]:
    """What the host sees of the answers: counts, and the way to people's own words."""
    answers, event = seen.answers, seen.event
    if answers is None or not seen.funnel.came:
        return ()
    counts = zip(USEFUL.values(), answers.useful, strict=True)
    useful = Facts(tuple(Fact(label, f"{count}") for label, count in counts))
    quiet = _(
        "Answers show here from {moment}, all at once and without names, if 3 people or more have "
        "answered.",
        moment=event.answers_until,
    )
    return (
        *((Heading(_("Was it useful?")), useful) if any(answers.useful) else ()),
        Paragraph(quiet, quiet=True),
    )


def _actions(seen: Outlook) -> tuple[Button | Link, ...]:
    event, ref = seen.event, ref_of(seen.event)
    if event.state is EventState.CANCELLED:
        return ()
    found: list[Button | Link] = []
    if seen.now >= event.ticked_from:
        found.append(tick_list(event))
    found.append(room_code(event))
    if seen.answers is not None and seen.answers.words:
        label = _("What they will try")
        found.append(Button(label, ShowAnswers(event=event.id), f"answers {ref}"))
    if seen.hosting:
        hours = (
            Button(_("My hours for hosting"), ShowHours(event=event.id), f"hosting {ref}")
            if seen.asked
            else Button(_("Ask for my hours"), AskHours(event=event.id), f"earn {ref}")
        )
        found.append(hours)
    if event.ends_at > seen.now:
        found.append(Link(_("Poster to print"), seen.poster))
    return tuple(found)


def answers_view(event: Event, words: Sequence[str], page: int, of: int) -> View:
    """What people will try, in their own words."""
    if not words:
        nothing = _(
            "What people write shows here from {moment}, all at once and without names, if 3 "
            "people or more have written something.",
            moment=event.answers_until,
        )
        return view(Heading(title_of(event)), Paragraph(nothing))
    return view(
        Heading(_("What they will try")),
        Paragraph(title_of(event)),
        *(block for one in words for block in (Quote(one), Divider())),
        turn(ShowAnswers(event=event.id), page, of, f"answers {ref_of(event)}"),
        summary=_("What they will try"),
    )
