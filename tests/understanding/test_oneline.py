from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.refusals import Refusal
from core.posts.oneline import Line, read_line

WEDNESDAY = date(2026, 3, 11)
JUNE = date(2026, 6, 30)
PLACES = {
    "meadow house": "s1",
    "meadow house annexe": "s2",
    "tŷ'r ddôl": "s3",
}


def line(
    title: str,
    minutes: int | None = None,
    closes: date | None = None,
    online: bool = False,
    site: str = "",
    tags: tuple[str, ...] = (),
) -> Line:
    return Line(title, minutes, closes, online, site, tags)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (
            "/offer 2 hours run charts for beginners, online, until 30 June #spc",
            line("run charts for beginners", 120, JUNE, True, tags=("spc",)),
        ),
        ("ask help with run charts, 1 hour", line("help with run charts", 60)),
        ("/ask help with a driver diagram, 90 minutes", line("help with a driver diagram", 90)),
        ("2h run charts #spc", line("run charts", 120, tags=("spc",))),
        (
            "run charts at Meadow House, 1h30, closes 30/6",
            line("run charts", 90, JUNE, site="s1"),
        ),
        ("run charts, Meadow House Annexe", line("run charts", site="s2")),
        ("siartiau yn Nhŷ’r Ddôl", line("siartiau yn Nhŷ’r Ddôl")),
        ("siartiau, Tŷ’r Ddôl", line("siartiau", site="s3")),
        (
            "/cynnig siartiau rhediad, ar-lein, 2 awr, tan 30 Mehefin #spc",
            line("siartiau rhediad", 120, JUNE, True, tags=("spc",)),
        ),
        ("hanner awr o siartiau, ar-lein", line("o siartiau", 30, online=True)),
        ("run charts online, 2 hours", line("run charts", 120, online=True)),
        ("1 hour online coaching", line("online coaching", 60, online=True)),
        ("2 hours and online, run charts", line("run charts", 120, online=True)),
        ("via Teams, 1 hour, PDSA", line("PDSA", 60, online=True)),
        (
            "1 hour, run charts, in person or online",
            line("run charts, in person or online", 60, online=True),
        ),
        ("plain English check (30 minutes)", line("plain English check", 30)),
        ("run charts - 2 hours - online", line("run charts", 120, online=True)),
        ("run charts 2 hours for beginners", line("run charts for beginners", 120)),
        ("½ hour charts", line("charts", 30)),
        ("2 hours", line("", 120)),
        ("#spc #SPC #waste charts", line("charts", tags=("spc", "waste"))),
        ("offer", line("")),
        ("", line("")),
    ],
)
def test_a_line_is_read_and_what_is_left_is_a_tidy_title(words: str, read: Line) -> None:
    assert read_line(words, WEDNESDAY, PLACES) == read


@pytest.mark.parametrize(
    "words",
    [
        "help getting people online",
        "online survey design",
        "virtual ward design",
        "help Meadow House team",
        "Editing, proof reading, and layout",
        "1-2 hours of charts",
        "2 hours a week of mentoring",
        "workshop on 30 June",
        "the 4-hour target",
        "#1 priority: run charts",
        "ask me anything about SPC",
        "Offers welcome",
        "<b>bold</b> & <!channel>",
    ],
)
def test_words_that_are_not_understood_stay_as_they_are(words: str) -> None:
    assert read_line(words, WEDNESDAY, PLACES) == line(words)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("0 hours run charts", "minutes"),
        ("-2 hours", "minutes"),
        ("run charts until 31 February", "closes"),
        ("run charts until 1 January 2020", "closes"),
        ("run charts, closes 1/1/2040", "closes"),
    ],
)
def test_a_clear_but_impossible_time_or_day_is_refused_on_its_field(words: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_line(words, WEDNESDAY, PLACES)
    assert refused.value.field == field


_TITLES = st.lists(
    st.sampled_from(["run", "charts", "for", "beginners", "Help", "sgwrs", "café", "(draft)"]),
    min_size=1,
    max_size=6,
).map(" ".join)
_PIECES = {
    "90 minutes": ("minutes", 90),
    "an hour and a half": ("minutes", 90),
    "2 awr": ("minutes", 120),
    "until 30 June": ("closes", JUNE),
    "tan 30 Mehefin": ("closes", JUNE),
    "online": ("online", True),
    "ar-lein": ("online", True),
    "at Meadow House": ("site", "s1"),
}


@given(_TITLES, st.permutations(sorted(_PIECES)), st.integers(0, 3), st.integers(0, 3))
def test_pieces_in_any_order_are_cut_out_and_the_title_stays_whole(
    title: str, pieces: list[str], count: int, place: int
) -> None:
    chosen: dict[str, str] = {}
    for piece in pieces:
        chosen.setdefault(_PIECES[piece][0], piece)
    items = list(chosen.values())[:count]
    items.insert(min(place, len(items)), title)
    read = read_line(", ".join(items), WEDNESDAY, PLACES)
    assert read.title_words == title
    for kind, piece in list(chosen.items())[:count]:
        assert getattr(read, kind) == _PIECES[piece][1]


_NOISE = st.sampled_from(
    [*"12:.,-/#()\0 a", " hour", "h", "online", "until ", "June", "and ", "ask "]
)


@given(st.one_of(st.text(), st.lists(_NOISE).map("".join)))
def test_any_line_is_read_or_refused_and_no_letters_appear_from_nowhere(words: str) -> None:
    try:
        read = read_line(words, WEDNESDAY, PLACES)
    except Refusal:
        return
    assert "\0" not in read.title_words
    assert not Counter(read.title_words.replace(",", "").replace(" ", "")) - Counter(words)
