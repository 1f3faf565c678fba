"""Finds skills in people's own words: the longest known phrase at each place, then near misses.

Words lose case, accents and punctuation first. Phrases stand in one dictionary, made at start-up,
so that finding costs a few dictionary look-ups a word; a near miss is compared only with known
words of the same first letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz import fuzz, process

from core.skills.model import Ambiguous, Findings, Near
from core.skills.taxonomy import ALONE, ASK, EXACT, SKILLS

NEAR_ENOUGH = 90
"""The likeness, of 100, from which a word is taken for a slip of the pen."""
_NEAR_LETTERS = 5

_TAG = re.compile(r"(?<![\w#&/<])#(?=[\w-]*[^\W\d_])(\w[\w-]*)")
_TOKEN = re.compile(r"\w+(?:&\w+)*")
_ITEM_ENDS = re.compile(r"[,;:\n\u2022|]|\s(?:and|a|ac|or|neu|&)\s", re.IGNORECASE)

# Real words that look like a skill's word but are not a slip of the pen.
_NEVER_NEAR = frozenset(
    ("audio", "medication", "meditation", "moderation", "teams", "forms", "reading", "interview")
)
# Words too common to search for.
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and any are as at be by can do for from get give have help how i in is it me my need"
        " of on or our some someone that the this to us want we who with would you your"
        " ac am ar at dros eisiau fi fy gan gyda mae neu o r sut y yn yr",
    )
)


def plain(words: str) -> str:
    """``words`` as the finder compares them: no capitals, accents or punctuation between words."""
    return " ".join(_TOKEN.findall(_letters(words).casefold()))


def _letters(words: str) -> str:
    """NFKC without accents, capitals kept."""
    if words.isascii():
        return words
    apart = unicodedata.normalize("NFKD", words)
    return "".join(each for each in apart if not unicodedata.combining(each))


def _numbers_of(phrase: str) -> Iterator[str]:
    """The phrase and its other number: "run chart" and "run charts"."""
    yield phrase
    if len(phrase) < 3 or not phrase[-1].isalpha():
        return
    if phrase.endswith("s"):
        if len(phrase) > 4 and not phrase.endswith(("ss", "is", "us", "ics")):
            yield phrase[:-1]
    elif phrase.endswith("y") and phrase[-2] not in "aeiou":
        yield f"{phrase[:-1]}ies"
    else:
        yield phrase + ("es" if phrase.endswith(("ch", "sh", "x")) else "s")


def _phrases() -> dict[str, str]:
    known: dict[str, str] = {}
    for skill in SKILLS.values():
        for phrase in (skill.id, skill.label_en, skill.label_cy, *skill.synonyms):
            fixed = phrase in EXACT or phrase in ALONE
            for form in [plain(phrase)] if fixed else _numbers_of(plain(phrase)):
                known.setdefault(form, skill.id)
    return known


def _longest(phrases: Iterable[str]) -> dict[str, int]:
    """For each first word, how many words the longest phrase with it has."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, *rest = phrase.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


_ASK = {form: ids for word, ids in ASK.items() for form in _numbers_of(plain(word))}
_PHRASES = _phrases()
_LONGEST = _longest((*_PHRASES, *_ASK))
_EXACT = {
    plain(word): frozenset(each for each in EXACT if plain(each) == plain(word)) for word in EXACT
}
_ALONE = frozenset(plain(word) for word in ALONE)
_JOINED = {phrase.replace(" ", ""): phrase for phrase in reversed((*_PHRASES, *_ASK))}


def _shelves() -> dict[tuple[str, int], list[str]]:
    """By first letter and length of a word: the phrases near enough in length to be meant."""
    shelves: dict[tuple[str, int], list[str]] = {}
    for phrase in _PHRASES:
        size = len(phrase)
        if phrase.count(" ") > 1 or phrase in _ALONE or phrase in _EXACT:
            continue
        for length in range(max(_NEAR_LETTERS, size - 4), size + 5):
            if 200 * min(size, length) >= NEAR_ENOUGH * (size + length):
                shelves.setdefault((phrase[0], length), []).append(phrase)
    return shelves


_SHELVES = _shelves()


