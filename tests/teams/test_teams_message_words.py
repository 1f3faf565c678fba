"""What a message in Teams says, without its markup; whatever the markup is like."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.message_words import (
    LONGEST_MARKUP,
    LONGEST_WORDS,
    link_of,
    plain_words,
    words_of,
)
from tests.teams.composing import message_payload

REPLY = (
    '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1777885100000">'
    '<strong itemprop="mri">Bo Lin</strong><p itemprop="preview">the <b>quoted</b> words</p>'
    "</blockquote>"
)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("This is plain.", "This is plain."),
        ("<p>Hi all,</p><p>who knows&nbsp;run charts?</p>", "Hi all,\nwho knows run charts?"),
        ("<div>one<br>two<br/>three\n</div>\n", "one\ntwo\nthree"),
        ("a &amp; b &lt;c&gt; &#8217; &eacute;", "a & b <c> \u2019 é"),
        ("<ul><li>one</li><li><p>two</p></li></ul>", "- one\n- two"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n- b\n2. c"),
        (
            '<at id="0">Ana</at>&nbsp;<at id="1">Ward</at>, can you help?',
            "Ana Ward, can you help?",
        ),
        (f"<div>{REPLY}<p>Yes please</p></div>", "Yes please"),
        ('<attachment id="x">a card</attachment><p>See this</p>', "See this"),
        ("<blockquote>he said<br>so</blockquote>and I", "> he said\n> so\nand I"),
        ("<script>alert('<p>1</p>')</script><style>p {}</style>done", "done"),
        ('Well <img alt="🎉" itemtype="http://schema.skype.com/Emoji">!', "Well 🎉!"),
        ('<emoji id="smile" alt="🙂" title="Smile"></emoji>', "🙂"),
        ('<img alt="image" src="https://x.test/1.png">', ""),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<!-- not <b>read</b> -->b<!-- never closed", "ab<!-- never closed"),
        ("1 < 2 and <3 and </ and <a href='x' never closed", None),
        ("</p></div></ul></blockquote>still here", "still here"),
        ("<systemEventMessage/>", ""),
        ("", ""),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
    ],
)
def test_markup_becomes_the_words_that_people_read(markup: str, words: str | None) -> None:
    assert plain_words(markup) == (markup if words is None else words)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 10_000 + "words" + "</div>" * 10_000,
        "<blockquote>" * 10_000 + "words",
        "<ol><li>" * 10_000 + "words",
        "<a " * 400_000,
        "<!--" * 300_000,
        "<" * 1_000_000,
        '<emoji alt="' * 100_000,
        "&#" * 500_000,
        "<p>words</p>" * 100_000,
    ],
    ids=lambda markup: markup[:12],
)
def test_hostile_markup_is_read_to_a_limit(markup: str) -> None:
    # A parser that goes back and forth is busy with some of these for minutes.
    assert len(words_of(message_payload(markup))) <= LONGEST_WORDS


def test_more_than_teams_lets_anybody_write_is_not_read() -> None:
    whole = "a" * LONGEST_WORDS
    assert words_of(message_payload(f"<p>{'a' * 2 * LONGEST_MARKUP}")) == whole
    assert words_of(message_payload("a" * 2 * LONGEST_MARKUP, "text")) == whole
    deep = "<div>" * 10_000 + "words" + "</div>" * 10_000
    assert len(deep) > LONGEST_MARKUP
    assert words_of(message_payload(deep)) == "words"


def test_plain_text_keeps_what_looks_like_markup() -> None:
    assert words_of(message_payload(" 1 <b> 2 &amp; 3\n", "text")) == "1 <b> 2 &amp; 3"


def test_what_no_database_takes_is_left_out() -> None:
    assert words_of(message_payload("a\x00b\ud800c")) == "abc"
    assert link_of({"linkToMessage": "https://x.test/\x00"}) == "https://x.test/"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "words",
        [],
        {},
        {"body": "words"},
        {"body": None},
        {"body": {"content": 7}},
        {"body": {"content": ["words"]}},
        {"body": {"contentType": "html"}, "from": "Ana"},
        {"linkToMessage": {"url": "x"}},
    ],
)
def test_a_message_of_another_shape_has_no_words_and_no_way_back(payload: Any) -> None:
    assert (words_of(payload), link_of(payload)) == ("", "")


def test_what_an_app_wrote_is_not_read() -> None:
    bot = {"application": {"displayName": "Ward system"}, "user": None}
    assert words_of(message_payload("<p>Bed 7</p>", sender=bot)) == ""
    person = {"application": None, "user": {"id": "entra-cai"}}
    assert words_of(message_payload("<p>Bed 7</p>", sender=person)) == "Bed 7"
