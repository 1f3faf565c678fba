"""A conversation: a group chat, a team or a channel that the app is in, and could post to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class ConversationKind(StrEnum):
    """What a conversation of many people is. A team counts as its first channel."""

    GROUP = "group"
    CHANNEL = "channel"


class Closed(StrEnum):
    """Why nothing is posted in a registered channel any more, though nobody has stopped it."""

    SHARED = "shared"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where something could be posted for many to read; nothing about the people in it.

    ``external_id`` is the platform's. A channel names its ``team``; of the team's first channel
    the two are the same, and that one stands for the whole team: what is so of it, its name and
    whether the app is in it, is so of every channel of the team. ``installed_at`` says since when
    the app is in it, and ``removed_at`` since when nothing can be posted: the app was taken out,
    or it was archived or deleted. Empty words are not known.
    """

    platform: str
    tenant: str
    external_id: str
    kind: ConversationKind
    installed_at: datetime
    seen_at: datetime
    """The moment of the latest news of it."""
    told_at: datetime | None = None
    """The moment of the latest news of whether the app is in it, where there was any."""
    removed_at: datetime | None = None
    team: str = ""
    team_name: str = ""
    name: str = ""
    """The channel's own."""
    service_url: str = ""
    """Where the platform takes messages for it."""
    bot: str = ""
    locale: str = ""
    id: int = 0

    @property
    def live(self) -> bool:
        """Whether the app is in it, as far as is known."""
        return self.removed_at is None


_FACTS = ("team", "team_name", "name", "service_url", "bot", "locale")


def updated(kept: Conversation, told: Conversation) -> Conversation:
    """``kept`` with what news of it, ``told``, adds.

    News comes twice, late and out of order. The later word holds, and what it leaves open is
    taken from the earlier one.
    """
    later, earlier = (told, kept) if told.seen_at >= kept.seen_at else (kept, told)
    facts: dict[str, Any] = {
        name: getattr(later, name) or getattr(earlier, name) for name in _FACTS
    }
    return _standing(replace(kept, seen_at=later.seen_at, **facts), told)


def _standing(kept: Conversation, told: Conversation) -> Conversation:
    """``kept`` with the word of ``told`` on whether the app is in, if that is the latest."""
    if told.told_at is None or (kept.told_at is not None and told.told_at < kept.told_at):
        return kept
    if told.removed_at is not None:
        since = kept.removed_at or told.removed_at
        return replace(kept, told_at=told.told_at, removed_at=since)
    came = told.installed_at
    if kept.removed_at is None:
        came = min(kept.installed_at, came)
    return replace(kept, told_at=told.told_at, removed_at=None, installed_at=came)


@dataclass(frozen=True, slots=True)
class Registration:
    """A channel that somebody with a role has registered to be posted to, by saying ``here``.

    ``organisation_id`` is the organisation they hold the role for; None for the whole system.
    ``weekday`` and ``hour`` say when its digest comes, in ``zone``.
    """

    conversation_id: int
    organisation_id: int | None
    by_member_id: int
    at: datetime
    digests: bool = True
    announcements: bool = True
    language: str = "en"
    weekday: int = 0
    hour: int = 9
    zone: str = "Europe/London"
