"""A channel's digest: for everybody who reads along, and about nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.delivery.model import DeliveryState
from core.events.model import Open
from core.members.model import MemberState
from core.organisations.model import Role, Sector
from core.ui.plain import summary
from tests.digests.reading import event, lists_of
from tests.exchanges.story import ask, confirmed, offer
from tests.world import ENGLISH, Channel, Person, World

MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)
"""9am in London."""
WEEK = timedelta(days=7)
KIND = "digests.channel"


def _champion(world: World) -> Person:
    champion = world.person("Cai Price")
    world.grants(champion, Role.CHAMPION, "NGH")
    return champion


def _channel(world: World, **registration: Any) -> Channel:
    return world.channel("general", "NGH", by=_champion(world), **registration)


def _posted(world: World, channel: Channel, moment: datetime = MONDAY) -> list[Any]:
    """Plan and send the digests of one hour; all that the channel has."""
    world.now = moment
    world.runs("digests.channels")
    world.now = moment + timedelta(minutes=5)
    world.deliver()
    return channel.told(KIND)


def _before(world: World, days: float = 3) -> Person:
    world.now = MONDAY - timedelta(days=days)
    return world.person("Ben Lowe", "COU")


def test_new_posts_and_events_come_at_the_channels_own_day_and_hour(world: World) -> None:
    channel = _channel(world, weekday=2, hour=16, zone="America/New_York")
    ben = _before(world)
    ask(ben, "1 hour run charts for our team, online")
    offer(ben, "1 hour easy read for leaflets, online")
    event(world, ben, "Run charts for beginners", 10)
    wednesday = datetime(2026, 6, 3, 20, tzinfo=UTC)
    for hours in (-24, -1, 1):
        assert _posted(world, channel, wednesday + timedelta(hours=hours)) == []
    (message,) = _posted(world, channel, wednesday)
    lists = lists_of(message.view)
    assert lists["New asks"] == ["Run charts for our team"]
    assert lists["New offers"] == ["Easy read for leaflets"]
    assert lists["Events to come"] == ["Run charts for beginners"]
    said = summary(message.view, ENGLISH)
    assert said == "1 new ask, 1 new offer, 1 event to come"


def test_nobodys_name_nor_balance_is_in_it(world: World) -> None:
    two = confirmed(world)
    channel = _channel(world)
    world.now = MONDAY - timedelta(days=2)
    ask(two.ben, "1 hour run charts for our team, online")
    offer(two.ana, "1 hour run charts, online")
    event(world, two.ana, "Run charts for beginners", 10)
    (message,) = _posted(world, channel)
    for person in (two.ana, two.ben):
        assert person.caller.name not in message.text
        assert person.caller.name.split()[1] not in message.text
    assert "balance" not in message.text
    assert "Westshire Council" in message.text


def test_its_buttons_answer_whoever_presses_them_as_themselves(world: World) -> None:
    channel = _channel(world)
    ask(_before(world), "1 hour run charts for our team, online")
    ana = world.person("Ana Ward")
    (message,) = _posted(world, channel)
    assert "Ben Lowe, Westshire Council" in ana.presses_in(message, "See it")
    ana.presses_in(message, "I can help")
    assert ana.form.fields
    stranger = world.person("Nia New", joined=False)
    assert "Ben Lowe" not in stranger.presses_in(message, "See it")
    assert "join" in stranger.presses_in(message, "Take part").casefold()


def test_it_comes_once_a_week_however_often_it_is_planned(world: World) -> None:
    channel = _channel(world)
    ask(_before(world), "1 hour run charts for our team, online")
    assert len(_posted(world, channel)) == 1
    assert len(_posted(world, channel)) == 1
    registration = _registration(world, channel)
    with world.store.begin() as books:
        books.conversations.register(replace(registration, weekday=1))
    assert len(_posted(world, channel, MONDAY + timedelta(days=1))) == 1
    ask(world.person("Dee Rees"), "1 hour mentoring, online")
    assert len(_posted(world, channel, MONDAY + timedelta(days=8))) == 2


def _registration(world: World, channel: Channel) -> Any:
    with world.store.begin() as books:
        return books.conversations.registration(channel.id)


def test_nothing_new_is_not_posted(world: World) -> None:
    channel = _channel(world)
    ask(_before(world, 8), "1 hour run charts for our team, online, until 31 July 2026")
    assert _posted(world, channel) == []
    assert _outcome(world) == ("withheld", "empty")


def _outcome(world: World) -> tuple[str, str]:
    with world.store.begin() as books:
        rows = books.connection.exec_driver_sql(
            "SELECT state, reason FROM deliveries WHERE conversation_id IS NOT NULL"
        )
        state, reason = rows.one()
    return DeliveryState(state).value, reason


def test_closed_posts_and_those_of_people_who_are_not_here_are_left_out(world: World) -> None:
    channel = _channel(world)
    ben = _before(world)
    ref = ask(ben, "1 hour run charts, closed, online")
    ben.types(f"close {ref}")
    ask(ben, "1 hour run charts, over, online, until 31 May 2026")
    dee = world.person("Dee Rees")
    ask(dee, "1 hour run charts, away, online")
    member = dee.member
    with world.store.begin() as books:
        books.members.save(replace(member, state=MemberState.AWAY))
    assert _posted(world, channel) == []


def test_events_are_those_that_the_channels_organisation_may_come_to(world: World) -> None:
    champion = _champion(world)
    own = world.channel("own", "NGH", by=champion)
    everybody = world.channel("everybody", "NGH", by=champion, organisation_id=None)
    ben = _before(world)
    event(world, ben, "For all", 5)
    event(world, champion, "For Northgate", 6, open_to=Open.ORGANISATION)
    event(world, ben, "For trusts", 7, open_to=Open.SECTOR, sector=Sector.NHS_TRUST)
    event(world, ben, "For councils", 8, open_to=Open.SECTOR, sector=Sector.COUNCIL)
    (message,) = _posted(world, own)
    found = lists_of(message.view)["Events to come"]
    assert found == ["For all", "For Northgate", "For trusts"]
    assert lists_of(everybody.told(KIND)[0].view)["Events to come"] == ["For all"]


def test_a_channel_that_wants_none_gets_none(world: World) -> None:
    champion = _champion(world)
    never = world.channel("never", "NGH", by=champion, digests=False)
    unregistered = world.channel("unregistered", "NGH")
    changed = world.channel("changed", "NGH", by=champion)
    ask(_before(world), "1 hour run charts for our team, online")
    world.now = MONDAY
    world.runs("digests.channels")
    registration = _registration(world, changed)
    with world.store.begin() as books:
        books.conversations.register(replace(registration, digests=False))
    world.later(minutes=5)
    world.deliver()
    assert [one.told(KIND) for one in (never, unregistered, changed)] == [[], [], []]
    assert _outcome(world) == ("withheld", "cancelled")


def test_one_that_could_not_be_posted_for_days_is_not_posted_any_more(world: World) -> None:
    channel = _channel(world)
    ask(_before(world), "1 hour run charts for our team, online")
    world.now = MONDAY
    world.runs("digests.channels")
    world.later(hours=73)
    world.deliver()
    assert channel.told(KIND) == []
    assert _outcome(world) == ("withheld", "too late")


def test_it_is_never_shown_to_a_member_as_their_own(world: World) -> None:
    ana = world.person("Ana Ward")
    ask(_before(world), "1 hour run charts for our team, online")
    member_id = ana.member.id
    world.now = MONDAY
    with world.store.begin() as books:
        world.engine.office(books).tell(KIND, "channel:1", (member_id,))
    world.deliver()
    assert ana.told(KIND) == []


def test_what_is_posted_while_it_is_held_up_is_in_the_next_one_alone(world: World) -> None:
    channel = _channel(world)
    ask(_before(world), "1 hour run charts one, online, until 31 July 2026")
    world.now = MONDAY
    world.runs("digests.channels")
    world.later(hours=3)
    ask(world.person("Dee Rees"), "1 hour mentoring two, online, until 31 July 2026")
    world.deliver()
    _posted(world, channel, MONDAY + WEEK)
    titles = [lists_of(message.view)["New asks"] for message in channel.told(KIND)]
    assert titles == [["Run charts one"], ["Mentoring two"]]
