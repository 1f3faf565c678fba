"""What a person fills in: seven kinds of field, each with a visible label.

A form carries the intent that its submission becomes; each field fills the intent's argument of
the same name. Values travel as the text people typed, so that a refusal can hand it back unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from core.kernel.texts import NOTHING, Words
from core.ui.intents import FieldValue, Intent
from core.ui.views import Block


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is sent, what is read."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class TextField:
    """One line of text, at most ``longest`` characters."""

    name: str
    label: Words
    value: str = ""
    hint: Words = NOTHING
    required: bool = True
    longest: int = 150


@dataclass(frozen=True, slots=True)
class LongTextField:
    """Several lines of text, at most ``longest`` characters."""

    name: str
    label: Words
    value: str = ""
    hint: Words = NOTHING
    required: bool = True
    longest: int = 2000


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """Exactly one of ``options``. With ``required`` off, none is a choice too."""

    name: str
    label: Words
    options: tuple[Option, ...]
    value: str = ""
    hint: Words = NOTHING
    required: bool = True


@dataclass(frozen=True, slots=True)
class ManyChoicesField:
    """Any number of ``options``; a single option makes a tick box."""

    name: str
    label: Words
    options: tuple[Option, ...]
    value: tuple[str, ...] = ()
    hint: Words = NOTHING
    required: bool = False


@dataclass(frozen=True, slots=True)
class DurationField:
    """A length of time, typed as people write it ("1h30", "90 mins")."""

    name: str
    label: Words
    value: str = ""
    hint: Words = NOTHING
    required: bool = True


@dataclass(frozen=True, slots=True)
class MomentField:
    """A day, with or without a time, typed or picked; sent as typed or as ISO 8601."""

    name: str
    label: Words
    value: str = ""
    hint: Words = NOTHING
    required: bool = True
    time: bool = False


@dataclass(frozen=True, slots=True)
class PersonField:
    """A member anywhere in the system, found by name and organisation."""

    name: str
    label: Words
    value: str = ""
    hint: Words = NOTHING
    required: bool = True


Field = (
    TextField
    | LongTextField
    | ChoiceField
    | ManyChoicesField
    | DurationField
    | MomentField
    | PersonField
)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields under a title, and the intent they become. ``before`` is read first."""

    title: Words
    intent: Intent
    fields: tuple[Field, ...]
    submit: Words
    before: tuple[Block, ...] = ()


def filled(form: Form, values: dict[str, FieldValue]) -> Form:
    """``form`` with what the person typed put back, for a second try."""
    return replace(form, fields=tuple(_with(field, values) for field in form.fields))


def _with(field: Field, values: dict[str, FieldValue]) -> Field:
    if field.name not in values:
        return field
    given = values[field.name]
    match field:
        case ManyChoicesField():
            return replace(field, value=(given,) if isinstance(given, str) else given)
        case (
            TextField()
            | LongTextField()
            | ChoiceField()
            | DurationField()
            | MomentField()
            | PersonField()
        ):
            return replace(field, value=given if isinstance(given, str) else " ".join(given))
        case _:
            assert_never(field)