class _Search:
    """One reading of one line."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.skills: dict[str, None] = {}
        self.asked: dict[str, tuple[str, ...]] = {}
        self.near: dict[str, str] = {}
        self.free: dict[str, None] = {}
        self._items: frozenset[str] | None = None

    def tags(self) -> None:
        for tag in _TAG.findall(self.words):
            joined = plain(tag.replace("_", " ")).replace(" ", "")
            phrase = _JOINED.get(joined, "")
            if phrase in _ASK:
                self.asked.setdefault(tag, _ASK[phrase])
            elif phrase:
                self.skills.setdefault(_PHRASES[phrase])
            else:
                self.free.setdefault(unicodedata.normalize("NFC", tag).casefold())

    def phrases(self) -> list[list[str]]:
        """Finds known phrases; gives back the runs of words that belong to none."""
        typed = _TOKEN.findall(_TAG.sub(" ", self.words) if "#" in self.words else self.words)
        tokens = [word.casefold() for word in typed]
        shouted = len(typed) > 3 and self.words.isupper()
        strangers: list[list[str]] = [[]]
        place = 0
        while place < len(tokens):
            taken = 0
            for size in range(min(_LONGEST.get(tokens[place], 0), len(tokens) - place), 0, -1):
                phrase = " ".join(tokens[place : place + size])
                if (phrase in _ASK or phrase in _PHRASES) and self._counts(
                    phrase, typed, place, size, shouted
                ):
                    self._take(phrase, " ".join(typed[place : place + size]))
                    taken = size
                    break
            if not taken:
                strangers[-1].append(tokens[place])
            elif strangers[-1]:
                strangers.append([])
            place += taken or 1
        return strangers

    def _counts(self, phrase: str, typed: list[str], place: int, size: int, shouted: bool) -> bool:
        if phrase in _ALONE:
            return phrase in self._item_set()
        if phrase not in _EXACT:
            return True
        if phrase in self._item_set():
            return True
        written = " ".join(typed[place : place + size])
        if shouted or written not in _EXACT[phrase]:
            return False
        if written == "PM" and place and typed[place - 1].isdecimal():
            return False
        # "Teams in my trust need help": a capital that any first word has.
        return bool(place) or written.isupper() or size > 1

    def _item_set(self) -> frozenset[str]:
        if self._items is None:
            self._items = frozenset(plain(item) for item in _ITEM_ENDS.split(self.words))
        return self._items

    def _take(self, phrase: str, written: str) -> None:
        if phrase in _ASK:
            self.asked.setdefault(written, _ASK[phrase])
        else:
            self.skills.setdefault(_PHRASES[phrase])

    def near_misses(self, strangers: list[list[str]]) -> None:
        for run in strangers:
            for word in run:
                self._near(word)
        if not self.skills and not self.asked and not self.near:
            for run in strangers:
                for first, second in pairwise(run):
                    self._near(f"{first} {second}")

    def _near(self, word: str) -> None:
        shelf = _SHELVES.get((word[0], len(word)))
        if not shelf or word in _NEVER_NEAR or word in _PHRASES:
            return
        found = process.extractOne(word, shelf, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        if found and _PHRASES[found[0]] not in self.skills:
            self.near.setdefault(word, _PHRASES[found[0]])


def find(words: str) -> Findings:
    """The skills in ``words``: "#tags" first, then phrases in the order in which they stand."""
    search = _Search(_letters(words))
    if "#" in search.words:
        search.tags()
    search.near_misses(search.phrases())
    questions = tuple(
        Ambiguous(word, candidates)
        for word, candidates in search.asked.items()
        if not any(candidate in search.skills for candidate in candidates)
    )
    near = tuple(Near(word, skill) for word, skill in search.near.items())
    return Findings(tuple(search.skills), questions, near, tuple(search.free))


def expand(words: str) -> tuple[str, ...]:
    """What to search for: the ids of the skills meant or nearly meant, then the words themselves.

    Words come as ``plain`` gives them, each once, without small words such as "the".
    """
    findings = find(words)
    terms = dict.fromkeys(findings.skills)
    terms |= dict.fromkeys(
        skill for question in findings.questions for skill in question.candidates
    )
    terms |= dict.fromkeys(near.skill for near in findings.near)
    terms |= dict.fromkeys(word for word in plain(words).split() if word not in _SMALL_WORDS)
    return tuple(terms)
