"""Every view and form of the posts room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from core.kernel.texts import _
from core.organisations.model import Site
from core.posts.content import Content
from core.posts.forms import find_form, post_form
from core.posts.from_message import message_form, understood
from core.posts.intents import FillPost, Find, SearchPosts
from core.posts.list_views import found_view, mine_view
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST, Post, PostKind, PostState
from core.posts.share_views import shared_view, to_share_view
from core.posts.source import Source
from core.posts.views import (
    Shown,
    answered_view,
    dropped_view,
    post_view,
    preview_view,
    told_view,
)
from core.safety.free_text import with_tick
from core.skills.finder import find
from core.ui.gallery import HOSTILE, Example

SITE = Site(1, "Northgate Library", 3)
POST = Post(
    PostKind.ASK,
    1,
    1,
    "help with run charts",
    "I have 12 months of waiting times and would like to see what has changed.",
    60,
    ("spc", "data-analysis", "waiting-lists"),
    True,
    3,
    date(2026, 6, 30),
    datetime(2026, 5, 1, 9, tzinfo=UTC),
    id=42,
)
ASK = Shown(POST, "Ana Ward", "Northgate Hospital Trust", SITE, mine=False)
OFFER = replace(ASK, post=replace(POST, kind=PostKind.OFFER, title="easy read", id=7))
CLOSED = replace(ASK, post=replace(POST, state=PostState.CLOSED))
LONGEST = replace(
    ASK,
    post=replace(
        POST, title="W" * TITLE_LONGEST, details="word " * (DETAILS_LONGEST // 5), id=10**9
    ),
)
HOSTILE_ONE = replace(
    ASK,
    post=replace(POST, title=HOSTILE, details=HOSTILE, skills=("free-tag",)),
    author=HOSTILE,
)

LINK = "https://northgate.slack.com/archives/C024BE91L/p1777885200000100"
MESSAGE = (
    "Hi all. Could someone help us with run charts? About 2 hours would do.\n"
    "We have 12 months of waiting times and would like to see what has changed."
)


def _content(title: str, skills: tuple[str, ...] = ("spc",)) -> Content:
    return Content(PostKind.ASK, title, "", 90, skills, True, 3, date(2026, 6, 30))


def examples() -> Iterator[Example]:
    """Forms, previews, cards and lists, from empty to as full as they get."""
    yield from _forms()
    yield from _previews()
    yield from _cards()
    yield from _lists()
    yield from _in_channels()


def _forms() -> Iterator[Example]:
    yield Example("posts.form-empty", post_form(FillPost(kind="ask")))
    filled = FillPost(
        kind="offer",
        title="run charts for beginners",
        minutes="2h",
        skills="spc",
        place="online or Northgate Library",
        closes="2026-06-30",
    )
    yield Example("posts.form-filled", post_form(filled))
    yield Example("posts.form-edit", post_form(replace(filled, post=7, version=2)))
    doubt = _("This may be about a patient.")
    yield Example("posts.form-in-doubt", with_tick(post_form(filled), doubt))
    yield from _from_message()
    yield Example("posts.form-find", find_form(SearchPosts(words="run charts")))


def _previews() -> Iterator[Example]:
    clear = _content("help with run charts")
    yield Example("posts.preview", preview_view(5, clear, SITE, find(clear.title)))
    made = replace(clear, source=Source("slack", "T024BE7LD", LINK))
    late = _("Its closing date has passed. Change it first.")
    yield Example("posts.preview-late", preview_view(5, made, SITE, find(made.title), late))
    unsure = _content("PM and HF help", ())
    yield Example("posts.preview-asking", preview_view(5, unsure, None, find(unsure.title)))
    yield Example("posts.dropped", dropped_view(PostKind.ASK))


def _cards() -> Iterator[Example]:
    yield Example("posts.ask", post_view(ASK))
    yield Example("posts.offer", post_view(OFFER))
    yield Example("posts.mine", post_view(replace(ASK, mine=True), _("Your post is changed.")))
    yield Example("posts.ask-from-message", post_view(replace(ASK, link=LINK)))
    yield Example("posts.mine-from-message", post_view(replace(ASK, mine=True, link=LINK)))
    yield Example("posts.told", told_view(ASK, _("Could you help with this?")))
    yield Example("posts.answered", answered_view(POST, 12))
    yield Example("posts.closed", post_view(CLOSED))
    yield Example("posts.closed-mine", post_view(replace(CLOSED, mine=True)))
    yield Example("posts.away", post_view(replace(ASK, away=True)))
    yield Example("posts.longest", post_view(LONGEST))
    yield Example("posts.hostile", post_view(HOSTILE_ONE))


def _lists() -> Iterator[Example]:
    five = [ASK, OFFER, replace(ASK, mine=True), CLOSED, LONGEST]
    yield Example(
        "posts.found", found_view(five, 23, Find(words="run charts", page=1), "run charts")
    )
    yield Example("posts.found-one", found_view([OFFER], 1, Find(), ""))
    yield Example("posts.found-none", found_view([], 0, Find(words="jam"), "jam"))
    yield Example("posts.my-posts", mine_view([replace(OFFER, mine=True)], 1, 0))
    yield Example("posts.my-posts-none", mine_view([], 0, 0))


def _in_channels() -> Iterator[Example]:
    yield Example("posts.shared-offer", shared_view(OFFER))
    yield Example("posts.shared-ask", shared_view(replace(ASK, mine=True, link=LINK)))
    yield Example("posts.shared-longest", shared_view(LONGEST))
    yield Example("posts.shared-hostile", shared_view(HOSTILE_ONE))
    yield Example("posts.to-share", to_share_view([OFFER, replace(ASK, mine=True)], "run charts"))
    yield Example("posts.to-share-none", to_share_view([], "jam"))
    yield Example("posts.to-share-nothing-yet", to_share_view([], ""))


def _from_message() -> Iterator[Example]:
    for name, words in (
        ("from-message", MESSAGE),
        ("from-long-message", f"{MESSAGE} {'word ' * (DETAILS_LONGEST // 5)}"),
        ("from-empty-message", ""),
        ("from-hostile-message", HOSTILE),
    ):
        found = understood(words, 15)
        fill = FillPost(
            kind="ask",
            title=found.title,
            details=found.details,
            minutes=found.minutes,
            skills=found.skills,
            from_message=True,
            source=LINK,
        )
        yield Example(f"posts.form-{name}", message_form(fill, found, empty=not words))
