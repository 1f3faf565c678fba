"""The page that an event's QR code leads to, in English and Welsh."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from pathlib import Path

from core.events.calendar import Outside
from core.events.calendar_words import TO_JOIN, facts, joining, kind_of, news
from core.events.model import EventState
from core.events.seen import title_of
from core.kernel.texts import Words, _
from core.members.language import language_of
from core.words import LANGUAGES, Speech

_PAGE = Path(__file__).with_name("event.html").read_text("utf-8")
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_LONGEST_HEADER = 500


def wanted_language(chosen: str, header: str) -> str:
    """The language that an address or, without one, a browser asks for; else English."""
    if chosen in LANGUAGES:
        return chosen
    offers = []
    for number, part in enumerate(header[:_LONGEST_HEADER].split(",")):
        name, _semicolon, rest = part.partition(";")
        if name.strip().partition("-")[0].casefold() in LANGUAGES:
            offers.append((-_weight(rest), number, language_of(name.strip())))
    return min(offers)[2] if offers else "en"


def _weight(words: str) -> float:
    found = re.search(r"q\s*=\s*([01](?:\.\d{0,3})?)", words)
    return float(found.group(1)) if found else 1.0


def page_html(outside: Outside, speech: Speech, now: datetime) -> str:
    """The page, in the language of ``speech``."""
    event, language = outside.event, speech.language
    other = next(one for one in LANGUAGES if one != language)
    first = news(event, now)
    open_still = first is None
    values = {
        "language": language,
        "other": other,
        "other_name": LANGUAGES[other],
        "title": _said(speech, title_of(event)),
        "kind": _said(speech, kind_of(event)),
        "news": f'<p class="news">{_said(speech, first)}</p>' if first else "",
        "facts": "\n      ".join(
            f"<dt>{_said(speech, fact.label)}</dt><dd>{_said(speech, fact.value)}</dd>"
            for fact in facts(outside, speech)
        ),
        "details": _paragraphs(event.details),
        "joining": _joining(outside, speech) if open_still else "",
        "links": _links(outside, speech, now),
    }
    return _PLACE.sub(lambda found: values[found.group(1)], _PAGE)


def _joining(outside: Outside, speech: Speech) -> str:
    lines = "".join(f"<p>{_said(speech, line)}</p>" for line in joining(outside))
    return f"<h2>{_said(speech, TO_JOIN)}</h2>{lines}"


def _links(outside: Outside, speech: Speech, now: datetime) -> str:
    """What may be taken along; nothing of an event that is over."""
    base, lang = outside.event.token, f"?lang={speech.language}"
    named = [("event.ics", _("Add to calendar"))]
    if outside.event.state is EventState.CANCELLED:  # over or not, it may stand in a calendar still
        named = [("event.ics", _("Take it out of your calendar"))]
    elif outside.event.ends_at <= now:
        return ""
    else:
        named += [("poster.pdf", _("Poster (PDF)")), ("poster.png", _("Poster (picture)"))]
    items = [
        f'<li><a href="{escape(base)}/{file}{lang}">{_said(speech, words)}</a></li>'
        for file, words in named
    ]
    return f"<ul>{''.join(items)}</ul>"


def _paragraphs(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _said(speech: Speech, words: Words) -> str:
    return escape(speech(words))
