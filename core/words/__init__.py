"""From a message to a sentence in the reader's language.

English stands in the code; Welsh is ``cy.po`` beside this file. ``Speech`` is made once for a
reader and called on every word of a view.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.kernel.clock_words import time_words
from core.kernel.texts import Text, Words

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
LONDON = ZoneInfo("Europe/London")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (Path(__file__).parent / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _months(language: str) -> dict[int, str]:
    return dict(Locale.parse(language).months["format"]["wide"])


@cache
def _days(language: str) -> dict[int, str]:
    return dict(Locale.parse(language).days["format"]["wide"])


def _closed(words: str) -> str:
    """A person's words that leave the direction of the sentence around them alone: every
    embedding, override and isolate that they open is closed."""
    if words.isascii():
        return words
    embeddings = sum(words.count(mark) for mark in "\u202a\u202b\u202d\u202e")
    isolates = sum(words.count(mark) for mark in "\u2066\u2067\u2068")
    return words + "\u202c" * embeddings + "\u2069" * isolates


@dataclass(frozen=True)
class Speech:
    """Speaks messages in one language (``en`` or ``cy``) and one time zone."""

    language: str = "en"
    zone: tzinfo = LONDON

    def __call__(self, words: Words) -> str:
        """The sentence; a person's own words come back as they are."""
        if isinstance(words, str):
            return words
        if not words.message:
            return ""
        if self.language == "en" and words.count is None:  # the code's own words
            sentence = words.message
        elif words.count is None:
            sentence = _catalogue(self.language).gettext(words.message)
        else:
            catalogue = _catalogue(self.language)
            sentence = catalogue.ngettext(words.message, words.plural, words.count)
        if not words.values:
            return sentence
        return sentence.format_map({name: self._value(value) for name, value in words.values})

    def _value(self, value: str | int | date | datetime | Text) -> str:
        if isinstance(value, Text):
            return self(value)
        if isinstance(value, str):
            return _closed(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        return f"{value:,}"

    def day(self, day: date) -> str:
        """``6 August 2026``, as the NHS writes dates."""
        return f"{day.day} {_months(self.language)[day.month]} {day.year}"

    def weekday(self, day: date) -> str:
        """``Thursday 6 August 2026``."""
        return f"{_days(self.language)[day.weekday()]} {self.day(day)}"

    def clock(self, moment: datetime) -> str:
        """``5.30pm``, ``9am``, ``midday``; in Welsh ``5.30yp``, ``9yb``, ``hanner dydd``."""
        local = moment.astimezone(self.zone)
        return self(time_words(local.hour * 60 + local.minute))

    def moment(self, moment: datetime) -> str:
        """``5.30pm on Thursday 6 August 2026`` in the reader's time zone."""
        weekday = self.weekday(moment.astimezone(self.zone).date())
        if self.language == "en":
            return f"{self.clock(moment)} on {weekday}"
        # "ar" softens the word after it: Dydd Iau, ar ddydd Iau.
        return f"{self.clock(moment)} ar {weekday.replace('Dydd', 'ddydd', 1)}"
