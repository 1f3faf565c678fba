"""Asks that nobody has answered: their author is told once, with what may help."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.model import Notice
from core.kernel.desk import Office
from core.members.model import Member
from core.posts.model import Post, PostKind, PostState
from core.reminders.better_words import suggestions
from core.reminders.model import About, Reminded
from core.reminders.nudging import Nudge, keep, remind
from core.reminders.subjects import UNANSWERED, reader_of
from core.reminders.unanswered_views import PAGE, unanswered_view
from core.ui.views import View


def _due(office: Office, limit: int) -> Sequence[int]:
    return office.books.reminders.with_unanswered_asks(UNANSWERED, office.now, limit)


def _news(office: Office, member_id: int) -> bool:
    asks = office.books.reminders.unanswered_of(member_id, office.now)
    return keep(
        office, [Reminded(About.UNANSWERED, ask.id, member_id, ask.created_at) for ask in asks]
    )


NUDGE = Nudge(UNANSWERED, _due, _news)


def remind_of_unanswered(office: Office) -> int:
    """Tell authors of asks that nobody has answered; how many were looked at."""
    return remind(office, NUDGE)


def render(office: Office, _notice: Notice, member: Member) -> View:
    """The reader's asks that nobody has answered, each with what may help."""
    asks = office.books.reminders.unanswered_of(member.id, office.now)
    return unanswered_view([(ask, suggestions(ask)) for ask in asks[:PAGE]], len(asks))


def still_unanswered(office: Office, notice: Notice) -> bool:
    """Whether any still is, for a message that has not been sent yet."""
    member_id = reader_of(notice.subject)
    return bool(office.books.reminders.unanswered_of(member_id, office.now))


def is_open_ask(office: Office, post: Post) -> bool:
    """Whether a post is an ask that can be answered now."""
    today = office.now.date()
    return post.kind is PostKind.ASK and post.state is PostState.OPEN and post.closes >= today
