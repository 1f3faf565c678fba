"""What is kept of posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.posts.model import Post, PostKind


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for among open posts. Empty and None mean: any.

    ``words`` are searched with synonyms, joined by "or". ``near_sites`` only order;
    ``site_id`` and ``online`` filter. ``without`` are members not to show; members who are not
    active never are. ``without_posts`` are posts not to show; ``newest`` puts the newest first,
    however well others fit.
    """

    today: date
    kind: PostKind | None = None
    words: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    organisation_id: int | None = None
    site_id: int | None = None
    online: bool = False
    near_sites: tuple[int, ...] = ()
    without: frozenset[int] = frozenset()
    offset: int = 0
    limit: int = 5
    without_posts: frozenset[int] = frozenset()
    newest: bool = False


class PostBook(Protocol):
    """Offers and asks."""

    def add(self, post: Post) -> Post:
        """Keep a new post with its skills, findable at once."""
        ...

    def get(self, post_id: int) -> Post | None:
        """The post with this id."""
        ...

    def lock(self, post_id: int) -> Post | None:
        """The same, held until the transaction ends."""
        ...

    def save(self, post: Post) -> Post:
        """Keep ``post`` as the next version; raises ``Stale`` if it changed since it was read."""
        ...

    def search(self, search: Search) -> tuple[Sequence[Post], int]:
        """One page of matches, best first, then near, then newest; and how many there are."""
        ...

    def of_member(self, member_id: int, *, open_only: bool = True) -> Sequence[Post]:
        """A member's posts, newest first."""
        ...

    def due_to_close(self, today: date, limit: int = 200) -> Sequence[Post]:
        """Open posts whose last day is before ``today``."""
        ...

    def members_for(
        self, post: Post, skills: Sequence[str], without: frozenset[int], limit: int
    ) -> Sequence[int]:
        """Members to tell of a new post: those who opted in and have (for an ask) or would like
        (for an offer) one of its ``skills``; most skills in common first, other organisations
        before the author's own, the longest untold first."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Posts of one member become the other's; their versions go up."""
        ...

    def forget_words_of(self, member_id: int) -> None:
        """Blank the words of a leaver's posts and take them out of the search index."""
        ...
