"""Two decide, choose or leave at the same moment. On PostgreSQL, where transactions overlap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from core.members.confirming_intents import ConfirmJoiner, DeclineJoiner
from core.members.model import MemberState
from storage.store import Store
from tests.members.accounts import state_of
from tests.members.shared import (
    CONFIRMED,
    DECLINED,
    confirming,
    lead_of,
    newcomer,
    question,
)
from tests.together import together
from tests.world import World


@pytest.fixture
def world(postgres_url: str) -> Iterator[World]:
    opened = Store(postgres_url)
    yield World(opened)
    opened.close()


def test_two_leads_who_press_at_once_decide_once(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    for attempt in range(6):
        ana = newcomer(world, f"Ana {'ABCDEF'[attempt]}")
        asked = question(ana)
        assert asked is not None
        yes, no = ConfirmJoiner(joiner=asked.id), DeclineJoiner(joiner=asked.id)
        together(partial(lena.does, yes), partial(lou.does, no))
        late = lou if "Thank you" in lena.text else lena
        assert "Thank you" in (lena if late is lou else lou).text
        assert "There is nothing to decide any more" in late.text
        world.deliver()
        let_in = state_of(ana) is MemberState.ACTIVE
        assert let_in is (late is lou)
        assert len(ana.told(CONFIRMED)) == int(let_in)
        assert late.told(DECLINED) == []
        if let_in:
            assert ana.balance == 120


def test_a_yes_pressed_twice_at_once_gives_one_credit(world: World) -> None:
    confirming(world)
    lena, lou = lead_of(world), lead_of(world, name="Lou Kay")
    ana = newcomer(world)
    asked = question(ana)
    assert asked is not None
    yes = ConfirmJoiner(joiner=asked.id)
    together(*(partial(lead.does, yes) for lead in (lena, lou, lena, lou)))
    assert ana.balance == 120
    world.deliver()
    assert len(ana.told(CONFIRMED)) == 1


def test_a_yes_and_a_goodbye_at_once_leave_the_books_whole(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    for attempt in range(4):
        ana = newcomer(world, f"Ana {'ABCD'[attempt]}")
        asked = question(ana)
        assert asked is not None
        yes = ConfirmJoiner(joiner=asked.id)
        together(partial(lead.does, yes), partial(ana.types, "leave now"))
        assert "You have left" in ana.text
        assert world.rows("confirmations") == 0
    assert world.total() == 0
    world.deliver()


def test_a_yes_and_another_choice_at_once_end_in_one_of_the_two(world: World) -> None:
    confirming(world)
    lead = lead_of(world)
    for attempt in range(4):
        ana = newcomer(world, f"Ana {'ABCD'[attempt]}")
        asked = question(ana)
        assert asked is not None
        yes = ConfirmJoiner(joiner=asked.id)
        together(partial(lead.does, yes), partial(ana.types, "organisation GPP"))
        if state_of(ana) is MemberState.ACTIVE:
            assert ana.member.organisation_id == world.organisations["NGH"].id
            assert "Your balance" in ana.types("home")
        else:
            assert "Mill Lane Practice" in ana.types("home")
