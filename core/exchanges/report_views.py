"""What people see around reports and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.exchanges.safety_intents import (
    CloseReport,
    ListBlocked,
    ListReports,
    SendReport,
    Unblock,
)
from core.exchanges.views import PAGE
from core.kernel.references import reference
from core.kernel.texts import NOTHING, Words, _
from core.ui.forms import Form, LongTextField, TextField
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Quote,
    View,
    view,
)

REPORT_LONGEST = 1000
WHAT_LONGEST = 80
REPORTS_PAGE = 3
"""A report may hold 3,000 characters of words: three of them fit every chat."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as a lead reads it. ``quoted`` are the words reported, where it is about words."""

    report_id: int
    reporter: Words
    about: Words
    words: str
    at: datetime
    quoted: str = ""
    open: bool = True

    @property
    def ref(self) -> str:
        """The report's short reference."""
        return reference("R", self.report_id)


def report_form(key: str, about: str, described: Words, what: str = "", words: str = "") -> Form:
    """What is wrong. What it is about is asked only where no button said so."""
    asked = TextField(
        "what",
        _("What is it about?"),
        what,
        _("A reference such as A-7K2 or E-7K2, or the name of a member"),
        longest=WHAT_LONGEST,
    )
    return Form(
        _("Report something"),
        SendReport(about=about, key=key),
        (
            *(() if about else (asked,)),
            LongTextField(
                "words",
                _("What is wrong?"),
                words,
                _("Leave out patient details."),
                longest=REPORT_LONGEST,
            ),
        ),
        _("Send the report"),
        (
            *((Facts((Fact(_("About"), described),)),) if described else ()),
            Paragraph(
                _(
                    "A lead of your organisation reads it, never the person it is about. "
                    "If someone is in danger, call 999."
                )
            ),
        ),
    )


def reported_view(organisation: str, safeguarding: str) -> View:
    """The report has gone; whom to ask where someone may be at risk."""
    return view(
        Note(_("Thank you. Your report has been sent."), "success"),
        Paragraph(
            _(
                "If you are worried about someone's safety, do not wait for an answer here. "
                "Follow your organisation's safeguarding policy. In an emergency call 999."
            )
        ),
        Facts((Fact(_("Safeguarding at {place}", place=organisation), safeguarding),))
        if safeguarding
        else None,
    )


def report_view(shown: Reported, news: Note | None = None) -> View:
    """One report, for a lead."""
    return view(
        news,
        Heading(_("Report {reference}", reference=shown.ref)),
        Facts(
            (
                Fact(_("About"), shown.about),
                Fact(_("From"), shown.reporter),
                Fact(_("When"), _("{moment}", moment=shown.at)),
            )
        ),
        Quote(shown.words, shown.reporter) if shown.words else None,
        Quote(shown.quoted, _("The words that were reported")) if shown.quoted else None,
        Actions((_close(shown),)) if shown.open else None,
        summary=news.text if news else _("A member has sent a report"),
    )


def _close(shown: Reported) -> Button:
    done = CloseReport(report=shown.report_id)
    return Button(_("Dealt with"), done, f"dealt {reference('R', shown.report_id)}", "primary")


def reports_view(reports: tuple[Reported, ...], page: int, total: int) -> View:
    """A page of reports that wait, newest first."""
    if not reports:
        return view(Heading(_("Reports")), Paragraph(_("No report waits for you.")))
    return view(
        Heading(_("Reports")),
        Items(
            tuple(
                Item(
                    _("{reference}: {about}", reference=shown.ref, about=shown.about),
                    tuple(
                        line
                        for line in (
                            _("From {name}, {moment}", name=shown.reporter, moment=shown.at),
                            shown.words,
                            _("They wrote: {words}", words=shown.quoted)
                            if shown.quoted
                            else NOTHING,
                        )
                        if line
                    ),
                    (_close(shown),),
                )
                for shown in reports
            )
        ),
        turn(ListReports(), page, pages(total, REPORTS_PAGE), "reports"),
    )


def blocked_view(
    people: tuple[tuple[int, Words], ...], news: Note | None = None, page: int = 0
) -> View:
    """Whom this member has blocked, a page of them."""
    shown = people[page * PAGE : (page + 1) * PAGE]
    if not people:
        return view(news, Heading(_("People you have blocked")), Paragraph(_("Nobody.")))
    return view(
        news,
        Heading(_("People you have blocked")),
        Items(
            tuple(
                Item(name, (), (Button(_("Unblock"), Unblock(member=member_id)),))
                for member_id, name in shown
            )
        ),
        turn(ListBlocked(), page, pages(len(people), PAGE), "blocked"),
    )


def block_done_view(name: Words, *, kept: int) -> View:
    """Blocked; ``kept`` agreed exchanges between the two go on."""
    return view(
        Note(_("You have blocked {name}. They are not told.", name=name), "success"),
        Paragraph(
            _(
                "What you two have already agreed stays, without messages. "
                "You can still confirm or cancel it."
            )
        )
        if kept
        else None,
        Actions((Button(_("People you have blocked"), ListBlocked(), "blocked"),)),
    )
