"""Planning: who is told, once, however often and by however many it is planned."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from core.delivery.model import Audience, DeliveryState, DigestSlot
from core.events.model import Event, EventKind, Place, PlaceState
from core.members.model import MemberState
from storage.store import Store
from tests.delivery.mail import HOSPICE, NATION, NORTH, SOUTH, START, Mail
from tests.together import together


def planned_for(mail: Mail) -> list[int | None]:
    return [delivery.member_id for delivery in mail.all()]


def test_everybody_who_takes_part_is_planned_for_and_nobody_else(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", SOUTH)
    for state in set(MemberState) - {MemberState.ACTIVE}:
        mail.member("Nobody", NORTH, state=state)
    assert mail.plan() == 2
    assert planned_for(mail) == [ana, bo]
    assert mail.states() == {DeliveryState.WAITING: 2}


def test_planning_again_reaches_only_who_is_new(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    assert mail.plan(key="digest:1") == 1
    assert mail.plan(key="digest:1") == 0
    bo = mail.member("Bo", NORTH)
    mail.later(hours=1)
    assert mail.plan(key="digest:1") == 1
    assert planned_for(mail) == [ana, bo]
    assert mail.plan(key="digest:2") == 2
    assert mail.audit() == []


def test_two_planners_at_once_tell_everybody_once(shared: tuple[Mail, Store]) -> None:
    mail, other = shared
    people = mail.members(50, NORTH)

    def plan(store: Store) -> int:
        with store.begin() as books:
            office = mail.engine.office(books)
            return office.tell_all("test.answer", "thing:1", Audience(), key="digest:1")

    counted = together(*(partial(plan, one) for one in (mail.store, other) * 2))
    assert sorted(counted) == [0, 0, 0, 50]
    assert sorted(planned_for(mail), key=str) == sorted(people, key=str)


def test_a_notice_for_nobody_leaves_nothing(mail: Mail) -> None:
    assert mail.plan(key="digest:1") == 0
    assert mail.post(key="digest:2") == 0
    assert mail.audit() == []
    mail.member("Ana", NORTH)
    assert mail.plan(key="digest:1") == 1


def test_an_organisation_is_told_through_the_chats_in_which_people_act_for_it(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH, code="SGH")
    mail.member("Bo", NORTH, code="NGH")
    organisation = mail.organisations["SGH"].id
    assert mail.plan(Audience(organisation_ids=(organisation,))) == 1
    assert planned_for(mail) == [ana]
    assert mail.plan(Audience(organisation_ids=())) == 0


def test_some_are_left_out(mail: Mail) -> None:
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", NORTH)
    assert mail.plan(Audience(without=(ana,))) == 1
    assert planned_for(mail) == [bo]


def test_a_digest_goes_to_those_whose_hour_it_is_by_choice_or_by_default(mail: Mail) -> None:
    usual, chosen, off, elsewhere = (mail.member(name, NORTH) for name in "ABCD")
    mail.prefers(chosen, digest_weekday=3, digest_hour=17)
    mail.prefers(off, digest=False)
    abroad = mail.member("E", NORTH, zone="Europe/Madrid")
    mail.prefers(elsewhere, digest_hour=8)
    slots = {
        ("Europe/London", 0, 9): [usual],
        ("Europe/London", 3, 17): [chosen],
        ("Europe/London", 0, 8): [elsewhere],
        ("Europe/Madrid", 0, 9): [abroad],
        ("Europe/London", 4, 9): [],
    }
    for number, (slot, told) in enumerate(slots.items()):
        before = len(mail.all())
        mail.plan(Audience(digest=DigestSlot(*slot)), key=f"digest:{number}")
        assert planned_for(mail)[before:] == told, slot


def test_an_event_tells_those_who_have_such_a_place(mail: Mail) -> None:
    ana, bo, _cai = (mail.member(name, NORTH) for name in ("Ana", "Bo", "Cai"))
    organisation = mail.organisations["NGH"].id
    with mail.store.begin() as books:
        ends = START + timedelta(hours=1)
        visit = Event(EventKind.VISIT, "A visit", ana, organisation, START, ends, START, "u", "t")
        event = books.events.add(visit)
        for member, state in ((ana, PlaceState.COMING), (bo, PlaceState.WAITING)):
            books.events.keep_place(Place(event.id, member, organisation, state, START))
    coming = Audience(event_id=event.id, event_states=(PlaceState.COMING.value,))
    assert mail.plan(coming) == 1
    others = Audience(event_id=event.id, event_states=tuple(PlaceState), without=(ana,))
    assert mail.plan(others) == 1
    assert planned_for(mail) == [ana, bo]


def test_many_are_spread_over_the_time_given_each_always_at_the_same_moment(mail: Mail) -> None:
    mail.members(60, NORTH)
    mail.plan(key="digest:1", spread=timedelta(hours=1))
    mail.plan(key="digest:2", spread=timedelta(hours=1))
    moments: dict[int | None, list[timedelta]] = {}
    for delivery in mail.all():
        assert delivery.not_before is not None
        moments.setdefault(delivery.member_id, []).append(delivery.not_before - START)
    assert all(first == second for first, second in moments.values())
    waits = sorted(first for first, _second in moments.values())
    assert timedelta() <= waits[0] < timedelta(minutes=10)
    assert timedelta(minutes=50) < waits[-1] < timedelta(hours=1)
    assert max(b - a for a, b in itertools.pairwise(waits)) < timedelta(minutes=5)


def test_all_of_a_notice_is_due_at_once_where_nothing_is_spread(mail: Mail) -> None:
    mail.members(3, NORTH)
    mail.plan()
    assert {delivery.not_before for delivery in mail.all()} == {START}


def test_it_is_planned_for_the_chosen_chat_or_the_one_used_last(mail: Mail) -> None:
    last_used = mail.member("Ana", SOUTH, NORTH)
    nowhere = mail.member("Bo")
    chosen = mail.member("Cai", SOUTH, NORTH)
    closed = mail.member("Dai", SOUTH, HOSPICE)
    with mail.store.begin() as books:
        north = books.members.identities(chosen)[1]
        books.members.save(replace(books.members.get(chosen), chat_id=north.id))
        books.members.mark(replace(books.members.identities(closed)[0], closed_at=START))
    mail.plan()
    lanes = {one.member_id: (one.platform, one.tenant) for one in mail.all()}
    assert lanes == {last_used: SOUTH, nowhere: ("", ""), chosen: NORTH, closed: HOSPICE}


@pytest.mark.parametrize("many", [1, 2, 20, 21, 45])
def test_members_told_by_name_are_told_once_each(mail: Mail, many: int) -> None:
    people = mail.members(many, NORTH)
    mail.tell(*people, *people)
    assert planned_for(mail) == people
    assert {(one.platform, one.tenant) for one in mail.all()} == {NORTH}


def test_a_channel_is_planned_for_once(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    first, second = mail.channel("first", by=ana), mail.channel("second", NATION, by=ana)
    assert mail.post(first, key="event:1") == 1
    assert mail.post(first, second, key="event:1") == 1
    found = [(one.conversation_id, one.platform, one.tenant) for one in mail.all()]
    assert found == [(first, *NORTH), (second, *NATION)]
    assert mail.audit() == []


def test_what_is_for_very_many_is_marked_and_what_is_for_few_is_not(mail: Mail) -> None:
    ana = mail.member("Ana", NORTH)
    channel = mail.channel("first", by=ana)
    mail.tell(ana)
    mail.plan()
    mail.post(channel)
    assert [delivery.bulk for delivery in mail.all()] == [False, True, False]
