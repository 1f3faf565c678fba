"""Answering a proposal: accept, suggest other minutes, decline, withdraw."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.forms import (
    MESSAGE_LONGEST,
    WHEN_LONGEST,
    Answers,
    accept_form,
    suggest_form,
)
from core.exchanges.intents import (
    Accept,
    Decline,
    ManagerAgreed,
    OpenAccept,
    OpenSuggest,
    Suggest,
    Withdraw,
)
from core.exchanges.model import Exchange, ExchangeState, Manager, Terms
from core.exchanges.moves import Move
from core.exchanges.reading import last_terms, minutes_of, terms_of
from core.exchanges.seeing import as_it_stands, done, mine, ready, seen
from core.exchanges.settling import account_of, end
from core.exchanges.telling import keep_words, subject_of, tell_answer, tell_other
from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.ledger.book import FloorReached
from core.ledger.model import Account
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Refuse, Reply


def my_terms(desk: Desk, exchange: Exchange) -> Terms:
    """What this side said for the exchange, else the last time it agreed to one."""
    given = exchange.giver_id == desk.me.id
    return (exchange.giver_terms if given else exchange.receiver_terms) or last_terms(desk)


def stamped(desk: Desk, exchange: Exchange, terms: Terms) -> Exchange:
    """The exchange with this side's terms and the organisation of the identity that acts."""
    organisation_id = desk.identity.organisation_id
    if exchange.giver_id == desk.me.id:
        return replace(exchange, giver_terms=terms, giver_organisation_id=organisation_id)
    return replace(exchange, receiver_terms=terms, receiver_organisation_id=organisation_id)


def open_accept(desk: Desk, intent: OpenAccept) -> Reply:
    """The form with this side's terms."""
    exchange = ready(desk, intent, Move.ACCEPT, "accept")
    if not isinstance(exchange, Exchange):
        return exchange
    other = seen(desk, exchange, desk.me.id).other_name
    gives = exchange.giver_id == desk.me.id
    return Open(accept_form(exchange, other, my_terms(desk, exchange), gives=gives))


def accept(desk: Desk, intent: Accept) -> Reply:
    """Agree: the receiver's minutes are set aside, which is where the floor is tested."""
    exchange = ready(desk, intent, Move.ACCEPT, "accept")
    if not isinstance(exchange, Exchange):
        return exchange
    shown = seen(desk, exchange, desk.me.id)
    if shown.closed:
        return as_it_stands(desk, exchange, _("This cannot be agreed now."))
    terms = terms_of(intent.time, intent.manager)
    account = account_of(desk, exchange.receiver_id)
    try:
        desk.books.ledger.reserve(account.id, exchange.minutes)
    except FloorReached:
        return _too_few_hours(desk, exchange, shown.other_name, account)
    agreed = desk.books.exchanges.save(
        replace(
            stamped(desk, exchange, terms),
            state=ExchangeState.AGREED,
            agreed_at=desk.now,
            reserved=exchange.minutes,
        )
    )
    tell_answer(desk, "exchange.agreed", agreed)
    if agreed.group_id is not None:  # the giver is told when everybody has answered
        return done(desk, agreed, _("Accepted"))
    return done(desk, agreed, _("Agreed. {name} has been told.", name=shown.other_name))


def _too_few_hours(desk: Desk, exchange: Exchange, other: Words, account: Account) -> Reply:
    """No, because of the receiver's floor. The giver learns no more than that it waits for them;
    the receiver is told in private, once for each state of the proposal."""
    if exchange.receiver_id == desk.me.id:
        raise Refusal(
            _(
                "You have too few free hours for this: it needs {time}, and you can agree to "
                "{free} more. Give some help first, or cancel another exchange.",
                time=spoken(exchange.minutes),
                free=spoken(max(0, account.available - desk.policy.floor_minutes)),
            ),
            code="floor",
        )
    if desk.books.journal.claim(f"floor:{exchange.id}:{exchange.version}", desk.now):
        desk.tell(
            "exchange.too-few-hours",
            f"exchange:{exchange.id}:hours",
            [exchange.receiver_id],
            {"exchange": exchange.id, "version": exchange.version},
        )
    return Refuse(
        _(
            "This cannot be agreed now. {name} needs to free some hours first, and has been told.",
            name=other,
        ),
        code="floor",
    )


