"""How long, and how much, one process has the conversations in mind that it has reported."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.teams import lifecycle
from adapters.teams.decode import Turn, turn_of
from adapters.teams.lifecycle import Lifecycle
from core.happenings import ConversationChanged, Happening, PersonChanged

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
HOUR = 3600


class Watched(Lifecycle):
    """A lifecycle on a clock that is moved by hand, with what it has reported."""

    def __init__(self) -> None:
        super().__init__(self.take, lambda: self.now)
        self.now = 0.0
        self.reported: list[Happening] = []

    async def take(self, happening: Happening) -> None:
        self.reported.append(happening)

    def locales(self) -> list[str]:
        return [one.locale for one in self.reported if isinstance(one, ConversationChanged)]


def said(channel: str = "19:rota", kind: str = "message", **changes: Any) -> Turn:
    """Something said in a channel, in one of its threads."""
    return turn_of(
        {
            "type": kind,
            "serviceUrl": "https://connector.example/uk/",
            "locale": "en-GB",
            "from": {"id": "29:ana", "aadObjectId": "entra-ana"},
            "recipient": {"id": "28:bot"},
            "conversation": {"id": f"{channel};messageid=1", "conversationType": "channel"},
            "channelData": {"tenant": {"id": "t-1"}, "team": {"id": "19:team"}},
            **changes,
        }
    )


def own(user: str, kind: str = "message", *, minutes: int, **changes: Any) -> Turn:
    """Something from a person's own chat."""
    at = (START + timedelta(minutes=minutes)).isoformat()
    conversation = {"id": f"a:{user}", "conversationType": "personal"}
    sender = {"id": user, "aadObjectId": user}
    given = {"timestamp": at, "conversation": conversation, "from": sender, **changes}
    return said(kind=kind, **given)


async def test_a_conversation_is_reported_again_after_a_day() -> None:
    watched = Watched()
    for hours, times in ((0, 1), (1, 1), (23.9, 1), (24, 2), (30, 2), (48, 3)):
        watched.now = hours * HOUR
        await watched.seen(said())
        assert len(watched.reported) == times, hours


async def test_where_two_languages_are_spoken_each_word_is_not_news() -> None:
    watched = Watched()
    for minute in range(60):
        watched.now = minute * 60.0
        await watched.seen(said(locale=("en-GB", "cy-GB")[minute % 2]))
    assert watched.locales() == ["en-GB"]
    watched.now = HOUR
    await watched.seen(said(locale="cy-GB"))
    await watched.seen(said(locale=""))
    assert watched.locales() == ["en-GB", "cy-GB"]


async def test_an_update_is_not_seen_as_well_as_taken_in() -> None:
    watched = Watched()
    for kind in ("installationUpdate", "conversationUpdate"):
        await watched.seen(said(kind=kind, action="remove"))
    assert watched.reported == []


async def test_a_renamed_team_makes_the_next_word_in_each_of_its_channels_news() -> None:
    watched = Watched()
    for channel in ("19:rota", "19:beds"):
        await watched.seen(said(channel))
    data = {"tenant": {"id": "t-1"}, "team": {"id": "19:team"}, "eventType": "teamRenamed"}
    await watched.changed(said("19:team", "conversationUpdate", channelData=data))
    for channel in ("19:rota", "19:beds"):
        await watched.seen(said(channel))
    assert len(watched.reported) == 5


async def test_only_so_many_conversations_and_people_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lifecycle, "REMEMBERED", 3)
    watched = Watched()
    for number in range(50):
        await watched.seen(said(f"19:{number}"))
        await watched.seen(own(f"29:{number}", minutes=5))
    assert (len(watched._known), len(watched._newest)) == (3, 3)
    watched.reported.clear()
    for number in (49, 48, 47, 46):
        await watched.seen(said(f"19:{number}"))
    assert len(watched.reported) == 1


async def test_the_newest_word_of_a_chat_counts_whatever_order_they_come_in() -> None:
    watched = Watched()
    await watched.seen(own("29:ana", minutes=9))
    await watched.seen(own("29:ana", minutes=2))
    await watched.changed(own("29:ana", "installationUpdate", minutes=5, action="remove"))
    assert watched.reported == []
    await watched.changed(own("29:ana", "installationUpdate", minutes=9, action="remove"))
    assert watched.reported == [PersonChanged("teams", "t-1", "29:ana", active=False)]
