"""Who may propose, see and decide a correction, and who is asked to decide."""

from __future__ import annotations

from core.exchanges.model import Exchange
from core.kernel.desk import Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.correction_views import SeenCorrection
from core.ledger.holders import member_name
from core.ledger.model import Correction, CorrectionState
from core.organisations.model import Role


def not_found() -> Refusal:
    """The same words for what is not there and for what is not yours to see."""
    return Refusal(_("I cannot find that."), code="not-found")


def led_by(office: Office, member_id: int) -> frozenset[int]:
    """The organisations that a member leads."""
    return frozenset(
        grant.organisation_id
        for grant in office.books.roles.held_by(member_id)
        if grant.role is Role.LEAD and grant.organisation_id is not None
    )


def is_admin(office: Office, member_id: int) -> bool:
    """Whether a member looks after the whole system."""
    return any(grant.role is Role.ADMIN for grant in office.books.roles.held_by(member_id))


def sides(exchange: Exchange) -> frozenset[int]:
    """The organisations of the two sides, as they were stamped."""
    return frozenset((exchange.giver_organisation_id, exchange.receiver_organisation_id))


def may_decide(office: Office, exchange: Exchange, proposer_id: int, member_id: int) -> bool:
    """A lead of either side's organisation, or an admin; neither the proposer nor a party."""
    if member_id == proposer_id or exchange.has(member_id):
        return False
    return bool(led_by(office, member_id) & sides(exchange)) or is_admin(office, member_id)


def deciders(office: Office, exchange: Exchange, proposer_id: int) -> list[int]:
    """Everyone who may decide."""
    roles = office.books.roles
    found = set(roles.holders(Role.ADMIN))
    for organisation_id in sides(exchange):
        found.update(roles.holders(Role.LEAD, organisation_id))
    return sorted(found - {proposer_id, exchange.giver_id, exchange.receiver_id})


def exchange_of(office: Office, correction: Correction) -> Exchange:
    """The exchange whose hours the correction is about."""
    exchange = office.books.exchanges.get(correction.exchange_id)
    if exchange is None:
        raise not_found()
    return exchange


def seen_by(office: Office, correction: Correction, member_id: int) -> SeenCorrection | None:
    """What one member may see of a correction: its proposer, and who may decide it."""
    exchange = exchange_of(office, correction)
    mine = member_id == correction.proposed_by
    decides = may_decide(office, exchange, correction.proposed_by, member_id)
    return as_seen(office, correction, decides=decides, mine=mine) if mine or decides else None


def as_seen(
    office: Office, correction: Correction, *, decides: bool = False, mine: bool = False
) -> SeenCorrection:
    """The correction with names and minutes, for somebody who may see it."""
    exchange = exchange_of(office, correction)
    posting = office.books.ledger.posting(correction.posting_id)
    assert posting is not None
    members = office.books.members
    decider = correction.decided_by
    return SeenCorrection(
        correction,
        member_name(members.get(exchange.giver_id)),
        member_name(members.get(exchange.receiver_id)),
        sum(entry.minutes for entry in posting.entries if entry.minutes > 0),
        posting.at,
        member_name(members.get(correction.proposed_by)),
        member_name(members.get(decider)) if decider is not None else None,
        decides and correction.state is CorrectionState.PROPOSED,
        mine and correction.state is CorrectionState.PROPOSED,
    )
