from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.refusals import Refusal
from core.safety.words import checked_words
from core.words import Speech


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("  run charts ", "run charts"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\tb", "a b"),
        ("a\x00b\x07c\x7f", "abc"),
        ("safe\u202egnp", "safegnp"),
        ("\u2066a\u2069", "a"),
        ("pass\u200bword\ufeff", "password"),
        ("a\u200db", "ab"),
        ("w\u0302", "ŵ"),
        ("½ hour ２h", "½ hour ２h"),
        ("bad \ud800 half", "bad  half"),
        ("seen\U000e0061\U000e0062", "seen"),
        ("<b>bold</b> <!channel>", "<b>bold</b> <!channel>"),
        ("مرحبا بكم", "مرحبا بكم"),
        ("thanks 😀", "thanks 😀"),
        ("👩\u200d⚕\ufe0f ok", "👩\u200d⚕\ufe0f ok"),
    ],
)
def test_a_persons_own_letters_are_kept_and_unseen_ones_are_not(words: str, kept: str) -> None:
    assert checked_words(words, "title", 100) == kept


def test_the_flag_of_wales_stays_whole() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert checked_words(f"Cymraeg {flag}", "title", 100) == f"Cymraeg {flag}"


@pytest.mark.parametrize("words", ["", "   ", "\n\t ", "\u200b\u202e", "\x00"])
def test_empty_words_are_refused_only_where_they_are_needed(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_words(words, "title", 100)
    assert refused.value.field == "title"
    assert refused.value.code == "words-empty"
    assert checked_words(words, "title", 100, required=False) == ""


@pytest.mark.parametrize("words", ["😀😀", "...", "?!", "👍🏽", "—", "🏴"])
@pytest.mark.parametrize("required", [True, False])
def test_signs_and_emoji_alone_are_refused(words: str, required: bool) -> None:
    with pytest.raises(Refusal) as refused:
        checked_words(words, "details", 100, required)
    assert refused.value.field == "details"
    assert "use some words" in Speech()(refused.value.reason)


def test_too_many_letters_are_refused_with_how_many() -> None:
    assert checked_words("a" * 150, "title", 150) == "a" * 150
    with pytest.raises(Refusal) as refused:
        checked_words("a" * 5000, "title", 150)
    assert Speech()(refused.value.reason) == (
        "That is 4,850 characters too long. The longest is 150 characters."
    )
    with pytest.raises(Refusal) as refused:
        checked_words("a" * 151, "title", 150)
    assert Speech()(refused.value.reason).startswith("That is 1 character too long.")


@given(st.text())
def test_checked_words_are_clean_and_checking_again_changes_nothing(words: str) -> None:
    try:
        kept = checked_words(words, "title", 10_000, required=False)
    except Refusal:
        return
    assert kept == unicodedata.normalize("NFC", kept).strip()
    assert not any(unicodedata.category(letter) == "Cc" and letter != "\n" for letter in kept)
    kept.encode()
    if kept:
        assert checked_words(kept, "title", 10_000) == kept
