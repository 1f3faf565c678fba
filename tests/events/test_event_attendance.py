"""Who came: by the host's list, by a code in the room, in any order, as often as one likes."""

from __future__ import annotations

import pytest

from core.events.attending import CODE_LENGTH
from core.events.attending_intents import OpenAttendance, TakeAttendance
from core.events.attending_views import PAGE
from core.events.model import PlaceState
from core.kernel.references import ALPHABET
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion, edits
from tests.world import Person, World

TOO_MANY = "too-many-codes"


def _gathering(world: World, guests: int = 2) -> Gathering:
    gathering = announced(world, champion(world))
    names = ("Cai Price", "Dilys Rees", "Ewan Scott")[:guests]
    return gathering.joined_by(*(world.person(name, "COU") for name in names))


def _begin(gathering: Gathering, minutes: float = 0) -> Gathering:
    gathering.world.now = gathering.event.starts_at
    gathering.world.later(minutes=minutes)
    return gathering


def _code(gathering: Gathering) -> str:
    gathering.host.types(f"code {gathering.ref}")
    return gathering.event.code


def _came(gathering: Gathering, person: Person) -> tuple[bool | None, bool]:
    place = gathering.place_of(person)
    assert place is not None
    return place.came, place.walk_up


def _ticks(gathering: Gathering, *people: Person) -> str:
    gathering.host.types(f"attendance {gathering.ref}")
    return gathering.host.fills(came=tuple(str(one.member.id) for one in people))


def test_the_host_ticks_off_who_came_and_sees_how_many(world: World) -> None:
    gathering = _begin(_gathering(world))
    cai, dilys = gathering.guests
    shown = gathering.host.types(f"attendance {gathering.ref}")
    assert "Cai Price, Westshire Council" in shown
    shown = gathering.host.fills(came=(str(cai.member.id),))
    assert "Said they were coming: 2" in shown
    assert "Came: 1" in shown
    assert _came(gathering, cai) == (True, False)
    assert _came(gathering, dilys) == (False, False)


def test_the_list_can_be_taken_again_and_the_last_word_stands(world: World) -> None:
    gathering = _begin(_gathering(world))
    cai, dilys = gathering.guests
    _ticks(gathering, cai)
    _ticks(gathering, cai)
    assert world.rows("places") == 2
    shown = _ticks(gathering, dilys)
    assert "Came: 1" in shown
    assert (_came(gathering, cai)[0], _came(gathering, dilys)[0]) == (False, True)


