"""What each side may do with an exchange now: cards show these moves, actions allow no others."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from core.exchanges.model import Exchange, ExchangeState

TALK_AFTER_THE_END = timedelta(days=30)
"""How long the two may still write to each other after an exchange has ended."""


class Move(StrEnum):
    """One thing that a side may do."""

    ACCEPT = "accept"
    SUGGEST = "suggest"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    CONFIRM = "confirm"
    CORRECT = "correct"
    DISPUTE = "dispute"
    CANCEL = "cancel"
    ATTACH = "attach"
    THANK = "thank"
    MANAGER = "manager"


NOT_WHILE_AWAY = frozenset((Move.ACCEPT, Move.SUGGEST))
"""What nobody does with somebody who is away: agree anew. What was agreed before can be ended."""


def moves(exchange: Exchange, member_id: int) -> frozenset[Move]:
    """The moves of one side in this state. Nobody else has any."""
    if not exchange.has(member_id):
        return frozenset()
    match exchange.state:
        case ExchangeState.PROPOSED:
            leave = Move.WITHDRAW if member_id == exchange.proposed_by else Move.DECLINE
            if member_id == exchange.suggested_by:
                return frozenset((leave,))
            if exchange.group_id is not None:
                return frozenset((Move.ACCEPT, leave))
            return frozenset((Move.ACCEPT, Move.SUGGEST, leave))
        case ExchangeState.AGREED if exchange.group_id is not None:
            # How long it took the giver says once, for all who were there.
            return frozenset((Move.CANCEL, Move.MANAGER))
        case ExchangeState.AGREED:
            return frozenset((Move.CLAIM, Move.CANCEL, Move.MANAGER))
        case ExchangeState.CLAIMED:
            lead = (Move.ATTACH,) if exchange.escalated else ()
            if member_id == exchange.claimed_by:
                return frozenset((Move.CANCEL, *lead))
            return frozenset((Move.CONFIRM, Move.CORRECT, Move.DISPUTE, Move.CANCEL, *lead))
        case ExchangeState.DISPUTED:
            return frozenset((Move.ATTACH,))
        case ExchangeState.CONFIRMED:
            return frozenset((Move.THANK,))
        case _:
            return frozenset()


def waits_for(exchange: Exchange) -> int | None:
    """Whose turn it is, where it is one side's: to answer a proposal or a claim."""
    if exchange.state is ExchangeState.PROPOSED:
        return exchange.other(exchange.suggested_by)
    if exchange.state is ExchangeState.CLAIMED and exchange.claimed_by is not None:
        return exchange.other(exchange.claimed_by)
    return None


def talk_is_open(exchange: Exchange, now: datetime) -> bool:
    """Whether the two may write to each other: until 30 days after the end."""
    return exchange.ended_at is None or now - exchange.ended_at <= TALK_AFTER_THE_END


def shares_contact(exchange: Exchange, now: datetime) -> bool:
    """Whether each side sees the contact details that the other chose to share."""
    kept = (
        ExchangeState.AGREED,
        ExchangeState.CLAIMED,
        ExchangeState.DISPUTED,
        ExchangeState.CONFIRMED,
        ExchangeState.RESOLVED,
    )
    return exchange.state in kept and talk_is_open(exchange, now)
