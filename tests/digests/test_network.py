"""The line on how everybody did tells how much, and gives nobody away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.digests.model import Network, network_in
from core.digests.network import FEW, network
from core.exchanges.model import ExchangeState
from tests.digests.reading import helper, lists_of, plans, preview, sent
from tests.exchanges.story import ask
from tests.members.test_merging import exchange
from tests.world import Person, World

MONDAY = datetime(2026, 6, 8, 8, tzinfo=UTC)
"""9am in London; the week before went from 31 May at 11pm UTC to 7 June at 11pm UTC."""
HEADING = "All of Hourbridge"


def _confirmed(
    world: World, giver: Person, receiver: Person, ended: datetime, minutes: int = 60
) -> None:
    made = exchange(world, giver, receiver, ExchangeState.CLAIMED)
    with world.store.begin() as books:
        one = books.exchanges.get(made)
        assert one is not None
        books.exchanges.save(
            replace(one, state=ExchangeState.CONFIRMED, ended_at=ended, settled_minutes=minutes)
        )


def _people(world: World, count: int = FEW) -> list[Person]:
    codes = ("NGH", "SGH", "COU", "HOS")
    return [world.person(f"Member {number}", codes[number % 4]) for number in range(count)]


def _busy(world: World, exchanges: int, people: int = FEW, minutes: int = 60) -> None:
    """So many exchanges between so many people last week, each with the next."""
    those = _people(world, people)
    for number in range(exchanges):
        giver, receiver = those[number % people], those[(number + 1) % people]
        _confirmed(world, giver, receiver, MONDAY - timedelta(days=2), minutes)


def _network(world: World, moment: datetime = MONDAY) -> Network | None:
    with world.store.begin() as books:
        return network(world.engine.office(books), moment)


def test_counts_are_rounded_to_the_nearest_five(world: World) -> None:
    _busy(world, 12, minutes=90)
    assert _network(world) == Network(date(2026, 6, 7), 10, 20, 4)


@pytest.mark.parametrize(("exchanges", "people"), [(FEW - 1, FEW), (FEW, FEW - 1)])
def test_too_few_exchanges_or_people_are_not_told_of(
    world: World, exchanges: int, people: int
) -> None:
    _busy(world, exchanges, people)
    assert _network(world) is None


def test_the_week_is_the_last_full_one_and_the_same_on_every_day_of_the_next(
    world: World,
) -> None:
    _busy(world, FEW)
    inside, first = _network(world), MONDAY - timedelta(days=7, hours=9)
    giver, receiver = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    for _number in range(20):
        _confirmed(world, giver, receiver, first - timedelta(seconds=1))
        _confirmed(world, giver, receiver, MONDAY)
    assert inside == Network(date(2026, 6, 7), 10, 10, 4)
    for days in range(6):
        assert _network(world, MONDAY + timedelta(days=days)) == inside
    assert _network(world, MONDAY + timedelta(days=7)) is None  # 20 exchanges of 2 people


def test_only_exchanges_in_which_hours_moved_count(world: World) -> None:
    _busy(world, FEW - 1)
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    _confirmed(world, ana, ben, MONDAY - timedelta(days=2), minutes=0)
    assert _network(world) is None
    _confirmed(world, ana, ben, MONDAY - timedelta(days=2), minutes=15)
    assert _network(world) is not None


def test_it_is_carried_in_the_notice_as_numbers_and_read_from_it(world: World) -> None:
    _busy(world, 12)
    ana, ben = helper(world), world.person("Ben Lowe", "COU")
    ask(ben, "1 hour run charts, online, until 31 July 2026")
    world.deliver()
    plans(world, MONDAY)
    for one in (world.person(f"Helper {number}") for number in range(FEW)):
        _confirmed(world, one, ana, MONDAY - timedelta(days=3), minutes=600)
    world.now = MONDAY + timedelta(hours=1)
    world.deliver()
    (message,) = sent(ana)
    assert HEADING in lists_of(message.view)
    assert (
        "In the week to 7 June 2026, members of 4 organisations confirmed about 10 exchanges and "
        "10 hours."
    ) in message.text
    with world.store.begin() as books:
        rows = books.connection.exec_driver_sql(
            "SELECT data FROM notices WHERE kind = 'digests.personal'"
        )
        assert "organisations" in str(rows.scalar_one())


def test_the_numbers_come_back_from_a_notice_as_they_went_in() -> None:
    told = Network(date(2026, 6, 7), 10, 20, 4)
    assert network_in(told.data()) == told
    assert network_in({}) is None


def test_the_line_alone_is_in_a_preview_and_is_no_digest(world: World) -> None:
    _busy(world, 12)
    ana = world.person("Ana Ward")
    world.now = MONDAY
    assert HEADING in preview(ana)
    plans(world, MONDAY)
    world.now = MONDAY + timedelta(hours=1)
    world.deliver()
    assert sent(ana) == []
