"""From deliveries that are due to parcels: who, where, in which language, and whether at all.

All of it is decided now, from what is true now: a notice planned yesterday for a member who has
since said "stop" is withheld today. A batch is decided in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.delivery.facts import Facts, read_facts
from core.delivery.model import Delivery
from core.delivery.pace import pace_of
from core.delivery.prepared import Prepared, Settled
from core.delivery.to_channel import to_channel
from core.delivery.to_member import to_member
from core.feature import House
from core.kernel.desk import Office


def prepare(
    office: Office,
    house: House,
    deliveries: Sequence[Delivery],
    posts: Mapping[int, datetime] | None = None,
) -> Sequence[Prepared]:
    """The parcels for claimed deliveries; those that are settled without sending have none.

    ``posts``: when a post for each channel was last handed over, by its id, for whoever prepares
    batch after batch.
    """
    batch = _Batch(
        office,
        house,
        read_facts(office, deliveries),
        {one.id: one for one in deliveries},
        {} if posts is None else posts,
    )
    # In one order everywhere, so that two replicas never wait for each other's members.
    for delivery in sorted(deliveries, key=_recipient):
        batch.take(delivery)
    counted = {one.id: one.counted_on for one in deliveries}
    books = office.books.deliveries
    books.settle_all(batch.settled)
    books.count_on(
        [one.delivery for one in batch.ready if one.delivery.counted_on != counted[one.delivery.id]]
    )
    return batch.ready


def _recipient(delivery: Delivery) -> tuple[int, int, int]:
    return delivery.member_id or 0, delivery.conversation_id or 0, delivery.id


@dataclass(slots=True)
class _Batch:
    office: Office
    house: House
    facts: Facts
    undecided: dict[int, Delivery]
    posts: Mapping[int, datetime]
    ready: list[Prepared] = field(default_factory=list)
    settled: list[Delivery] = field(default_factory=list)
    written_to: Counter[tuple[int, int]] = field(default_factory=Counter)

    def take(self, delivery: Delivery) -> None:
        """Decide about one delivery, unless it was merged with one before it."""
        if delivery.id not in self.undecided:
            return
        found = self._too_soon(delivery) or self._decide(delivery)
        self.undecided.pop(delivery.id)
        if isinstance(found, Prepared):
            self.ready.append(found)
            self.written_to[_recipient(delivery)[:2]] += 1
        elif found.delivery is not None:
            self.settled.append(found.delivery)
        else:
            self._leave_out_merged(delivery)

    def _decide(self, delivery: Delivery) -> Prepared | Settled:
        if delivery.edit and not delivery.handle:
            # Its platform did not say where it stands: sent afresh, it would stand there twice.
            return Settled(replace(delivery, shown=delivery.changes))
        if delivery.conversation_id is not None:
            return to_channel(self.office, self.house, self.facts, delivery)
        return to_member(self.office, self.house, self.facts, delivery, self.undecided)

    def _too_soon(self, delivery: Delivery) -> Settled | None:
        """Of two messages for one recipient the second waits a moment. A channel has its moment
        from one batch to the next, for it takes no more than one post in it."""
        apart = pace_of(delivery.platform).apart
        if not apart:
            return None
        last = None
        if self.written_to[_recipient(delivery)[:2]]:
            last = self.office.now
        elif delivery.conversation_id is not None and not delivery.edit:
            last = self.posts.get(delivery.conversation_id)
        if last is None or self.office.now >= last + apart:
            return None
        return Settled(replace(delivery, not_before=last + apart))

    def _leave_out_merged(self, delivery: Delivery) -> None:
        """What was merged with ``delivery`` is settled. What could not be merged waits still."""
        member_id = delivery.member_id
        assert member_id is not None
        left = self.office.books.deliveries.held_due(member_id, self.office.now, self.undecided)
        waiting = {one.id for one, _notice in left}
        for one in list(self.undecided.values()):
            if one.member_id == member_id and one.held and one.id not in waiting:
                del self.undecided[one.id]
