"""The commands that Teams lists: above the message box in the bot's own chat, and after an @mention
or a slash where others read too. What each does, and its description, are its room's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from core.kernel.texts import NOTHING, Text, _

Scope = Literal["personal", "team", "groupChat"]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A command that Teams lists: the word as people type it in each language, and what stands
    ready in the message box where it wants more than the word."""

    word: str
    welsh: str
    prompt: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Menu:
    """One list of commands: where it is shown, and what opens it."""

    scopes: tuple[Scope, ...]
    triggers: tuple[Literal["mention", "slash"], ...]
    commands: tuple[Suggested, ...]


MENUS: Final = (
    Menu(
        ("personal",),
        ("mention",),
        (
            Suggested("ask", "gofyn", _("ask help with run charts, 1 hour")),
            Suggested("offer", "cynnig", _("offer 2 hours of help with easy read")),
            Suggested("find", "canfod", _("find excel")),
            Suggested("home", "cartref"),
            Suggested("posts", "fy-nghynigion"),
            Suggested("exchanges", "cyfnewidiadau"),
            Suggested("hours", "oriau"),
            Suggested("settings", "gosodiadau"),
            Suggested("link", "cysylltu"),
            Suggested("mydata", "fy-nata"),
            Suggested("stop", "stopio"),
            Suggested("help", "cymorth"),
        ),
    ),
    Menu(
        ("team", "groupChat"),
        ("mention", "slash"),
        (
            Suggested("ask", "gofyn"),
            Suggested("offer", "cynnig"),
            Suggested("find", "canfod"),
            Suggested("offers", "cynigion"),
            Suggested("asks", "ceisiadau"),
            Suggested("home", "cartref"),
            Suggested("hours", "oriau"),
            Suggested("help", "cymorth"),
        ),
    ),
)
