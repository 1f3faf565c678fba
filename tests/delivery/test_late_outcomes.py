"""Outcomes that come when the delivery is no longer what it was when it was handed over."""

from __future__ import annotations

from core.couriers import Later, Outcome, Refused, Sent
from core.delivery.model import DeliveryState, Withheld
from core.delivery.settle import settle
from tests.delivery.mail import HOSPICE, Mail


def settles(mail: Mail, handed_over: object, outcome: Outcome) -> None:
    with mail.store.begin() as books:
        office = mail.engine.office(books)
        settle(office, [(one, outcome) for one in handed_over])  # type: ignore[attr-defined]


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
