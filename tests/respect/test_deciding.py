"""What a member may do without, and what always comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.model import Family, Notice, Withheld
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.respect.deciding import may_go_at, opted_out
from core.respect.model import Nation, Pattern, Preferences
from tests.respect.rules import WEEKS, may_have_digest

NONE_OF_IT = Preferences(1, digest=False, off=(Family.MATCHES, Family.EVENTS, Family.REMINDERS))


def _render(_office: Office, _notice: Notice, _member: Member) -> Withheld:
    return Withheld.EMPTY


@pytest.mark.parametrize("family", list(Family))
def test_what_owes_an_answer_comes_whatever_its_reader_does_without(family: Family) -> None:
    assert not opted_out(NoticeKind("kind", _render, essential=True, family=family), NONE_OF_IT)


@pytest.mark.parametrize("family", [one for one in Family if one is not Family.ANSWERS])
def test_a_kind_that_its_reader_does_without_does_not_come(family: Family) -> None:
    kind = NoticeKind("kind", _render, family=family)
    assert opted_out(kind, NONE_OF_IT)
    assert not opted_out(kind, Preferences(1))


_MONDAY = datetime(2026, 5, 25, tzinfo=UTC)
"""A bank holiday in all four nations."""
_PREFERENCES = st.builds(
    Preferences,
    member_id=st.just(1),
    digest_weekday=st.sampled_from((0, 0, 1, 6)),
    digest_hour=st.integers(0, 23),
    pattern=st.sampled_from((Pattern.USUAL, Pattern.USUAL, *Pattern)),
    week=WEEKS,
    nation=st.sampled_from(Nation),
)
_DAYS_AWAY = st.one_of(st.none(), st.tuples(st.integers(-2, 2), st.integers(0, 5)))


@given(
    _PREFERENCES,
    _DAYS_AWAY,
    st.sampled_from(("Europe/London", "America/New_York", "Australia/Lord_Howe")),
    st.integers(-24 * 60, 4 * 24 * 60),
)
def test_a_digest_never_comes_on_leave_on_a_day_off_or_outside_its_hours(
    preferences: Preferences, away: tuple[int, int] | None, zone: str, minutes: int
) -> None:
    now = _MONDAY + timedelta(minutes=minutes)
    if away is not None:
        first = _MONDAY.date() + timedelta(days=away[0])
        last = first + timedelta(days=away[1])
        preferences = replace(preferences, leave_from=first, leave_until=last)
    kind = NoticeKind("digest", _render, unasked=True, family=Family.DIGEST)
    member = Member("Ana Ward", "en", 1, _MONDAY, zone=zone, id=1)
    found = may_go_at(kind, member, preferences, now)
    assert found >= now
    assert may_have_digest(preferences, found.astimezone(ZoneInfo(zone)))
