"""What an event's page, poster and calendar file say of it to anybody who has the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.event_html import page_html
from core.events.calendar import Outside
from core.events.calendar_words import facts, in_short, speech_for
from core.events.gallery import EVENT
from core.events.model import EventState, Open
from core.organisations.model import Sector

SPEECH = speech_for(EVENT, "en")


def _said(outside: Outside) -> dict[str, str]:
    return {SPEECH(fact.label): SPEECH(fact.value) for fact in facts(outside, SPEECH)}


@pytest.mark.parametrize(
    ("open_to", "sector", "said"),
    [
        (Open.ORGANISATION, None, "Staff of Northgate Hospital Trust"),
        (Open.SECTOR, Sector.COUNCIL, "Staff of councils"),
        (Open.ALL, None, None),
    ],
)
def test_whoever_reads_along_learns_who_may_come_where_that_is_not_everybody(
    open_to: Open, sector: Sector | None, said: str | None
) -> None:
    event = replace(EVENT, open_to=open_to, sector=sector)
    outside = Outside(event, "Northgate Hospital Trust")
    assert _said(outside).get("Who may come") == said
    assert (said or "Date: Friday 12 June 2026") in SPEECH(in_short(outside, SPEECH))


def test_an_event_whose_words_are_gone_is_described_by_its_sort() -> None:
    outside = Outside(replace(EVENT, title=""), "Northgate Hospital Trust")
    assert SPEECH(in_short(outside, SPEECH)).startswith("Learning session; Date: ")


def test_the_page_of_an_event_that_is_over_offers_nothing_to_take_along() -> None:
    outside, speech = Outside(EVENT, "Northgate Hospital Trust"), speech_for(EVENT, "en")
    runs = page_html(outside, speech, EVENT.ends_at - timedelta(minutes=1))
    assert (runs.count("event.ics"), runs.count("/poster.")) == (1, 2)
    over = page_html(outside, speech, EVENT.ends_at)
    assert "This event is over." in over
    assert "event.ics" not in over
    assert "poster" not in over
    assert "<ul>" not in over
    off = replace(outside, event=replace(EVENT, state=EventState.CANCELLED))
    assert "Take it out of your calendar" in page_html(off, speech, EVENT.ends_at)
