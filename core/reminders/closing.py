"""Posts that are about to close: their author keeps one open with one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from core.delivery.model import Notice
from core.kernel.desk import Office
from core.members.model import Member
from core.posts.model import Post
from core.posts.show import shown_to
from core.reminders.closing_views import closing_view
from core.reminders.model import About, Reminded
from core.reminders.nudging import Nudge, keep, remind
from core.reminders.subjects import CLOSING, reader_of
from core.ui.views import View


def _due(office: Office, limit: int) -> Sequence[int]:
    return office.books.reminders.with_posts_closing(CLOSING, office.now, limit)


def _news(office: Office, member_id: int) -> bool:
    closing = office.books.reminders.posts_closing(member_id, office.now)
    return keep(office, [_reminded(post) for post in closing])


def _reminded(post: Post) -> Reminded:
    """The last day is what counts: where it changes there is another word before it."""
    since = datetime.combine(post.closes, time(), UTC)
    return Reminded(About.CLOSING, post.id, post.member_id, since)


NUDGE = Nudge(CLOSING, _due, _news)


def remind_of_closing(office: Office) -> int:
    """Remind authors of posts that are about to close; how many were looked at."""
    return remind(office, NUDGE)


def render(office: Office, _notice: Notice, member: Member) -> View:
    """What closes soon; once the reader has seen to it, that nothing does."""
    posts = office.books.reminders.posts_closing(member.id, office.now)
    return closing_view(shown_to(office, posts, member.id))


def still_closes(office: Office, notice: Notice) -> bool:
    """Whether anything closes soon still, for a message that has not been sent yet."""
    member_id = reader_of(notice.subject)
    return bool(office.books.reminders.posts_closing(member_id, office.now))
