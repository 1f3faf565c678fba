"""What time does: proposals and agreements lapse, claims that nobody answers go to a lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.settling import end, locked
from core.exchanges.telling import settlers, tell
from core.feature import Job
from core.kernel.desk import Office

_AT_ONCE = 50


def lapse_proposals(office: Office) -> int:
    """Close proposals that nobody has answered."""
    return _lapse(office, ExchangeState.PROPOSED, office.policy.proposal_days)


def lapse_agreements(office: Office) -> int:
    """Close agreements where nobody said that the work was done, and free what was set aside."""
    return _lapse(office, ExchangeState.AGREED, office.policy.agreement_days)


def _due(office: Office, state: ExchangeState, days: int) -> list[Exchange]:
    """The exchanges whose time is up, each held."""
    since = office.now - timedelta(days=days)
    found = office.books.exchanges.due(state, since, _AT_ONCE)
    held = (locked(office, exchange.id, (state,)) for exchange in found)
    return [exchange for exchange in held if exchange is not None]


def _lapse(office: Office, state: ExchangeState, days: int) -> int:
    due = _due(office, state, days)
    for exchange in due:
        lapsed = end(office, exchange, ExchangeState.LAPSED)
        tell(office, "exchange.lapsed", lapsed, [lapsed.giver_id, lapsed.receiver_id])
    return len(due)


def escalate_claims(office: Office) -> int:
    """Hand claims that were not answered in time to a lead. A claim never lapses."""
    due = _due(office, ExchangeState.CLAIMED, office.policy.claim_days)
    for exchange in due:
        escalate(office, exchange)
    return len(due)


def escalate(office: Office, exchange: Exchange) -> Exchange:
    """Ask a lead to look at a claim; its sides may still settle it themselves."""
    escalated = office.books.exchanges.save(replace(exchange, escalated=True))
    sides = [exchange.giver_id, exchange.receiver_id]
    tell(office, "exchange.with-a-lead", escalated, sides)
    tell(office, "exchange.escalated", escalated, settlers(office, escalated))
    return escalated


JOBS = (
    Job(
        "exchanges.lapse-proposals",
        60,
        lapse_proposals,
        "close proposals that nobody has answered",
    ),
    Job(
        "exchanges.lapse-agreements",
        60,
        lapse_agreements,
        "close agreements that nobody has claimed",
    ),
    Job("exchanges.escalate-claims", 60, escalate_claims, "hand unanswered claims to a lead"),
)
