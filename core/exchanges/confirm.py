"""After the work: how long it took, and the other side's yes, on which the hours move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.exchanges.forms import claim_form, correct_form
from core.exchanges.intents import Cancel, Claim, Confirm, Correct, OpenClaim, OpenCorrect
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.moves import Move
from core.exchanges.reading import minutes_of, minutes_taken
from core.exchanges.seeing import done, mine, ready, seen, with_balance
from core.exchanges.settling import account_of, end, settle
from core.exchanges.telling import tell_other
from core.exchanges.views import exchange_card
from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.ledger.book import FloorReached
from core.ui.replies import Open, Replace, Reply
from core.ui.views import Note


def open_claim(desk: Desk, intent: OpenClaim) -> Reply:
    """The form for how long it took."""
    exchange = ready(desk, intent, Move.CLAIM, "done")
    if not isinstance(exchange, Exchange):
        return exchange
    return Open(claim_form(exchange, typed_minutes(exchange.minutes)))


def claim(desk: Desk, intent: Claim) -> Reply:
    """Say that the work is done and how long it took."""
    exchange = ready(desk, intent, Move.CLAIM, "done")
    if not isinstance(exchange, Exchange):
        return exchange
    minutes = minutes_of(desk, intent.minutes, exchange.minutes)
    claimed = _claim(desk, exchange, minutes)
    tell_other(desk, "exchange.claimed", claimed)
    return done(desk, claimed, _asked(desk, claimed))


def open_correct(desk: Desk, intent: OpenCorrect) -> Reply:
    """The form for how long it took instead."""
    exchange = ready(desk, intent, Move.CORRECT, "correct")
    if not isinstance(exchange, Exchange):
        return exchange
    return Open(correct_form(exchange, typed_minutes(exchange.claimed_minutes or 0)))


def correct(desk: Desk, intent: Correct) -> Reply:
    """Say that it took another time: then the first side is the one to confirm."""
    exchange = ready(desk, intent, Move.CORRECT, "correct")
    if not isinstance(exchange, Exchange):
        return exchange
    minutes = minutes_taken(desk, intent.minutes, exchange)
    if minutes == exchange.claimed_minutes:
        raise Refusal(
            _(
                "That is the time that {name} says. Confirm it, or write another.",
                name=seen(desk, exchange, desk.me.id).other_name,
            ),
            "minutes",
            "same-minutes",
        )
    corrected = _claim(desk, exchange, minutes)
    tell_other(desk, "exchange.corrected", corrected)
    return done(desk, corrected, _asked(desk, corrected))


def _asked(desk: Desk, exchange: Exchange) -> Text:
    """Who confirms what has just been said, and when."""
    shown = seen(desk, exchange, desk.me.id)
    if shown.away:
        return _("Noted. {name} is asked to confirm when they are back.", name=shown.other_name)
    return _("Noted. {name} has been asked to confirm.", name=shown.other_name)


def _claim(desk: Desk, exchange: Exchange, minutes: int) -> Exchange:
    """The exchange with this side's word on the time.

    A receiver who says more than was set aside sets the rest aside at once: that is their
    consent, and the floor is tested here, so that the other side's confirming cannot fail.
    """
    reserved = exchange.reserved
    if exchange.receiver_id == desk.me.id and minutes > reserved:
        account = account_of(desk, desk.me.id)
        try:
            desk.books.ledger.reserve(account.id, minutes - reserved)
        except FloorReached:
            raise _too_few(minutes) from None
        reserved = minutes
    claimed = desk.books.exchanges.save(
        replace(
            exchange,
            state=ExchangeState.CLAIMED,
            claimed_minutes=minutes,
            claimed_by=desk.me.id,
            claimed_at=desk.now,
            reserved=reserved,
            escalated=False,
        )
    )
    before = {
        "state": exchange.state.value,
        "minutes": exchange.claimed_minutes,
        "by": exchange.claimed_by,
        "at": exchange.claimed_at.isoformat() if exchange.claimed_at else None,
        "reserved": exchange.reserved,
        "escalated": exchange.escalated,
    }
    desk.did("exchange.claim", claimed.id, claimed.version, before)
    return claimed


def _too_few(minutes: int) -> Refusal:
    return Refusal(
        _(
            "You have too few free hours for {time}. Say a shorter time, give some help first, "
            "or ask a lead to settle it.",
            time=spoken(minutes),
        ),
        "minutes",
        "floor",
    )


def undo_claim(desk: Desk, deed: Deed) -> Reply:
    """Take the last word on the time back, where nobody has acted on it."""
    exchange = mine(desk, deed.object_id)
    if exchange.version != deed.version or exchange.state is not ExchangeState.CLAIMED:
        raise Refusal(
            _("This can no longer be undone, because the other side has answered."),
            code="not-undoable",
        )
    before = deed.before
    more = exchange.reserved - int(before["reserved"])
    if more > 0:
        desk.books.ledger.release(account_of(desk, exchange.receiver_id).id, more)
    restored = desk.books.exchanges.save(
        replace(
            exchange,
            state=ExchangeState(before["state"]),
            claimed_minutes=before["minutes"],
            claimed_by=before["by"],
            claimed_at=datetime.fromisoformat(before["at"]) if before["at"] else None,
            reserved=int(before["reserved"]),
            escalated=bool(before["escalated"]),
        )
    )
    tell_other(desk, "exchange.unclaimed", restored)
    return done(desk, restored, _("You have taken that back."))


def confirm(desk: Desk, intent: Confirm) -> Reply:
    """Yes to the time that the other side says. The hours move, once."""
    exchange = ready(desk, intent, Move.CONFIRM, "confirm")
    if not isinstance(exchange, Exchange):
        return exchange
    minutes = exchange.claimed_minutes or 0
    try:
        ended = settle(desk, exchange, minutes, ExchangeState.CONFIRMED, desk.me.id)
    except FloorReached:
        if exchange.receiver_id != desk.me.id:
            raise Refusal(
                _("These hours cannot move now. The other side has to free some hours first."),
                code="floor",
            ) from None
        raise _too_few(minutes) from None
    tell_other(desk, "exchange.confirmed", ended)
    shown = with_balance(desk, seen(desk, ended, desk.me.id))
    return Replace(exchange_card(shown, Note(_("Confirmed. The hours have moved."), "success")))


def cancel(desk: Desk, intent: Cancel) -> Reply:
    """It will not happen, or did not. What was set aside is free again."""
    exchange = ready(desk, intent, Move.CANCEL, "cancel")
    if not isinstance(exchange, Exchange):
        return exchange
    ended = end(desk, exchange, ExchangeState.CANCELLED, desk.me.id)
    tell_other(desk, "exchange.cancelled", ended)
    shown = seen(desk, ended, desk.me.id)
    if shown.away:
        return done(
            desk, ended, _("Cancelled. {name} is told when they are back.", name=shown.other_name)
        )
    return done(desk, ended, _("Cancelled. {name} has been told.", name=shown.other_name))
