"""Claiming: each row to one replica, at a pace that all of them keep together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

import pytest

from core.couriers import Later, Unreachable
from core.delivery.model import Delivery, DeliveryState, Pause
from storage.store import Store
from tests.delivery.mail import HOSPICE, NATION, NORTH, SOUTH, START, Mail
from tests.together import together


def tenants(claimed: Iterable[Delivery]) -> Counter[str]:
    return Counter(delivery.tenant for delivery in claimed)


def test_three_claimers_at_once_hand_out_every_row_once(shared: tuple[Mail, Store]) -> None:
    mail, other = shared
    for number in range(600):
        mail.member(f"Member {number}", HOSPICE)
    mail.plan()
    taken: list[int] = []

    def claim(store: Store) -> None:
        while len(taken) < 600:
            taken.extend(delivery.id for delivery in mail.claim(25, store))

    together(*(partial(claim, one) for one in (mail.store, other, other)))
    assert sorted(taken) == [delivery.id for delivery in mail.all()]


def test_a_tenant_with_very_many_leaves_the_others_their_turn(mail: Mail) -> None:
    mail.members(200, NATION)
    for chat in (SOUTH, NORTH):
        mail.members(3, chat)
    mail.plan()
    first = tenants(mail.claim())
    assert first[SOUTH[1]] == first[NORTH[1]] == 3
    assert 0 < first[NATION[1]] <= 10


def test_unlimited_tenants_share_a_batch(mail: Mail) -> None:
    with mail.store.begin() as books:
        books.tenants.approve("local", "another", [mail.organisations["NGH"].id], START)
    mail.members(50, HOSPICE)
    mail.members(50, ("local", "another"))
    mail.plan()
    assert tenants(mail.claim(40)) == {"hospice": 20, "another": 20}


def test_what_is_for_few_people_passes_what_is_for_very_many(mail: Mail) -> None:
    mail.members(30, NATION)
    mail.plan()
    mail.later(minutes=5)
    ana = mail.member("Ana", NATION)
    mail.tell(ana)
    assert mail.claim()[0].member_id == ana


@pytest.mark.parametrize(("chat", "a_second"), [(NATION, 50), (NORTH, 10)])
def test_no_tenant_is_written_to_faster_than_its_platform_allows(
    mail: Mail, chat: tuple[str, str], a_second: int
) -> None:
    mail.members(120, chat)
    mail.plan()
    claimed: list[float] = []
    while len(claimed) < 120:
        claimed += [(mail.now - START).total_seconds() for _one in mail.claim()]
        mail.turn_comes()
        assert mail.now < START + timedelta(minutes=1)
    for moment in claimed:
        assert sum(moment <= one < moment + 1 for one in claimed) <= a_second


def test_a_pace_is_kept_by_two_replicas_together(shared: tuple[Mail, Store]) -> None:
    mail, other = shared
    mail.members(40, NORTH)
    mail.plan()
    first = mail.claim()
    assert len(first) == 5
    assert mail.claim(store=other) == []
    mail.later(seconds=1)
    second = mail.claim(store=other)
    assert len(second) == 5
    assert mail.claim() == []
    assert not {one.id for one in first} & {one.id for one in second}


async def test_what_is_not_sent_takes_nothing_of_its_tenants_pace(mail: Mail) -> None:
    mail.members(8, NORTH)
    mail.plan(kind="test.digest", empty=True)
    ana = mail.member("Ana", NORTH)
    mail.tell(ana)
    await mail.pump.round()
    assert mail.states() == {
        DeliveryState.SENT: 1,
        DeliveryState.WITHHELD: 4,
        DeliveryState.WAITING: 4,
    }
    with mail.store.begin() as books:
        assert books.deliveries.next_opening(mail.now) == START + timedelta(milliseconds=200)
    mail.later(milliseconds=200)
    await mail.pump.round()
    assert mail.states() == {DeliveryState.SENT: 1, DeliveryState.WITHHELD: 8}
    mail.tell(ana, subject="thing:2")
    mail.later(milliseconds=800)
    await mail.pump.round()
    assert mail.states()[DeliveryState.SENT] == 2


def test_a_turn_that_another_replica_has_had_since_is_not_given_back_twice(
    shared: tuple[Mail, Store],
) -> None:
    mail, other = shared
    mail.members(15, NORTH)
    mail.plan()
    at, first = mail.now, mail.claim()
    mail.later(seconds=1)
    assert len(mail.claim(store=other)) == 5
    with mail.store.begin() as books:
        books.deliveries.shorten_turns(first, (), at)
    assert mail.claim() == []
    mail.later(seconds=1)
    assert len(mail.claim()) == 5


def test_one_tenant_at_a_time_is_another_replicas_to_serve(shared: tuple[Mail, Store]) -> None:
    mail, other = shared
    mail.members(20, HOSPICE)
    mail.members(20, SOUTH)
    mail.plan()
    with mail.store.begin() as books:
        for chat in (HOSPICE, SOUTH):
            books.deliveries.hold(*chat, START)
    with mail.store.begin() as books:
        until = mail.now + timedelta(minutes=2)
        mine = books.deliveries.claim(mail.now, until, 10, busy={SOUTH})
        theirs = mail.claim(store=other)
    assert tenants(mine) == {HOSPICE[1]: 10}
    assert set(tenants(theirs)) == {SOUTH[1]}


async def test_another_replica_obeys_what_one_was_asked_for(shared: tuple[Mail, Store]) -> None:
    mail, store = shared
    other = mail.replica(store)
    ana, bo = mail.member("Ana", NORTH), mail.member("Bo", NORTH)
    cai = mail.member("Cai", SOUTH)
    mail.tell(ana)
    mail.chats["slack"].answers = [Later(90, "rate_limited", whole_tenant=True)]
    await mail.pump.round()
    mail.tell(bo, cai, subject="thing:2")
    mail.later(seconds=89)
    while await other.round():
        pass
    assert mail.chats["slack"].tenants == {NORTH[1]: 1}
    assert mail.of(cai).state is DeliveryState.SENT
    assert mail.of(bo).attempts == 0
    mail.later(seconds=1)
    while await other.round() or mail.turn_comes():
        pass
    assert mail.states() == {DeliveryState.SENT: 3}


def test_being_asked_for_less_time_does_not_shorten_a_wait(mail: Mail) -> None:
    with mail.store.begin() as books:
        for seconds in (60, 30):
            books.deliveries.hold(*NORTH, mail.now + timedelta(seconds=seconds))
        assert books.deliveries.held_until(*NORTH) == mail.now + timedelta(seconds=60)
        assert books.deliveries.held_until(*SOUTH) is None


@pytest.mark.parametrize(
    ("pause", "served"),
    [
        (("", ""), set()),
        (("teams", ""), {NORTH[1], HOSPICE[1]}),
        (NATION, {NORTH[1], SOUTH[1], HOSPICE[1]}),
    ],
)
def test_what_is_paused_is_not_even_claimed_and_goes_out_once_it_is_resumed(
    mail: Mail, pause: tuple[str, str], served: set[str]
) -> None:
    for chat in (NORTH, SOUTH, NATION, HOSPICE):
        mail.member("Somebody", chat)
    mail.plan()
    with mail.store.begin() as books:
        books.deliveries.pause(Pause(*pause, mail.now))
    before = mail.all()
    assert set(tenants(mail.claim())) == served
    still = [one for one in before if one.tenant not in served]
    assert [one for one in mail.all() if one.tenant not in served] == still
    with mail.store.begin() as books:
        assert books.deliveries.resume(*pause)
    assert {one.id for one in mail.claim()} == {one.id for one in still}


async def test_who_has_no_chat_is_unreachable_at_no_pace(mail: Mail) -> None:
    for number in range(60):
        mail.member(f"Member {number}")
    mail.plan()
    await mail.pump.round()
    assert mail.states() == {DeliveryState.UNREACHABLE: 60}
    assert mail.now == START


async def test_a_delivery_goes_at_the_pace_of_the_chat_that_it_turns_out_to_need(
    mail: Mail,
) -> None:
    ana = mail.member("Ana", NORTH, SOUTH)
    mail.tell(ana)
    mail.chats["slack"].answers = [Unreachable("account_inactive")]
    with mail.store.begin() as books:
        books.deliveries.hold(*SOUTH, mail.now + timedelta(minutes=1))
    await mail.pumps()
    moved = mail.of(ana)
    assert (moved.platform, moved.tenant, moved.state) == (*SOUTH, DeliveryState.WAITING)
    assert not mail.chats["teams"].parcels
    mail.later(minutes=1)
    await mail.pumps()
    assert mail.of(ana).state is DeliveryState.SENT


async def test_two_messages_for_one_person_are_a_second_apart(mail: Mail) -> None:
    ana, bo = mail.member("Ana", SOUTH), mail.member("Bo", SOUTH)
    for subject in ("thing:1", "thing:2", "thing:3"):
        mail.tell(ana, subject=subject)
    mail.tell(bo)
    await mail.pump.round()
    assert Counter(one.user[:4] for one in mail.chats["teams"].parcels) == {"U-An": 1, "U-Bo": 1}
    mail.later(milliseconds=900)
    assert not await mail.pump.round()
    for sent in (2, 3):
        mail.later(seconds=1)
        await mail.pump.round()
        assert len(mail.chats["teams"].parcels) == sent + 1
    assert mail.states() == {DeliveryState.SENT: 4}


def test_a_lease_keeps_others_away_until_it_ends(mail: Mail) -> None:
    mail.member("Ana", HOSPICE)
    mail.plan()
    (claimed,) = mail.claim()
    mail.later(minutes=2)
    assert mail.claim() == []
    mail.later(seconds=1)
    assert [one.id for one in mail.claim()] == [claimed.id]


def test_what_is_given_back_is_anybodys_at_once(mail: Mail) -> None:
    mail.members(3, HOSPICE)
    mail.plan()
    first, *others = mail.claim()
    with mail.store.begin() as books:
        books.deliveries.give_back([one.id for one in others])
    assert [one.id for one in mail.claim()] == [one.id for one in others]
    assert first.id not in {one.id for one in mail.claim()}


def test_the_next_turn_is_told_while_pace_holds_something_back(mail: Mail) -> None:
    mail.members(10, NORTH)
    mail.plan()
    mail.claim()
    with mail.store.begin() as books:
        assert books.deliveries.next_opening(mail.now) == mail.now + timedelta(seconds=1)
        books.deliveries.hold(*NORTH, mail.now + timedelta(hours=1))
        assert books.deliveries.next_opening(mail.now) is None
