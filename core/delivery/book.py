"""What is kept of notices and deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.delivery.model import Delivery, Notice, Pause


class DeliveryBook(Protocol):
    """Notices, deliveries, and how fast each tenant may be written to."""

    def tell(self, notice: Notice, member_ids: Sequence[int]) -> int:
        """Keep a notice and one waiting delivery for each member; the notice's id."""
        ...

    def notice(self, notice_id: int) -> Notice:
        """The notice with this id."""
        ...

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> Sequence[Delivery]:
        """Lease deliveries that are due: waiting, or sent and changed since; oldest first."""
        ...

    def settle(self, delivery: Delivery) -> None:
        """Keep what came of a delivery and end its lease. ``shown`` counts the changes that were
        known when it was claimed, so a change that came meanwhile makes it due again."""
        ...

    def touch(
        self,
        subject: str,
        now: datetime,
        actor_id: int | None = None,
        actor_waits: timedelta = timedelta(),
    ) -> None:
        """Messages that stand in a chat about ``subject`` are to be brought up to date: at once,
        and ``actor_id``'s own after ``actor_waits``."""
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

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many deliveries there are by (kind of notice, state)."""
        ...

    def recent(self, limit: int) -> Sequence[tuple[Delivery, Notice]]:
        """The newest deliveries with their notices."""
        ...

    def oldest_due(self, now: datetime) -> datetime | None:
        """When the longest-waiting due delivery became due."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Deliveries of one member become the other's. Of a notice that both were told, the first
        one's is withheld as merged if it still waits, and stays where it is."""
        ...

    def of_member(self, member_id: int, limit: int = 1000) -> Sequence[tuple[Delivery, Notice]]:
        """A member's deliveries with their notices, newest first."""
        ...
