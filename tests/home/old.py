"""A button from a card as it stood before somebody moved things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.ui.views import Button
from tests.world import Person, World


@dataclass
class Old:
    """Who presses which button, and what the card then has to say."""

    person: Person
    button: Button
    said: str


Case = Callable[[World], Old]
