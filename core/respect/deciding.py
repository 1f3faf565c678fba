"""Whether a message may go to its reader now, and if not, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from core.delivery.model import Delivery, Family, Withheld
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.respect.bank_holidays import is_bank_holiday
from core.respect.model import Preferences
from core.respect.week import next_moment

_DIGEST_HOURS = 3
"""How many hours of the day from the chosen one on are theirs for the digest."""


@dataclass(frozen=True, slots=True)
class Go:
    """It may go. ``counted_on`` is the local day whose cap it now counts towards, None where it
    counts towards none."""

    counted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now; look again at ``until``, in UTC."""

    until: datetime


def decide(
    office: Office, kind: NoticeKind, member: Member, preferences: Preferences, delivery: Delivery
) -> Go | Hold | Withheld:
    """Whether ``delivery``, a first sending and no edit, may go to ``member`` at ``office.now``."""
    if opted_out(kind, preferences):
        return Withheld.OPTED_OUT
    until = may_go_at(kind, member, preferences, office.now)
    if until > office.now:
        return Hold(until)
    if not kind.unasked:
        return Go()
    zone = ZoneInfo(member.zone)
    today = office.now.astimezone(zone).date()
    if delivery.counted_on == today or office.books.preferences.take_place(
        member.id, today, cap_of(office, preferences)
    ):
        return Go(today)
    tomorrow = _midnight(today + timedelta(days=1), zone)
    return Hold(may_go_at(kind, member, preferences, tomorrow))


def opted_out(kind: NoticeKind, preferences: Preferences) -> bool:
    """Whether a member does not want this kind. What others do in their exchanges, and what owes
    an answer, always comes."""
    if kind.essential:
        return False
    if kind.family is Family.DIGEST:
        return not preferences.digest
    return kind.family is not Family.ANSWERS and kind.family in preferences.off


def may_go_at(
    kind: NoticeKind, member: Member, preferences: Preferences, now: datetime
) -> datetime:
    """The first moment from ``now`` on at which a kind may go to a member, their cap aside."""
    zone = ZoneInfo(member.zone)
    if kind.family is Family.DIGEST and _is_digest_time(preferences, zone, now):
        return now
    return next_moment(preferences, zone, now, unasked=kind.unasked)


def cap_of(office: Office, preferences: Preferences) -> int:
    """How many unasked messages a day are enough for a member."""
    if preferences.daily_cap is None:
        return office.policy.daily_cap
    return preferences.daily_cap


def _is_digest_time(preferences: Preferences, zone: tzinfo, now: datetime) -> bool:
    """Whether now is when they have their digest, or soon after: it is asked for then, which
    outweighs the hours of their week, but no day off."""
    here = now.astimezone(zone)
    if here.weekday() != preferences.digest_weekday:
        return False
    day = here.date()
    off = preferences.away_on(day) or is_bank_holiday(day, preferences.nation)
    late = here.hour - preferences.digest_hour
    return 0 <= late < _DIGEST_HOURS and not off


def _midnight(day: date, zone: tzinfo) -> datetime:
    """The moment a local day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
