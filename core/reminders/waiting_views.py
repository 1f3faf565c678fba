"""What waits for a member, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.exchanges.buttons import actions_of
from core.exchanges.intents import ListExchanges, ShowExchange
from core.exchanges.model import Exchange
from core.exchanges.views import Seen, exchange_card, title_of
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import Text, _, plural
from core.reminders.intents import NotYet
from core.reminders.model import About
from core.reminders.stopping import last_buttons
from core.ui.views import Actions, Button, Heading, Item, Items, Note, View, view

PAGE = 5


def waiting_view(first: Sequence[tuple[About, Seen]], total: int) -> View:
    """One exchange as its card, several as a list of the ``first`` of them."""
    if not first:
        return view(Note(_("Nothing waits for you now. Thank you."), "success"))
    if total == 1:
        about, shown = first[0]
        return _one(about, shown)
    news = plural("{count} thing waits for you", "{count} things wait for you", total)
    everything = Button(_("See all your exchanges"), ListExchanges(), "exchanges")
    return view(
        Heading(news),
        Items(tuple(_item(about, shown) for about, shown in first)),
        last_buttons(*([everything] if total > len(first) else [])),
        summary=news,
    )


def _one(about: About, shown: Seen) -> View:
    question = _question(about, shown)
    card = exchange_card(shown, Note(question))
    not_yet = (_not_yet(shown.exchange),) if about is About.DONE else ()
    return replace(card, blocks=(*card.blocks, last_buttons(*not_yet)))


def _item(about: About, shown: Seen) -> Item:
    ref, number = shown.ref, shown.exchange.id
    actions = actions_of(shown, full=False)
    buttons = [one for one in actions.buttons[:1] if isinstance(one, Button)] if actions else []
    if about is About.DONE:
        buttons.append(_not_yet(shown.exchange))
    buttons.append(Button(_("Open"), ShowExchange(exchange=number), f"show {ref}"))
    with_whom = _("With {name}, {reference}", name=shown.other_name, reference=ref)
    lines = (with_whom, _question(about, shown))
    return Item(title_of(shown.exchange.title), lines, tuple(buttons))


def _question(about: About, shown: Seen) -> Text:
    exchange, name = shown.exchange, shown.other_name
    match about:
        case About.CONFIRM:
            return _(
                "{name} says that this took {time}. Is that right?",
                name=name,
                time=spoken(exchange.claimed_minutes or exchange.minutes),
            )
        case About.ANSWER:
            return _("{name} waits for your answer.", name=name)
        case _:
            return _("Did this happen? If it did, say how long it took.")


def _not_yet(exchange: Exchange) -> Button:
    ref = reference("E", exchange.id)
    return Button(_("Not yet"), NotYet(exchange=exchange.id), f"not-yet {ref}")


def not_yet_view(exchange: Exchange, closes: date) -> View:
    """It has not happened yet, and that is all right."""
    ref = reference("E", exchange.id)
    show = Button(_("See the exchange"), ShowExchange(exchange=exchange.id), f"show {ref}")
    return view(
        Heading(title_of(exchange.title)),
        Note(_("Thank you. This stays open until {day}.", day=closes)),
        Actions((show,)),
    )
