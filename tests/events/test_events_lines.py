"""Reading an event typed in one line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.events.model import EventKind
from core.events.oneline import EventLine, read_event_line
from core.kernel.refusals import Refusal

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SITES = {"northgate library": "Northgate Library"}


def _read(words: str) -> EventLine:
    return read_event_line(words, NOW, LONDON, SITES)


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("words", "kind", "title", "starts_at", "minutes"),
    [
        (
            "learning run charts for beginners, 12 June 2pm, 1 hour, online",
            EventKind.LEARNING,
            "run charts for beginners",
            _at(6, 12, 14),
            60,
        ),
        (
            "run charts for beginners 12 June 2pm 1 hour",
            EventKind.LEARNING,
            "run charts for beginners",
            _at(6, 12, 14),
            60,
        ),
        (
            "drop-in QI clinic, Thursday 2 to 3.30pm",
            EventKind.DROP_IN,
            "QI clinic",
            _at(5, 7, 14),
            90,
        ),
        (
            "visit to the pharmacy robot, 6 August 2026 at 2.30pm, 90 mins",
            EventKind.VISIT,
            "visit to the pharmacy robot",
            _at(8, 6, 14, 30),
            90,
        ),
        (
            "learning session: control charts, tomorrow 10am-11am",
            EventKind.LEARNING,
            "control charts",
            _at(5, 5, 10),
            60,
        ),
        (
            "from 2pm to 3.30pm on 12 June, run charts",
            EventKind.LEARNING,
            "run charts",
            _at(6, 12, 14),
            90,
        ),
        (
            "galw heibio: siartiau rhedeg, 12 Mehefin 14:00, 1 awr, ar-lein",
            EventKind.DROP_IN,
            "siartiau rhedeg",
            _at(6, 12, 14),
            60,
        ),
        (
            "10 tips from 3 wards, 12/06/2026 14:00, 1h30",
            EventKind.LEARNING,
            "10 tips from 3 wards",
            _at(6, 12, 14),
            90,
        ),
        ("run charts, 1 hour", EventKind.LEARNING, "run charts", None, 60),
        ("run charts on 12 June", EventKind.LEARNING, "run charts on 12 June", None, None),
    ],
)
def test_a_line_says_what_when_and_how_long(
    words: str, kind: EventKind, title: str, starts_at: datetime | None, minutes: int | None
) -> None:
    line = _read(words)
    assert (line.kind, line.title) == (kind, title)
    assert line.starts_at == starts_at
    assert line.minutes == minutes


def test_a_link_a_place_and_a_number_of_places_are_taken_out_of_the_title() -> None:
    line = _read("run charts, 12 June 2pm, 1 hour, in Room 4, 20 places, https://zoom.us/j/1")
    assert line.title == "run charts"
    assert (line.place, line.capacity, line.link) == ("Room 4", "20", "https://zoom.us/j/1")
    line = _read("run charts at Northgate Library, 12 June 2pm, 1 hour, max 12 people")
    assert (line.title, line.place, line.capacity) == ("run charts", "Northgate Library", "12")
    line = _read("run charts, 12 June 2pm, 1 hour, <https://zoom.us/j/1|zoom.us/j/1>")
    assert line.link == "https://zoom.us/j/1"


def test_a_clear_day_or_length_that_cannot_be_is_refused() -> None:
    for words in (
        "run charts, 12 April 2026 2pm, 1 hour",
        "run charts, 31 February 2pm, 1 hour",
        "run charts, 12 June 2pm, 0 minutes",
        "run charts, 12 June 25:00, 1 hour",
    ):
        with pytest.raises(Refusal) as refused:
            _read(words)
        assert refused.value.field in {"starts", "minutes", "duration"}, words


@given(st.text(max_size=200))
def test_no_line_breaks_it(words: str) -> None:
    try:
        line = _read(words)
    except Refusal:
        return
    assert line.starts_at is None or line.starts_at > NOW
