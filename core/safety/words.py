"""A person's words as they may be kept: their own letters, without what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from core.kernel.refusals import Refusal
from core.kernel.texts import _, plural

# Control letters, marks that turn the reading direction, invisible letters, half letters; and the
# invisible tag letters, except in the flags of Wales, Scotland and England, which are made of them.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
    # Joiners belong to some emoji and scripts, but not to Latin letters.
    "|(?<=[\u0000-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u024f]|$)"
)


def clean(words: str) -> str:
    """``words`` in NFC, trimmed, with unseen letters gone; new lines stay."""
    if words.isascii() and words.isprintable():
        return words.strip()
    lines = re.sub("\r\n?|[\u2028\u2029]", "\n", words).replace("\t", " ")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", lines)).strip()


def checked_words(words: str, field: str, longest: int, required: bool = True) -> str:
    """``words`` cleaned. Raises Refusal on ``field`` if empty, only signs, or too long.

    ``longest`` is in characters. Empty words pass where they are not ``required``.
    """
    kept = clean(words)
    if not kept:
        if required:
            raise Refusal(_("This is empty. Write a few words."), field, "words-empty")
        return ""
    if not any(letter.isalnum() for letter in kept):
        raise Refusal(
            _("Please use some words, not only signs or emoji."), field, "words-only-signs"
        )
    over = len(kept) - longest
    if over > 0:
        raise Refusal(
            plural(
                "That is {count} character too long. The longest is {longest} characters.",
                "That is {count} characters too long. The longest is {longest} characters.",
                over,
                longest=longest,
            ),
            field,
            "words-too-long",
        )
    return kept
