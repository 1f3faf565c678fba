"""Respect for a reader, at the moment a message could go out to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from core.delivery.model import Delivery, Withheld
from core.delivery.prepared import Settled, withheld, without_place
from core.feature import House, NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.respect.deciding import Go, Hold, decide
from core.respect.merging import merge
from core.respect.model import Preferences

HELD = "its reader's hours, leave or daily cap"


@dataclass(frozen=True, slots=True)
class Reader:
    """A member with how they want to be written to."""

    member: Member
    preferences: Preferences


def respected(
    office: Office,
    house: House,
    kind: NoticeKind,
    reader: Reader,
    delivery: Delivery,
    claimed_ids: Collection[int],
) -> Delivery | Settled:
    """A first sending that may go to ``reader`` now, with the day it counts on; or how it is
    settled instead. ``claimed_ids`` are the reader's own in this batch, this one among them."""
    if delivery.held and merge(
        office, house, reader.member, reader.preferences, delivery, claimed_ids
    ):
        return Settled(None)
    decided = decide(office, kind, reader.member, reader.preferences, delivery)
    match decided:
        case Go(day):
            kept = delivery if day == delivery.counted_on else without_place(office, delivery)
            return replace(kept, counted_on=day)
        case Hold(until):
            waits = without_place(office, delivery)
            return Settled(replace(waits, not_before=until, held=True, reason=HELD))
        case Withheld():
            return withheld(office, delivery, decided)
