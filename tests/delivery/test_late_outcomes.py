"""Outcomes that come when the delivery is no longer what it was when it was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.couriers import Later, Outcome, Refused, Sent
from core.delivery.model import DeliveryState, Withheld
from core.delivery.prepare import prepare
from core.delivery.prepared import Prepared
from core.delivery.settle import settle
from core.members.model import MemberState
from tests.delivery.mail import HOSPICE, Mail


def settles(mail: Mail, handed_over: Sequence[Prepared], outcome: Outcome) -> None:
    with mail.store.begin() as books:
        office = mail.engine.office(books)
        settle(office, [(one, outcome) for one in handed_over])


async def test_an_outcome_that_comes_after_another_replica_has_sent_it_changes_nothing(
    mail: Mail,
) -> None:
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    cut_off = mail.prepares()
    mail.later(minutes=3)
    await mail.pump.round()
    settles(mail, cut_off, Later(30, "the platform did not answer in time"))
    await mail.pumps()
    assert len(mail.chats["local"].parcels) == 1
    assert (mail.of(ana).state, mail.of(ana).reason) == (DeliveryState.SENT, "")


def test_an_outcome_is_kept_for_as_long_as_nobody_else_has_claimed_the_delivery(
    mail: Mail,
) -> None:
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana)
    cut_off = mail.prepares()
    mail.later(minutes=3)
    settles(mail, cut_off, Sent("message-1"))
    assert (mail.of(ana).state, mail.of(ana).handle) == (DeliveryState.SENT, "message-1")


def test_what_was_cancelled_while_it_was_being_sent_is_not_tried_again(mail: Mail) -> None:
    ana = mail.member("Ana", HOSPICE)
    for outcome in (Later(30, "network"), Refused("too long")):
        mail.tell(ana, kind="test.event")
        under_way = mail.prepares()
        with mail.store.begin() as books:
            books.deliveries.cancel_for(ana, Withheld.CANCELLED)
        settles(mail, under_way, outcome)
        left = mail.of(ana)
        assert (left.state, left.reason) == (DeliveryState.WITHHELD, Withheld.CANCELLED)
        assert left.lease_until is None
    assert mail.audit() == []


def test_what_was_sent_although_it_was_cancelled_is_sent_and_counts_towards_no_day(
    mail: Mail,
) -> None:
    ana = mail.member("Ana", HOSPICE)
    mail.tell(ana, kind="test.event")
    under_way = mail.prepares()
    with mail.store.begin() as books:
        books.deliveries.cancel_for(ana, Withheld.CANCELLED)
    settles(mail, under_way, Sent("message-1"))
    assert mail.of(ana).state is DeliveryState.SENT
    assert mail.audit() == []


async def test_what_was_claimed_for_a_member_who_becomes_another_is_told_to_that_one(
    mail: Mail,
) -> None:
    ana, bo = mail.member("Ana", HOSPICE), mail.member("Bo", HOSPICE)
    mail.tell(ana)
    mail.tell(ana, bo, subject="thing:2")
    claimed = mail.claim()
    with mail.store.begin() as books:
        books.deliveries.move(ana, bo)
        gone = books.members.get(ana)
        books.members.save(replace(gone, state=MemberState.MERGED, merged_into=bo))
    with mail.store.begin() as books:
        (ready,) = prepare(mail.engine.office(books), mail.house, claimed)
    settles(mail, [ready], Sent("message-1"))
    await mail.pumps()
    assert [one.state for one in mail.all_of(bo)] == [DeliveryState.SENT] * 2
    (twice,) = mail.all_of(ana)
    assert (twice.state, twice.reason) == (DeliveryState.WITHHELD, Withheld.MERGED)
    mail.tell(ana, subject="thing:3")
    await mail.pumps()
    assert (mail.of(ana).state, mail.of(ana).reason) == (
        DeliveryState.WITHHELD,
        Withheld.CANCELLED,
    )
    assert mail.audit() == []


def test_a_member_who_became_another_meanwhile_gets_their_place_of_the_day_back(
    mail: Mail,
) -> None:
    ana, bo = mail.member("Ana", HOSPICE), mail.member("Bo", HOSPICE)
    mail.tell(ana, kind="test.event")
    under_way = mail.prepares()
    with mail.store.begin() as books:
        books.deliveries.move(ana, bo)
        books.preferences.move(ana, bo)
    settles(mail, under_way, Refused("too long"))
    assert mail.of(bo).state is DeliveryState.REFUSED
    with mail.store.begin() as books:
        assert set(books.preferences.told(bo).values()) == {0}
    assert mail.audit() == []
