"""What a person wants done, as plain data that a button can carry and a client can send back.

An intent is a frozen dataclass with a written name. On the wire it is ``{"do": name, ...}`` with
its arguments as small JSON. Whatever comes back from a client is untrusted: ``Vocabulary.read``
accepts known names and well-typed arguments only, and the engine authorises every intent again.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.kernel.references import LARGEST
from core.kernel.refusals import Refusal
from core.kernel.texts import _, storable

Json = str | int | bool | None | list[Any] | dict[str, Any]
FieldValue = str | tuple[str, ...]
"""What a form field sends: its text, or the chosen values of a many-choice field."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """One thing a person asks for. Subclasses set ``name`` and declare their arguments."""

    name: ClassVar[str]
    opens_form: ClassVar[bool] = False
    """Whether the answer may be a form. Declared, because platforms must know it early."""
    repeatable: ClassVar[bool] = False
    """Whether doing it twice changes nothing that anybody else sees, so that a platform whose
    requests carry no id of their own need not have a receipt kept of it."""
    kept_for_joining: ClassVar[bool] = True
    """Whether a visitor who asks for it has it carried out once they join."""

    @property
    def posts_there(self) -> bool:
        """Whether it lets Hourbridge post where it is said, so that a platform finds out first who
        reads there."""
        return False


@dataclass(frozen=True, kw_only=True)
class TypedLine(Intent):
    """A verb whose line may turn out to be plain words after all: it keeps the line as typed."""

    line: str = ""


class Unreadable(Refusal):
    """A button or form that does not decode: forged, cut short, or from a version long gone."""

    def __init__(self) -> None:
        super().__init__(
            _("This button no longer works. Type home to see where things are now."),
            code="unreadable",
        )


def to_wire(intent: Intent) -> dict[str, Json]:
    """``intent`` as small JSON: its name under ``do`` and the arguments that are not defaults."""
    wire: dict[str, Json] = {"do": intent.name}
    for name, default in _defaults(type(intent)):
        value = getattr(intent, name)
        if value != default:
            wire[name] = list(value) if isinstance(value, tuple) else value
    return wire


_DEFAULTS: dict[type[Intent], tuple[tuple[str, object], ...]] = {}


def _defaults(kind: type[Intent]) -> tuple[tuple[str, object], ...]:
    if kind not in _DEFAULTS:
        fields = dataclasses.fields(kind)
        _DEFAULTS[kind] = tuple((field.name, field.default) for field in fields)
    return _DEFAULTS[kind]


_HINTS: dict[type[Intent], dict[str, Any]] = {}


def _hints(kind: type[Intent]) -> dict[str, Any]:
    if kind not in _HINTS:
        hints = typing.get_type_hints(kind)
        _HINTS[kind] = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    return _HINTS[kind]


def _argument(hint: Any, value: object) -> object:
    if hint is str and isinstance(value, str):
        return storable(value)
    if hint is bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, (str, tuple)):
            return bool(value) and value not in ("false", "no")
    if hint is int:
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
            return value
    if hint == tuple[str, ...]:
        if isinstance(value, str):
            return (storable(value),) if value else ()
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return tuple(storable(item) for item in value)
    if hint is str and isinstance(value, tuple) and len(value) <= 1:
        return storable(value[0]) if value else ""
    raise Unreadable


class Vocabulary:
    """Every intent by name, and the only way from a client's data back to an intent."""

    def __init__(self, kinds: Iterable[type[Intent]]) -> None:
        self._kinds: dict[str, type[Intent]] = {}
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"two intents are named {kind.name!r}")
            self._kinds[kind.name] = kind

    def __iter__(self) -> typing.Iterator[type[Intent]]:
        return iter(self._kinds.values())

    def read(
        self, wire: Mapping[str, object], fields: Mapping[str, FieldValue] | None = None
    ) -> Intent:
        """The intent that a client's ``wire`` data and form ``fields`` name.

        Fields lie over the wire's arguments by name; names the intent does not have are ignored
        (platforms add their own). Raises ``Unreadable`` for anything else that does not fit.
        """
        name = wire.get("do")
        kind = self._kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            raise Unreadable
        given = {**wire, **(fields or {})}
        hints = _hints(kind)
        arguments = {
            name: _argument(hint, given[name]) for name, hint in hints.items() if name in given
        }
        try:
            return kind(**arguments)
        except TypeError:
            raise Unreadable from None
