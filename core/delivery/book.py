"""What is kept of notices and deliveries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.delivery.model import Audience, Delivery, DeliveryState, Figure, Notice, Pause


class DeliveryBook(Protocol):
    """Notices, deliveries, and how fast each tenant may be written to."""

    def tell(self, notice: Notice, member_ids: Sequence[int]) -> int:
        """Keep a notice and one waiting delivery for each member; the notice's id."""
        ...

    def plan(self, notice: Notice, audience: Audience, spread: timedelta = timedelta()) -> int:
        """Keep a notice and, in one statement, a waiting delivery for each member of ``audience``;
        how many are new. Each falls due at ``notice.at`` and up to ``spread`` later, by member.
        With a key that is known, whoever has no delivery of it yet gets one."""
        ...

    def plan_channels(self, notice: Notice, conversation_ids: Sequence[int]) -> int:
        """The same for channels, all due at ``notice.at``."""
        ...

    def notice(self, notice_id: int) -> Notice:
        """The notice with this id."""
        ...

    def notices(self, notice_ids: Sequence[int]) -> Mapping[int, Notice]:
        """The notices with these ids, in one query."""
        ...

    def claim(
        self,
        now: datetime,
        lease_until: datetime,
        limit: int,
        busy: Collection[tuple[str, str]] = (),
    ) -> Sequence[Delivery]:
        """Lease deliveries that are due: waiting, or sent and changed since. Of each tenant at most
        what its platform takes at a moment, what is for few people first, and then the oldest; of
        tenants that are paused, held or ``busy`` nothing. A ``busy`` platform has "" as its
        tenant."""
        ...

    def next_opening(
        self, now: datetime, busy: Collection[tuple[str, str]] = ()
    ) -> datetime | None:
        """When the first tenant that something is due for is written to again, where pace alone
        holds it back; those that are ``busy`` left out."""
        ...

    def shorten_turns(
        self, claimed: Sequence[Delivery], sent_ids: Collection[int], at: datetime
    ) -> None:
        """Of what was claimed at ``at`` only these are sent, and the rest takes nothing of its
        tenants' pace: their next turn comes sooner, unless they have had it already."""
        ...

    def still_leased(self, deliveries: Sequence[Delivery]) -> Mapping[int, Delivery]:
        """Those of these, which were claimed, that nobody else has claimed or settled since: as
        they stand now, by id, and held until this transaction ends."""
        ...

    def give_back(self, delivery_ids: Collection[int]) -> None:
        """End the leases of what was claimed and is not going to be sent."""
        ...

    def count_on(self, deliveries: Sequence[Delivery]) -> None:
        """Keep the days that these, which are about to be sent, are counted on."""
        ...

    def settle(self, delivery: Delivery) -> None:
        """Keep what came of a delivery and end its lease. ``shown`` counts the changes that were
        known when it was claimed, so a change that came meanwhile makes it due again."""
        ...

    def settle_all(self, deliveries: Sequence[Delivery]) -> None:
        """The same for many, in one statement."""
        ...

    def held_due(
        self, member_id: int, now: datetime, claimed_ids: Collection[int]
    ) -> Sequence[tuple[Delivery, Notice]]:
        """What waits for a member, has been put off before and is due now, oldest first and held
        until this transaction ends; without what somebody else has leased. ``claimed_ids`` are
        leased by whoever asks."""
        ...

    def merge(self, delivery_ids: Sequence[int], into_notice_id: int, now: datetime) -> None:
        """Withhold these, because the notice ``into_notice_id`` tells all of it at once."""
        ...

    def touch(
        self,
        subject: str,
        now: datetime,
        actor_id: int | None = None,
        actor_waits: timedelta = timedelta(),
    ) -> None:
        """Messages that stand in a chat about ``subject`` are to be brought up to date: at once,
        in a channel as soon as it may be written to again, and ``actor_id``'s own after
        ``actor_waits``."""
        ...

    def by_handle(self, platform: str, tenant: str, handle: str, member_id: int) -> Notice | None:
        """The notice behind a message that a member replied to."""
        ...

    def last_sent(self, member_id: int, kind: str) -> Notice | None:
        """The last notice of a kind that reached a member."""
        ...

    def told_since(self, kind: str, subject: str, member_id: int, since: datetime) -> bool:
        """Whether a member has been told something of this kind since then, or will be."""
        ...

    def hold(self, platform: str, tenant: str, until: datetime) -> None:
        """Send nothing to this tenant until then."""
        ...

    def held_until(self, platform: str, tenant: str) -> datetime | None:
        """Until when nothing is sent to this tenant, where that was said."""
        ...

    def pause(self, pause: Pause) -> None:
        """Send nothing there until it is resumed."""
        ...

    def resume(self, platform: str, tenant: str) -> bool:
        """Take exactly this pause back; False where there was none."""
        ...

    def pauses(self) -> Sequence[Pause]:
        """What is paused."""
        ...

    def look_again(self, member_id: int, now: datetime) -> None:
        """A member has changed when they may be written to: what was put off out of respect for
        them is due, to be looked at again."""
        ...

    def cancel_for(self, member_id: int, reason: str) -> None:
        """Withhold everything that waits for a member."""
        ...

    def wake(self, member_id: int, now: datetime) -> None:
        """The member is back. What was withheld because they were away waits again, the newest
        alone where several are about one thing; messages that stand are brought up to date."""
        ...

    def reconnect(self, platform: str, tenant: str, since: datetime, now: datetime) -> None:
        """A tenant can be written to again. What has reached its people nowhere since ``since``
        waits again, the newest alone where several are about one thing; messages that stand there
        and could not be brought up to date are."""
        ...

    def figures(self, since: datetime | None = None) -> Sequence[Figure]:
        """How many deliveries, of notices since then or ever, have come to what, by kind of notice
        and tenant. Together they are all of them."""
        ...

    def outcomes(self, subject: str, kind: str) -> Mapping[tuple[str, str], int]:
        """How many deliveries of one kind about ``subject`` there are by (state, reason)."""
        ...

    def retry(
        self,
        states: Sequence[DeliveryState],
        now: datetime,
        *,
        platform: str = "",
        tenant: str = "",
        kind: str = "",
        since: datetime | None = None,
    ) -> int:
        """Let what came to nothing wait again, now that a fault is mended; how many. Of ``states``
        only those count that are an end: refused, unreachable."""
        ...

    def recent(self, limit: int) -> Sequence[tuple[Delivery, Notice]]:
        """The newest deliveries with their notices."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Deliveries of one member become the other's. Of a notice that both were told, the first
        one's is withheld as merged if it still waits, and stays where it is."""
        ...

    def of_member(self, member_id: int, limit: int = 1000) -> Sequence[tuple[Delivery, Notice]]:
        """A member's deliveries with their notices, newest first."""
        ...
