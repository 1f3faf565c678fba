"""What the two sides of a group are told and reminded of, and the giver's card that stands."""

from __future__ import annotations

from functools import partial

import pytest

from core.exchanges.intents import Decline
from core.exchanges.model import ExchangeState
from core.kernel.references import reference
from core.organisations.model import Role
from tests.groups.test_groups import Town
from tests.members.test_merging import merge
from tests.reminders.days import passes
from tests.together import together
from tests.world import World

KIND = "reminders.exchanges"


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)


def _share_of(town: Town, number: int) -> int:
    receiver = town.others[number].member.id
    with town.world.store.begin() as books:
        found, _total = books.exchanges.of_member(receiver, (), 0, 5)
    return found[0].id


def test_answers_that_cross_still_tell_the_giver_once(town: Town) -> None:
    town.asks()
    declines = [
        (person, Decline(exchange=_share_of(town, place)))
        for place, person in enumerate(town.others)
    ]
    together(*(partial(person.does, intent) for person, intent in declines))
    town.world.deliver()
    assert len(town.ana.told("groups.answered")) == 1


def test_the_answer_says_nothing_that_the_giver_has_not_been_told(town: Town) -> None:
    town.asks()
    ben = town.others[0]
    ben.presses("Accept")
    ben.fills()
    assert "has been told" not in ben.text
    assert town.ana.told("groups.answered") == []


def test_the_givers_card_follows_what_becomes_of_the_shares(town: Town) -> None:
    town.asks()
    town.accepts()
    (card,) = town.ana.told("groups.answered")
    town.ana.types(f"done {town.ref} 1 hour")
    town.world.later(minutes=1)
    town.world.deliver()
    town.confirms(*town.others[:3])
    town.world.later(minutes=1)
    town.world.deliver()
    assert "1 person has still to settle" in card.text
    town.confirms(town.others[3])
    town.world.later(minutes=1)
    town.world.deliver()
    assert "All is settled. You gave 1 hour." in card.text


def test_the_giver_is_asked_once_for_the_whole_group_whether_it_happened(town: Town) -> None:
    town.asks()
    town.accepts()
    passes(town.world, 30)
    told = town.ana.told(KIND)
    assert told
    assert "Did this happen?" in told[0].text
    town.ana.presses_in(told[0], "It is done")
    assert "Who was there?" in town.ana.text
    town.ana.fills()
    town.world.deliver()
    assert all(len(one.told("exchange.claimed")) == 1 for one in town.others)


def test_receivers_are_not_asked_for_what_the_giver_alone_can_say(town: Town) -> None:
    town.asks()
    town.accepts()
    passes(town.world, 30)
    assert [one.told(KIND) for one in town.others] == [[], [], [], []]


def test_two_receivers_who_are_one_person_have_one_share(town: Town) -> None:
    ben, cai, *_others = town.others
    town.asks()
    town.accepts(ben, cai)
    merge(ben, cai)
    with town.world.store.begin() as books:
        held = [one for one in books.exchanges.of_group(1) if one.state is ExchangeState.AGREED]
    assert len(held) == 1
    assert ben.reserved == 15


def test_a_share_is_corrected_and_settled_in_whole_minutes(town: Town) -> None:
    ben, cai, *_others = town.others
    before = [ben.balance, cai.balance]
    lead = town.world.person("Lee Lead", "NGH")
    town.world.grants(lead, Role.LEAD, "NGH")
    town.asks(minutes="45 mins", most="")
    town.accepts()
    town.ana.types(f"done {town.ref} 45 mins")
    town.world.deliver()
    ben.types(f"correct {reference('E', _share_of(town, 0))} 5 mins")
    assert "Noted." in ben.text
    town.ana.types(f"confirm {reference('E', _share_of(town, 0))}")
    cai.types(f"dispute {reference('E', _share_of(town, 1))} It was short.")
    lead.types(f"settle {reference('E', _share_of(town, 1))} 11 mins")
    assert [was - one.balance for was, one in zip(before, (ben, cai), strict=True)] == [5, 11]
