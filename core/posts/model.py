"""A post is an offer or an ask: what, how long, where and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.posts.source import Source


class PostKind(StrEnum):
    """Which way the help goes."""

    OFFER = "offer"
    ASK = "ask"

    @property
    def letter(self) -> str:
        """The letter of its references: O for an offer, A for an ask."""
        return "O" if self is PostKind.OFFER else "A"


class PostState(StrEnum):
    """Only an open post can be found and answered."""

    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


TITLE_LONGEST = 150
DETAILS_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Post:
    """What someone offers or asks. ``closes`` is the last day it can be answered; ``skills`` are
    ids of the taxonomy or free tags; ``source`` is the chat message that it was made from."""

    kind: PostKind
    member_id: int
    organisation_id: int
    title: str
    details: str
    minutes: int
    skills: tuple[str, ...]
    online: bool
    site_id: int | None
    closes: date
    created_at: datetime
    state: PostState = PostState.OPEN
    source: Source | None = None
    version: int = 1
    id: int = 0
