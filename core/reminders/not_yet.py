"""``not-yet``: what was agreed has not happened yet."""

from __future__ import annotations

from datetime import timedelta

from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.seeing import as_it_stands, chosen
from core.kernel.desk import Desk
from core.kernel.references import reference
from core.kernel.texts import _
from core.reminders.intents import NotYet
from core.reminders.model import About, Reminded
from core.reminders.subjects import EXCHANGES, refresh
from core.reminders.waiting_views import not_yet_view
from core.ui.replies import Replace, Reply
from core.ui.views import Button


def not_yet(desk: Desk, intent: NotYet) -> Reply:
    """Ask no more about an agreement before the next time that it is asked about."""
    exchange = chosen(
        desk,
        intent.exchange,
        lambda one: one.state is ExchangeState.AGREED,
        _("You have agreed nothing that waits to be done. Type exchanges to see them all."),
        lambda one: Button(
            _("This one"), NotYet(exchange=one.id), f"not-yet {reference('E', one.id)}"
        ),
    )
    if not isinstance(exchange, Exchange):
        return exchange
    if exchange.state is not ExchangeState.AGREED or exchange.agreed_at is None:
        return as_it_stands(desk, exchange)
    said = Reminded(About.NOT_YET, exchange.id, desk.me.id, desk.now)
    desk.books.reminders.remember(said, desk.now)
    refresh(desk, EXCHANGES, (desk.me.id,))
    closes = exchange.agreed_at + timedelta(days=desk.policy.agreement_days)
    return Replace(not_yet_view(exchange, closes.astimezone(desk.zone).date()))
