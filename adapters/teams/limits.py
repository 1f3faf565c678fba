"""What Teams and Adaptive Cards let through, and the error for a card that is more than that."""

from __future__ import annotations

CARD_VERSION = "1.5"
CARD_BYTES = 28 * 1024
"""The size of one card as UTF-8 JSON. Every Teams surface takes this much; some take more."""

ACTIONS_IN_A_ROW = 6
"""Teams shows this many buttons of one action set; the rest go in a set of their own."""

ROW_ON_A_PHONE = 44
"""Letters of a card's width on a phone. Labels in a fuller row would be cut with an ellipsis."""

BUTTON_FRAME = 5
"""Letters of width that a button takes beside its label."""

EXPANDED_CHOICES = 6
"""Up to this many choices stand open on the card; more become a drop-down list."""

COMPACT_CHOICES = 15
"""Above this many choices the drop-down list is searched by typing."""

DIALOG_TITLE = 64
"""A longer title would be cut by the dialog's frame, so it stands in the card instead."""

CONNECTIONS = 30
"""Connections to the connector service kept open at once."""


class CardTooBig(ValueError):
    """A card above ``CARD_BYTES``: whoever made the view has to page it."""

    def __init__(self, size: int) -> None:
        super().__init__(f"a card of {size} bytes is over the limit of {CARD_BYTES}")
        self.size = size
