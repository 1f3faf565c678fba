"""The small mapper between the core's dataclasses and table rows, by field name."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import RowMapping

Entity = TypeVar("Entity")


def values(entity: object, without: Iterable[str] = ("id",)) -> dict[str, Any]:
    """A dataclass as column values, leaving out ``without``. Tuples become lists (JSON)."""
    left_out = frozenset(without)
    return {
        name: _plain(getattr(entity, name)) for name in _names(type(entity)) if name not in left_out
    }


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return value


def entity(kind: type[Entity], row: Mapping[str, Any] | RowMapping, **given: Any) -> Entity:
    """A dataclass from a row's columns by field name, with ``given`` fields laid over."""
    found = {name: row[name] for name in _names(kind) if name not in given}
    for name, convert in _converts(kind):
        if found.get(name) is not None:
            found[name] = convert(found[name])
    return kind(**found, **given)


_NAMES: dict[type, tuple[str, ...]] = {}
_CONVERTS: dict[type, tuple[tuple[str, Callable[[Any], Any]], ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return _NAMES[kind]


def _converts(kind: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields that a column's value has to be converted for, and how."""
    if kind not in _CONVERTS:
        hints = typing.get_type_hints(kind)
        found = ((name, _converter(hints[name])) for name in _names(kind))
        _CONVERTS[kind] = tuple((name, convert) for name, convert in found if convert)
    return _CONVERTS[kind]


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, types.UnionType):
        inner = [part for part in hint.__args__ if part is not type(None)]
        return _converter(inner[0]) if len(inner) == 1 else None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if typing.get_origin(hint) is tuple:
        return tuple
    return None
