"""The taxonomy as data: read once from ``taxonomy.toml``, with its labels in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict

from core.kernel.texts import Text
from core.skills.model import Group, Skill


class _Labelled(TypedDict):
    en: str
    cy: str
    synonyms: list[str]


class _Grouped(TypedDict):
    id: str
    en: str
    cy: str
    skills: dict[str, _Labelled]


_SOURCE = tomllib.loads((Path(__file__).parent / "taxonomy.toml").read_text(encoding="utf-8"))
_GROUPED: list[_Grouped] = _SOURCE["group"]

GROUPS = MappingProxyType(
    {group["id"]: Group(group["id"], group["en"], group["cy"]) for group in _GROUPED}
)
"""Every group by id, in the order in which people see them."""

SKILLS = MappingProxyType(
    {
        skill_id: Skill(skill_id, group["id"], skill["en"], skill["cy"], tuple(skill["synonyms"]))
        for group in _GROUPED
        for skill_id, skill in group["skills"].items()
    }
)
"""Every skill by id, group by group."""

EXACT: frozenset[str] = frozenset(_SOURCE["exact"])
"""Short forms that count only in these letters."""

ALONE: frozenset[str] = frozenset(_SOURCE["alone"])
"""Everyday words that count only as a whole item of a list."""

ASK = MappingProxyType({word: tuple(ids) for word, ids in _SOURCE["ask"].items()})
"""Words to ask about, and the skills that they may mean."""


def label(skill_id: str) -> Text:
    """The skill's name for people; a free tag, which is in no taxonomy, stands for itself."""
    skill = SKILLS.get(skill_id)
    return Text("{tag}", values=(("tag", skill_id),)) if skill is None else Text(skill.label_en)


def group_label(group_id: str) -> Text:
    """The group's name for people. Raises KeyError for an unknown group."""
    return Text(GROUPS[group_id].label_en)


def labels_for_extraction() -> dict[str, str]:
    """Each English label of a skill or group with its Welsh one, for the catalogue."""
    groups = {group.label_en: group.label_cy for group in GROUPS.values()}
    return groups | {skill.label_en: skill.label_cy for skill in SKILLS.values()}
