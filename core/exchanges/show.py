"""Looking at exchanges: one of them, or all of one's own."""

from __future__ import annotations

from core.events.intents import ShowEvent
from core.exchanges.dispute import case_of
from core.exchanges.dispute_views import case_view
from core.exchanges.intents import ListExchanges, ReadTalk, ShowExchange
from core.exchanges.list_views import exchanges_view
from core.exchanges.model import ExchangeState
from core.exchanges.seeing import not_found, seen
from core.exchanges.talk_views import talk_view
from core.exchanges.telling import may_settle
from core.exchanges.views import PAGE, exchange_card
from core.groups.intents import ShowGroup
from core.kernel.desk import Desk
from core.kernel.references import read_reference
from core.posts.intents import ShowPost
from core.ui.intents import Intent
from core.ui.paging import pages
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Quote

_TALK_PAGE = 4
_READ = 1000


def read_show(rest: str) -> Intent:
    """``E-7K2``, ``O-7K2`` or ``A-7K2`` as typed; nothing at all lists one's exchanges."""
    if not rest:
        return ListExchanges()
    found = read_reference(rest)
    if found is None:
        return ShowExchange(exchange=-1)
    letter, number = found
    if letter in ("O", "A"):
        return ShowPost(post=number)
    if letter == "V":
        return ShowEvent(event=number)
    if letter == "T":
        return ShowGroup(group=number)
    return ShowExchange(exchange=number if letter == "E" else -1)


def show_exchange(desk: Desk, intent: ShowExchange) -> Reply:
    """An exchange, for its sides; what a settlement needs, for a lead who may settle it."""
    exchange = desk.books.exchanges.get(intent.exchange) if intent.exchange > 0 else None
    if exchange is None:
        raise not_found()
    if exchange.has(desk.me.id):
        shown = seen(desk, exchange, desk.me.id, full=True)
        return Replace(exchange_card(shown, full=True))
    case = case_of(desk, exchange)
    settled = exchange.state is ExchangeState.RESOLVED
    if (case.waits or settled) and may_settle(desk, exchange, desk.me.id):
        return Replace(case_view(case))
    raise not_found()


def read_talk(desk: Desk, intent: ReadTalk) -> Reply:
    """All messages, for the two sides; those that were attached, for a lead who may settle."""
    exchange = desk.books.exchanges.get(intent.exchange) if intent.exchange > 0 else None
    if exchange is None:
        raise not_found()
    case = case_of(desk, exchange)
    if exchange.has(desk.me.id):
        words = tuple(desk.books.exchanges.messages(exchange.id, _READ))
    elif case.waits and may_settle(desk, exchange, desk.me.id):
        words = case.attached
    else:
        raise not_found()
    of = pages(len(words), _TALK_PAGE)
    page = min(max(0, intent.page), of - 1)
    end = len(words) - page * _TALK_PAGE
    shown = words[max(0, end - _TALK_PAGE) : end]
    quotes = tuple(Quote(one.words, case.name(one.member_id)) for one in shown if one.words)
    return Replace(talk_view(exchange.id, quotes, page, of))


def read_page(rest: str) -> ListExchanges:
    """``2`` as typed is the second page."""
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 6 else 1
    return ListExchanges(page=max(0, number - 1))


def list_exchanges(desk: Desk, intent: ListExchanges) -> Reply:
    """A page of one's own exchanges, newest first."""
    page = max(0, intent.page)
    rows, total = desk.books.exchanges.of_member(desk.me.id, (), page * PAGE, PAGE)
    if page and not rows:  # the pages have become fewer since the button was drawn
        page = 0
        rows, total = desk.books.exchanges.of_member(desk.me.id, (), 0, PAGE)
    shown = tuple(seen(desk, one, desk.me.id) for one in rows)
    return Say(exchanges_view(shown, page, total))
