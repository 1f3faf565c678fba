"""Every view and form of the reminders room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from core.exchanges.gallery import AGREED, ANA, BEN, CLAIMED, NOW, PROPOSED
from core.exchanges.views import Seen
from core.members.model import Member
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST, Post, PostKind
from core.posts.views import Shown
from core.reminders.better_words import suggestions
from core.reminders.broker_views import (
    broker_view,
    introduce_form,
    introduced_view,
    thought_of_view,
)
from core.reminders.closing_views import closing_view
from core.reminders.intents import Introduce
from core.reminders.model import About
from core.reminders.unanswered_views import unanswered_view
from core.reminders.waiting_views import not_yet_view, waiting_view
from core.ui.gallery import HOSTILE, Example

ASK = Post(
    PostKind.ASK,
    1,
    1,
    "Run charts",
    "",
    180,
    (),
    False,
    None,
    date(2026, 6, 30),
    datetime(2026, 5, 1, 9, tzinfo=UTC),
    id=42,
)
CLEAR = replace(
    ASK,
    title="Help to read a run chart",
    details="I have 12 months of waiting times.",
    minutes=60,
    skills=("spc",),
    online=True,
    id=43,
)
OFFER = replace(CLEAR, kind=PostKind.OFFER, title="Easy read for leaflets", id=7)
LONGEST = replace(
    ASK, title="W" * TITLE_LONGEST, details="word " * (DETAILS_LONGEST // 5), id=10**9
)
BY_ANA = Shown(ASK, "Ana Ward", "Northgate Hospital Trust", None, mine=False)


def examples() -> Iterator[Example]:
    """Each reminder for one thing, for several, and when all is done; the broker's list."""
    yield from _waiting()
    yield from _posts()
    yield from _brokers()


def _waiting() -> Iterator[Example]:
    to_confirm = (About.CONFIRM, _seen(Seen(CLAIMED, BEN, NOW, "Ana Ward", "Northgate Trust")))
    to_answer = (About.ANSWER, Seen(PROPOSED, BEN, NOW, "Ana Ward", "Northgate Trust"))
    to_do = (About.DONE, Seen(AGREED, ANA, NOW, "Ben Lowe", "Westshire Council"))
    yield Example("reminders.to-confirm", waiting_view([to_confirm], 1))
    yield Example("reminders.to-answer", waiting_view([to_answer], 1))
    yield Example("reminders.to-say-done", waiting_view([to_do], 1))
    yield Example("reminders.waiting-several", waiting_view([to_confirm, to_answer, to_do], 3))
    hostile = replace(to_confirm[1], exchange=replace(CLAIMED, title=HOSTILE), other_name=HOSTILE)
    longest = replace(to_do[1], exchange=replace(AGREED, title="W" * TITLE_LONGEST))
    many = [(About.CONFIRM, hostile), (About.DONE, longest), *[to_do] * 3]
    yield Example("reminders.waiting-many", waiting_view(many, 7))
    yield Example("reminders.waiting-nothing", waiting_view([], 0))
    yield Example("reminders.not-yet", not_yet_view(AGREED, date(2026, 7, 3)))


def _seen(shown: Seen) -> Seen:
    return replace(shown, contact="ana.ward@northgate.example")


def _posts() -> Iterator[Example]:
    mine = [replace(BY_ANA, post=post, mine=True) for post in (CLEAR, OFFER, LONGEST)]
    hostile = replace(mine[0], post=replace(CLEAR, title=HOSTILE))
    yield Example("reminders.closing", closing_view(mine[:1]))
    yield Example("reminders.closing-many", closing_view([*mine, hostile, mine[0], mine[1]]))
    yield Example("reminders.closing-none", closing_view([]))
    yield Example("reminders.unanswered", unanswered_view([(ASK, suggestions(ASK))], 1))
    yield Example("reminders.unanswered-clear", unanswered_view([(CLEAR, suggestions(CLEAR))], 1))
    several = (ASK, replace(LONGEST, online=True), replace(ASK, title=HOSTILE))
    yield Example(
        "reminders.unanswered-many",
        unanswered_view([(one, suggestions(one)) for one in several], 4),
    )
    yield Example("reminders.unanswered-none", unanswered_view([], 0))


def _brokers() -> Iterator[Example]:
    clear = replace(BY_ANA, post=CLEAR)
    longest = replace(BY_ANA, post=LONGEST)
    hostile = replace(BY_ANA, post=replace(ASK, title=HOSTILE), author=HOSTILE)
    page = [BY_ANA, clear, longest, hostile, replace(clear, away=True)]
    yield Example("reminders.broker-list", broker_view(page, 23, 1))
    yield Example("reminders.broker-list-weekly", broker_view([clear], 1, 0, notice=True))
    yield Example("reminders.broker-list-empty", broker_view([], 0, 0))
    ben = Member("Ben Lowe", "en", 2, NOW, id=BEN)
    named = Introduce(post=43, who="Ben Lowe")
    yield Example("reminders.introduce", introduce_form(clear, Introduce(post=43), ()))
    both = ((ben, "Westshire Council"), (replace(ben, id=3), "Willow Hospice"))
    yield Example("reminders.introduce-which", introduce_form(clear, named, both))
    yield Example("reminders.introduce-hostile", introduce_form(hostile, named, ()))
    yield Example("reminders.introduced", introduced_view(clear, "Ben Lowe", again=False))
    yield Example("reminders.introduced-again", introduced_view(clear, "Ben Lowe", again=True))
    yield Example("reminders.thought-of", thought_of_view(clear, "Eve Marsh"))
    yield Example("reminders.thought-of-hostile", thought_of_view(hostile, HOSTILE))
