"""The message extension, in one place for the app package and for the adapter: its commands.

Teams calls these commands by their id, from the box where people write and from the menu of a
message. What is named here the manifest offers, and ``extensions`` answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from core.kernel.texts import Text, _

OFFER: Final = "offer"
ASK: Final = "ask"
TURN: Final = "turn"
FIND: Final = "find"

WORDS: Final = "words"
"""The one parameter of ``FIND``."""
WORDS_TITLE: Final = _("What to look for")
WORDS_DESCRIPTION: Final = _("A skill, a word or a reference such as O-7K2")

Place = Literal["compose", "commandBox", "message"]


@dataclass(frozen=True, slots=True)
class WayIn:
    """One command of the message extension. ``searches``: it lists posts; else it opens a form."""

    id: str
    title: Text
    description: Text
    places: tuple[Place, ...]
    searches: bool = False


_WHILE_WRITING: Final[tuple[Place, ...]] = ("compose", "commandBox")

WAYS_IN: Final[tuple[WayIn, ...]] = (
    WayIn(
        OFFER,
        _("Offer help"),
        _("Say what you can help other people with"),
        _WHILE_WRITING,
    ),
    WayIn(
        ASK,
        _("Ask for help"),
        _("Say what you need help with"),
        _WHILE_WRITING,
    ),
    WayIn(
        TURN,
        _("Turn into an ask"),
        _("Start an ask with the words of this message"),
        ("message",),
    ),
    WayIn(
        FIND,
        _("Find help"),
        _("Look for an offer or an ask, and put its card into your message"),
        _WHILE_WRITING,
        searches=True,
    ),
)
"""Every command of the extension, in the order that Teams shows them."""
