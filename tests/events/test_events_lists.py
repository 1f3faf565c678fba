"""What is coming up, one's own events, and their place at home."""

from __future__ import annotations

from dataclasses import replace

from core.events.intents import ListEvents, MyEvents
from tests.events.gatherings import LINE, announced, champion
from tests.world import Person, World


def _five_more(world: World, host: Person) -> None:
    for day in ("13", "14", "15", "16", "17"):
        announced(world, host, LINE.replace("12 June", f"{day} June"))


def test_what_is_coming_up_is_listed_soonest_first_a_page_at_a_time(world: World) -> None:
    host = champion(world)
    _five_more(world, host)
    announced(world, host, f"drop-in {LINE.replace('run charts for beginners', 'QI clinic')}")
    ben = world.person("Ben Lowe", "COU")
    text = ben.types("events")
    assert "6 events coming up" in text
    assert text.index("QI clinic") < text.index("Run charts")
    ben.presses("Next (2 of 2)")
    assert "17 June 2026" in ben.text
    assert "17 June 2026" in ben.types("events page 2")
    assert "6 events coming up" in ben.does(ListEvents(page=99))
    assert "6 events coming up" in ben.does(ListEvents(page=-4))


def test_words_narrow_the_list(world: World) -> None:
    host = champion(world)
    _five_more(world, host)
    announced(world, host, f"drop-in {LINE.replace('run charts for beginners', 'QI clinic')}")
    ben = world.person("Ben Lowe")
    assert "1 event coming up" in ben.types("events CLINIC northgate")
    assert "No event coming up has the words jam" in ben.types("events jam")
    ben.types("events run")
    assert "5 events coming up" in ben.text
    ben.does(ListEvents(words="w" * 101))
    assert ben.refused


def test_what_is_over_cancelled_or_not_for_the_reader_is_not_coming_up(world: World) -> None:
    host = champion(world)
    off = announced(world, host)
    host.types(f"cancel {off.ref}")
    host.fills()
    announced(world, host, open_to="organisation")
    ben, cara = world.person("Ben Lowe", "COU"), world.person("Cara Nwosu", "NGH")
    assert "No event is coming up that is open to you." in ben.types("events")
    assert "1 event coming up" in cara.types("events")
    world.later(days=60)
    assert "No event is coming up" in cara.types("events")


def test_one_s_own_are_those_to_come_then_those_that_are_over(world: World) -> None:
    host = champion(world)
    first = announced(world, host, LINE.replace("12 June", "10 June"))
    second = announced(world, host)
    third = announced(world, host, LINE.replace("12 June", "14 June"))
    ben = world.person("Ben Lowe")
    for gathering in (first, second, third):
        gathering.joined_by(ben)
    ben.types(f"leave event {third.ref}")
    world.later(days=37)
    text = ben.types("my events")
    assert text.index("12 June 2026") < text.index("10 June 2026")
    assert "14 June 2026" not in text
    assert "You have a place" in text
    assert "Over" in text
    assert "You host this." in host.types("my events")
    assert "You host this." in host.does(MyEvents(page=50))


def test_who_has_none_is_told_where_to_look(world: World) -> None:
    ben = world.person("Ben Lowe")
    assert "You have no place at an event and host none." in ben.types("my events")
    assert "No event is coming up" in ben.presses("See what is coming up")


def test_home_shows_the_next_two_and_the_way_to_the_rest(world: World) -> None:
    host = champion(world)
    assert "Your events" not in host.types("home")
    _five_more(world, host)
    gathering = announced(world, host)
    text = host.types("home")
    assert "Your events: 6" in text
    assert "12 June 2026" in text
    assert "14 June 2026" not in text
    assert "You host this." in host.presses("See all your events")
    ben = world.person("Ben Lowe")
    assert "Your events" not in ben.types("home")
    gathering.joined_by(ben)
    assert "Your events" in ben.types("home")


def test_a_reader_elsewhere_sees_their_own_hour_and_the_hour_there(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe")
    member = ben.member
    with world.store.begin() as books:
        books.members.save(replace(member, zone="Europe/Athens"))
    gathering.joined_by(ben)
    assert "Time where it is held" in ben.types(f"event {gathering.ref}")
    assert "Time where it is held" not in gathering.host.types(f"event {gathering.ref}")


def test_show_and_event_open_the_same_card(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe")
    assert ben.types(f"show {gathering.ref}") == ben.types(f"event {gathering.ref}")


def test_plain_words_that_begin_like_a_command_are_left_alone(world: World) -> None:
    ben = world.person("Ben Lowe")
    for words in ("coming, see you at 2", "copy that", "join in", "leave it with me"):
        ben.types(words)
        assert ben.refused not in {"not-found", "not-yours"}, words
    assert world.rows("places") == 0


def test_everything_works_in_welsh_words_too(world: World) -> None:
    gathering = announced(world)
    ben = world.person("Ben Lowe")
    assert "1 event coming up" in ben.types("digwyddiadau")
    assert "You have a place." in ben.types(f"ymuno {gathering.ref}")
    assert "Your events" in ben.types("fy-nigwyddiadau")
    assert "You are not coming." in ben.types(f"gadael digwyddiad {gathering.ref}")
    host = gathering.host
    assert "Change the event" in host.types(f"golygu {gathering.ref}")
    host.types("digwyddiad dysgu: siartiau rhedeg, 12 Mehefin 14:00, 1 awr, yn Ystafell 2")
    assert "Announced." in host.types("cyhoeddi")
    assert "Cancel the event" in host.types(f"canslo {gathering.ref}")
