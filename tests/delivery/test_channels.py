"""Posts in channels: to those that are registered, in their language, brought up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.conversations.model import Conversation, ConversationKind
from core.couriers import Later, Refused, Unreachable
from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.kernel.desk import Office
from core.organisations.model import TenantState
from core.ui.views import View
from storage.store import Store
from tests.delivery.mail import NORTH, SOUTH, Mail
from tests.world import World


@pytest.fixture
def lead(mail: Mail) -> int:
    return mail.member("Meg", NORTH)


def only(mail: Mail) -> Delivery:
    (found,) = mail.all()
    return found


async def test_a_post_goes_into_the_channel_once_and_not_to_whoever_registered_it(
    mail: Mail, lead: int
) -> None:
    mail.post(mail.channel("learning", by=lead))
    await mail.pumps()
    await mail.pumps()
    (parcel,) = mail.chats["slack"].parcels
    assert (parcel.channel, parcel.user, parcel.tenant) == (True, "", NORTH[1])
    assert (parcel.address.conversation, parcel.address.bot) == ("C-learning", "B1")
    assert mail.chats["slack"].texts == ["first words in learning"]
    sent = only(mail)
    assert (sent.state, sent.handle, sent.member_id) == (
        DeliveryState.SENT,
        f"message-{sent.id}",
        None,
    )
    assert mail.audit() == []


async def test_a_post_speaks_the_language_that_was_registered(mail: Mail, lead: int) -> None:
    mail.post(mail.channel("dysgu", by=lead, language="cy", zone="Europe/London"))
    await mail.pumps()
    assert mail.chats["slack"].parcels[0].speech.language == "cy"


async def test_a_post_that_stands_is_brought_up_to_date_even_where_no_more_are_wanted(
    mail: Mail, lead: int
) -> None:
    channel = mail.channel("learning", by=lead)
    mail.post(channel)
    await mail.pumps()
    with mail.store.begin() as books:
        assert books.conversations.unregister(channel)
    mail.change("second words")
    mail.later(seconds=1)
    await mail.pumps()
    assert mail.chats["slack"].texts == ["first words in learning", "second words in learning"]
    first, second = mail.chats["slack"].parcels
    assert (first.handle, second.handle) == ("", f"message-{only(mail).id}")


async def test_a_channel_that_is_not_registered_any_more_gets_nothing(
    mail: Mail, lead: int
) -> None:
    channel = mail.channel("learning", by=lead)
    mail.post(channel)
    with mail.store.begin() as books:
        books.conversations.unregister(channel)
    await mail.pumps()
    assert not mail.chats["slack"].parcels
    assert (only(mail).state, only(mail).reason) == (DeliveryState.WITHHELD, Withheld.CANCELLED)


async def test_a_channel_that_the_app_was_taken_out_of_is_unreachable(
    mail: Mail, lead: int
) -> None:
    channel = mail.channel("learning", by=lead)
    mail.post(channel)
    removed(mail)
    await mail.pumps()
    assert not mail.chats["slack"].parcels
    assert only(mail).state is DeliveryState.UNREACHABLE
    assert "not in this channel" in only(mail).reason


async def test_a_post_that_stands_where_the_app_was_taken_out_is_left_as_it_is(
    mail: Mail, lead: int
) -> None:
    mail.post(mail.channel("learning", by=lead))
    await mail.pumps()
    removed(mail)
    mail.change("second words")
    mail.later(minutes=1)
    await mail.pumps()
    assert len(mail.chats["slack"].parcels) == 1
    assert (only(mail).state, only(mail).shown) == (DeliveryState.SENT, only(mail).changes)


def removed(mail: Mail) -> None:
    with mail.store.begin() as books:
        kept = books.conversations.hold(*NORTH, "C-learning")
        assert kept is not None
        assert kept.kind is ConversationKind.CHANNEL
        books.conversations.keep(replace(kept, removed_at=mail.now))


async def test_many_changes_within_a_second_edit_a_post_once(mail: Mail, lead: int) -> None:
    mail.post(mail.channel("learning", by=lead))
    await mail.pumps()
    for number in range(8):
        mail.change(f"{number} are coming")
        await mail.pump.round()
        mail.later(milliseconds=300)
    assert mail.chats["slack"].texts == [
        "first words in learning",
        "4 are coming in learning",
    ]
    mail.later(seconds=1)
    await mail.pump.round()
    assert mail.chats["slack"].texts[2:] == ["7 are coming in learning"]


async def test_two_posts_into_one_channel_are_a_second_apart_whenever_they_were_planned(
    mail: Mail, lead: int
) -> None:
    learning, corridor = mail.channel("learning", by=lead), mail.channel("corridor", by=lead)
    mail.post(learning)
    await mail.pump.round()
    mail.later(milliseconds=300)
    mail.post(learning, corridor)
    await mail.pump.round()
    assert mail.chats["slack"].texts == ["first words in learning", "first words in corridor"]
    mail.later(milliseconds=700)
    await mail.pump.round()
    assert mail.chats["slack"].texts[2:] == ["first words in learning"]
    assert {(one.state, one.attempts) for one in mail.all()} == {(DeliveryState.SENT, 1)}


async def test_a_post_that_was_long_in_the_making_is_a_second_before_the_next(store: Store) -> None:
    class Slow(Mail):
        def _post(self, office: Office, notice: Notice, place: Conversation) -> View | Withheld:
            self.later(milliseconds=600)
            return super()._post(office, notice, place)

    mail = Slow(store)
    learning = mail.channel("learning", by=mail.member("Meg", NORTH))
    mail.post(learning)
    await mail.pump.round()
    mail.later(milliseconds=500)
    mail.post(learning)
    await mail.pump.round()
    assert len(mail.chats["slack"].parcels) == 1
    mail.later(milliseconds=500)
    await mail.pump.round()
    assert len(mail.chats["slack"].parcels) == 2


async def test_a_channel_of_a_tenant_that_is_turned_away_is_unreachable(
    mail: Mail, lead: int
) -> None:
    mail.post(mail.channel("learning", by=lead))
    with mail.store.begin() as books:
        books.tenants.set_state(*NORTH, TenantState.SUSPENDED)
    await mail.pumps()
    assert only(mail).state is DeliveryState.UNREACHABLE
    assert not mail.chats["slack"].parcels


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Unreachable("is_archived"), DeliveryState.UNREACHABLE),
        (Refused("invalid_blocks"), DeliveryState.REFUSED),
    ],
)
async def test_what_a_channel_does_not_take_is_not_tried_again(
    mail: Mail, lead: int, answer: Unreachable | Refused, state: DeliveryState
) -> None:
    mail.post(mail.channel("learning", by=lead))
    mail.chats["slack"].answers = [answer]
    await mail.pumps()
    mail.later(days=1)
    await mail.pumps()
    assert len(mail.chats["slack"].parcels) == 1
    assert (only(mail).state, only(mail).reason) == (state, answer.reason)


async def test_a_channel_that_is_busy_has_its_post_later(mail: Mail, lead: int) -> None:
    mail.post(mail.channel("learning", by=lead))
    mail.chats["slack"].answers = [Later(10, "slow down")]
    await mail.pumps()
    assert only(mail).not_before == mail.now + timedelta(seconds=10)
    mail.later(seconds=10)
    await mail.pumps()
    assert only(mail).state is DeliveryState.SENT


async def test_what_is_not_for_channels_or_has_nothing_in_it_is_not_posted(
    mail: Mail, lead: int
) -> None:
    first, second = mail.channel("first", by=lead), mail.channel("second", SOUTH, by=lead)
    mail.post(first, empty=True)
    with mail.store.begin() as books:
        mail.engine.office(books).tell_channels("test.digest", "thing:2", [second])
    await mail.pumps()
    assert [one.reason for one in mail.all()] == [Withheld.EMPTY, Withheld.CANCELLED]


def test_the_small_world_has_channels_too(world: World) -> None:
    meg = world.person("Meg Hughes")
    channel = world.channel("learning", by=meg, digests=False)
    silent = world.channel("corridor")
    with world.store.begin() as books:
        kept = books.conversations.registered()
        assert list(kept) == [channel.id]
        assert kept[channel.id][1].digests is False
        office = world.engine.office(books)
        office.tell_channels("members.welcome", "member:1", [channel.id, silent.id])
    world.deliver()
    assert not channel.told()
    speaking = meg.at(channel).caller
    assert (speaking.private, speaking.conversation) == (False, "C-learning")
