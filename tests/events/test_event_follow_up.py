"""Two questions to those who came, and what the host sees of the answers."""

from __future__ import annotations

from datetime import timedelta

from core.events.follow_up import FOLLOW_UP
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
    assert "Was it useful?: Partly" in shown
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


def test_the_host_sees_answers_in_threes_and_never_a_name(world: World) -> None:
    gathering = _held(world, guests=4)
    seen = []
    for person, answer in zip(gathering.guests, ("yes", "yes", "no", "partly"), strict=True):
        person.types(f"useful {gathering.ref} {answer}")
        person.types(f"try {gathering.ref} an idea of {answer}")
        seen.append(_host_sees(gathering))
    assert ["Yes: 2" in one for one in seen] == [False, False, True, True]
    assert "Partly: 1" not in seen[3]
    shown = gathering.host.presses("What they will try")
    assert shown.count("an idea of yes") == 2
    assert "an idea of partly" not in shown
    assert not any(name in shown for name in NAMES)


def test_answers_are_for_the_host_alone(world: World) -> None:
    gathering = _held(world)
    for person in gathering.guests:
        person.types(f"useful {gathering.ref} yes")
        person.types(f"try {gathering.ref} a huddle")
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    shown = lead.types(f"funnel {gathering.ref}")
    assert "Answered the questions: 3" in shown
    assert "Yes: 3" not in shown
    lead.types(f"answers {gathering.ref}")
    assert lead.refused == "not-found"
    assert "a huddle" in gathering.host.types(f"answers {gathering.ref}")
