"""What becomes of open exchanges while a side is away: they stand still, and the other is told.

Nothing of an exchange is changed for it. That it is paused is read from the member who is away, so
it cannot be left behind when they are back.
"""

from __future__ import annotations

from datetime import timedelta

from core.exchanges.leaving import open_of
from core.exchanges.model import Exchange
from core.exchanges.telling import subject_of, tell
from core.kernel.desk import Office
from core.members.model import MemberState

PAUSED = "exchange.paused"
ONCE_IN = timedelta(days=30)


def pause_all_for(office: Office, member_id: int) -> None:
    """Tell every other side of an open exchange once what it means that this member is away.

    An account that closes again and again brings no second message within 30 days: the card that
    stands is brought up to date instead.
    """
    since = office.now - ONCE_IN
    for exchange in open_of(office, member_id):
        subject, other = subject_of(exchange), exchange.other(member_id)
        if office.books.deliveries.told_since(PAUSED, subject, other, since):
            office.changed(subject)
        else:
            tell(office, PAUSED, exchange, [other])


def resume_all_for(office: Office, member_id: int) -> None:
    """The member is back: the cards that stand say so, and nobody gets a new message."""
    for exchange in open_of(office, member_id):
        office.changed(subject_of(exchange))


def is_paused(office: Office, exchange: Exchange) -> bool:
    """Whether the exchange is open and a side is away."""
    sides = office.books.members.many([exchange.giver_id, exchange.receiver_id])
    return exchange.state.open and any(one.state is MemberState.AWAY for one in sides.values())
