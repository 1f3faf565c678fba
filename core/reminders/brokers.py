"""The broker's list: unanswered asks, for those who know many people in an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.delivery.model import Notice
from core.kernel.desk import Desk, Office
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.model import Member
from core.organisations.model import Role
from core.posts.model import Post
from core.posts.show import shown_to
from core.posts.views import Shown
from core.reminders.broker_views import PAGE, broker_view
from core.reminders.intents import ListUnanswered
from core.reminders.nudging import Nudge, remind
from core.reminders.subjects import BROKER_LIST, reader_of
from core.ui.paging import pages
from core.ui.replies import Replace, Reply
from core.ui.views import View

WEEKLY = timedelta(days=6, hours=20)
"""Once a week, whatever the hour it comes at."""
_BROKERS = (Role.CHAMPION, Role.LEAD, Role.ADMIN)


def known_organisations(office: Office, member_id: int) -> tuple[int, ...] | None:
    """The organisations whose asks a member helps with by role; None for all, () for none."""
    grants = [one for one in office.books.roles.held_by(member_id) if one.role in _BROKERS]
    if any(one.role is Role.ADMIN or one.organisation_id is None for one in grants):
        return None
    return tuple(sorted({one.organisation_id for one in grants if one.organisation_id is not None}))


def helps_with(office: Office, member_id: int, post: Post) -> bool:
    """Whether a member may bring somebody and this ask together."""
    known = known_organisations(office, member_id)
    return known is None or post.organisation_id in known


def list_unanswered(desk: Desk, intent: ListUnanswered) -> Reply:
    """A page of the asks that nobody has answered."""
    if known_organisations(desk, desk.me.id) == ():
        raise Refusal(
            _(
                "Only champions, leads and administrators have this list. Type asks to see all "
                "asks."
            ),
            code="not-a-broker",
        )
    found, total = _page(desk, desk.me.id, max(0, intent.page))
    last = pages(total, PAGE) - 1
    page = min(max(0, intent.page), last)
    if page != intent.page:
        found, total = _page(desk, desk.me.id, page)
    return Replace(broker_view(found, total, page))


def _page(office: Office, member_id: int, page: int) -> tuple[Sequence[Shown], int]:
    """What one broker sees: their own asks are for others to answer, blocked people's for nobody
    on either side to see."""
    known = known_organisations(office, member_id)
    without = office.books.members.blocked_either_way(member_id) | {member_id}
    posts, total = office.books.reminders.unanswered_in(
        known, office.now, without, page * PAGE, PAGE
    )
    return shown_to(office, posts, member_id), total


def _champions(office: Office, limit: int) -> Sequence[int]:
    """Champions who have had no list this week."""
    roles = office.books.roles
    granted = {one.organisation_id for one in roles.all() if one.role is Role.CHAMPION}
    found = {member for one in granted for member in roles.holders(Role.CHAMPION, one)}
    return sorted(found - office.books.reminders.resting(BROKER_LIST, office.now))[:limit]


def _news(office: Office, member_id: int) -> bool:
    return _page(office, member_id, 0)[1] > 0


NUDGE = Nudge(BROKER_LIST, _champions, _news, WEEKLY)


def send_broker_lists(office: Office) -> int:
    """Send champions their list once a week; how many were looked at."""
    return remind(office, NUDGE)


def render(office: Office, _notice: Notice, member: Member) -> View:
    """The first page of the reader's list, as it is now."""
    if known_organisations(office, member.id) == ():
        return broker_view((), 0, 0, notice=True)
    found, total = _page(office, member.id, 0)
    return broker_view(found, total, 0, notice=True)


def still_some(office: Office, notice: Notice) -> bool:
    """Whether the list has anything in it, for a message that has not been sent yet."""
    member_id = reader_of(notice.subject)
    return known_organisations(office, member_id) != () and _page(office, member_id, 0)[1] > 0
