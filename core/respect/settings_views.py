"""What people see of when and how often they are written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.conversations.times import HOURS, WEEKDAYS
from core.delivery.model import Family
from core.home.undo import Undo
from core.kernel.clock_words import hour_words
from core.kernel.texts import Text, Words, _
from core.respect.intents import EndLeave, OpenQuiet, SaveQuiet
from core.respect.model import Pattern, Preferences
from core.respect.reading import WEEK_LONGEST
from core.respect.words import FAMILIES, NATIONS, PATTERNS, joined, pattern_words
from core.ui.forms import (
    ChoiceField,
    Field,
    Form,
    ManyChoicesField,
    MomentField,
    Option,
    TextField,
)
from core.ui.views import Actions, Button, Fact, Facts, Note, Paragraph, View, view

FEW, USUAL, ALL = "few", "usual", "all"
CAPS: dict[str, int | None] = {FEW: 2, USUAL: None, ALL: 1000}
"""What the three answers to "how much" stand for, in messages a day."""


@dataclass(frozen=True, slots=True)
class Present:
    """A member's preferences as they stand today. ``week`` are the words for a week of their own;
    ``usual_cap`` is what the system's policy says."""

    preferences: Preferences
    today: date
    usual_cap: int
    silent: bool = False
    week: str = ""

    @property
    def leave(self) -> tuple[date, date] | None:
        """The first and last day of leave, where it is not over."""
        first, last = self.preferences.leave_from, self.preferences.leave_until
        if first is None or last is None or last < self.today:
            return None
        return first, last

    @property
    def cap(self) -> str:
        """Which of the three answers to "how much" stands."""
        return next(
            (name for name, cap in CAPS.items() if cap == self.preferences.daily_cap), USUAL
        )

    @property
    def on(self) -> tuple[Family, ...]:
        """The kinds of message that the member gets."""
        return tuple(
            one
            for one in FAMILIES
            if (
                self.preferences.digest if one is Family.DIGEST else one not in self.preferences.off
            )
        )


def quiet_form(present: Present, seen: int) -> Form:
    """All preferences, filled in."""
    return Form(
        _("When may Hourbridge write to you?"),
        SaveQuiet(seen=seen),
        (*_hours(present), *_leave(present), *_amount(present), *_digest(present)),
        _("Save"),
        (
            Paragraph(
                _(
                    "News is what Hourbridge tells you without anybody writing to you, such as an "
                    "ask that fits you or an event."
                )
            ),
        ),
    )


def _hours(present: Present) -> tuple[Field, ...]:
    preferences = present.preferences
    return (
        ChoiceField(
            "pattern",
            _("Write to me"),
            tuple(Option(one.value, words) for one, words in PATTERNS.items()),
            preferences.pattern.value,
        ),
        TextField(
            "week",
            _("A week of my own"),
            present.week,
            _("For example Mon-Fri 9am to 5pm, Sat 10pm to 6am"),
            required=False,
            longest=WEEK_LONGEST,
        ),
        ChoiceField(
            "nation",
            _("No news on bank holidays in"),
            tuple(Option(one.value, words) for one, words in NATIONS.items()),
            preferences.nation.value,
        ),
    )


def _leave(present: Present) -> tuple[Field, ...]:
    first, last = present.leave or (None, None)
    return (
        MomentField(
            "leave_from",
            _("First day away"),
            first.isoformat() if first else "",
            _("While you are away, everything waits. Leave this empty if you are not going away."),
            required=False,
        ),
        MomentField(
            "leave_until",
            _("Last day away"),
            last.isoformat() if last else "",
            required=False,
        ),
    )


def _amount(present: Present) -> tuple[Field, ...]:
    few = _("Little: at most {count} a day", count=CAPS[FEW] or 0)
    usual = _("The usual: at most {count} a day", count=present.usual_cap)
    return (
        ChoiceField(
            "cap",
            _("How much news?"),
            (
                Option(FEW, few),
                Option(USUAL, usual),
                Option(ALL, _("As much as there is")),
            ),
            present.cap,
        ),
        ManyChoicesField(
            "kinds",
            _("Write to me about"),
            tuple(Option(one.value, words) for one, words in FAMILIES.items()),
            tuple(one.value for one in present.on),
            _("What people write to you in an exchange always comes."),
        ),
    )


def _digest(present: Present) -> tuple[Field, ...]:
    preferences = present.preferences
    return (
        ChoiceField(
            "digest_weekday",
            _("Weekly digest on"),
            tuple(Option(str(day), words) for day, words in enumerate(WEEKDAYS)),
            str(preferences.digest_weekday),
        ),
        ChoiceField(
            "digest_hour",
            _("Weekly digest at"),
            tuple(Option(str(hour), hour_words(hour)) for hour in range(HOURS)),
            str(preferences.digest_hour),
        ),
    )


def kept_view(present: Present, said: Text, *, undo: int = 0) -> View:
    """What was done, and all that now holds. ``undo`` is the deed's version, where there is one."""
    undoing = Undo(kind="respect", object_id=present.preferences.member_id, version=undo)
    buttons = [Button(_("Undo"), undoing, "undo")] if undo else []
    if present.leave is not None:
        buttons.append(Button(_("I am back"), EndLeave(), "back"))
    buttons.append(Button(_("Change"), OpenQuiet(), "quiet"))
    return view(
        Note(said, "success" if undo else "info"),
        Facts(tuple(_facts(present))),
        Note(
            _(
                "You typed stop, so you only hear what waits for you and what changes in your "
                "events. Type start for the rest."
            )
        )
        if present.silent
        else None,
        Actions(tuple(buttons)),
        summary=said,
    )


def _facts(present: Present) -> list[Fact]:
    preferences = present.preferences
    when = Fact(_("Hourbridge writes to you"), pattern_words(preferences))
    facts = [when, Fact(_("Bank holidays"), _bank_holidays(preferences))]
    if present.leave is not None:
        first, last = present.leave
        facts.append(Fact(_("Everything waits"), _("{first} to {last}", first=first, last=last)))
    facts.append(Fact(_("News a day"), _cap(present)))
    facts.append(Fact(_("Weekly digest"), _digest_words(preferences)))
    return [*facts, Fact(_("Written to about"), _kinds(present))]


def _bank_holidays(preferences: Preferences) -> Words:
    if preferences.pattern is Pattern.ANY_TIME or preferences.nation not in _HELD_IN:
        return _("Like other days")
    return _("No news on bank holidays in {nation}", nation=NATIONS[preferences.nation])


_HELD_IN = tuple(NATIONS)[1:]


def _cap(present: Present) -> Text:
    if present.cap == ALL:
        return _("As much as there is")
    return _("At most {count}", count=present.preferences.daily_cap or present.usual_cap)


def _digest_words(preferences: Preferences) -> Text:
    if not preferences.digest:
        return _("Off")
    hour = hour_words(preferences.digest_hour)
    return _("{day}, {hour}", day=WEEKDAYS[preferences.digest_weekday], hour=hour)


def _kinds(present: Present) -> Text:
    if not present.on:
        return _("Your exchanges alone")
    return joined(
        [FAMILIES[one] for one in present.on],
        lambda first, second: _("{first}, {second}", first=first, second=second),
    )
