"""The name and the time zone that a chat shows, and how far a member's own follow them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.callers import Caller
from core.members.greeting import OpenJoin
from core.members.join import Join
from core.members.model import NAME_LONGEST, tidy_name
from core.ui.replies import Open, Say
from tests.members.accounts import identity_of, reports
from tests.world import Person, World

NHS_NUMBER = "NHS number 943 476 5919"


def test_the_shown_name_follows_the_chat_while_the_member_goes_by_it(world: World) -> None:
    ana = world.person("WARD, Ana (NORTHGATE TRUST) Consultant", user="U-ana")
    assert (ana.member.name, identity_of(ana).shown_name) == ("Ana Ward", "Ana Ward")
    reports(ana, name="REED, Ana (NORTHGATE TRUST) Consultant")
    assert (ana.member.name, identity_of(ana).shown_name) == ("Ana Reed", "Ana Reed")
    assert not world.holds("Consultant")


def test_a_name_that_the_member_chose_is_theirs_whatever_the_chat_shows(world: World) -> None:
    ana = world.person("Ana Ward", joined=False).joins(shown_name="Annie")
    reports(ana, name="Ana Reed")
    assert (ana.member.name, identity_of(ana).shown_name) == ("Annie", "Ana Reed")
    reports(ana, name="Ana Hart")
    assert ana.member.name == "Annie"


def test_a_name_is_not_followed_where_nobody_knows_what_the_chat_showed_before(
    world: World,
) -> None:
    ana = world.person("Ana Ward", joined=False)
    ana.caller = replace(ana.caller, name="")
    ana.types("join")
    ana.fills(shown_name="Ana Ward", agree="yes")
    reports(ana, name="Ana Reed")
    assert (ana.member.name, identity_of(ana).shown_name) == ("Ana Ward", "Ana Reed")


@pytest.mark.parametrize("shown", ["", "   ", "🙂🙂", "(TRUST)", NHS_NUMBER, "\x00\x07", "\u202e"])
def test_a_name_that_may_not_be_kept_is_neither_followed_nor_kept(world: World, shown: str) -> None:
    ana = world.person("Ana Ward")
    before = world.contents()
    reports(ana, name=shown)
    assert world.contents() == before


def test_a_very_long_name_is_cut_as_the_form_would_have_it(world: World) -> None:
    ana = world.person("Ana Ward")
    reports(ana, name="Ana " + "w" * 500)
    assert len(ana.member.name) == 80


def test_the_form_to_join_works_where_the_chat_shows_no_name(world: World) -> None:
    caller = Caller("slack", "T-NORTHGATE", "U-nameless")
    reply = world.engine.perform(caller, OpenJoin()).reply
    assert isinstance(reply, Open)
    assert reply.form.fields[0].value == ""
    joined = world.engine.perform(caller, Join(shown_name="Ana Ward", agree=True)).reply
    assert isinstance(joined, Say)
    nameless = Person(world, caller)
    assert (nameless.member.name, identity_of(nameless).shown_name) == ("Ana Ward", "")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("", "Europe/London"),
        ("Mars/Olympus", "Europe/London"),
        ("../../etc/passwd", "Europe/London"),
        ("Europe", "Europe/London"),
    ],
)
def test_the_time_zone_at_joining_is_the_one_the_chat_names_if_it_is_one(
    world: World, said: str, kept: str
) -> None:
    caller = Caller("slack", "T-NORTHGATE", "U-ana", "Ana Ward", zone=said)
    world.engine.perform(caller, Join(shown_name="Ana Ward", agree=True))
    assert Person(world, caller).member.zone == kept


def test_the_time_zone_follows_the_chat_and_nothing_that_is_no_zone(world: World) -> None:
    ana = world.person("Ana Ward")
    reports(ana, zone="Asia/Tokyo")
    assert ana.member.zone == "Asia/Tokyo"
    for no_zone in ("", "Tokyo/Asia", "/etc/localtime"):
        reports(ana, zone=no_zone)
    assert ana.member.zone == "Asia/Tokyo"


@pytest.mark.parametrize("shown", ["(" * 300_000, "[" * 300_000, "WARD, " * 100_000])
def test_a_name_that_no_directory_holds_is_cut_before_it_is_read(shown: str) -> None:
    assert len(tidy_name(shown)) <= NAME_LONGEST
