"""``quiet``, ``away``, ``back``, ``digest``, ``stop events``: kept at once, said back, undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.delivery.model import Family
from core.respect.intents import (
    SaveQuiet,
    SetPattern,
    StartKind,
    StopKind,
)
from core.respect.keeping import checksum
from core.respect.model import Nation, Pattern, Preferences
from core.ui.replies import Open, Refuse
from tests.world import Person, World


def said_by(person: Person) -> Preferences:
    member_id = person.member.id
    with person.world.store.begin() as books:
        return books.preferences.of(member_id)


def silent(person: Person) -> bool:
    return person.member.silent


def test_who_has_said_nothing_has_the_defaults_and_no_row(world: World) -> None:
    ana = world.person("Ana Ward")
    assert said_by(ana) == Preferences(ana.member.id)
    assert world.rows("preferences") == 0


def test_everything_in_the_form_is_kept_in_one_go_and_said_back(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.types("quiet")
    text = ana.fills(
        pattern="own",
        week="Mon-Fri 9am to 5pm, Sat 10pm to 6am",
        nation="wales",
        leave_from="3 August",
        leave_until="2026-08-17",
        cap="few",
        kinds=("digest", "reminders"),
        digest_weekday="4",
        digest_hour="17",
    )
    assert said_by(ana) == Preferences(
        ana.member.id,
        digest_weekday=4,
        digest_hour=17,
        pattern=Pattern.OWN,
        week=(*((540, 1020),) * 5, (1320, 360), ()),
        nation=Nation.WALES,
        leave_from=date(2026, 8, 3),
        leave_until=date(2026, 8, 17),
        daily_cap=2,
        off=(Family.MATCHES, Family.EVENTS),
    )
    for words in (
        "Your settings are saved.",
        "Monday to Friday, 9am to 5pm; Saturday, 10pm to 6am",
        "No news on bank holidays in Wales",
        "3 August 2026 to 17 August 2026",
        "At most 2",
        "Friday, 5pm",
        "My weekly digest, Reminders",
    ):
        assert words in text, words


def test_the_form_shows_what_stands_and_saving_it_as_it_is_changes_nothing(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("tawel")
    assert "Nothing has changed." in ana.fills()
    assert world.rows("preferences") == 0
    ana.types("quiet Mon, Wed 9am to 12.30pm and 2pm to 5.15pm; Sun")
    ana.types("away 3 August to 17 August")
    ana.types("stop events")
    before = said_by(ana)
    world.later(days=95)  # in the middle of the leave
    ana.types("quiet")
    assert "Nothing has changed." in ana.fills()
    assert said_by(ana) == before


def test_a_form_opened_before_another_change_asks_to_check_again(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("quiet")
    form = ana.form
    ana.types("away 3 August to 17 August")
    ana.screen = form
    text = ana.fills(pattern="nights")
    assert "changed since you opened this form" in text
    assert isinstance(ana.reply, Open)
    assert said_by(ana).pattern is Pattern.USUAL
    assert "saved" in ana.fills(leave_from="3 August 2026", leave_until="17 August 2026")
    assert said_by(ana).pattern is Pattern.NIGHTS
    assert said_by(ana).leave_from == date(2026, 8, 3)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"pattern": "own"}, "week"),
        ({"pattern": "own", "week": "whenever"}, "week"),
        ({"pattern": "own", "week": "Mon 9 to 5"}, "week"),
        ({"pattern": "nights", "week": "Mon 9am to 5pm"}, "pattern"),
        ({"pattern": "never"}, "pattern"),
        ({"pattern": ""}, "pattern"),
        ({"nation": "france"}, "nation"),
        ({"leave_from": "yesterday-ish"}, "leave_from"),
        ({"leave_from": "31 February"}, "leave_from"),
        ({"leave_from": "1 May 2026"}, "leave_from"),
        ({"leave_from": "3 August", "leave_until": "1 August 2026"}, "leave_until"),
        ({"leave_until": "3 August 2040"}, "leave_until"),
        ({"cap": "100000"}, "cap"),
        ({"kinds": ("digest", "everything")}, "kinds"),
        ({"digest_weekday": "7"}, "digest_weekday"),
        ({"digest_weekday": "-1"}, "digest_weekday"),
        ({"digest_hour": "24"}, "digest_hour"),
        ({"digest_hour": "٣"}, "digest_hour"),
        ({"digest_hour": "9" * 50}, "digest_hour"),
    ],
)
def test_a_bad_answer_is_refused_on_its_field_and_nothing_is_kept(
    world: World, wrong: dict[str, str], field: str
) -> None:
    ana = world.person("Ana Ward")
    good: dict[str, Any] = {
        "seen": checksum(said_by(ana)),
        "pattern": "usual",
        "nation": "england",
        "cap": "usual",
        "kinds": ("digest",),
        "digest_weekday": "0",
        "digest_hour": "9",
    }
    ana.does(SaveQuiet(**{**good, **wrong}))
    assert isinstance(ana.reply, Refuse)
    assert ana.reply.field == field
    assert world.rows("preferences") == 0


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("quiet Night shifts.", Pattern.NIGHTS),
        ("quiet I work nights", Pattern.NIGHTS),
        ("tawel rwy’n gweithio nosau", Pattern.NIGHTS),
        ("quiet any time", Pattern.ANY_TIME),
        ("quiet except evenings", Pattern.EVENINGS),
        ("quiet except in the day", Pattern.DAYS),
        ("quiet except at night", Pattern.NIGHTS),
        ("tawel heblaw penwythnosau", Pattern.WEEKENDS),
        ("quiet Mon-Fri 9am to 5pm", Pattern.OWN),
        ("quiet except Mon-Fri 9am to 5pm", Pattern.OWN),
        ("quiet except Sundays", Pattern.OWN),
    ],
)
def test_a_pattern_is_typed_said_back_and_undone(
    world: World, typed: str, pattern: Pattern
) -> None:
    ana = world.person("Ana Ward")
    ana.types(typed)
    assert said_by(ana).pattern is pattern
    assert "as they were before" in ana.presses("Undo")
    assert said_by(ana) == Preferences(ana.member.id)
    ana.types(typed)
    ana.types("undo")
    ana.types("quiet usual")
    assert "Nothing has changed." in ana.text


@pytest.mark.parametrize(
    "typed",
    [
        "quiet nights",
        "quiet at night",
        "quiet night",
        "quiet Evenings.",
        "quiet in the evening",
        "quiet days",
        "quiet weekends",
        "quiet weekend",
        "quiet weekdays",
        "quiet Sat and Sun",
        "quiet Monday mornings",
        "tawel nosau",
        "tawel gyda'r nos",
        "tawel dyddiau",
        "tawel penwythnosau",
    ],
)
def test_words_that_could_mean_quiet_then_or_written_to_then_open_the_form_and_keep_nothing(
    world: World, typed: str
) -> None:
    ana = world.person("Ana Ward")
    assert "When may Hourbridge write to you?" in ana.types(typed)
    assert isinstance(ana.reply, Open)
    assert world.rows("preferences") == 0


def test_a_week_that_cannot_be_read_is_refused_and_nothing_is_kept(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "morning or afternoon" in ana.types("quiet Mon-Fri 9 to 5")
    assert "Write it like" in ana.does(SetPattern(pattern="own"))
    assert "Choose one" in ana.does(SetPattern(pattern="loud"))
    assert world.rows("preferences") == 0


def test_leave_is_typed_said_back_and_ended_with_back(world: World) -> None:
    ana = world.person("Ana Ward")
    text = ana.types("away 3 August to 17 August")
    assert "Everything waits from 3 August 2026 to 17 August 2026." in text
    assert "You are not away now." in ana.presses("I am back")
    assert said_by(ana).leave_until is None
    assert "You are not away." in ana.types("back")
    ana.types("absennol 6 Mai i 20 Mai")
    world.later(days=7)
    assert "Welcome back" in ana.types("yn-ôl")
    assert said_by(ana).leave_until == date(2026, 5, 11)
    ana.types("undo")
    assert said_by(ana).leave_until == date(2026, 5, 20)


@pytest.mark.parametrize("typed", ["away 17 August to 1 August 2026", "away 31 February"])
def test_leave_that_cannot_be_is_refused(world: World, typed: str) -> None:
    ana = world.person("Ana Ward")
    ana.types(typed)
    assert ana.refused
    assert world.rows("preferences") == 0


def test_the_digest_is_moved_and_stopped_by_one_line(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "Friday, 5pm" in ana.types("digest Friday 5pm")
    assert (said_by(ana).digest_weekday, said_by(ana).digest_hour) == (4, 17)
    ana.types("digest off")
    assert not said_by(ana).digest
    ana.types("digest Monday 9am")
    assert said_by(ana).digest
    assert "full hour" in ana.types("digest Monday 9.30am")
    assert said_by(ana).digest_hour == 9


def test_a_digest_whose_time_nobody_chose_follows_the_hours_that_are_chosen(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "Monday, 6pm" in ana.types("quiet night shifts")
    assert "Saturday, 9am" in ana.types("quiet except weekends")
    assert "Thursday, 2pm" in ana.types("quiet Thu 1.30pm to 5pm, Sun 7am to 8am")
    assert "Monday, 9am" in ana.types("quiet any time")
    ana.types("quiet")
    assert "Monday, 5pm" in ana.fills(pattern="evenings")
    ana.types("undo")
    assert (said_by(ana).digest_weekday, said_by(ana).digest_hour) == (0, 9)


@pytest.mark.parametrize("chosen", ["digest Tuesday 11am", "digest Monday 9am"])
def test_a_digest_time_that_was_chosen_stays_whatever_the_hours(world: World, chosen: str) -> None:
    ana = world.person("Ana Ward")
    ana.types("quiet night shifts")
    ana.types(chosen)
    time = (said_by(ana).digest_weekday, said_by(ana).digest_hour)
    ana.types("quiet except evenings")
    assert (said_by(ana).digest_weekday, said_by(ana).digest_hour) == time
    ana.types("quiet")
    assert "Monday, 9am" in ana.fills(pattern="weekends", digest_weekday="0", digest_hour="9")


def test_a_week_without_a_full_hour_in_it_leaves_the_digest_where_it_is(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "Monday, 9am" in ana.types("quiet Tue 9.15am to 9.45am")


def test_one_kind_is_stopped_from_its_message_and_started_again(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.does(StopKind(family="events"))
    assert said_by(ana).off == (Family.EVENTS,)
    ana.presses("Undo")
    assert said_by(ana).off == ()
    ana.types("stop reminders")
    ana.types("stopio digwyddiadau")
    assert set(said_by(ana).off) == {Family.REMINDERS, Family.EVENTS}
    ana.types("start events")
    ana.does(StartKind(family="reminders"))
    assert said_by(ana).off == ()
    ana.types("stop digest")
    assert not said_by(ana).digest
    assert not ana.member.silent


@pytest.mark.parametrize("family", ["answers", "everything", ""])
def test_what_people_send_cannot_be_stopped_as_a_kind(world: World, family: str) -> None:
    ana = world.person("Ana Ward")
    ana.does(StopKind(family=family))
    assert ana.refused
    assert world.rows("preferences") == 0


def test_stop_alone_still_silences_and_is_told_beside_the_rest(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("stop")
    assert silent(ana)
    assert "You typed stop" in ana.types("quiet night shifts")
    ana.types("start")
    assert not silent(ana)
    assert said_by(ana).pattern is Pattern.NIGHTS


def test_an_old_undo_takes_nothing_back_that_was_changed_since(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("quiet night shifts")
    undo = ana.button("Undo")
    ana.types("quiet except evenings")
    ana.presses_button(undo)
    assert said_by(ana).pattern is Pattern.EVENINGS


def test_preferences_are_in_ones_own_data_and_go_when_one_leaves(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("quiet Mon-Fri 9am to 5pm")
    member_id = ana.member.id
    with world.store.begin() as books:
        from core.members.own_data import collect

        books.preferences.take_place(member_id, date(2026, 5, 5), 5)
        held = collect(world.engine.office(books), member_id)
    assert held["preferences"][0]["pattern"] == "own"
    assert held["news_a_day"] == [{"day": "2026-05-05", "messages": 1}]
    ana.types("leave now")
    assert (world.rows("preferences"), world.rows("tellings")) == (0, 0)