def test_the_code_is_short_without_look_alikes_and_stays_the_same(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set(code) & set("01OIL")
    assert _code(gathering) == code
    assert code in gathering.host.text


@pytest.mark.parametrize("typed", ["checkin {}", "cofnodi {}", "CHECKIN {}.", "check-in {}"])
def test_people_in_the_room_tick_themselves_off(world: World, typed: str) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    cai, dilys = _begin(gathering).guests
    shown = cai.types(typed.format(code.lower()))
    assert "You are ticked off. Thank you for coming." in shown
    assert "You are ticked off already." in cai.types(f"checkin {code}")
    assert _came(gathering, cai) == (True, False)
    assert _came(gathering, dilys) == (None, False)


def test_the_code_can_be_given_in_a_form(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    cai = _begin(gathering).guests[0]
    cai.types("checkin")
    assert "You are ticked off." in cai.fills(code=f"{code[:2]} {code[2:]}")


@pytest.mark.parametrize(
    ("minutes", "works"), [(-31, False), (-30, True), (60 + 119, True), (60 + 120, False)]
)
def test_the_code_works_from_half_an_hour_before_to_two_hours_after(
    world: World, minutes: float, works: bool
) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    cai = _begin(gathering, minutes).guests[0]
    cai.types(f"checkin {code}")
    assert (cai.refused == "") is works
    assert _came(gathering, cai)[0] is (True if works else None)


def test_whoever_is_in_the_room_counts_as_a_walk_up(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    gathering.guests[0].types(f"leave event {gathering.ref}")
    walker = world.person("Fay Green", "HOS")
    _begin(gathering)
    walker.types(f"checkin {code}")
    gathering.guests[0].types(f"checkin {code}")
    assert _came(gathering, walker) == (True, True)
    assert _came(gathering, gathering.guests[0]) == (True, True)
    shown = gathering.host.types(f"funnel {gathering.ref}")
    assert "Came: 2" in shown
    assert "Of these, without signing up: 2" in shown
    assert "Said they were coming: 1" in shown


@pytest.mark.parametrize("open_to", ["organisation", "sector"])
def test_a_code_ticks_off_those_whom_the_event_is_for_and_the_host_lets_in_others(
    world: World, open_to: str
) -> None:
    gathering = announced(world, champion(world), open_to=open_to)
    ours, other = world.person("Fay Green", "NGH"), world.person("Gwen Hall", "COU")
    code = _code(gathering)
    assert "You can add others by name." in gathering.host.text
    _begin(gathering)
    other.types(f"checkin {code}")
    assert other.refused == "wrong-code"
    assert "Run charts" not in other.text
    assert gathering.place_of(other) is None
    ours.types(f"checkin {code}")
    assert _came(gathering, ours) == (True, True)
    gathering.host.types(f"walkup {gathering.ref} Gwen Hall")
    assert _came(gathering, other) == (True, True)


def test_a_code_works_for_whoever_had_a_place_before_the_event_was_for_fewer(world: World) -> None:
    gathering = _gathering(world, 1)
    edits(gathering, open_to="organisation")
    code = _code(gathering)
    cai = _begin(gathering).guests[0]
    cai.types(f"checkin {code}")
    assert _came(gathering, cai) == (True, False)


def test_a_code_does_not_work_for_somebody_whom_the_host_has_blocked(world: World) -> None:
    gathering = _gathering(world, 0)
    code = _code(gathering)
    _begin(gathering)
    fay = world.person("Fay Green", "NGH")
    host_id, fay_id = gathering.host.member.id, fay.member.id
    with world.store.begin() as books:
        books.members.block(host_id, fay_id)
    fay.types(f"checkin {code}")
    assert fay.refused == "wrong-code"


def test_the_host_adds_somebody_who_came_without_signing_up(world: World) -> None:
    gathering = _begin(_gathering(world))
    fay = world.person("Fay Green", "HOS")
    shown = gathering.host.types(f"walkup {gathering.ref} Fay Green")
    assert "Fay Green is ticked off." in shown
    assert _came(gathering, fay) == (True, True)
    gathering.host.types(f"walkup {gathering.ref}")
    gathering.host.fills(who="Nobody Known")
    assert gathering.host.refused == "nobody"


def test_two_people_of_one_name_are_told_apart(world: World) -> None:
    gathering = _begin(_gathering(world))
    first = world.person("Fay Green", "HOS")
    second = world.person("Fay Green", "GPP")
    gathering.host.types(f"walkup {gathering.ref} Fay Green")
    gathering.host.fills(chosen=f"member:{second.member.id}")
    assert gathering.place_of(first) is None
    assert _came(gathering, second) == (True, True)


def test_ticks_correct_codes_and_codes_correct_ticks(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    cai, dilys = _begin(gathering).guests
    walker = world.person("Fay Green", "HOS")
    for one in (cai, walker):
        one.types(f"checkin {code}")
    _ticks(gathering, dilys)
    assert [_came(gathering, one)[0] for one in (cai, dilys, walker)] == [False, True, False]
    assert gathering.state_of(walker) is PlaceState.LEFT
    cai.types(f"checkin {code}")
    assert _came(gathering, cai) == (True, False)


def test_wrong_codes_are_counted_and_end_the_guessing(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    cai = _begin(gathering).guests[0]
    for guess in ("22222", "33333", "44444", "5"):
        assert "That code does not work now." in cai.types(f"checkin {guess}")
        assert cai.refused == "wrong-code"
    cai.types("checkin 66666")
    assert cai.refused == TOO_MANY
    cai.types(f"checkin {code}")
    assert cai.refused == TOO_MANY
    assert _came(gathering, cai)[0] is None
    assert "You are ticked off." in gathering.guests[1].types(f"checkin {code}")
    world.later(minutes=61)
    assert "You are ticked off." in cai.types(f"checkin {code}")


def test_a_visitor_cannot_be_ticked_off(world: World) -> None:
    gathering = _gathering(world)
    code = _code(gathering)
    _begin(gathering)
    visitor = world.person("Vic Stone", joined=False)
    visitor.types(f"checkin {code}")
    assert world.rows("places") == 2


def test_only_who_looks_after_the_event_takes_attendance(world: World) -> None:
    gathering = _begin(_gathering(world))
    cai = gathering.guests[0]
    taken = TakeAttendance(
        event=gathering.event_id, shown=(str(cai.member.id),), came=(str(cai.member.id),)
    )
    for words in ("attendance", "code", "walkup", "funnel"):
        cai.types(f"{words} {gathering.ref}")
        assert cai.refused == "not-yours", words
    cai.does(taken)
    assert cai.refused == "not-yours"
    assert _came(gathering, cai)[0] is None
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    lead.does(taken)
    assert _came(gathering, cai)[0] is True


def test_names_that_a_client_makes_up_are_not_ticked(world: World) -> None:
    gathering = _begin(_gathering(world))
    fay = world.person("Fay Green", "HOS")
    ids = (str(fay.member.id), "999999", "x", "-1")
    gathering.host.does(TakeAttendance(event=gathering.event_id, shown=ids, came=ids))
    assert gathering.place_of(fay) is None
    assert world.rows("places") == 2
    assert [_came(gathering, one)[0] for one in gathering.guests] == [None, None]


def test_it_is_too_early_before_the_event_and_too_late_for_a_cancelled_one(world: World) -> None:
    gathering = _gathering(world)
    host = gathering.host
    assert "You can do this from 1.30pm on Friday 12 June 2026." in host.types(
        f"attendance {gathering.ref}"
    )
    code = _code(gathering)
    host.types(f"cancel {gathering.ref} flu")
    _begin(gathering)
    for words in ("attendance", "code"):
        host.types(f"{words} {gathering.ref}")
        assert host.refused == "cancelled"
    gathering.guests[0].types(f"checkin {code}")
    assert gathering.guests[0].refused == "wrong-code"


def test_a_long_list_comes_page_by_page_and_a_page_leaves_the_others_alone(world: World) -> None:
    gathering = announced(world, champion(world))
    people = [world.person(f"Guest {n:03}", "COU") for n in range(PAGE + 3)]
    _begin(gathering.joined_by(*people))
    gathering.host.types(f"attendance {gathering.ref}")
    shown = gathering.host.fills(came=(str(people[0].member.id),))
    assert "Page 2 of 2" in shown
    assert _came(gathering, people[PAGE])[0] is None
    shown = gathering.host.fills(came=(str(people[PAGE].member.id),))
    assert "Came: 2" in shown
    gathering.host.does(OpenAttendance(event=gathering.event_id, page=99))
    assert "Page 2 of 2" in gathering.host.text
    gathering.host.fills(came=())
    assert _came(gathering, people[0])[0] is True
    assert _came(gathering, people[PAGE])[0] is False


def test_an_event_that_nobody_signed_up_for_shows_other_ways(world: World) -> None:
    gathering = _begin(announced(world, champion(world)))
    shown = gathering.host.types(f"attendance {gathering.ref}")
    assert "Nobody has said that they are coming." in shown
    assert "Show a code" in gathering.host.labels()


@pytest.mark.parametrize(
    "words",
    [
        "code of conduct",
        "try the other door",
        "attendance was good",
        "answers are welcome",
        "useful link attached",
        "earn more",
        "hosting a visitor",
        "funnel cake",
    ],
)
def test_plain_sentences_are_not_taken_for_verbs(world: World, words: str) -> None:
    assert type(world.engine.interpret(words)).__name__ == "PlainWords"


def test_the_card_with_the_code_says_what_to_type_in_each_chat(world: World) -> None:
    gathering = _begin(_gathering(world))
    code = _code(gathering)
    assert f"In Slack, type /hourbridge checkin {code}" in gathering.host.text
    teams = f"In Microsoft Teams, open the chat with Hourbridge and type checkin {code}"
    assert teams in gathering.host.text


def test_the_card_has_the_code_and_the_list_from_half_an_hour_before_the_start(
    world: World,
) -> None:
    gathering = _begin(_gathering(world), minutes=-30)
    gathering.host.types(f"event {gathering.ref}")
    assert {"Show a code", "Take attendance"} <= set(gathering.host.labels())
    gathering.host.presses("Take attendance")
    assert gathering.host.form.title
    world.now = gathering.event.ends_at
    world.later(minutes=-1)
    gathering.host.types(f"event {gathering.ref}")
    assert {"Show a code", "Take attendance"} <= set(gathering.host.labels())
    gathering.guests[0].types(f"event {gathering.ref}")
    assert not {"Show a code", "Take attendance"} & set(gathering.guests[0].labels())


def test_before_that_the_card_has_neither(world: World) -> None:
    gathering = _begin(_gathering(world), minutes=-31)
    gathering.host.types(f"event {gathering.ref}")
    assert not {"Show a code", "Take attendance"} & set(gathering.host.labels())
