"""What a claimed delivery turns into: a parcel to be sent, or an outcome without sending."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.couriers import Parcel
from core.delivery.model import Delivery, DeliveryState, Withheld
from core.kernel.desk import Office
from core.kernel.texts import _
from core.ui.views import Note, view


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parcel for one platform's courier, and the delivery it settles."""

    platform: str
    parcel: Parcel
    delivery: Delivery
    identity_id: int | None
    """The chat of the member it is for; None for a channel."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing is sent now, and the delivery stands like this. None where it was merged with others
    and is settled already."""

    delivery: Delivery | None


def withheld(office: Office, delivery: Delivery, why: Withheld) -> Settled:
    """A delivery that is not sent. A message that stands stays as it is: there is nothing newer."""
    if delivery.edit:
        return Settled(replace(delivery, shown=delivery.changes))
    return Settled(ended(office, delivery, DeliveryState.WITHHELD, why.value))


def ended(office: Office, delivery: Delivery, state: DeliveryState, reason: str) -> Delivery:
    """A delivery that comes to nothing, and counts towards nobody's cap."""
    return replace(without_place(office, delivery), state=state, reason=reason)


def without_place(office: Office, delivery: Delivery) -> Delivery:
    """A delivery that does not go out on the day it was counted on, which is given back."""
    if delivery.counted_on is None or delivery.member_id is None:
        return delivery
    office.books.preferences.give_back(delivery.member_id, delivery.counted_on)
    return replace(delivery, counted_on=None)


GONE = view(Note(_("This is no longer here.")))
"""What takes the place of a message that was taken back, or is not for its reader any more."""
