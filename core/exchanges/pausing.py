"""What becomes of open exchanges while a side is away: they stand still, and the other is told.

Nothing of an exchange is changed for it. That it is paused is read from the member who is away, so
it cannot be left behind when they are back.
"""

from __future__ import annotations

from core.exchanges.leaving import open_of
from core.exchanges.model import Exchange
from core.exchanges.telling import subject_of, tell
from core.kernel.desk import Office
from core.members.model import MemberState


def pause_all_for(office: Office, member_id: int) -> None:
    """Tell every other side of an open exchange once what it means that this member is away.

    An account that closes again and again brings no second message, for as long as receipts are
    kept: the card that stands is brought up to date instead.
    """
    for exchange in open_of(office, member_id):
        if office.books.journal.claim(f"paused:{exchange.id}:{member_id}", office.now):
            tell(office, "exchange.paused", exchange, [exchange.other(member_id)])
        else:
            office.changed(subject_of(exchange))


def resume_all_for(office: Office, member_id: int) -> None:
    """The member is back: the cards that stand say so, and nobody gets a new message."""
    for exchange in open_of(office, member_id):
        office.changed(subject_of(exchange))


def is_paused(office: Office, exchange: Exchange) -> bool:
    """Whether the exchange is open and a side is away."""
    sides = office.books.members.many([exchange.giver_id, exchange.receiver_id])
    return exchange.state.open and any(one.state is MemberState.AWAY for one in sides.values())
