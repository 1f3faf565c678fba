"""The desk an action works at: the moment, the books of its transaction, and who is acting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from core.delivery.model import Audience, Notice
from core.journal.model import Deed
from core.members.model import Identity, Member
from core.policy.model import Policy
from core.words import Speech

if TYPE_CHECKING:
    from core.books import Books
    from core.callers import Caller
    from core.feature import House
    from core.kernel.keys import Keys
    from core.ui.intents import Intent
    from core.ui.replies import Reply

READ_FIRST = timedelta(seconds=30)
"""How long an answer stands before the card beneath it is brought up to date."""


@dataclass(slots=True)
class Office:
    """What works without a caller: jobs, notices and the command line."""

    now: datetime
    books: Books
    policy: Policy
    keys: Keys
    """Keyed hashes and random codes, from the system's secret."""
    public_url: str
    slot: datetime | None = field(default=None, kw_only=True)
    """The slot that a job runs for, where it runs for one."""

    def tell(
        self,
        kind: str,
        subject: str,
        member_ids: Sequence[int],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell these members, in the same transaction; nobody is told of nothing."""
        if member_ids:
            self.books.deliveries.tell(Notice(kind, subject, self.now, data or {}), member_ids)

    def tell_all(
        self,
        kind: str,
        subject: str,
        audience: Audience,
        data: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        at: datetime | None = None,
        spread: timedelta = timedelta(),
    ) -> int:
        """Tell all of ``audience``, from ``at`` (now) on, in the same transaction; how many."""
        notice = Notice(kind, subject, at or self.now, data or {}, key)
        return self.books.deliveries.plan(notice, audience, spread)

    def tell_channels(
        self,
        kind: str,
        subject: str,
        conversation_ids: Sequence[int],
        data: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        at: datetime | None = None,
    ) -> int:
        """Post into these channels, in the same transaction; how many."""
        notice = Notice(kind, subject, at or self.now, data or {}, key)
        return self.books.deliveries.plan_channels(notice, conversation_ids)

    def changed(self, subject: str) -> None:
        """Bring the messages that already stand in chats about ``subject`` up to date."""
        self.books.deliveries.touch(subject, self.now)


@dataclass(slots=True)
class Desk(Office):
    """An action's whole world. ``me`` and ``identity`` are set for every member's action."""

    caller: Caller
    dispatch: Callable[[Desk, Intent], Reply]
    """Carries out another intent at this desk, in the same transaction."""
    house: House
    """All rooms, for help, undo and what was typed before joining."""
    member: Member | None = None
    identity_or_none: Identity | None = None
    organisation_ids: tuple[int, ...] = field(default=())
    """The organisations that the caller's tenant is registered to."""
    follow_up: Intent | None = None
    """What the engine goes on with after this action is committed."""

    @property
    def me(self) -> Member:
        """The acting member. The engine admits nobody else to a member's verb."""
        assert self.member is not None
        return self.member

    @property
    def identity(self) -> Identity:
        """The chat identity that is acting."""
        assert self.identity_or_none is not None
        return self.identity_or_none

    @property
    def zone(self) -> ZoneInfo:
        """The acting member's time zone."""
        return ZoneInfo(self.member.zone if self.member else "Europe/London")

    @property
    def today(self) -> date:
        """The day it is where the acting member is."""
        return self.now.astimezone(self.zone).date()

    @property
    def speech(self) -> Speech:
        """The acting member's voice: for the rare words that are made here and not in a view."""
        return Speech(self.member.language if self.member else "en", self.zone)

    def changed(self, subject: str) -> None:
        """Bring standing messages up to date: everybody's at once, the actor's own a little
        later. Their card has just been replaced by the answer, and "Confirmed. Your balance is
        now 3 hours" has to stay long enough to be read."""
        self.books.deliveries.touch(
            subject, self.now, self.member.id if self.member else None, READ_FIRST
        )

    def did(
        self, kind: str, object_id: int, version: int, before: Mapping[str, Any] | None = None
    ) -> None:
        """Remember what was just done, so that ``undo`` can take it back."""
        self.books.journal.remember(
            Deed(self.me.id, kind, object_id, version, self.now, before or {})
        )
