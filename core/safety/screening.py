"""Screens a person's words before they are kept or sent: no patient details, no private numbers.

NHS numbers (labelled, or in groups of 3, 3 and 4) and National Insurance numbers stop the words.
Cues that somebody may be speaking of a patient, a date of birth among them, ask first: dates of
birth are rare at work but names and dates are not, so the writer decides. Contact details ask
first in public words only.
No reason ever repeats the words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from core.kernel.texts import Text, _
from core.safety import cues

Kind = Literal["public", "private", "contact"]
"""Who will see the words: everyone; the other side of an exchange; the same, as contact details."""


@dataclass(frozen=True, slots=True)
class Clear:
    """The words may be kept."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The words must not be kept. ``code``: ``nhs-number`` or ``national-insurance``."""

    reason: Text
    code: str


@dataclass(frozen=True, slots=True)
class AskFirst:
    """The words may be kept once the writer says that they are meant as they are."""

    reason: Text
    cues: tuple[str, ...]


Verdict = Clear | Stop | AskFirst

_CONTACT = {"phone", "email", "postcode"}
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-")
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
)
_DIGIT = re.compile("[0-9]")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def screen(words: str, *, kind: Kind, confirmed: bool = False) -> Verdict:
    """What may happen with ``words``. ``confirmed``: the writer was asked and goes on."""
    plain = _plain(words)
    has_digits = _DIGIT.search(plain) is not None
    number = cues.nhs_number_in(plain) if has_digits else ""
    if number == "stop":
        return Stop(
            _(
                "That looks like an NHS number. Hourbridge is not for patient details, so nothing"
                " was kept. Take the number out and try again."
            ),
            "nhs-number",
        )
    if has_digits and cues.national_insurance_in(plain):
        return Stop(
            _(
                "That looks like a National Insurance number. It is private, so nothing was kept."
                " Take the number out and try again."
            ),
            "national-insurance",
        )
    if confirmed:
        return Clear()
    found = (
        *(("nhs-number",) if number else ()),
        *(("date-of-birth",) if has_digits and cues.birth_in(plain) else ()),
        *cues.patient_cues(plain),
        *(cues.contact_cues(plain) if kind == "public" else ()),
    )
    return AskFirst(_question(found), found) if found else Clear()


def speaks_of_danger(words: str) -> bool:
    """Whether words call for showing where help is, whatever becomes of them."""
    return cues.danger_in(_plain(words))


def _question(found: tuple[str, ...]) -> Text:
    if not _CONTACT.issuperset(found):
        return _(
            "Is this about a patient? Hourbridge is not for patient details. Change the words if it"
            " is. Go on if it is not."
        )
    return _(
        "That looks like contact details, and everyone can see these words. You can take them out"
        " and share them after you agree, or go on."
    )


def _plain(words: str) -> str:
    """NFKC with capitals kept: ASCII digits, dashes and quotes, and nothing invisible."""
    if words.isascii():
        return words
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", words)).translate(_DASHES)
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in plain
    )
