"""A short thank-you when the hours are confirmed, once for each side."""

from __future__ import annotations

from core.commands import PlainWords
from core.exchanges.forms import THANKS_LONGEST, thanks_form
from core.exchanges.intents import OpenThanks, Thank
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.moves import Move, talk_is_open
from core.exchanges.seeing import as_it_stands, chosen, done, mine, named, seen, stands
from core.exchanges.talk import plain_words, relay
from core.kernel.desk import Desk
from core.kernel.references import reference
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.replies import Open, Reply
from core.ui.views import Button

_LATEST = 20


def read_thanks(rest: str) -> Intent:
    """``E-7K2 you were brilliant`` as typed. Without a reference the form opens with the words,
    for "thanks, see you Tuesday" may be an answer to a message."""
    exchange, words = named(rest)
    if exchange and words:
        return Thank(exchange=exchange, words=words)
    return OpenThanks(exchange=exchange, words=words)


def open_thanks(desk: Desk, intent: OpenThanks) -> Reply:
    """The form for a thank-you; where there is nothing to give thanks for, plain words."""
    latest, _total = desk.books.exchanges.of_member(
        desk.me.id, (ExchangeState.CONFIRMED,), 0, _LATEST
    )
    waiting = [one for one in latest if talk_is_open(one, desk.now) and not _thanked(desk, one)]
    if not intent.exchange and intent.words and (desk.caller.reply_to or not waiting):
        return plain_words(desk, PlainWords(words=intent.line))
    exchange = chosen(
        desk,
        intent.exchange,
        lambda _one: True,
        _("There is nothing to say thank you for yet. You can when hours are confirmed."),
        lambda one: Button(
            _("This one"),
            OpenThanks(
                exchange=one.id,
                words=intent.words[:THANKS_LONGEST],
                line=intent.line[:THANKS_LONGEST],
            ),
            f"thanks {reference('E', one.id)}",
        ),
        waiting,
    )
    if not isinstance(exchange, Exchange):
        return exchange
    try:
        refused = _refused(desk, exchange)
    except Refusal as closed:
        return as_it_stands(desk, exchange, closed.reason)
    # "Thank you, that helped" is a thank-you as it stands.
    return refused or Open(_form(desk, exchange, intent.line if intent.words else ""))


def _thanked(desk: Desk, exchange: Exchange) -> bool:
    return desk.books.exchanges.thanked(exchange.id, desk.me.id)


def _refused(desk: Desk, exchange: Exchange) -> Reply | None:
    """How it stands, where there is nothing to thank for or thanks were said already."""
    stale = stands(desk, exchange, 0, Move.THANK)
    if stale is None and _thanked(desk, exchange):
        return as_it_stands(desk, exchange, _("You have already said thank you."))
    if stale is None and seen(desk, exchange, desk.me.id).closed:
        raise Refusal(_("This conversation is closed."), code="talk-closed")
    return stale


def _form(desk: Desk, exchange: Exchange, words: str) -> Form:
    return thanks_form(exchange, seen(desk, exchange, desk.me.id).other_name, words)


def _form_again(desk: Desk, intent: Thank) -> Form:
    """The form as it was filled in."""
    return _form(desk, mine(desk, intent.exchange), intent.words)


def _thank(desk: Desk, intent: Thank) -> Reply:
    """Pass a thank-you on."""
    exchange = mine(desk, intent.exchange)
    refused = _refused(desk, exchange)
    if refused is not None:
        return refused
    words = screened_words(
        intent.words,
        "words",
        THANKS_LONGEST,
        kind="private",
        confirmed=intent.not_about_a_patient,
    )
    relay(desk, exchange, words, thanks=True)
    shown = seen(desk, exchange, desk.me.id)
    if shown.away:
        later = _("{name} gets your thank-you when they are back.", name=shown.other_name)
        return done(desk, exchange, later)
    return done(desk, exchange, _("{name} gets your thank-you.", name=shown.other_name))


thank = asking_first(_thank, _form_again)
