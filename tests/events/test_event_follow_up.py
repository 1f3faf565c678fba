"""Two questions to those who came, and what the host sees of the answers."""

from __future__ import annotations

from datetime import timedelta

from core.events.attending_intents import SayNext
from core.events.model import Place, PlaceState
from core.events.telling import FOLLOW_UP
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion
from tests.world import Person, World

NAMES = ("Cai Price", "Dilys Rees", "Ewan Scott", "Fay Green")


def _held(world: World, guests: int = 3, *, came: int | None = None) -> Gathering:
    """An event that is over, and whose attendance was taken."""
    gathering = announced(world, champion(world))
    gathering.joined_by(*(world.person(name, "COU") for name in NAMES[:guests]))
    world.now = gathering.event.ends_at
    gathering.host.types(f"attendance {gathering.ref}")
    there = gathering.guests[: guests if came is None else came]
    gathering.host.fills(came=tuple(str(one.member.id) for one in there))
    return gathering


def _morning_after(gathering: Gathering, **later: float) -> None:
    world = gathering.world
    end = gathering.event.ends_at
    world.now = (end + timedelta(days=1)).replace(hour=8, minute=5) + timedelta(**later)
    world.runs("events.follow-up")
    world.now += timedelta(days=3)  # past the weekend, when nobody is asked anything
    world.deliver()


def _asked(person: Person) -> int:
    return len(person.told(FOLLOW_UP))


def test_those_who_came_are_asked_once_on_the_morning_after(world: World) -> None:
    gathering = _held(world, came=2)
    world.runs("events.follow-up")
    world.deliver()
    assert [_asked(one) for one in gathering.guests] == [0, 0, 0]
    _morning_after(gathering)
    _morning_after(gathering, hours=5)
    assert [_asked(one) for one in gathering.guests] == [1, 1, 0]
    assert "Was it useful?" in gathering.guests[0].told(FOLLOW_UP)[0].text


def test_who_is_ticked_off_late_is_asked_late_and_nobody_twice(world: World) -> None:
    gathering = _held(world, came=1)
    _morning_after(gathering)
    gathering.host.types(f"attendance {gathering.ref}")
    gathering.host.fills(came=tuple(str(one.member.id) for one in gathering.guests[:2]))
    world.runs("events.follow-up")
    world.deliver()
    assert [_asked(one) for one in gathering.guests] == [1, 1, 0]


def test_nobody_is_asked_where_attendance_was_not_taken(world: World) -> None:
    gathering = announced(world, champion(world)).joined_by(world.person("Cai Price", "COU"))
    world.now = gathering.event.ends_at
    _morning_after(gathering)
    assert (
        world.rows(
            f"deliveries WHERE notice_id IN (SELECT id FROM notices WHERE kind = '{FOLLOW_UP}')"
        )
        == 0
    )


def test_a_button_answers_the_first_question_and_a_form_the_second(world: World) -> None:
    gathering = _held(world)
    _morning_after(gathering)
    cai = gathering.guests[0]
    message = cai.told(FOLLOW_UP)[0]
    shown = cai.presses_in(message, "Partly")
    assert "Useful: Partly" in shown
    cai.presses("Write it")
    assert "without your name" in cai.text
    shown = cai.fills(words="A run chart of our waits")
    assert "A run chart of our waits" in shown
    place = gathering.place_of(cai)
    assert place is not None
    assert (place.useful, place.next) == ("partly", "A run chart of our waits")


def test_an_answer_can_be_changed_and_words_blanked(world: World) -> None:
    gathering = _held(world)
    cai = gathering.guests[0]
    cai.types(f"useful {gathering.ref} yes")
    cai.types(f"useful {gathering.ref} no")
    cai.types(f"try {gathering.ref} a huddle")
    cai.types(f"try {gathering.ref}")
    cai.fills(words="")
    place = gathering.place_of(cai)
    assert place is not None
    assert (place.useful, place.next) == ("no", "")


def test_only_those_who_came_can_answer(world: World) -> None:
    gathering = _held(world, came=1)
    absent = gathering.guests[1]
    absent.types(f"useful {gathering.ref} yes")
    assert absent.refused == "did-not-come"
    stranger = world.person("Gwen Hall", "HOS")
    stranger.types(f"try {gathering.ref} nonsense")
    assert stranger.refused == "not-found"
    gathering.guests[0].types("useful yes")
    assert world.rows("places WHERE answered_at IS NOT NULL") == 1


def test_what_must_not_be_here_is_not_stored(world: World) -> None:
    gathering = _held(world)
    cai = gathering.guests[0]
    cai.types(f"try {gathering.ref} call NHS number 943 476 5919")
    assert cai.refused
    assert world.holds("943 476 5919") == []
    cai.types(f"try {gathering.ref} {'long ' * 200}")
    assert cai.refused
    assert world.rows("places WHERE answered_at IS NOT NULL") == 0


def _host_sees(gathering: Gathering) -> str:
    return gathering.host.types(f"funnel {gathering.ref}")


def _out(gathering: Gathering) -> None:
    """Move on to when the answers come out."""
    gathering.world.now = gathering.event.ends_at + timedelta(days=8)


