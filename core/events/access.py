"""What a place offers people with access needs: some of a known list, and the host's own words.

Kept as one text: the known ones on the first line, whatever else there is after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.texts import NOTHING, Words, _

KNOWN = {
    "step-free": _("Step-free access"),
    "hearing-loop": _("Hearing loop"),
    "captions": _("Live captions"),
    "bsl": _("British Sign Language interpreter"),
    "toilet": _("Accessible toilet"),
    "quiet-room": _("Quiet room"),
    "parking": _("Blue Badge parking"),
    "welsh": _("Welsh spoken"),
}


def packed(known: Sequence[str], words: str) -> str:
    """Both as one text to keep; empty where there is neither."""
    first = " ".join(one for one in KNOWN if one in known)
    return f"{first}\n{words}" if words else first


def unpacked(access: str) -> tuple[tuple[str, ...], str]:
    """The known ones and the host's own words."""
    first, _newline, words = access.partition("\n")
    return tuple(one for one in first.split() if one in KNOWN), words


def access_words(access: str) -> Words:
    """All of it in one line, for a card, a poster or a calendar; nothing where none is given."""
    known, words = unpacked(access)
    said: Words = NOTHING
    for one in (*(KNOWN[each] for each in known), *((words,) if words else ())):
        said = _("{first}, {second}", first=said, second=one) if said else one
    return said
