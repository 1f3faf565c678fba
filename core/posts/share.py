"""Finding a post to put into a conversation, for others there to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from core.kernel.desk import Desk
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.posts.find import search_for
from core.posts.intents import Find
from core.posts.model import Post, PostKind, PostState
from core.posts.share_views import to_share_view
from core.posts.show import shown_to, visible
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply

MOST = 25
"""The most posts of one answer: as many as Teams asks for at a time."""


@dataclass(frozen=True, kw_only=True)
class FindToShare(Intent):
    """Look for open posts to put into a conversation: from number ``skip`` on, at most ``count``.

    ``words`` may be a post's reference. Without words the newest come first.
    """

    name: ClassVar[str] = "posts.find-to-share"
    repeatable: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False
    """It is asked at every letter that somebody types, and means nothing afterwards."""

    words: str = ""
    skip: int = 0
    count: int = MOST


def find_to_share(desk: Desk, intent: FindToShare) -> Reply:
    """The posts, each with its card. Nobody can answer a post whose author is away for now, so it
    is not put before others either."""
    search, asked_for = search_for(desk, Find(words=intent.words))
    skip, count = max(0, intent.skip), min(max(1, intent.count), MOST)
    posts: Sequence[Post] = _named(desk, intent.words)[skip:]
    if not posts:
        wanted = replace(search, offset=skip, limit=count, newest=not asked_for)
        posts, _total = desk.books.posts.search(wanted)
    found = [shown for shown in shown_to(desk, posts, desk.me.id) if not shown.away]
    return Replace(to_share_view(found, asked_for))


def _named(desk: Desk, words: str) -> list[Post]:
    """The open post whose reference ``words`` are; none for any others."""
    letter, number = read_reference(words) or ("", 0)
    if letter not in {kind.letter for kind in PostKind}:
        return []
    try:
        post = visible(desk, number)
    except Refusal:
        return []
    stands = post.state is PostState.OPEN and post.closes >= desk.today
    return [post] if stands and post.kind.letter == letter else []
