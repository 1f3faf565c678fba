"""What came of parcels, written back: sent, again later, refused, or tried in another chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from core.callers import Address
from core.conversations.posting import not_posted
from core.couriers import Later, Outcome, Refused, Sent, Unreachable
from core.delivery.model import Delivery, DeliveryState
from core.delivery.pace import pace_of
from core.delivery.prepared import Prepared, ended
from core.kernel.desk import Office

MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)
LONGEST_ASKED = timedelta(days=1)
"""How long a platform is left alone at most, whatever it asks for."""
_FIRST_WAIT = 30.0
UNRENDERED = "it could not be rendered: see the logs"
NO_DATABASE = "the database did not answer"


def settle(office: Office, outcomes: Sequence[tuple[Prepared, Outcome]]) -> None:
    """Keep the outcomes of these parcels, but for one that another replica has claimed since: what
    comes of it there counts."""
    books = office.books.deliveries
    for prepared, outcome in outcomes:
        if isinstance(outcome, Later) and outcome.whole_tenant:
            until = office.now + _asked(outcome.seconds)
            books.hold(prepared.platform, prepared.parcel.tenant, until)
    ours = books.still_leased([prepared.delivery for prepared, _outcome in outcomes])
    found = [
        _come_of(office, prepared, ours[prepared.delivery.id], outcome)
        for prepared, outcome in outcomes
        if prepared.delivery.id in ours
    ]
    books.settle_all(sorted(found, key=lambda delivery: delivery.id))


def _come_of(office: Office, prepared: Prepared, row: Delivery, outcome: Outcome) -> Delivery:
    """A delivery after its outcome. ``row`` is how it stands now: what was withheld while it was on
    its way is so still, unless it has arrived."""
    if row.state is not prepared.delivery.state and not isinstance(outcome, Sent):
        return row
    # The message shows the changes that were known when it was made, and no later ones.
    delivery = replace(row, changes=prepared.delivery.changes)
    return _settled(office, replace(prepared, delivery=delivery), outcome)


def put_off(office: Office, delivery: Delivery) -> None:
    """Try a notice that cannot be rendered later and later, and in the end no more."""
    tried = replace(delivery, attempts=delivery.attempts + 1)
    if tried.attempts < MOST_ATTEMPTS:
        wait = timedelta(seconds=_FIRST_WAIT * 2.0 ** min(tried.attempts, 15))
        due = office.now + min(wait, LONGEST_WAIT)
        kept = replace(tried, not_before=due, reason=UNRENDERED)
    else:
        kept = _given_up(office, tried, DeliveryState.REFUSED, UNRENDERED)
    office.books.deliveries.settle(kept)


def wait_for_database(office: Office, delivery: Delivery) -> None:
    """Try a notice again soon that could not be rendered because the database was in trouble: that
    is no fault of the notice, and counts as no try."""
    due = office.now + timedelta(seconds=_FIRST_WAIT)
    office.books.deliveries.settle(replace(delivery, not_before=due, reason=NO_DATABASE))


def _asked(seconds: float) -> timedelta:
    """How long to wait for a platform that asks for ``seconds``, whatever it sent there."""
    # In this order, so that what is no number counts as the longest time.
    return timedelta(seconds=max(0.0, min(LONGEST_ASKED.total_seconds(), seconds)))


def _settled(office: Office, prepared: Prepared, outcome: Outcome) -> Delivery:
    delivery = replace(prepared.delivery, attempts=prepared.delivery.attempts + 1)
    match outcome:
        case Sent(handle, address):
            if address is not None:
                _remember(office, prepared, address)
            return _sent(office, delivery, prepared, handle)
        case Later(seconds, reason):
            return _later(office, delivery, seconds, reason)
        case Refused(reason):
            return _given_up(office, delivery, DeliveryState.REFUSED, reason)
        case Unreachable(reason):
            return _unreachable(office, delivery, prepared.identity_id, reason)
        case _:
            assert_never(outcome)


def _sent(office: Office, delivery: Delivery, prepared: Prepared, handle: str) -> Delivery:
    return replace(
        delivery,
        state=DeliveryState.SENT,
        reason="",
        platform=prepared.platform,
        tenant=prepared.parcel.tenant,
        handle=handle,
        shown=delivery.changes,
        not_before=_next_edit(office, delivery, prepared.platform),
        sent_at=delivery.sent_at or office.now,
        attempts=0 if delivery.edit else delivery.attempts,
    )


def _next_edit(office: Office, delivery: Delivery, platform: str) -> datetime | None:
    """When a message may be edited again: what many change at once in a channel, such as a list of
    who is coming, keeps to the pace of the channel."""
    if delivery.conversation_id is None:
        return delivery.not_before
    return office.now + pace_of(platform).apart


def _later(office: Office, delivery: Delivery, seconds: float, reason: str) -> Delivery:
    if delivery.attempts >= MOST_ATTEMPTS:
        return _given_up(office, delivery, DeliveryState.REFUSED, f"gave up: {reason}")
    # Doubling from the second try on, so that a platform that is down is not hammered.
    wait = max(_asked(seconds), timedelta(seconds=2.0 ** min(delivery.attempts, 15) - 2))
    return replace(delivery, reason=reason, not_before=office.now + min(wait, LONGEST_WAIT))


def _unreachable(
    office: Office, delivery: Delivery, identity_id: int | None, reason: str
) -> Delivery:
    if identity_id is None:
        not_posted(office, delivery)
    if delivery.edit or identity_id is None:
        return _given_up(office, delivery, DeliveryState.UNREACHABLE, reason)
    # The next claim looks for another chat, and gives up where there is none.
    tried = (*delivery.tried, identity_id)
    return replace(delivery, tried=tried, reason=reason, not_before=office.now)


def _given_up(office: Office, delivery: Delivery, state: DeliveryState, reason: str) -> Delivery:
    if delivery.edit:
        # The message stands, only not up to date; the next change tries again.
        return replace(delivery, shown=delivery.changes, reason=reason, attempts=0)
    return ended(office, delivery, state, reason)


def _remember(office: Office, prepared: Prepared, address: Address) -> None:
    if prepared.delivery.member_id is None:
        return
    for identity in office.books.members.identities(prepared.delivery.member_id):
        if identity.id == prepared.identity_id:
            office.books.members.touch(replace(identity, address=address))
