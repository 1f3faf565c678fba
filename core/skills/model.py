"""What a skill is, and what was found of skills in somebody's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skill:
    """An entry of the taxonomy. ``id`` is a short word ("spc") that is kept and never changes."""

    id: str
    group: str
    label_en: str
    label_cy: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading for skills that belong together."""

    id: str
    label_en: str
    label_cy: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """``word`` may mean any of ``candidates`` (skill ids, 1 or more) or none of them: ask."""

    word: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """``word`` is nearly a word for ``skill`` (an id): "did you mean"."""

    word: str
    skill: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Skills found for certain, in order; what to ask about; and "#tags" that no skill has."""

    skills: tuple[str, ...] = ()
    questions: tuple[Ambiguous, ...] = ()
    near: tuple[Near, ...] = ()
    free: tuple[str, ...] = ()
