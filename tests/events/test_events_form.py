"""What the form refuses, at which field, in plain words; and that nothing is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.events.content import typed_moment
from core.events.intents import FillEvent
from core.kernel.dates import read_moment
from core.ui.replies import Refuse
from core.words import Speech
from tests.events.gatherings import announced, champion, edits
from tests.world import World

GOOD: dict[str, Any] = {
    "title": "Run charts for beginners",
    "starts": "12 June 2pm",
    "minutes": "1 hour",
    "place": "Northgate Library",
}

BAD = [
    ("title", "", "This is empty."),
    ("title", "!!!", "not only signs"),
    ("title", "w" * 151, "1 character too long"),
    ("details", "w" * 2001, "1 character too long"),
    ("starts", "", "not a time we can read"),
    ("starts", "soon", "not a time we can read"),
    ("starts", "12 June", "Add a time to the day"),
    ("starts", "12 April 2026 2pm", "has passed"),
    ("starts", "31 February 2pm", "no such day"),
    ("starts", "12 June 2029 2pm", "more than 2 years ahead"),
    ("starts", "2026-06-12T25:00", "no such day"),
    ("minutes", "", "Say how long it takes"),
    ("minutes", "0 minutes", "more than 0 minutes"),
    ("minutes", "minus 1 hour", "more than 0 minutes"),
    ("minutes", "9 hours", "An event takes 8 hours at most."),
    ("minutes", "a while", "not a length of time we can read"),
    ("link", "http://example.org/room", "starts with https://"),
    ("link", "javascript:alert(1)", "starts with https://"),
    ("link", "https://user:word@example.org/", "starts with https://"),
    ("link", "https://localhost/room", "starts with https://"),
    ("link", "https://exa mple.org", "starts with https://"),
    ("link", "https://example.org/<b>", "starts with https://"),
    ("link", "https://example.org:99999/", "starts with https://"),
    ("link", "https://" + "a" * 1000 + ".org", "starts with https://"),
    ("capacity", "0", "a number of places from 1 to 10,000"),
    ("capacity", "-3", "a number of places from 1 to 10,000"),
    ("capacity", "many", "a number of places from 1 to 10,000"),
    ("capacity", "10001", "a number of places from 1 to 10,000"),
    ("capacity", "9" * 5000, "a number of places from 1 to 10,000"),
    ("capacity", "1.5", "a number of places from 1 to 10,000"),
    ("access_words", "w" * 301, "1 character too long"),
    ("details", "for patient with NHS number 943 476 5919", "NHS number"),
    ("organisation", "999", "cannot announce events for that organisation"),
]


@pytest.mark.parametrize(("field", "value", "said"), BAD)
def test_bad_input_is_refused_at_its_field_and_nothing_is_kept(
    world: World, field: str, value: str, said: str
) -> None:
    ana = champion(world)
    ana.does(FillEvent(**{**GOOD, field: value}))
    assert isinstance(ana.reply, Refuse), ana.text
    assert ana.reply.field == field
    assert said in ana.text
    assert world.rows("drafts") == 0


def test_an_event_is_somewhere(world: World) -> None:
    ana = champion(world)
    ana.does(FillEvent(**{**GOOD, "place": ""}))
    assert "Say where it is: a place, or a link to join online." in ana.text
    ana.does(FillEvent(**{**GOOD, "place": "", "link": "https://meet.example.org/room?a=1#b"}))
    assert "Check your event" in ana.text


def test_a_meeting_s_number_in_its_link_is_no_nhs_number(world: World) -> None:
    ana = champion(world)
    ana.does(FillEvent(**{**GOOD, "link": "https://zoom.us/j/9434765919"}))
    assert "Check your event" in ana.text


def test_choices_that_were_never_offered_are_refused(world: World) -> None:
    ana = champion(world)
    for field, value in (("kind", "party"), ("open_to", "family")):
        ana.does(FillEvent(**{**GOOD, field: value}))
        assert ana.refused == "unreadable"
    ana.does(FillEvent(**GOOD, access=("step-free", "throne")))
    assert "Step-free access" in ana.text
    assert "throne" not in ana.text


def test_words_that_may_be_about_a_patient_are_asked_about_first(world: World) -> None:
    ana = champion(world)
    ana.types("event")
    ana.fills(**{**GOOD, "details": "We talk about the patient Mrs Jones"})
    assert ana.form.fields[-1].name == "not_about_a_patient"
    assert not world.holds("Jones")
    values = {field.name: field.value for field in ana.form.fields}
    assert values["starts"] == "12 June 2pm"
    ana.fills(not_about_a_patient="yes")
    assert "Check your event" in ana.text
    ana.types("event the patient Mrs Jones, 12 June 2pm, 1 hour, at Northgate Library")
    assert ana.form.fields[-1].name == "not_about_a_patient"


def test_a_typed_line_with_what_must_be_stopped_gives_nothing_back(world: World) -> None:
    ana = champion(world)
    for words in (
        "event NHS number 943 476 5919, 12 June 2pm, 1 hour, at Northgate Library",
        "event NHS number 943 476 5919",
    ):
        ana.types(words)
        assert ana.refused, words
        assert "943" not in ana.text
    assert not world.holds("943 476 5919")


def test_a_change_is_checked_like_a_new_event(world: World) -> None:
    gathering = announced(world)
    before = gathering.event
    for field, value in (("minutes", "9 hours"), ("link", "ftp://x.org"), ("starts", "1 May")):
        edits(gathering, **{field: value})
        assert isinstance(gathering.host.reply, Refuse)
        assert gathering.host.reply.field == field
    assert gathering.event == before
    edits(gathering, details="about the patient Mrs Jones")
    assert gathering.host.form.fields[-1].name == "not_about_a_patient"
    gathering.host.fills(not_about_a_patient="yes")
    assert gathering.event.details == "about the patient Mrs Jones"


def test_two_events_at_one_time_are_fine(world: World) -> None:
    first = announced(world)
    second = announced(world, first.host)
    assert first.event.starts_at == second.event.starts_at


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("minute", [0, 5, 30])
def test_the_form_starts_with_a_time_as_people_write_it_and_reads_it_back(
    language: str, minute: int
) -> None:
    zone, now = ZoneInfo("Europe/London"), datetime(2026, 12, 1, tzinfo=UTC)
    for month, hour in product(range(1, 13), range(24)):
        moment = datetime(2027, month, 9, hour, minute, tzinfo=zone)
        words = typed_moment(moment.astimezone(UTC), Speech(language, zone))
        assert read_moment(words, now, zone) == moment, words


def test_the_form_of_a_welsh_reader_starts_with_welsh_words(world: World) -> None:
    gathering = announced(world)
    gathering.host.types("language cymraeg")
    gathering.host.types(f"edit {gathering.ref}")
    values = {field.name: field.value for field in gathering.host.form.fields}
    assert values["starts"] == "12 Mehefin 2026, 14.00"
    gathering.host.fills()
    assert gathering.event.starts_at == datetime(2026, 6, 12, 13, tzinfo=UTC)
    assert gathering.event.version == 1