def test_answers_come_out_together_once_nobody_can_answer_any_more(world: World) -> None:
    gathering = _held(world, guests=4)
    before = []
    for person, answer in zip(gathering.guests, ("yes", "yes", "no", "partly"), strict=True):
        person.types(f"useful {gathering.ref} {answer}")
        person.types(f"try {gathering.ref} an idea of {answer}")
        before.append(_host_sees(gathering))
    assert not [one for one in before if "Was it useful?" in one or "What they will try" in one]
    assert "all at once and without names" in before[-1]
    assert "What people write shows here from" in gathering.host.types(f"answers {gathering.ref}")
    _out(gathering)
    shown = _host_sees(gathering)
    assert ("Yes: 2" in shown, "Partly: 1" in shown, "No: 1" in shown) == (True, True, True)
    shown = gathering.host.presses("What they will try")
    assert shown.count("an idea of yes") == 2
    assert "an idea of partly" in shown
    assert not any(name in shown for name in NAMES)


def test_fewer_than_three_answers_never_come_out(world: World) -> None:
    gathering = _held(world)
    for number, person in enumerate(gathering.guests):
        person.types(f"useful {gathering.ref} yes")
        if number:
            person.types(f"try {gathering.ref} an idea")
    _out(gathering)
    assert "Yes: 3" in _host_sees(gathering)
    assert "What they will try" not in gathering.host.labels()
    assert "an idea" not in gathering.host.types(f"answers {gathering.ref}")


def test_what_is_out_cannot_be_added_to_or_changed_so_no_change_tells_an_answer(
    world: World,
) -> None:
    gathering = _held(world, guests=4)
    *three, last = gathering.guests
    last.types(f"try {gathering.ref} first of all")
    for person in three:
        person.types(f"useful {gathering.ref} yes")
    _out(gathering)
    before = _host_sees(gathering)
    assert "Yes: 3" in before
    for words in ("useful {} no", "try {} another idea"):
        last.types(words.format(gathering.ref))
        assert last.refused == "too-late", words
    three[0].types(f"useful {gathering.ref} no")
    assert three[0].refused == "too-late"
    assert _host_sees(gathering) == before


def test_the_host_cannot_tell_an_answer_by_taking_its_tick_away(world: World) -> None:
    gathering = _held(world, guests=4)
    for person in gathering.guests:
        person.types(f"useful {gathering.ref} yes")
    _out(gathering)
    gathering.host.types(f"attendance {gathering.ref}")
    gathering.host.fills(came=tuple(str(one.member.id) for one in gathering.guests[1:]))
    assert "Yes: 4" in _host_sees(gathering)


def test_what_somebody_wrote_they_can_take_back_when_it_is_out(world: World) -> None:
    gathering = _held(world, guests=4)
    for person in gathering.guests:
        person.types(f"try {gathering.ref} an idea of mine")
    _out(gathering)
    cai, other = gathering.guests[:2]
    cai.types(f"try {gathering.ref}")
    assert "take back what you wrote" in cai.text
    cai.fills(words="something else")
    assert cai.refused == "too-late"
    shown = cai.fills(words="")
    assert "It is blank now." in shown
    assert "You could answer until" in shown
    assert gathering.host.types(f"answers {gathering.ref}").count("an idea of mine") == 3
    other.does(SayNext(event=gathering.event_id))
    assert "an idea of mine" not in gathering.host.types(f"answers {gathering.ref}")


def test_the_same_answer_heard_twice_is_kept_once(world: World) -> None:
    gathering = _held(world)
    cai = gathering.guests[0]
    for _each in range(2):
        cai.types(f"useful {gathering.ref} yes")
        cai.types(f"try {gathering.ref} a huddle")
    assert "Answered the questions: 1" in _host_sees(gathering)


def test_answers_are_for_the_host_alone(world: World) -> None:
    gathering = _held(world)
    for person in gathering.guests:
        person.types(f"useful {gathering.ref} yes")
        person.types(f"try {gathering.ref} a huddle")
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    _out(gathering)
    shown = lead.types(f"funnel {gathering.ref}")
    assert "Answered the questions: 3" in shown
    assert "Yes: 3" not in shown
    lead.types(f"answers {gathering.ref}")
    assert lead.refused == "not-found"
    assert "a huddle" in gathering.host.types(f"answers {gathering.ref}")


def test_events_that_were_asked_after_cost_nothing_however_many_they_are(world: World) -> None:
    ana, cai = champion(world), world.person("Cai Price", "COU")
    costs = []
    for titles in (("one",), ("two", "three", "four")):
        for title in titles:
            gathering = announced(world, ana, f"{title}, 12 June 2pm, 1 hour, at the Library")
            place = Place(
                gathering.event_id,
                cai.member.id,
                world.organisations["COU"].id,
                PlaceState.COMING,
                world.now,
                came=True,
            )
            with world.store.begin() as books:
                books.events.keep_place(place)
        now, world.now = world.now, gathering.event.ends_at + timedelta(days=1)
        assert world.runs("events.follow-up") == len(titles)
        with world.asked() as statements:
            world.runs("events.follow-up")
        costs.append(len(statements))
        world.now = now
    assert costs[0] == costs[1]


def test_answers_without_a_reference_are_those_of_the_only_event_that_one_hosts(
    world: World,
) -> None:
    gathering = _held(world)
    for guest in gathering.guests:
        guest.does(SayNext(event=gathering.event_id, words="a huddle"))
    _out(gathering)
    assert "a huddle" in gathering.host.types("answers")
    announced(world, gathering.host)
    assert "Which event do you mean?" in gathering.host.types("answers")
    gathering.guests[0].types("answers")
    assert gathering.guests[0].refused == "nothing-fits"


def test_what_one_has_answered_stands_under_a_label_and_not_under_a_question(
    world: World,
) -> None:
    gathering = _held(world)
    shown = gathering.guests[0].types(f"useful {gathering.ref} yes")
    assert "Useful: Yes" in shown
    assert "?:" not in shown
