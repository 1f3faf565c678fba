"""Posters as they are drawn, whoever asks for them."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest

from bot.commands.organisations import LONGEST_NAME
from bot.posters import Words, draw, words_of
from core.events.access import KNOWN, packed
from core.events.calendar import Outside
from core.events.calendar_words import speech_for
from core.events.gallery import EVENT
from core.events.model import Event, EventState, Open
from core.events.reading import ACCESS_LONGEST, LONGEST, PLACE_LONGEST, TITLE_LONGEST
from core.organisations.model import Sector


def _words(
    event: Event, organisation: str = "Northgate Hospital Trust", language: str = "en"
) -> Words:
    address = "https://hourbridge.example/events/Jx0hQp3w"
    speech = speech_for(event, language)
    return words_of(Outside(event, organisation), speech, address, event.created_at)


def test_posters_are_drawn_side_by_side_without_harm() -> None:
    words = _words(EVENT)
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _each: draw(words, "pdf", EVENT.created_at), range(8)))
    assert len(drawn) == 1


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("title", ["W" * TITLE_LONGEST, "Sesiwn i bawb " * 10])
@pytest.mark.parametrize("state", list(EventState))
@pytest.mark.parametrize("open_to", [Open.ALL, Open.SECTOR])
def test_however_much_there_is_to_say_it_stands_on_one_page(
    title: str, language: str, state: EventState, open_to: Open
) -> None:
    late = EVENT.starts_at.replace(hour=20)  # it goes on past midnight, which is longer to say
    event = replace(
        EVENT,
        title=title,
        place=("Northgate Library, Mill Road, " * 9)[:PLACE_LONGEST],
        access=packed(tuple(KNOWN), ("Ask us. " * 50)[:ACCESS_LONGEST]),
        starts_at=late,
        ends_at=late + timedelta(minutes=LONGEST),
        open_to=open_to,
        sector=Sector.VOLUNTARY,
        state=state,
    )
    organisation = ("University Hospitals of Northgate and Westshire " * 3)[:LONGEST_NAME]
    words = _words(event, organisation, language)
    drawn = pypdf.PdfReader(io.BytesIO(draw(words, "pdf", event.created_at)))
    assert len(drawn.pages) == 1
    assert draw(words, "png", event.created_at).startswith(b"\x89PNG")


def test_a_poster_of_an_event_for_some_says_for_whom_in_print_and_in_its_description() -> None:
    event = replace(EVENT, open_to=Open.ORGANISATION)
    pdf = pypdf.PdfReader(io.BytesIO(draw(_words(event), "pdf", event.created_at)))
    assert "Staff of Northgate Hospital Trust" in pdf.pages[0].extract_text()
    picture = draw(_words(event), "png", event.created_at)
    assert b"Who may come: Staff of Northgate Hospital Trust" in picture
    assert b"Who may come" not in draw(_words(EVENT), "png", event.created_at)
