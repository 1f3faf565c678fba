"""A member's digest as a notice, and as a preview that they ask for."""

from __future__ import annotations

from datetime import timedelta

from core.delivery.model import Family, Notice, Withheld
from core.digests.compose import compose
from core.digests.intents import ShowDigest
from core.digests.model import network_in
from core.digests.network import network
from core.digests.planning import PERSONAL, TOO_LATE
from core.digests.views import digest_view, preview_view
from core.feature import NoticeKind
from core.kernel.desk import Desk, Office
from core.members.model import Member
from core.respect.deciding import may_go_at
from core.respect.model import Preferences
from core.ui.replies import Reply, Say
from core.ui.views import View

APART = timedelta(days=3)
"""Who changes their day or their time zone does not get two digests on end."""
_WEEK = timedelta(days=7)


def render(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """The digest as it is now; withheld where there is a newer one, where there was one just now,
    where it comes too late, and where there is nothing in it."""
    others = [
        one
        for one in office.books.digests.planned(member.id, notice.at - _WEEK)
        if one.notice_id != notice.id
    ]
    preferences = office.books.preferences.of(member.id)
    if any(one.at > notice.at for one in others) or _is_late(office, notice, member, preferences):
        return Withheld.TOO_LATE
    if any(one.sent_at is not None and one.sent_at > office.now - APART for one in others):
        return Withheld.MERGED
    composed = compose(office, member, preferences, notice.at, network_in(notice.data))
    if composed.digest.empty:
        return Withheld.EMPTY
    office.books.digests.remember(composed.memory)
    return digest_view(composed.digest)


def _is_late(office: Office, notice: Notice, member: Member, preferences: Preferences) -> bool:
    """Whether it could have gone long ago. The time in which the member does not want to be
    written to does not count: who works at weekends, or is back from leave, still gets it."""
    return office.now - may_go_at(NOTICE, member, preferences, notice.at) > TOO_LATE


NOTICE = NoticeKind(PERSONAL, render, unasked=True, family=Family.DIGEST)


def show_digest(desk: Desk, _intent: ShowDigest) -> Reply:
    """The acting member's digest as it would be now. The next one shows all of it again."""
    preferences = desk.books.preferences.of(desk.me.id)
    composed = compose(desk, desk.me, preferences, desk.now, network(desk, desk.now))
    return Say(preview_view(composed.digest))
