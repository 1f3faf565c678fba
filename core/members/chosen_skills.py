"""A member's skills as words in a form, and back again, without losing any on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.kernel.texts import Text, _
from core.skills.finder import find, plain
from core.skills.taxonomy import SKILLS, label
from core.words import Speech

_ITEM = re.compile(r"[,;\n]")
_BY_LABEL = {
    plain(name): skill.id
    for skill in SKILLS.values()
    for name in (skill.label_en, skill.label_cy, skill.id)
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """``skills`` are ids and free tags, in order; ``unsure`` says what needs other words."""

    skills: tuple[str, ...] = ()
    unsure: tuple[Text, ...] = ()


def skill_words(skills: Iterable[str], speech: Speech) -> str:
    """Skills as a person writes them in a form: names with commas between, free tags with #."""
    return ", ".join(speech(label(one)) if one in SKILLS else f"#{one}" for one in skills)


def read_skills(words: str) -> Chosen:
    """The skills in a list that a person wrote, and what to tell them about the rest."""
    skills: dict[str, None] = {}
    unsure: list[Text] = []
    for item in (part.strip() for part in _ITEM.split(words)):
        named = _BY_LABEL.get(plain(item)) if not item.startswith("#") else None
        if named:
            skills.setdefault(named)
        elif item:
            unsure += _found(item, skills)
    return Chosen(tuple(skills), tuple(unsure))


def _found(item: str, skills: dict[str, None]) -> list[Text]:
    findings = find(item)
    skills |= dict.fromkeys((*findings.skills, *findings.free))
    unsure = [
        _("“{word}” can mean more than one thing. Write {names}.", word=one.word, names=names)
        if len(one.candidates) > 1
        else _("“{word}” may mean {names}. If so, write that.", word=one.word, names=names)
        for one in findings.questions
        for names in (_either(one.candidates),)
    ]
    unsure += [
        _(
            "Did you mean {name} by “{word}”? If so, write that.",
            name=label(one.skill),
            word=one.word,
        )
        for one in findings.near
    ]
    if not (findings.skills or findings.free or unsure):
        unsure.append(
            _(
                "I know no skill called “{word}”. To keep one word as it is, write # before it.",
                word=item,
            )
        )
    return unsure


def _either(skills: tuple[str, ...]) -> Text:
    """The names with "or" between them."""
    names = label(skills[0])
    for one in skills[1:]:
        names = _("{these} or {that}", these=names, that=label(one))
    return names