def open_suggest(desk: Desk, intent: OpenSuggest) -> Reply:
    """The form for other minutes."""
    exchange = ready(desk, intent, Move.SUGGEST, "suggest")
    if not isinstance(exchange, Exchange):
        return exchange
    minutes = intent.minutes or typed_minutes(exchange.minutes)
    return Open(suggest_form(exchange, Answers(minutes, my_terms(desk, exchange), exchange.when)))


def _suggest_again(desk: Desk, intent: Suggest) -> Form:
    """The form as it was filled in."""
    terms = terms_of(intent.time, intent.manager)
    answers = Answers(intent.minutes, terms, intent.when, intent.message)
    return suggest_form(mine(desk, intent.exchange), answers)


def _suggest(desk: Desk, intent: Suggest) -> Reply:
    """Put other minutes forward: then the other side is the one to answer."""
    exchange = ready(desk, intent, Move.SUGGEST, "suggest")
    if not isinstance(exchange, Exchange):
        return exchange
    shown = seen(desk, exchange, desk.me.id)
    if shown.closed:
        return as_it_stands(desk, exchange, _("This cannot be agreed now."))
    sure = intent.not_about_a_patient
    minutes = minutes_of(desk, intent.minutes, exchange.minutes)
    when = screened_words(intent.when, "when", WHEN_LONGEST, required=False, confirmed=sure)
    words = screened_words(
        intent.message, "message", MESSAGE_LONGEST, required=False, confirmed=sure
    )
    if minutes == exchange.minutes and when == exchange.when:
        raise Refusal(
            _(
                "These are the minutes that {name} suggests. Accept them, or write others.",
                name=shown.other_name,
            ),
            "minutes",
            "same-minutes",
        )
    suggested = desk.books.exchanges.save(
        replace(
            stamped(desk, exchange, terms_of(intent.time, intent.manager)),
            minutes=minutes,
            when=when,
            suggested_by=desk.me.id,
            suggested_at=desk.now,
        )
    )
    tell_other(desk, "exchange.suggested", suggested, keep_words(desk, suggested, words))
    return done(desk, suggested, _("Sent. {name} can accept it.", name=shown.other_name))


suggest = asking_first(_suggest, _suggest_again)


def decline(desk: Desk, intent: Decline) -> Reply:
    """No. Nobody is asked why."""
    exchange = ready(desk, intent, Move.DECLINE, "decline")
    if not isinstance(exchange, Exchange):
        return exchange
    ended = end(desk, exchange, ExchangeState.DECLINED, desk.me.id)
    tell_answer(desk, "exchange.declined", ended)
    return done(desk, ended, _("Declined. No reason is given."))


def withdraw(desk: Desk, intent: Withdraw) -> Reply:
    """Take a proposal back."""
    exchange = ready(desk, intent, Move.WITHDRAW, "withdraw")
    if not isinstance(exchange, Exchange):
        return exchange
    ended = end(desk, exchange, ExchangeState.WITHDRAWN, desk.me.id)
    tell_other(desk, "exchange.withdrawn", ended)
    return done(desk, ended, _("You have taken your proposal back."))


def undo_proposal(desk: Desk, deed: Deed) -> Reply:
    """Take the last proposal back, where nobody has answered it."""
    exchange = mine(desk, deed.object_id)
    if exchange.version != deed.version or exchange.state is not ExchangeState.PROPOSED:
        raise Refusal(
            _("This can no longer be undone, because the other side has answered."),
            code="not-undoable",
        )
    ended = end(desk, exchange, ExchangeState.WITHDRAWN, desk.me.id)
    tell_other(desk, "exchange.withdrawn", ended)
    return done(desk, ended, _("You have taken your proposal back."))


def manager_agreed(desk: Desk, intent: ManagerAgreed) -> Reply:
    """Record that this side's manager, who had to be asked, has agreed."""
    exchange = ready(desk, intent, Move.MANAGER, "manager")
    if not isinstance(exchange, Exchange):
        return exchange
    terms = replace(my_terms(desk, exchange), manager=Manager.HELD)
    given = exchange.giver_id == desk.me.id
    held = (
        replace(exchange, giver_terms=terms) if given else replace(exchange, receiver_terms=terms)
    )
    saved = desk.books.exchanges.save(held)
    desk.changed(subject_of(saved))
    return done(desk, saved, _("Noted: your manager has agreed."))
