"""Never in quiet hours, never above the cap, never twice, and nothing lost: the real engine under
random preferences, zones, notices and moves of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.delivery.model import DeliveryState, Family
from core.respect.merging import CATCH_UP, CATCH_UP_UNASKED
from core.respect.model import Nation, Pattern, Preferences
from tests.members.test_merging import exchange
from tests.respect.rules import WEEKS, may_be_written_to, may_have_digest
from tests.world import Person, World

NEWS, ASKED, DIGEST = "posts.new-ask", "members.welcome", "digests.personal"
APART = timedelta(days=3)
"""Two digests are further apart than this, whatever changes between them."""
ZONES = ("Europe/London", "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe")
STARTS = tuple(
    datetime(*day, 12, tzinfo=UTC)
    for day in (
        (2026, 3, 27),  # the clocks go forward
        (2026, 10, 23),  # and back
        (2028, 2, 27),  # a leap day
        (2026, 12, 23),  # Christmas, and in Scotland 2 January
        (2026, 5, 1),  # a bank holiday on Monday
    )
)


@dataclass(frozen=True)
class Wait:
    minutes: int


@dataclass(frozen=True)
class Tell:
    kind: str
    times: int


@dataclass(frozen=True)
class Change:
    preferences: Preferences
    leave: tuple[int, int] | None


_CHANGES = st.builds(
    Change,
    st.builds(
        Preferences,
        member_id=st.just(0),
        pattern=st.sampled_from(Pattern),
        week=WEEKS,
        nation=st.sampled_from(Nation),
        daily_cap=st.sampled_from((None, 1, 2, 1000)),
        off=st.sampled_from(((), (), (), (Family.MATCHES,))),
        digest=st.sampled_from((True, True, True, False)),
        digest_weekday=st.integers(0, 6),
        digest_hour=st.integers(0, 23),
    ),
    st.one_of(st.none(), st.tuples(st.integers(-1, 3), st.integers(0, 6))),
)
_STEPS = st.lists(
    st.one_of(
        st.builds(Wait, st.integers(1, 3000)),
        st.builds(Tell, st.sampled_from((NEWS, ASKED)), st.integers(1, 7)),
        st.builds(Tell, st.just(DIGEST), st.integers(1, 2)),
        _CHANGES,
    ),
    min_size=4,
    max_size=10,
)
_NUMBERS = count(1)


class Reader:
    """A member who is told things, and whoever watches that they are told them rightly."""

    def __init__(self, world: World, zone: str) -> None:
        self.world = world
        self.zone = ZoneInfo(zone)
        self.person = self._joins(world, f"Reader {next(_NUMBERS)}", zone)
        self.id = self.person.member.id
        self.preferences = Preferences(self.id)
        self.seen = len(self.person.inbox)
        self.told: dict[int, str] = {}
        """The kinds of what they were to be told, by notice."""
        self.today: dict[date, int] = {}
        self.last_digest: datetime | None = None
        self.post = self._is_asked_something(world)

    @staticmethod
    def _joins(world: World, name: str, zone: str) -> Person:
        person = world.person(name)
        world.deliver()
        member = person.member
        with world.store.begin() as books:
            books.members.save(replace(books.members.lock(member.id), zone=zone))
        return person

    def _is_asked_something(self, world: World) -> int:
        """There is an ask to tell of, and something that waits for an answer in every digest."""
        writer = world.person(f"Writer {next(_NUMBERS)}", "COU")
        writer.types("ask help with run charts, 1 hour")
        writer.presses("Post it")
        exchange(world, self.person, writer)
        with world.store.begin() as books:
            rows = books.connection.exec_driver_sql("SELECT max(id) FROM posts")
            return int(rows.scalar_one())

    def takes(self, step: Wait | Tell | Change) -> None:
        match step:
            case Wait(minutes):
                self.world.later(minutes=minutes)
            case Tell(kind, times):
                self._is_told(kind, times)
            case Change(preferences, leave):
                self._changes(preferences, leave)
        self.watches()

    def _is_told(self, kind: str, times: int) -> None:
        with self.world.store.begin() as books:
            office = self.world.engine.office(books)
            for _time in range(times):
                office.tell(kind, f"post:{self.post}", [self.id], {"post": self.post})
            newest = books.deliveries.of_member(self.id, times)
            self.told |= {notice.id: notice.kind for _delivery, notice in newest}

    def _changes(self, preferences: Preferences, leave: tuple[int, int] | None) -> None:
        here = self.world.now.astimezone(self.zone).date()
        days = leave and (here + timedelta(leave[0]), here + timedelta(leave[0] + leave[1]))
        first, last = days or (None, None)
        own = preferences.week if preferences.pattern is Pattern.OWN else ()
        self.preferences = replace(
            preferences, member_id=self.id, week=own, leave_from=first, leave_until=last
        )
        with self.world.store.begin() as books:
            books.preferences.keep(self.preferences)
            books.deliveries.look_again(self.id, self.world.now)

    def watches(self) -> None:
        """Hand out what is due, and hold every message that came against the rules."""
        self.world.deliver()
        here = self.world.now.astimezone(self.zone)
        for message in self.person.inbox[self.seen :]:
            unasked = self.world.house.notices[message.kind].unasked
            if message.kind == DIGEST:
                self._watches_digest(here)
            else:
                assert may_be_written_to(self.preferences, here, unasked=unasked), message.kind
            if unasked:
                cap = self.preferences.daily_cap
                assert self.today.get(here.date(), 0) < (5 if cap is None else cap)
                self.today[here.date()] = self.today.get(here.date(), 0) + 1
        assert len(self.person.inbox) - self.seen <= 7 + 5, "a burst"
        self.seen = len(self.person.inbox)

    def _watches_digest(self, here: datetime) -> None:
        assert may_have_digest(self.preferences, here)
        assert self.last_digest is None or here - self.last_digest >= APART, "one on end"
        self.last_digest = here

    def fates(self) -> Iterator[tuple[str, list[str]]]:
        """What became of every notice: each place where it was told, or why it was not."""
        with self.world.store.begin() as books:
            found = books.deliveries.of_member(self.id)
        lists = [
            [int(number) for number in notice.data["notices"]]
            for delivery, notice in found
            if notice.kind in (CATCH_UP, CATCH_UP_UNASKED) and delivery.state is DeliveryState.SENT
        ]
        standing = {notice.id: delivery for delivery, notice in found}
        for number, kind in self.told.items():
            delivery = standing[number]
            fate = ["listed"] * sum(number in one for one in lists)
            if delivery.state is DeliveryState.SENT:
                fate.append("sent")
            elif delivery.reason != "merged":
                fate.append(delivery.reason or delivery.state.value)
            yield kind, fate


def _begins_anew(world: World) -> None:
    """The clock of another example may have been ahead of this one's: nothing of it remains."""
    with world.store.begin() as books:
        books.connection.exec_driver_sql("UPDATE deliveries SET state = 'refused'")
        books.connection.exec_driver_sql("DELETE FROM lanes")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(STARTS), st.sampled_from(ZONES), _CHANGES, _STEPS)
def test_never_in_quiet_hours_never_above_the_cap_never_twice_and_nothing_lost(
    world: World,
    start: datetime,
    zone: str,
    first: Change,
    steps: list[Wait | Tell | Change],
) -> None:
    world.now = start
    _begins_anew(world)
    reader = Reader(world, zone)
    reader.takes(first)
    for step in steps:
        reader.takes(step)
    reader.takes(Change(Preferences(0, pattern=Pattern.ANY_TIME, daily_cap=1000), None))
    for _day in range(2):
        reader.takes(Wait(24 * 60))
    for kind, fate in reader.fates():
        # Of several digests one goes, and none is ever listed in another message.
        settled = (["too late"], []) if kind == DIGEST else (["listed"],)
        assert fate in (["sent"], ["opted out"], *settled), (kind, fate)
