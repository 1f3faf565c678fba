"""Which language to start with, before a person has chosen."""

from __future__ import annotations

from core.words import LANGUAGES


def language_of(locale: str) -> str:
    """The language of ours that a platform's ``locale`` ("cy-GB", "en_GB") names; else English."""
    language = locale.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else "en"
