"""``block``: not to meet somebody again, without their being told."""

from __future__ import annotations

from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.report_views import block_done_view, blocked_view
from core.exchanges.safety_intents import Block, ListBlocked, Unblock
from core.exchanges.seeing import mine, name_of
from core.exchanges.settling import end, locked
from core.exchanges.telling import subject_of
from core.exchanges.views import PAGE
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.ui.paging import pages
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Note


def block(desk: Desk, intent: Block) -> Reply:
    """Block the other side of an exchange: proposals between the two end, what is agreed stays."""
    if not intent.exchange:
        raise Refusal(
            _("Say whom you mean by an exchange you share, for example block E-7K2."),
            code="no-reference",
        )
    exchange = mine(desk, intent.exchange)
    other = exchange.other(desk.me.id)
    desk.books.members.block(desk.me.id, other)
    kept = 0
    for one in desk.books.exchanges.between(desk.me.id, other):
        if one.state is ExchangeState.PROPOSED:
            _close(desk, one)
        else:
            kept += 1
    return Replace(block_done_view(name_of(desk.books.members.get(other)), kept=kept))


def _close(desk: Desk, exchange: Exchange) -> None:
    """End a proposal without saying why; standing cards lose their buttons."""
    held = locked(desk, exchange.id, (ExchangeState.PROPOSED,))
    if held is not None:
        end(desk, held, ExchangeState.WITHDRAWN)
        desk.changed(subject_of(held))


def unblock(desk: Desk, intent: Unblock) -> Reply:
    """Take a block back."""
    other = intent.member
    if intent.exchange:
        other = mine(desk, intent.exchange).other(desk.me.id)
    if other not in desk.books.members.blocked_by(desk.me.id):
        news = Note(_("You have not blocked this person."))
        return Replace(blocked_view(_blocked(desk), news))
    desk.books.members.unblock(desk.me.id, other)
    name = name_of(desk.books.members.get(other))
    news = Note(_("You have unblocked {name}.", name=name), "success")
    return Replace(blocked_view(_blocked(desk), news))


def list_blocked(desk: Desk, intent: ListBlocked) -> Reply:
    """Whom this member has blocked."""
    people = _blocked(desk)
    page = min(max(0, intent.page), pages(len(people), PAGE) - 1)
    return Say(blocked_view(people, page=page))


def _blocked(desk: Desk) -> tuple[tuple[int, Words], ...]:
    blocked = desk.books.members.blocked_by(desk.me.id)
    members = desk.books.members.many(blocked)
    return tuple((one, name_of(members[one])) for one in blocked if one in members)
