"""Settings, language, stop and start: kept at once, taken back by undo, forged by nobody."""

from __future__ import annotations

from typing import Any

import pytest

from core.commands import PlainWords
from core.members.chosen_skills import read_skills, skill_words
from core.members.model import SkillSide
from core.members.settings import SaveSettings, SetLanguage
from core.respect.merging import CATCH_UP, CATCH_UP_UNASKED
from core.skills.taxonomy import SKILLS
from core.ui.forms import ChoiceField
from core.ui.gallery import HOSTILE
from core.ui.replies import Open, Refuse
from core.words import Speech
from tests.members.chats import code_in, visitor_in_teams
from tests.world import Person, World


def skills(world: World, person: Person, side: SkillSide = SkillSide.CAN_HELP) -> tuple[str, ...]:
    member = person.member.id
    with world.store.begin() as books:
        return books.members.skills(member, side)


def test_settings_are_saved_in_one_go_and_said_back(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    text = ana.fills(
        shown_name="Ana Ward-Lee",
        language="cy",
        can_help="run charts, easy read",
        would_like="mentoring",
        told="offers",
        contact="Ring 020 7946 0018 or write to ana@northgate.example",
    )
    assert "Your settings are saved." in text
    member = ana.member
    assert (member.name, member.language) == ("Ana Ward-Lee", "cy")
    assert (member.wants_asks, member.wants_offers) == (False, True)
    assert "020 7946 0018" in member.contact
    assert len(skills(world, ana)) == 2
    assert len(skills(world, ana, SkillSide.WOULD_LIKE)) == 1


def test_the_form_shows_what_stands_and_saving_it_as_it_is_changes_nothing(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(can_help="run charts, #knitting", contact="Desk 4, first floor")
    before = (ana.member, skills(world, ana))
    ana.types("gosodiadau")
    assert "Nothing has changed." in ana.fills()
    assert (ana.member, skills(world, ana)) == before
    assert "knitting" in before[1]


def test_undo_puts_every_setting_back(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(can_help="run charts")
    before = (ana.member, skills(world, ana))
    ana.types("settings")
    ana.fills(shown_name="Ann", language="cy", can_help="easy read", contact="x1234", told="")
    assert "as they were before" in ana.presses("Undo")
    restored = ana.member
    assert (restored.name, restored.language, restored.contact) == ("Ana Ward", "en", "")
    assert restored.wants_asks == before[0].wants_asks
    assert skills(world, ana) == before[1]


def test_a_second_press_of_undo_does_not_take_back_the_change_before(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("language cymraeg")
    ana.types("settings")
    ana.fills(contact="Desk 4")
    undo = ana.button("Undo")
    ana.presses_button(undo)
    assert ana.member.contact == ""
    assert "There is nothing to undo." in ana.presses_button(undo)
    assert ana.member.language == "cy"


def test_a_form_opened_before_another_change_asks_to_check_again(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    form = ana.form
    ana.types("stop")
    ana.screen = form
    text = ana.fills(contact="Desk 4")
    assert "changed since you opened this form" in text
    assert ana.member.contact == ""
    assert isinstance(ana.reply, Open)
    assert "saved" in ana.fills()
    assert ana.member.contact == "Desk 4"
    assert ana.member.silent


def test_an_nhs_number_in_the_contact_details_is_refused_and_kept_nowhere(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(contact="NHS number 943 476 5919", shown_name="Changed")
    assert isinstance(ana.reply, Refuse)
    assert ana.reply.field == "contact"
    assert ana.member.name == "Ana Ward"
    assert world.holds("943 476 5919") == []


def test_doubtful_words_open_the_form_again_with_a_tick_and_all_that_was_typed(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(can_help="easy read, the patient in bed 4 was born 3/2/1950", contact="Desk 4")
    values = {field.name: field.value for field in ana.form.fields}
    assert values["contact"] == "Desk 4"
    assert "bed 4" in str(values["can_help"])
    assert skills(world, ana) == ()
    ana.fills(not_about_a_patient="yes")
    assert len(skills(world, ana)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"shown_name": ""}, "shown_name"),
        ({"shown_name": "  \u200b "}, "shown_name"),
        ({"shown_name": "A" * 81}, "shown_name"),
        ({"shown_name": "A" * 5000}, "shown_name"),
        ({"language": "fr"}, "language"),
        ({"chat": "999999"}, "chat"),
        ({"chat": "-1"}, "chat"),
        ({"contact": "x" * 301}, "contact"),
        ({"can_help": "x, " * 400}, "can_help"),
    ],
)
def test_bad_settings_are_refused_on_their_field_and_nothing_changes(
    world: World, wrong: dict[str, str], field: str
) -> None:
    ana = world.person("Ana Ward")
    before = ana.member
    good: dict[str, Any] = {"shown_name": "Ana", "language": "en", "version": before.version}
    ana.does(SaveSettings(**{**good, **wrong}))
    assert isinstance(ana.reply, Refuse)
    assert ana.reply.field == field
    assert ana.member == before


def test_a_hostile_name_is_kept_as_it_is_and_is_never_markup(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    name = "<b>Ana</b> *x* <!channel>"
    ana.fills(shown_name=name)
    assert ana.member.name == name
    assert name in ana.types("home")
    assert HOSTILE not in ana.text


def test_the_chat_that_notices_go_to_can_be_chosen_among_ones_own(world: World) -> None:
    ana = world.person("Ana Ward")
    there = visitor_in_teams(world)
    there.types(f"link {code_in(ana.types('link'))}")
    max_ = world.person("Max Hill", "COU")
    with world.store.begin() as books:
        found = books.members.by_identity("teams", "tenant-westshire", max_.caller.user)
    assert found is not None
    there.types("settings")
    choice = next(
        field
        for field in there.form.fields
        if isinstance(field, ChoiceField) and field.name == "chat"
    )
    assert choice.options[0].value == "last"
    assert len(choice.options) == 3
    there.fills(chat=str(found[1].id))
    assert isinstance(there.reply, Refuse)
    there.fills(chat=choice.options[1].value)
    assert str(ana.member.chat_id) == choice.options[1].value


def test_words_for_no_skill_are_named_and_not_lost_in_silence(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    text = ana.fills(can_help="run charts, R, underwater basketry")
    assert "“R” can mean more than one thing" in text
    assert "underwater basketry" in text
    assert len(skills(world, ana)) == 1


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_skill_comes_back_from_the_words_that_the_form_shows(language: str) -> None:
    every = (*SKILLS, "free-tag")
    chosen = read_skills(skill_words(every, Speech(language)))
    assert chosen.skills == every
    assert chosen.unsure == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("language cymraeg", "cy"),
        ("language Welsh", "cy"),
        ("iaith cy", "cy"),
        ("iaith saesneg", "en"),
        ("language ENGLISH", "en"),
    ],
)
def test_a_language_is_typed_in_either_language(world: World, typed: str, code: str) -> None:
    ana = world.person("Ana Ward", locale="en-GB" if code == "cy" else "cy-GB")
    ana.types(typed)
    assert ana.member.language == code


def test_an_unknown_language_is_refused_and_no_language_asks(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("language klingon")
    assert ana.refused
    ana.types("language")
    assert ana.labels() == ["English", "Cymraeg"]
    ana.presses("Cymraeg")
    assert ana.member.language == "cy"
    ana.does(SetLanguage(language="cy"))
    assert not ana.refused


def silent(person: Person) -> bool:
    return person.member.silent


def test_stop_silences_and_start_brings_the_news_back(world: World) -> None:
    ana = world.person("Ana Ward")
    text = ana.types("stop")
    assert "type start" in text
    assert silent(ana)
    ana.types("stopio")
    assert silent(ana)
    ana.presses("Start again")
    assert not silent(ana)
    ana.types("stop")
    ana.types("undo")
    assert not silent(ana)
    ana.types("stop")
    ana.types("dechrau")
    assert not silent(ana)


AFTER_STOP = {
    "when something waits for you, such as a proposal, a message or a dispute.": {
        "conversations.unposted",
        "events.hours-asked",
        "events.hours-low",
        "exchange.claimed",
        "exchange.corrected",
        "exchange.disputed",
        "exchange.escalated",
        "exchange.message",
        "exchange.proposed",
        "exchange.reported",
        "exchange.suggested",
        "exchange.to-settle",
        "exchange.too-few-hours",
        "installations.asked",
        "ledger.correction-asked",
        "members.joiner",
    },
    "when one of your events changes, is cancelled or has a place for you": {
        "events.cancelled",
        "events.changed",
        "events.place",
    },
    "about your membership": {"members.confirmed", "members.declined", "members.welcome"},
}
"""What comes all the same, under the words that the answer to "stop" has for it."""


def test_the_answer_to_stop_names_all_that_still_comes(world: World) -> None:
    text = world.person("Ana Ward").types("stop")
    for words in AFTER_STOP:
        assert words in text
    essential = {kind for kind, notice in world.house.notices.items() if notice.essential}
    # A list of what was held back leaves out what the reader does not want.
    lists = {CATCH_UP, CATCH_UP_UNASKED}
    assert essential - lists == set().union(*AFTER_STOP.values())


def test_a_silent_member_hears_of_no_new_ask(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(can_help="run charts", told="asks")
    ana.types("stop")
    max_ = world.person("Max Hill", "COU")
    max_.types("ask help with run charts, 1 hour")
    max_.presses("Post it")
    world.deliver()
    assert ana.told("posts.new-ask") == []


@pytest.mark.parametrize(
    "words",
    [
        "stop by my office at 2",
        "start at 10 if you can",
        "settings are on the left of the screen",
        "leave it by the front desk",
        "link is on the intranet, third page",
        "language barriers are the hard part of it",
        "privacy screens are in room 4",
    ],
)
def test_a_line_that_only_begins_like_a_command_does_nothing(world: World, words: str) -> None:
    intent = world.engine.interpret(words)
    assert isinstance(intent, PlainWords)
    assert intent.words == words
    ana = world.person("Ana Ward")
    before = ana.member
    ana.types(words)
    assert ana.member == before
    assert world.rows("wrong_codes") == 0


def test_what_undo_could_have_brought_back_is_not_kept_for_weeks(world: World) -> None:
    ana = world.person("Ana Ward")
    for contact in ("Desk 4, ext 1234", ""):
        ana.types("settings")
        ana.fills(contact=contact)
    assert world.holds("ext 1234") == ["deeds"]
    world.later(days=2)
    world.runs("upkeep.tidy")
    assert not world.holds("ext 1234")
