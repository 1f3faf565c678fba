"""What people type about their time, read as they mean it or refused in a clear sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.refusals import Refusal
from core.respect.model import Week
from core.respect.reading import read_digest_time, read_leave, read_week
from core.respect.words import week_words
from core.words import Speech

NINE_TO_FIVE = (540, 1020)
TODAY = date(2026, 7, 1)


def week(**days: tuple[int, ...]) -> Week:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return tuple(days.get(name, ()) for name in names)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Mon-Fri 9am to 5pm, Sat 10pm to 6am", (*(NINE_TO_FIVE,) * 5, (1320, 360), ())),
        ("weekdays 9am-5pm", (*(NINE_TO_FIVE,) * 5, (), ())),
        ("every day 07:00-19:00", ((420, 1140),) * 7),
        ("9am to 5pm", (NINE_TO_FIVE,) * 7),
        ("Mon – Fri 9 am – 5 pm.", (*(NINE_TO_FIVE,) * 5, (), ())),
        ("Mon, Tue and Thu 9am to 5pm", week(mon=NINE_TO_FIVE, tue=NINE_TO_FIVE, thu=NINE_TO_FIVE)),
        ("Fri to Mon 8pm to 8am", week(**dict.fromkeys(("fri", "sat", "sun", "mon"), (1200, 480)))),
        ("Wed 9am to 12pm and 1.30pm to 5pm", week(wed=(540, 720, 810, 1020))),
        ("Mondays 8am to midnight; Sun", week(mon=(480, 0), sun=(0, 1440))),
        ("Llun i Gwener 9yb i 5yp", (*(NINE_TO_FIVE,) * 5, (), ())),
        ("bob dydd o 9yb i 5yp", (NINE_TO_FIVE,) * 7),
        ("bob dydd Llun 9yb i 5yp", week(mon=NINE_TO_FIVE)),
        ("every Monday 9am to 5pm", week(mon=NINE_TO_FIVE)),
    ],
)
def test_a_week_is_read_as_people_write_it(words: str, read: Week) -> None:
    assert read_week(words) == read


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "cannot read that week"),
        (" , ; ", "cannot read that week"),
        ("whenever you like", "cannot read that week"),
        ("not on Mondays", "cannot read that week"),
        ("Mon-", "cannot read that week"),
        ("Mon 9am", "cannot read that week"),
        ("Mon 9am to", "cannot read that week"),
        ("Mon 9 to 5pm", "morning or afternoon"),
        ("Mon 2.30 to 5pm", "morning or afternoon"),
        ("Mon 25:00 to 5pm", "no such time"),
        ("Mon 13pm to 5pm", "no such time"),
        ("Mon 9am to 5pm " * 50, "cannot read that week"),
        ("Mon 1am-2am 3am-4am 5am-6am 7am-8am", "at most 3 times"),
        ("Mon 9am to 5pm <script>", "cannot read that week"),
    ],
)
def test_a_week_that_cannot_be_read_is_refused_with_an_example_or_a_question(
    words: str, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read_week(words)
    assert reason in Speech("en")(refused.value.reason)
    assert refused.value.field == "week"


@given(st.text(max_size=80))
def test_any_words_at_all_are_a_week_or_a_refusal(words: str) -> None:
    with suppress(Refusal):
        read = read_week(words)
        assert len(read) == 7
        assert any(read)


_SPAN = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda one: one[0] != one[1])
_DAY = st.one_of(
    st.just(()),
    st.just((0, 1440)),
    _SPAN,
    st.sets(_SPAN, min_size=2, max_size=3).map(
        lambda spans: tuple(minute for span in sorted(spans) for minute in span)
    ),
)


@given(st.tuples(*[_DAY] * 7).filter(any))
def test_a_week_said_in_words_is_read_back_the_same(said: Week) -> None:
    assert read_week(Speech("en")(week_words(said))) == said


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3 August to 17 August", date(2026, 8, 3), date(2026, 8, 17)),
        ("3 to 17 August", date(2026, 8, 3), date(2026, 8, 17)),
        ("3-17 August", date(2026, 8, 3), date(2026, 8, 17)),
        ("3rd to 17th August", date(2026, 8, 3), date(2026, 8, 17)),
        ("from 3rd to 17th of August", date(2026, 8, 3), date(2026, 8, 17)),
        ("from 3 August until 17 August 2026", date(2026, 8, 3), date(2026, 8, 17)),
        ("2026-08-03 to 2026-08-17", date(2026, 8, 3), date(2026, 8, 17)),
        ("3/8/2026 - 17/8/2026", date(2026, 8, 3), date(2026, 8, 17)),
        ("o 3 Awst i 17 Awst", date(2026, 8, 3), date(2026, 8, 17)),
        ("until 17 August", TODAY, date(2026, 8, 17)),
        ("tomorrow", date(2026, 7, 2), date(2026, 7, 2)),
        ("next week", date(2026, 7, 6), date(2026, 7, 12)),
        ("trwy'r wythnos nesaf", date(2026, 7, 6), date(2026, 7, 12)),
        ("20 December to 3 January", date(2026, 12, 20), date(2027, 1, 3)),
        ("28 February 2028 to 29 February 2028", date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_leave_is_read_as_people_write_it(words: str, first: date, last: date) -> None:
    assert read_leave(words, TODAY) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        "17 August to 3 August",
        "3 August 2026 to 1 August 2026",
        "31 February",
        "1 June 2020 to 3 July 2020",
        "3 August to 17 August to 20 August",
        "from my desk",
        "3 August 2040",
        "",
    ],
)
def test_leave_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        read_leave(words, TODAY)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Monday 9am", (0, 9)),
        ("fri 5pm", (4, 17)),
        ("Sundays at 18:00", (6, 18)),
        ("dydd Llun 9yb", (0, 9)),
        ("Wednesday midday", (2, 12)),
        ("every Monday at 9am", (0, 9)),
        ("on Fridays at 5pm", (4, 17)),
        ("bob dydd Gwener am 5yp", (4, 17)),
    ],
)
def test_the_time_of_a_digest_is_read(words: str, read: tuple[int, int]) -> None:
    assert read_digest_time(words) == read


@pytest.mark.parametrize("words", ["Monday", "Monday 9.30am", "Monday 9", "9am", "someday 9am"])
def test_half_an_hour_or_half_a_time_is_no_time_for_a_digest(words: str) -> None:
    with pytest.raises(Refusal, match="full hour"):
        read_digest_time(words)
