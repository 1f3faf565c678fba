"""What Slack accepts, as data, and the error for what would not fit.

Lengths are in characters. Slack answers ``invalid_blocks`` to anything larger, and shows nothing:
so the renderers split what can be split, and refuse the rest here, by name.
"""

from __future__ import annotations

from typing import Any, Final

Shape = dict[str, Any]
"""One JSON object of Slack's: a block, an element, a view, a message."""

MESSAGE_BLOCKS: Final = 50
MESSAGE_CHARACTERS: Final = 13_200
"""All text of one message's blocks together; observed, not documented."""
TEXT: Final = 40_000
VIEW_BLOCKS: Final = 100
VIEW_BYTES: Final = 250_000
VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24
METADATA: Final = 3_000
IDENTIFIER: Final = 255

SECTION: Final = 3_000
HEADER: Final = 150
CONTEXT_ELEMENTS: Final = 10
CONTEXT_TEXT: Final = 2_000
ALT_TEXT: Final = 2_000
URL: Final = 3_000

ACTIONS: Final = 25
BUTTON_LABEL: Final = 75
BUTTON_VALUE: Final = 2_000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000
INPUT_TEXT: Final = 3_000
OPTIONS: Final = 100
FEW_OPTIONS: Final = 10
"""Radio buttons and tick boxes; above this a select menu takes their place."""
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150


class DoesNotFit(ValueError):
    """A view or form that Slack would refuse: ``what`` is ``size`` where ``most`` is the limit."""

    def __init__(self, what: str, size: int, most: int) -> None:
        super().__init__(f"{what} has {size}, Slack takes at most {most}")
        self.what = what


def fitting(words: str, most: int, what: str) -> str:
    """``words`` where they are at most ``most`` characters; else ``DoesNotFit``."""
    if len(words) > most:
        raise DoesNotFit(what, len(words), most)
    return words


def pieces(words: str, most: int) -> list[str]:
    """``words`` in parts of at most ``most`` characters, cut at a line or a space if there is one.

    Nothing is lost but the white space at a cut. Blank words give no parts.
    """
    parts: list[str] = []
    rest = words
    while len(rest) > most:
        cut = max(rest.rfind("\n", 1, most + 1), rest.rfind(" ", 1, most + 1))
        if cut < most // 2:
            cut = most
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    parts.append(rest)
    return [part for part in parts if part.strip()]
