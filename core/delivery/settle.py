"""What came of a parcel, written back: sent, again later, refused, or tried in another chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from core.callers import Address
from core.couriers import Later, Outcome, Refused, Sent, Unreachable
from core.delivery.model import Delivery, DeliveryState
from core.delivery.prepare import Prepared
from core.kernel.desk import Office

MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)


def settle(office: Office, prepared: Prepared, outcome: Outcome) -> None:
    """Keep the outcome of one parcel."""
    delivery = replace(prepared.delivery, attempts=prepared.delivery.attempts + 1)
    book = office.books.deliveries
    match outcome:
        case Sent(handle, address):
            if address is not None:
                _remember(office, prepared, address)
            book.settle(_sent(office, delivery, prepared, handle))
        case Later(seconds, reason, whole_tenant):
            until = office.now + timedelta(seconds=seconds)
            if whole_tenant:
                book.hold(prepared.platform, prepared.parcel.tenant, until)
            book.settle(_later(office, delivery, seconds, reason))
        case Refused(reason):
            book.settle(_given_up(delivery, DeliveryState.REFUSED, reason))
        case Unreachable(reason):
            if delivery.edit:
                book.settle(_given_up(delivery, DeliveryState.UNREACHABLE, reason))
            else:
                # The next claim looks for another chat, and gives up where there is none.
                tried = (*delivery.tried, prepared.identity_id)
                book.settle(replace(delivery, tried=tried, reason=reason, not_before=office.now))
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
        sent_at=delivery.sent_at or office.now,
        attempts=0 if delivery.edit else delivery.attempts,
    )


def _later(office: Office, delivery: Delivery, seconds: float, reason: str) -> Delivery:
    if delivery.attempts >= MOST_ATTEMPTS:
        return _given_up(delivery, DeliveryState.REFUSED, f"gave up: {reason}")
    # Doubling from the second try on, so that a platform that is down is not hammered.
    wait = timedelta(seconds=max(seconds, 2.0 ** min(delivery.attempts, 15) - 2))
    return replace(delivery, reason=reason, not_before=office.now + min(wait, LONGEST_WAIT))


def _given_up(delivery: Delivery, state: DeliveryState, reason: str) -> Delivery:
    if delivery.edit:
        # The message stands, only not up to date; the next change tries again.
        return replace(delivery, shown=delivery.changes, reason=reason)
    return replace(delivery, state=state, reason=reason)


def _remember(office: Office, prepared: Prepared, address: Address) -> None:
    for identity in office.books.members.identities(prepared.delivery.member_id):
        if identity.id == prepared.identity_id:
            office.books.members.touch(replace(identity, address=address))
