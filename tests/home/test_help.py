"""Help is made from the commands themselves, so it never lies."""

from __future__ import annotations

import pytest

from core.home.help import Help, groups
from core.organisations.model import ContactKind
from core.ui.plain import plain
from core.ui.replies import Say
from core.words import Speech
from tests.world import World


def test_help_lists_every_listed_command_of_every_room(world: World) -> None:
    text = world.person("Ana Ward").types("help")
    for command in world.house.commands:
        if command.listed:
            assert f"{command.words[0]}: " in text, command.words[0]
        else:
            assert f"\n{command.words[0]}: " not in text, command.words[0]


def test_no_room_ends_up_without_a_group_of_its_own(world: World) -> None:
    titles = [group.title.message for group in groups(world.house)]
    assert len(titles) == len(set(titles))
    assert "More" not in titles


def test_every_example_in_help_is_understood_as_its_own_command(world: World) -> None:
    for command in world.house.commands:
        if command.example:
            word, _space, rest = command.example.partition(" ")
            assert word in command.words, command.example
            assert world.engine.interpret(command.example) == command.read(rest), command.example


def test_help_for_one_command_shows_an_example_and_its_other_words(world: World) -> None:
    ana = world.person("Ana Ward")
    text = ana.types("help offer")
    assert "For example: offer" in text
    assert "cynnig" in text
    assert ana.types("help /cynnig") == text
    assert ana.types("cymorth OFFER") == text


def test_help_for_a_word_that_is_nearly_a_command_names_it(world: World) -> None:
    text = world.person("Ana Ward").types("help ofer")
    assert "I know no command ofer. Did you mean offer" in text
    assert "What you can type" in text


@pytest.mark.parametrize("topic", ["<!channel>", "🙂", "x" * 5000, "\u202eabc", "{count}", "%s"])
def test_help_for_anything_at_all_is_help(world: World, topic: str) -> None:
    ana = world.person("Ana Ward")
    text = ana.does(Help(topic=topic))
    assert isinstance(ana.reply, Say)
    assert "What you can type" in text
    assert "x" * 41 not in text


def test_help_me_is_help(world: World) -> None:
    ana = world.person("Ana Ward")
    assert ana.types("help me") == ana.types("help")


def test_help_names_the_person_that_the_organisation_named(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    assert "A person to ask" not in ana.types("help")
    with world.store.begin() as books:
        one = world.organisations["NGH"].id
        books.organisations.set_contact(one, ContactKind.HELP, "Sam Reed, extension 1234")
    assert "Northgate Hospital Trust: Sam Reed, extension 1234" in ana.types("help")
    assert "Sam Reed" not in max_.types("help")


def test_a_visitor_gets_help_too_and_the_way_in(world: World) -> None:
    max_ = world.person("Max Hill", "COU", joined=False)
    text = max_.types("help")
    assert "Type join first" in text
    assert "offer" in text
    assert world.rows("visitors") == 0


def test_help_is_spoken_in_welsh_to_who_chose_it(world: World) -> None:
    ana = world.person("Ana Ward", locale="cy-GB")
    ana.types("help")
    assert isinstance(ana.reply, Say)
    assert plain(ana.reply.view, Speech("cy"))
    assert ana.member.language == "cy"
