"""What a member reads about their own hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _
from core.ledger.intents import Give, ShowBalance, ShowStatement
from core.ledger.model import Account
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
    View,
    view,
)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One row: the day it was for the reader, what it was, minutes, and the balance after it."""

    day: date
    what: Words
    minutes: int
    balance: int


def statement_button() -> Button:
    """To the statement."""
    return Button(_("Statement"), ShowStatement(), "statement")


def balance_button() -> Button:
    """To the balance."""
    return Button(_("Balance"), ShowBalance(), "balance")


def balance_view(account: Account, low: int, high: int) -> View:
    """The balance in words; ``low`` and ``high`` are where a friendly word is added."""
    facts = [Fact(_("Your balance"), spoken(account.balance))]
    if account.reserved:
        facts += [
            Fact(_("Set aside for what you have agreed"), spoken(account.reserved)),
            Fact(_("Left when that is done"), spoken(account.available)),
        ]
    return view(
        Heading(_("Your hours")),
        Facts(tuple(facts)),
        _floor(account),
        _nudge(account, low, high),
        Paragraph(_("Only you see this."), quiet=True),
        Actions((statement_button(), Button(_("Give hours"), Give(), "give"))),
        summary=_("Your hours"),
    )


def _floor(account: Account) -> Paragraph | None:
    if account.floor is None:
        return None
    room = account.available - account.floor
    if room <= 0:
        return Paragraph(
            _(
                "You have received as much help as you can for now. When you help someone, "
                "you can ask again."
            )
        )
    return Paragraph(
        _(
            "You can receive {room} of help. You do not have to give first: your balance "
            "can go down to {floor}.",
            room=spoken(room),
            floor=spoken(account.floor),
        )
    )


def _nudge(account: Account, low: int, high: int) -> Note | None:
    if account.balance <= low:
        return Note(
            _(
                "You have received a lot of help, and that is what this is for. When you have "
                "an hour, type offer and say what you could help with."
            )
        )
    if account.balance >= high:
        return Note(
            _(
                "You have a lot of hours to use. Type ask to get help with something, or give "
                "some to a colleague or the community pot."
            )
        )
    return None


def statement_view(lines: Sequence[StatementLine], page: int, pages: int) -> View:
    """A page of a statement, newest first. Pages count from 1."""
    if not lines:
        return view(
            Heading(_("Your statement")),
            Paragraph(_("No hours have moved yet.")),
            Actions((balance_button(),)),
        )
    caption: Text = _("Newest first")
    if pages > 1:
        caption = _("Page {page} of {pages}, newest first", page=page, pages=pages)
    buttons: list[Button] = []
    if page < pages:
        buttons.append(_page(_("Older"), page + 1))
    if page > 1:
        buttons.append(_page(_("Newer"), page - 1))
    return view(
        Heading(_("Your statement")),
        Table(
            caption,
            (_("Date"), _("What"), _("Time"), _("Balance after")),
            tuple(
                (_("{day}", day=line.day), line.what, spoken(line.minutes), spoken(line.balance))
                for line in lines
            ),
        ),
        Paragraph(_("Only you see this."), quiet=True),
        Actions((*buttons, balance_button())),
        summary=_("Your statement"),
    )


def _page(label: Words, page: int) -> Button:
    return Button(label, ShowStatement(page=page), f"statement {page}")
