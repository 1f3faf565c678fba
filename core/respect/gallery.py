"""Every view and form of the room of respect, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from core.delivery.model import Family
from core.exchanges.intents import Confirm, OpenAccept, ShowExchange
from core.kernel.texts import _
from core.respect.catch_up_views import catch_up_view
from core.respect.model import Nation, Pattern, Preferences
from core.respect.reading import read_week
from core.respect.settings_views import Present, kept_view, quiet_form
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Actions, Button, Heading, Note, Paragraph, View, view

_TODAY = date(2026, 8, 6)
_USUAL = Present(Preferences(3), _TODAY, 5)
_WEEK = "Monday to Friday, 9am to 12.30pm and 1.30pm to 5pm; Saturday, 10pm to 6am; Sunday, all day"
_OWN = Present(
    Preferences(
        3,
        digest_weekday=4,
        digest_hour=12,
        pattern=Pattern.OWN,
        week=read_week(_WEEK),
        nation=Nation.NORTHERN_IRELAND,
        leave_from=date(2026, 8, 3),
        leave_until=date(2026, 8, 17),
        daily_cap=2,
        off=(Family.EVENTS,),
    ),
    _TODAY,
    5,
    week=_WEEK,
)
_LITTLE = Present(
    Preferences(
        3,
        digest=False,
        pattern=Pattern.ANY_TIME,
        nation=Nation.NONE,
        daily_cap=1000,
        off=(Family.MATCHES, Family.EVENTS, Family.REMINDERS),
    ),
    _TODAY,
    5,
    silent=True,
)


def examples() -> Iterator[Example]:
    """The form, what holds after it in short and in full, and what was held back."""
    yield Example("respect.form", quiet_form(_USUAL, 7))
    yield Example("respect.form-own-week", quiet_form(_OWN, 7))
    saved = _("Your settings are saved.")
    yield Example("respect.saved", kept_view(_USUAL, saved, undo=7))
    yield Example("respect.saved-own-week", kept_view(_OWN, saved, undo=7))
    yield Example("respect.saved-little", kept_view(_LITTLE, saved, undo=7))
    nights = replace(_USUAL, preferences=replace(_USUAL.preferences, pattern=Pattern.NIGHTS))
    yield Example("respect.unchanged", kept_view(nights, _("Nothing has changed.")))
    yield Example("respect.caught-up", catch_up_view(_held(), away=True))
    yield Example("respect.caught-up-much", catch_up_view(_held() + _many(), away=False))


def _held() -> tuple[View, ...]:
    accept = Button(_("Accept"), OpenAccept(exchange=7, version=1), "accept E-7K2", "primary")
    show = Button(_("Open"), ShowExchange(exchange=7), "show E-7K2")
    confirm = Button(_("Confirm"), Confirm(exchange=8, version=3), "confirm E-7K3", "primary")
    return (
        view(
            Note(_("{name} can help you.", name="Ben Lowe")),
            Heading("Run charts for beginners"),
            Actions((accept, show)),
        ),
        view(
            Note(_("{name} says that this is done.", name="Zofia Nowak")),
            Heading("A poster for the ward"),
            Actions((confirm,)),
        ),
        view(Heading(HOSTILE), Paragraph(HOSTILE), Actions((show,)), summary=HOSTILE),
    )


def _many() -> tuple[View, ...]:
    return tuple(
        view(
            Heading(_("A message from {name}", name="Ana Ward")),
            Actions((Button(_("Open"), ShowExchange(exchange=number), f"show E-{number}"),)),
            summary=_("{name} sent you a message", name="Ana Ward"),
        )
        for number in range(20, 40)
    )
