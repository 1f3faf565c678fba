"""Teams' limits, kept to: with a clock that only sleeping puts forward."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams import pacing
from adapters.teams.pacing import CONVERSATION, TENANT, Limit, Pace, Wait
from tests.teams.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock, clock.sleep)


def most_within(times: list[float], limit: Limit) -> int:
    """How many of ``times`` at most fell into one window of the limit."""
    return max(
        (sum(start <= one < start + limit.seconds for one in times) for start in times), default=0
    )


async def test_seven_go_at_once_and_the_eighth_a_second_later(pace: Pace, clock: Clock) -> None:
    for _n in range(7):
        assert await pace.turn("t", "c", notice=True) is None
    assert clock.slept == []
    assert await pace.turn("t", "c", notice=True) is None
    assert clock.slept == [1.0]


async def test_a_wait_longer_than_the_patience_is_told_to_the_moment(
    pace: Pace, clock: Clock
) -> None:
    started = clock.now
    for _n in range(60):
        assert await pace.turn("t", "c", notice=True) is None
    assert await pace.turn("t", "c", notice=True) == Wait(started + 30 - clock.now)
    clock.now = started + 30
    assert await pace.turn("t", "c", notice=True) is None


async def test_an_hour_takes_no_more_than_its_limit(pace: Pace, clock: Clock) -> None:
    started = clock.now
    sent = 0
    while clock.now < started + 3_600:
        wait = await pace.turn("t", "c", notice=True)
        sent += wait is None
        clock.now += wait.seconds if wait else 0
    assert sent == 1_800


@given(
    waits=st.lists(
        st.tuples(st.sampled_from("ab"), st.floats(0, 3), st.booleans()), min_size=1, max_size=150
    )
)
def test_no_window_ever_holds_more_than_its_limit(
    waits: list[tuple[str, float, bool]],
) -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    sent: dict[str, list[float]] = {}

    async def play() -> None:
        for conversation, pause, notice in waits:
            clock.now += pause
            if await pace.turn("t", conversation, notice=notice) is None:
                sent.setdefault(conversation, []).append(clock.now)

    asyncio.run(play())
    for limit in CONVERSATION:
        # A window is half open: what is sent as it ends belongs to the next.
        assert all(most_within(times, limit) <= limit.many for times in sent.values())
    everything = sorted(one for times in sent.values() for one in times)
    assert most_within(everything, TENANT[0]) <= TENANT[0].many


async def test_a_tenant_is_held_to_its_own_limit_over_all_its_conversations(
    pace: Pace, clock: Clock
) -> None:
    for number in range(100):
        assert await pace.turn("t", f"c{number}", notice=False) is None
    assert clock.slept == [1.0]
    for number in range(50):
        assert await pace.turn("another", f"d{number}", notice=False) is None
    assert clock.slept == [1.0]


async def test_an_answer_goes_where_a_notice_has_to_wait(pace: Pace, clock: Clock) -> None:
    for number in range(45):
        assert await pace.turn("t", f"c{number}", notice=True) is None
    assert await pace.turn("t", "answer", notice=False) is None
    assert clock.slept == []
    assert await pace.turn("t", "notice", notice=True) is None
    assert clock.slept == [1.0]


async def test_a_tenant_that_is_held_waits_as_a_whole_and_others_do_not(
    pace: Pace, clock: Clock
) -> None:
    pace.hold("t", 17)
    pace.hold("t", 5)
    assert await pace.turn("t", "c", notice=False) == Wait(17, held=True)
    assert await pace.turn("another", "d", notice=False) is None
    clock.now += 17
    assert await pace.turn("t", "c", notice=False) is None


async def test_without_limits_only_a_tenant_that_is_held_waits(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep, limited=False)
    for _n in range(1_000):
        assert await pace.turn("t", "c", notice=True) is None
    pace.hold("t", 17)
    assert await pace.turn("t", "c", notice=True) == Wait(17, held=True)
    assert clock.slept == []


async def test_idle_conversations_tenants_and_holds_are_forgotten(pace: Pace, clock: Clock) -> None:
    for number in range(100):
        pace.hold(f"t{number}", 1)
        clock.now += 1
        assert await pace.turn(f"t{number}", f"c{number}", notice=True) is None
    clock.now += 3_601
    pace.hold("t", 1)
    clock.now += 1
    assert await pace.turn("t", "c", notice=True) is None
    assert pace.remembered == 3


async def test_no_more_than_so_many_conversations_are_remembered(
    pace: Pace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "MOST", 10)
    for number in range(100):
        for _n in range(7):
            assert await pace.turn(f"t{number}", f"c{number}", notice=True) is None
    assert pace.remembered == 20
    # The newest are those that are remembered.
    assert clock.slept == []
    assert await pace.turn("t99", "c99", notice=True) is None
    assert clock.slept == [1.0]
