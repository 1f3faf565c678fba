"""A disagreement about the time: frozen, handed to a lead, settled once."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.dispute_views import (
    Case,
    case_view,
    dispute_form,
    disputes_view,
    resolve_form,
)
from core.exchanges.forms import REASON_LONGEST
from core.exchanges.intents import OnExchange
from core.exchanges.model import Exchange, ExchangeState, Message
from core.exchanges.moves import Move
from core.exchanges.reading import minutes_taken
from core.exchanges.safety_intents import (
    Attach,
    Dispute,
    ListDisputes,
    OpenDispute,
    OpenResolve,
    Resolve,
)
from core.exchanges.seeing import done, mine, name_of, not_found, ready
from core.exchanges.settling import settle
from core.exchanges.telling import may_settle, settlers, subject_of, tell, tell_other
from core.exchanges.views import PAGE
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.book import FloorReached
from core.members.model import MemberState
from core.organisations.model import Role
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note

_NOTHING = frozenset(("0", "none", "dim", "0h", "0m", "0 mins", "0 minutes", "0 hours"))
_READ = 1000
"""How many messages are looked through for the attached ones."""


def open_dispute(desk: Desk, intent: OpenDispute) -> Reply:
    """The form for the reason."""
    exchange = ready(desk, intent, Move.DISPUTE, "dispute")
    if not isinstance(exchange, Exchange):
        return exchange
    return Open(dispute_form(exchange))


def _form_again(desk: Desk, intent: Dispute) -> Form:
    """The form as it was filled in."""
    return dispute_form(mine(desk, intent.exchange), intent.words)


def _dispute(desk: Desk, intent: Dispute) -> Reply:
    """Freeze the exchange and ask a lead, with the reason attached."""
    exchange = ready(desk, intent, Move.DISPUTE, "dispute")
    if not isinstance(exchange, Exchange):
        return exchange
    words = screened_words(
        intent.words,
        "words",
        REASON_LONGEST,
        kind="private",
        confirmed=intent.not_about_a_patient,
    )
    disputed = desk.books.exchanges.save(
        replace(exchange, state=ExchangeState.DISPUTED, disputed_by=desk.me.id)
    )
    desk.books.exchanges.add_message(
        Message(exchange.id, desk.me.id, words, desk.now, attached=True)
    )
    tell_other(desk, "exchange.disputed", disputed)
    leads = settlers(desk, disputed)
    tell(desk, "exchange.to-settle", disputed, leads)
    news = (
        _("A lead has been asked to settle this.")
        if leads
        else _("This is on hold. There is no lead yet who could settle it: ask your helpdesk.")
    )
    return done(desk, disputed, news)


dispute = asking_first(_dispute, _form_again)


def attach(desk: Desk, intent: Attach) -> Reply:
    """Let the lead read what this side wrote."""
    exchange = ready(desk, intent, Move.ATTACH, "attach")
    if not isinstance(exchange, Exchange):
        return exchange
    count = desk.books.exchanges.attach_messages(exchange.id, desk.me.id)
    desk.changed(subject_of(exchange))
    if count == 0:
        return done(desk, exchange, _("The lead can read all that you wrote already."))
    return done(desk, exchange, _("The lead can now read what you wrote in this exchange."))


def case_of(office: Office, exchange: Exchange) -> Case:
    """What a lead may know of an exchange."""
    members = office.books.members
    giver, receiver = members.get(exchange.giver_id), members.get(exchange.receiver_id)
    messages = office.books.exchanges.messages(exchange.id, _READ)
    return Case(
        exchange,
        name_of(giver),
        name_of(receiver),
        tuple(message for message in messages if message.attached and message.words),
        tuple(name_of(one) for one in (giver, receiver) if one.state is MemberState.AWAY),
    )


def list_disputes(desk: Desk, intent: ListDisputes) -> Reply:
    """What waits for this lead or admin, oldest first."""
    held = desk.books.roles.held_by(desk.me.id)
    admin = any(grant.role is Role.ADMIN for grant in held)
    led = [
        grant.organisation_id
        for grant in held
        if grant.role is Role.LEAD and grant.organisation_id is not None
    ]
    if not admin and not led:
        raise Refusal(
            _("Only leads and administrators can see what has to be settled."), code="not-a-lead"
        )
    waiting = [
        exchange
        for exchange in desk.books.exchanges.disputes_for(None if admin else led)
        if not exchange.has(desk.me.id)
    ]
    page = max(0, intent.page)
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    return Say(disputes_view(tuple(case_of(desk, one) for one in shown), page, len(waiting)))


def _to_settle(desk: Desk, intent: OnExchange) -> Exchange | Reply:
    """The exchange, held, if this member may settle it and nobody has; else how it stands."""
    exchange = desk.books.exchanges.lock(intent.exchange) if intent.exchange > 0 else None
    if exchange is None:
        raise not_found()
    if exchange.has(desk.me.id):
        raise Refusal(
            _("You are part of this exchange, so someone else has to settle it."), code="party"
        )
    case = case_of(desk, exchange)
    settled = exchange.state is ExchangeState.RESOLVED
    if not may_settle(desk, exchange, desk.me.id) or not (case.waits or settled):
        raise not_found()
    if settled:
        return Replace(case_view(case, Note(_("This has been settled already."))))
    if intent.version and intent.version != exchange.version:
        news = _("This has changed since. Here is how it stands now.")
        return Replace(case_view(case, Note(news)))
    return exchange


def open_resolve(desk: Desk, intent: OpenResolve) -> Reply:
    """The form with which a lead settles."""
    exchange = _to_settle(desk, intent)
    if not isinstance(exchange, Exchange):
        return exchange
    return Open(resolve_form(case_of(desk, exchange)))


def resolve(desk: Desk, intent: Resolve) -> Reply:
    """Settle: so many minutes move, or none."""
    exchange = _to_settle(desk, intent)
    if not isinstance(exchange, Exchange):
        return exchange
    none = intent.minutes.strip().casefold() in _NOTHING
    minutes = 0 if none else minutes_taken(desk, intent.minutes, exchange)
    try:
        settled = settle(desk, exchange, minutes, ExchangeState.RESOLVED, desk.me.id)
    except FloorReached:
        raise Refusal(
            _("So many hours cannot move now. Settle on fewer, or on those that were agreed."),
            "minutes",
            "floor",
        ) from None
    tell(desk, "exchange.resolved", settled, [settled.giver_id, settled.receiver_id])
    case = case_of(desk, settled)
    told = (
        _("Settled. Whoever is away is told when they are back.")
        if case.away
        else _("Settled. Both sides have been told.")
    )
    return Replace(case_view(case, Note(told, "success")))
