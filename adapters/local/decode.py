"""What the page sends, read with suspicion: one act of one person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.ui.intents import FieldValue, Intent, Vocabulary

LONGEST_BODY = 256 * 1024
"""Bytes. The longest text of any form is a small part of this."""

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Malformed(Exception):
    """The body is not what the page sends. The message is for the person before the screen."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words sent from the composer; ``reply_to`` is the message they reply to, or empty."""

    words: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, or with ``fields`` a submitted form. ``card`` is the message it stood in."""

    wire: Mapping[str, object]
    card: str
    fields: Mapping[str, FieldValue] | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what. ``delivery`` is the page's own id of this send, the same in a retry."""

    person: str
    delivery: str
    what: Typed | Pressed


def read_act(body: bytes) -> Act:
    """The act in a request body. Raises ``Malformed`` for anything the page would not send."""
    given = _object(body)
    delivery = given.get("delivery")
    if not isinstance(delivery, str) or not _ID.fullmatch(delivery):
        raise Malformed("The page sent no delivery id. Reload the page and try again.")
    return Act(_text(given, "person"), delivery, _what(given))


def read_person(body: bytes) -> str:
    """The key of the person in a request body. Raises ``Malformed``."""
    return _text(_object(body), "person")


def intent_of(
    what: Typed | Pressed, interpret: Callable[[str], Intent], vocabulary: Vocabulary
) -> Intent:
    """What the person wants done. Raises ``Unreadable`` for a forged or outdated button."""
    if isinstance(what, Typed):
        return interpret(what.words)
    return vocabulary.read(what.wire, what.fields)


def _object(body: bytes) -> dict[str, object]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Malformed("The page sent something that cannot be read. Reload it and try again.")
    return given


def _what(given: Mapping[str, object]) -> Typed | Pressed:
    if "wire" not in given:
        return Typed(_text(given, "words"), _text(given, "replyTo"))
    wire = given["wire"]
    if not isinstance(wire, dict):
        raise Malformed("The page sent a button that cannot be read. Reload it and try again.")
    return Pressed(wire, _text(given, "card"), _fields(given.get("fields")))


def _fields(given: object) -> Mapping[str, FieldValue] | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Malformed("The page sent a form that cannot be read. Reload it and try again.")
    return {name: _value(value) for name, value in given.items()}


def _value(given: object) -> FieldValue:
    if isinstance(given, str):
        return _sound(given)
    if isinstance(given, list):
        return tuple(_sound(item) for item in given)
    raise Malformed("The page sent a form that cannot be read. Reload it and try again.")


def _text(given: Mapping[str, object], name: str) -> str:
    return _sound(given.get(name, ""))


def _sound(value: object) -> str:
    """A string that can be stored and sent: half a surrogate pair can be neither."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            pass
        else:
            return value
    raise Malformed("The page sent words that cannot be read. Reload it and try again.")
