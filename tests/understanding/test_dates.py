from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.clock_words import time_words
from core.kernel.dates import find_day, read_day, read_moment
from core.kernel.refusals import Refusal
from core.words import Speech

WEDNESDAY = date(2026, 3, 11)
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30 June", date(2026, 6, 30)),
        ("30th of June", date(2026, 6, 30)),
        ("30/6", date(2026, 6, 30)),
        ("30/06/2026", date(2026, 6, 30)),
        ("30.6.26", date(2026, 6, 30)),
        ("30-6-2026", date(2026, 6, 30)),
        ("5/4/2026", date(2026, 4, 5)),
        ("2026-06-30", date(2026, 6, 30)),
        ("June 30th, 2026", date(2026, 6, 30)),
        ("Tuesday 30 June", date(2026, 6, 30)),
        ("until 30 June", date(2026, 6, 30)),
        ("１ Ｍay", date(2026, 5, 1)),
        ("1 March", date(2027, 3, 1)),
        ("11 March", WEDNESDAY),
        ("29 Feb", date(2028, 2, 29)),
        ("today", WEDNESDAY),
        ("Tomorrow", date(2026, 3, 12)),
        ("the day after tomorrow", date(2026, 3, 13)),
        ("Friday", date(2026, 3, 13)),
        ("fri", date(2026, 3, 13)),
        ("by Friday", date(2026, 3, 13)),
        ("Wednesday", date(2026, 3, 18)),
        ("next Friday", date(2026, 3, 20)),
        ("next week", date(2026, 3, 18)),
        ("next month", date(2026, 4, 11)),
        ("in 2 weeks", date(2026, 3, 25)),
        ("in two weeks' time", date(2026, 3, 25)),
        ("in a fortnight", date(2026, 3, 25)),
        ("in 10 days", date(2026, 3, 21)),
        ("end of month", date(2026, 3, 31)),
        ("the end of the month", date(2026, 3, 31)),
        ("end of next month", date(2026, 4, 30)),
        ("end of June", date(2026, 6, 30)),
        ("end of the week", date(2026, 3, 13)),
        ("heddiw", WEDNESDAY),
        ("yfory", date(2026, 3, 12)),
        ("dydd Mawrth", date(2026, 3, 17)),
        ("ddydd Gwener", date(2026, 3, 13)),
        ("3 Mawrth", date(2027, 3, 3)),
        ("tan 30 Mehefin", date(2026, 6, 30)),
        ("30 Mehefin 2026", date(2026, 6, 30)),
        ("1 Ionawr", date(2027, 1, 1)),
        ("diwedd y mis", date(2026, 3, 31)),
        ("mewn pythefnos", date(2026, 3, 25)),
        ("wythnos nesaf", date(2026, 3, 18)),
    ],
)
def test_a_day_is_read_as_people_in_britain_write_it(words: str, day: date) -> None:
    assert read_day(words, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("31 February", "day-none"),
        ("29 February 2027", "day-none"),
        ("0 June", "day-none"),
        ("99/99", "day-none"),
        ("5/13/2026", "day-none"),
        ("2026-02-30", "day-none"),
        ("0000-01-01", "day-none"),
        ("1 January 2020", "day-past"),
        ("10/3/2026", "day-past"),
        ("1/1/2030", "day-far"),
        ("2028-03-12", "day-far"),
        ("in 9999 weeks", "day-far"),
        ("in 9999 months", "day-far"),
        ("Friday 30 June", "day-mismatch"),
        ("nonsense", "day-unread"),
        ("", "day-unread"),
        ("June", "day-unread"),
        ("30", "day-unread"),
        ("90 minutes", "day-unread"),
    ],
)
def test_an_impossible_day_is_refused_with_a_clear_sentence(words: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_day(words, WEDNESDAY)
    assert refused.value.code == code
    assert refused.value.field == "closes"
    assert Speech()(refused.value.reason).endswith(".")


def test_the_refusal_belongs_to_the_field_that_was_read() -> None:
    with pytest.raises(Refusal) as refused:
        read_day("31 February", WEDNESDAY, field="when")
    assert refused.value.field == "when"


@pytest.mark.parametrize("days", range(14))
def test_a_weekday_is_the_next_one_and_never_today(days: int) -> None:
    today = WEDNESDAY + timedelta(days)
    found = read_day("Friday", today)
    assert found.weekday() == 4
    assert 1 <= (found - today).days <= 7


@pytest.mark.parametrize(
    ("words", "day", "cut"),
    [
        ("charts until 30 June, 2 hours", date(2026, 6, 30), "until 30 June"),
        ("charts by Friday", date(2026, 3, 13), "by Friday"),
        ("x before 6 August 2026 y", date(2026, 8, 6), "before 6 August 2026"),
        ("closes 30/6", date(2026, 6, 30), "closes 30/6"),
        ("closing tomorrow", date(2026, 3, 12), "closing tomorrow"),
        ("closing date: 5 May", date(2026, 5, 5), "closing date: 5 May"),
        ("open until 30 June 2026.", date(2026, 6, 30), "open until 30 June 2026"),
        ("until the end of the month", date(2026, 3, 31), "until the end of the month"),
        ("½ awr, tan 30 Mehefin", date(2026, 6, 30), "tan 30 Mehefin"),
        ("erbyn dydd Gwener", date(2026, 3, 13), "erbyn dydd Gwener"),
        ("yn cau yfory", date(2026, 3, 12), "yn cau yfory"),
    ],
)
def test_a_closing_day_is_found_in_a_line_with_its_place(words: str, day: date, cut: str) -> None:
    found = find_day(words, WEDNESDAY)
    assert found is not None
    assert found.value == day
    assert words[found.start : found.end] == cut


@pytest.mark.parametrize(
    "words",
    [
        "",
        "run charts",
        "workshop on 30 June",
        "by 1/2 of the team",
        "by 2/3 of wards",
        "cover by 24/7",
        "until May",
        "stand by me",
        "by 1.5 hours",
        "before tomorrow's meeting",
        "until 30 Juneish",
        "before Christmas",
        "the weekend 30 June",
    ],
)
def test_other_words_are_no_closing_day(words: str) -> None:
    assert find_day(words, WEDNESDAY) is None


def test_an_impossible_closing_day_inside_a_line_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        find_day("charts until 31 February", WEDNESDAY)
    assert refused.value.code == "day-none"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("Tuesday 2pm", "2026-03-17 14:00"),
        ("2pm Tuesday", "2026-03-17 14:00"),
        ("Tues, 2.30 pm", "2026-03-17 14:30"),
        ("tomorrow at 14:30", "2026-03-12 14:30"),
        ("at 9 on friday", "2026-03-13 09:00"),
        ("Tuesday 10 o'clock", "2026-03-17 10:00"),
        ("6 August 2026 5.30pm", "2026-08-06 17:30"),
        ("6.8.2026 14.30", "2026-08-06 14:30"),
        ("6/8 14:30", "2026-08-06 14:30"),
        ("2026-08-06T17:30", "2026-08-06 17:30"),
        ("2026-08-06 17:30", "2026-08-06 17:30"),
        ("2026-08-06T17:30Z", "2026-08-06 18:30"),
        ("2026-08-06T02:30", "2026-08-06 02:30"),
        ("2pm", "2026-03-11 14:00"),
        ("9am", "2026-03-12 09:00"),
        ("12am tomorrow", "2026-03-12 00:00"),
        ("12.15pm tomorrow", "2026-03-12 12:15"),
        ("midday tomorrow", "2026-03-12 12:00"),
        ("midnight on 6 August 2026", "2026-08-06 00:00"),
        ("yfory 2 y prynhawn", "2026-03-12 14:00"),
        ("10yb yfory", "2026-03-12 10:00"),
        ("hanner dydd ddydd Gwener", "2026-03-13 12:00"),
    ],
)
def test_a_moment_is_read_in_the_readers_time_zone(words: str, moment: str) -> None:
    read = read_moment(words, NOW, LONDON)
    assert f"{read:%Y-%m-%d %H:%M}" == moment
    assert read.tzinfo is LONDON


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("tomorrow", "Add a time"),
        ("nonsense", "not a time we can read"),
        ("", "not a time we can read"),
        ("Tuesday at 2", "morning or afternoon"),
        ("Tuesday 2:30", "morning or afternoon"),
        ("25:00 tomorrow", "no such time"),
        ("13pm", "no such time"),
        ("today 9am", "has passed"),
        ("2026-03-11T09:59", "has passed"),
        ("1999-01-01T10:00", "has passed"),
        ("0001-01-01T00:00+14:00", "no such day"),
        ("2026-13-40T10:00", "no such day"),
        ("2030-01-01T10:00", "more than 2 years"),
        ("29 March 2026 1.30am", "clocks go forward"),
        ("31 February 2pm", "no such day"),
    ],
)
def test_an_impossible_moment_is_refused_with_what_to_do(words: str, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_moment(words, NOW, LONDON)
    assert refused.value.field == "when"
    assert part in Speech()(refused.value.reason)


@given(st.integers(0, 730), st.sampled_from(["en", "cy"]))
def test_a_day_as_hourbridge_says_it_can_be_read(days: int, language: str) -> None:
    day = WEDNESDAY + timedelta(days)
    speech = Speech(language)
    assert read_day(speech.day(day), WEDNESDAY) == day
    assert read_day(speech.weekday(day), WEDNESDAY) == day


@given(st.integers(1, 700), st.integers(0, 23), st.integers(0, 59))
def test_a_moment_as_hourbridge_says_it_can_be_read(days: int, hour: int, minute: int) -> None:
    day = WEDNESDAY + timedelta(days)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    if moment.astimezone(UTC).astimezone(LONDON).hour != hour:
        return  # the hour that is skipped in spring
    for language in ("en", "cy"):
        assert read_moment(Speech(language).moment(moment), NOW, LONDON) == moment


@pytest.mark.parametrize(
    ("hour", "minute", "english", "welsh"),
    [
        (0, 0, "midnight", "hanner nos"),
        (0, 5, "12.05am", "12.05yb"),
        (9, 0, "9am", "9yb"),
        (12, 0, "midday", "hanner dydd"),
        (12, 30, "12.30pm", "12.30yp"),
        (14, 0, "2pm", "2yp"),
        (17, 30, "5.30pm", "5.30yp"),
    ],
)
def test_an_hour_is_written_in_one_way_wherever_it_stands(
    hour: int, minute: int, english: str, welsh: str
) -> None:
    moment = datetime(2026, 8, 6, hour, minute, tzinfo=LONDON)
    for language, words in (("en", english), ("cy", welsh)):
        speech = Speech(language)
        assert speech.clock(moment) == words
        assert speech(time_words(hour * 60 + minute)) == words
    assert Speech("cy").moment(moment) == f"{welsh} ar ddydd Iau 6 Awst 2026"


_DAILY = st.lists(
    st.sampled_from(
        [
            *"0123456789",
            " ",
            "/",
            "-",
            ".",
            ":",
            "T",
            "June",
            "Mai",
            "Friday",
            "by ",
            "end of ",
            "pm",
        ]
    )
).map("".join)


@given(st.one_of(st.text(), _DAILY))
def test_any_words_are_read_or_refused_and_never_crash(words: str) -> None:
    for read in (
        lambda: read_day(words, WEDNESDAY),
        lambda: read_moment(words, NOW, LONDON),
        lambda: find_day(words, WEDNESDAY),
    ):
        try:
            result = read()
        except Refusal:
            continue
        if isinstance(result, datetime):
            assert result > NOW
        elif isinstance(result, date):
            assert result >= WEDNESDAY
        elif result is not None:
            assert 0 <= result.start < result.end <= len(words)
