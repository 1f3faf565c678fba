from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.durations import find_duration, read_duration
from core.kernel.minutes import spoken
from core.kernel.refusals import Refusal
from core.words import Speech


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("2h", 120),
        ("2 h", 120),
        ("2H", 120),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1hr30", 90),
        ("1:30", 90),
        ("1:30 hours", 90),
        ("90 mins", 90),
        ("90min", 90),
        ("90m", 90),
        ("120 minutes", 120),
        ("an hour", 60),
        ("hour", 60),
        ("half an hour", 30),
        ("half-hour", 30),
        ("1/2 hour", 30),
        ("½ hour", 30),
        ("1½ hours", 90),
        ("1 1/2 hrs", 90),
        ("1 and 1/2 hours", 90),
        ("an hour and a half", 90),
        ("hour and a half", 90),
        ("one and a half hours", 90),
        ("two and a quarter hours", 135),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        (".5 hours", 30),
        ("two hours", 120),
        ("a couple of hours", 120),
        ("three quarters of an hour", 45),
        ("3/4 of an hour", 45),
        ("quarter of an hour", 15),
        ("a quarter of an hour", 15),
        ("1 hour 30 minutes", 90),
        ("1 hour, 30 minutes", 90),
        ("1 hour and 30 minutes", 90),
        ("1 hr. 30 mins.", 90),
        ("1 hour 30", 90),
        ("forty-five minutes", 45),
        ("about 2 hours", 120),
        ("for 2 hours or so", 120),
        ("45", 45),
        ("15", 15),
        ("1,000 minutes", 1000),
        ("500 hours", 30_000),
        ("7 minutes", 7),
        ("  2\u00a0hours ", 120),
        ("１ｈ３０", 90),
        ("2 awr", 120),
        ("awr", 60),
        ("dwy awr", 120),
        ("tair awr", 180),
        ("hanner awr", 30),
        ("awr a hanner", 90),
        ("dwy awr a hanner", 150),
        ("awr a chwarter", 75),
        ("chwarter awr", 15),
        ("tri chwarter awr", 45),
        ("30 munud", 30),
        ("deg munud", 10),
        ("awr a 30 munud", 90),
        ("1 awr 30 munud", 90),
        ("3 o oriau", 180),
    ],
)
def test_a_length_of_time_is_read_however_it_is_written(words: str, minutes: int) -> None:
    assert read_duration(words) == minutes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("0", "duration-not-positive"),
        ("0 hours", "duration-not-positive"),
        ("0:00", "duration-not-positive"),
        ("-30 minutes", "duration-not-positive"),
        ("-2h", "duration-not-positive"),
        ("−2 hours", "duration-not-positive"),
        ("minus 2 hours", "duration-not-positive"),
        ("-45", "duration-not-positive"),
        ("2", "duration-unclear"),
        ("14", "duration-unclear"),
        ("", "duration-unread"),
        ("soon", "duration-unread"),
        ("2 days", "duration-unread"),
        ("1 to 2 hours", "duration-unread"),
        ("5pm", "duration-unread"),
        ("1:75", "duration-unread"),
        ("30 June", "duration-unread"),
        ("9" * 5000 + " hours", "duration-unread"),
        ("1.3 minutes", "refused"),
        ("1.333 hours", "refused"),
    ],
)
def test_what_is_no_length_of_time_is_refused_on_the_minutes_field(words: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_duration(words)
    assert refused.value.field == "minutes"
    assert refused.value.code == code
    assert Speech()(refused.value.reason).endswith(".")


def test_a_small_number_alone_is_asked_about_with_both_meanings() -> None:
    with pytest.raises(Refusal) as refused:
        read_duration("2")
    assert Speech()(refused.value.reason) == (
        "Is that hours or minutes? Write 2 hours or 2 minutes."
    )


@pytest.mark.parametrize(
    ("words", "minutes", "cut"),
    [
        ("2 hours run charts", 120, "2 hours"),
        ("help with run charts, 90 minutes", 90, "90 minutes"),
        ("run charts for 2 hours, online", 120, "for 2 hours"),
        ("an hour of help with SPC", 60, "an hour of"),
        ("two hours of your time", 120, "two hours of your time"),
        ("a 2-hour workshop", 120, "2-hour"),
        ("1h30 charts", 90, "1h30"),
        ("1h30, charts", 90, "1h30"),
        ("30m chat", 30, "30m"),
        ("half an hour's chat", 30, "half an hour's"),
        ("2½ hours on charts", 150, "2½ hours"),
        ("charts, 1:30, online", 90, "1:30"),
        ("charts for 1:30", 90, "1:30"),
        ("charts – 2 hours", 120, "– 2 hours"),
        ("charts-2 hours", 120, "2 hours"),
        ("30/6 1 hour", 60, "1 hour"),
        ("10am to 11am 1 hour", 60, "1 hour"),
        ("1 hour 30 people", 60, "1 hour"),
        ("run charts, 1 hour, 30 minutes of help", 90, "1 hour, 30 minutes of"),
        ("dwy awr o gymorth", 120, "dwy awr"),
        ("sgwrs am awr a hanner am siartiau", 90, "am awr a hanner"),
        ("tŷ’r meddyg, ２ hours", 120, "２ hours"),
    ],
)
def test_a_length_of_time_is_found_in_a_line_with_its_place(
    words: str, minutes: int, cut: str
) -> None:
    found = find_duration(words)
    assert found is not None
    assert found.value == minutes
    assert words[found.start : found.end].strip() == cut


@pytest.mark.parametrize(
    "words",
    [
        "",
        "run charts",
        "at 2:30pm",
        "Tuesday 1:30",
        "5pm to 6pm",
        "10am to 11am",
        "until 30/6",
        "30 June 2026",
        "999 000 0018",
        "24/7",
        "5m people",
        "1.5m people",
        "5 m away",
        "£5 hours",
        "wait a minute",
        "taking minutes",
        "out of hours",
        "happy hour",
        "bob awr",
        "in 2 hours",
        "within 24 hours",
        "every 2 hours",
        "the 4-hour target",
        "12 hour shifts",
        "24 hours' notice",
        "1-2 hours",
        "1 to 2 hours",
        "1 hour to 2 hours",
        "an hour or two",
        "2 hours a week",
        "2 hours per person",
        "2 hours ago",
    ],
)
def test_times_dates_ranges_and_figures_are_not_taken_for_a_length_of_time(words: str) -> None:
    assert find_duration(words) is None


@pytest.mark.parametrize("words", ["0 hours run charts", "-2 hours", "charts, 1.3 minutes"])
def test_a_clear_but_impossible_length_inside_a_line_is_refused(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_duration(words)
    assert refused.value.field == "minutes"


@given(st.integers(1, 40 * 60))
def test_what_hourbridge_says_it_can_read(minutes: int) -> None:
    words = Speech()(spoken(minutes))
    assert read_duration(words) == minutes
    found = find_duration(f"run charts, {words}, online")
    assert found is not None
    assert found.value == minutes


@given(st.integers(0, 40), st.integers(0, 59), st.sampled_from(["h", "hr", " h ", ":"]))
def test_short_forms_of_hours_and_minutes_agree(hours: int, minutes: int, unit: str) -> None:
    total = hours * 60 + minutes
    words = f"{hours}{unit}{minutes:02d}"
    if total == 0:
        with pytest.raises(Refusal):
            read_duration(words)
    else:
        assert read_duration(words) == total


_TIMELY = st.lists(
    st.sampled_from([*"0123456789 .,:/-½hm'\n", "hour", "minute", " a ", " and ", "half", "awr"])
).map("".join)


@given(st.one_of(st.text(), _TIMELY))
def test_any_words_are_read_or_refused_and_never_crash(words: str) -> None:
    for read in (read_duration, find_duration):
        try:
            result = read(words)
        except Refusal:
            continue
        if isinstance(result, int):
            assert result > 0
        elif result is not None:
            assert 0 <= result.start < result.end <= len(words)
