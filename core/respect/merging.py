"""What was held back is merged into one message, not handed out in a burst."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

from core.delivery.model import Delivery, Family, Notice, Withheld
from core.feature import House, NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.respect.catch_up_views import catch_up_view
from core.respect.deciding import may_go_at, opted_out
from core.respect.model import Preferences
from core.ui.views import View

CATCH_UP = "respect.catch-up"
CATCH_UP_UNASKED = "respect.catch-up-unasked"
"""The same where nobody asked for anything in it: that one keeps to the daily cap."""


@dataclass(frozen=True, slots=True)
class _Held:
    delivery: Delivery
    notice: Notice
    kind: NoticeKind


def merge(
    office: Office,
    house: House,
    member: Member,
    preferences: Preferences,
    delivery: Delivery,
    claimed_ids: Collection[int],
) -> bool:
    """Put all that was held back for ``member`` and may go now into one notice, where that is more
    than one thing; whether ``delivery`` is settled by that.

    Called before ``decide``, for a first sending. ``claimed_ids`` are the deliveries that the
    caller has leased and not prepared yet, ``delivery`` among them. The locks of ``held_due`` see
    to it that nothing is merged by two replicas, nor merged by one and sent by the other.
    """
    if not delivery.held:
        return False
    due = office.books.deliveries.held_due(member.id, office.now, claimed_ids)
    held = [
        _Held(one, notice, house.notices[notice.kind])
        for one, notice in due
        if _may_join(office, house, member, preferences, notice)
    ]
    if len(held) < 2 or delivery.id not in {one.delivery.id for one in held}:
        return False
    told = office.books.deliveries.tell(_catch_up(office, member, held), (member.id,))
    office.books.deliveries.merge([one.delivery.id for one in held], told, office.now)
    for one in held:
        if one.delivery.counted_on is not None:
            office.books.preferences.give_back(member.id, one.delivery.counted_on)
    return True


def _catch_up(office: Office, member: Member, held: Sequence[_Held]) -> Notice:
    kind = CATCH_UP_UNASKED if all(one.kind.unasked for one in held) else CATCH_UP
    listed = dict.fromkeys(number for one in held for number in _listed(one.notice))
    return Notice(kind, f"member:{member.id}", office.now, {"notices": list(listed)})


def _may_join(
    office: Office, house: House, member: Member, preferences: Preferences, notice: Notice
) -> bool:
    """Whether a notice may go now and would be shown: what would not be is left to be withheld for
    its own reason, and a digest is a message of its own."""
    kind = house.notices.get(notice.kind)
    if kind is None or kind.family is Family.DIGEST:
        return False
    if may_go_at(kind, member, preferences, office.now) > office.now:
        return False
    return _shown(office, kind, member, preferences, notice) is not None


def _shown(
    office: Office, kind: NoticeKind, member: Member, preferences: Preferences, notice: Notice
) -> View | None:
    """How a notice looks to a member who has not had it yet, or None where they are not to."""
    silenced = member.silent and not kind.essential
    if silenced or opted_out(kind, preferences):
        return None
    if not kind.wanted(member) or not kind.in_time(office, notice):
        return None
    shown = kind.render(office, notice, member)
    return shown if isinstance(shown, View) else None


def _listed(notice: Notice) -> Sequence[int]:
    """The notices that one stands for: itself, or what an earlier catch-up had put together."""
    if notice.kind in (CATCH_UP, CATCH_UP_UNASKED):
        return [int(number) for number in notice.data["notices"]]
    return (notice.id,)


def render_catch_up(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """What was held back as it stands now, what must be answered first; one thing alone is shown
    as itself."""
    preferences = office.books.preferences.of(member.id)
    listed = _listed(notice)
    known = office.books.deliveries.notices(listed)
    notices = [known[number] for number in listed]
    found: list[tuple[bool, View]] = []
    for one in notices:
        kind = _kinds().get(one.kind)
        shown = _shown(office, kind, member, preferences, one) if kind else None
        if kind is not None and shown is not None:
            found.append((not kind.essential, shown))
    if not found:
        return Withheld.EMPTY
    views = [shown for _later, shown in sorted(found, key=lambda one: one[0])]
    if len(views) == 1:
        return views[0]
    return catch_up_view(views, away=_was_away(member, preferences, notices))


def _was_away(member: Member, preferences: Preferences, notices: Sequence[Notice]) -> bool:
    """Whether any of it came while the member was on leave, or on the day they said "back"."""
    zone = ZoneInfo(member.zone)
    days = {one.at.astimezone(zone).date() for one in notices}
    return any(
        preferences.away_on(day) or preferences.away_on(day - timedelta(days=1)) for day in days
    )


@cache
def _kinds() -> Mapping[str, NoticeKind]:
    # The list of rooms holds this room too, so it is read when all of them are there.
    from core.features import the_house

    return the_house().notices


NOTICES = (
    NoticeKind(CATCH_UP, render_catch_up, essential=True),
    NoticeKind(CATCH_UP_UNASKED, render_catch_up, essential=True, unasked=True),
)
