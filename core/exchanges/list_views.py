"""Exchanges in a list: one's own, and those that a typed word may mean."""

from __future__ import annotations

from core.exchanges import intents
from core.exchanges.views import PAGE, Seen, standing, title_of
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _
from core.ui.paging import pages, turn
from core.ui.views import Actions, Button, Heading, Item, Items, Paragraph, View, view


def exchanges_view(rows: tuple[Seen, ...], page: int, total: int) -> View:
    """A page of a member's exchanges, newest first."""
    if not rows:
        return view(
            Heading(_("Your exchanges")),
            Paragraph(
                _("You have none yet. Type find to look for something to join in.")
                if total == 0
                else _("There is nothing more on this page.")
            ),
        )
    return view(
        Heading(_("Your exchanges")),
        Items(tuple(_row(seen) for seen in rows)),
        turn(intents.ListExchanges(), page, pages(total, PAGE), "exchanges"),
    )


def choose_view(
    question: Text, rows: tuple[tuple[Seen, Button], ...], *, more: bool = False
) -> View:
    """More than one thing fits what was typed: which? ``more``: not all of them are listed."""
    everything = Button(_("See all your exchanges"), intents.ListExchanges(), "exchanges")
    return view(
        Heading(question),
        Items(tuple(Item(*_lines(seen), (button,)) for seen, button in rows)),
        Actions((everything,)) if more else None,
    )


def _lines(seen: Seen) -> tuple[Words, tuple[Words, ...]]:
    with_whom = _(
        "With {name}, {time}, {reference}",
        name=seen.other_name,
        time=spoken(seen.exchange.minutes),
        reference=seen.ref,
    )
    return title_of(seen.exchange.title), (with_whom, standing(seen))


def _row(seen: Seen) -> Item:
    show = intents.ShowExchange(exchange=seen.exchange.id)
    return Item(*_lines(seen), (Button(_("Open"), show, f"show {seen.ref}"),))
