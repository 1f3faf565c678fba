"""Whatever is typed, pressed or sent where others read along, they read nothing that is private.

Everybody who can ask asks for everything, in every way that Teams has, while Teams takes what it is
sent or does not; then all that ever reached a conversation of many is looked at.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

import pytest
import pytest_asyncio
from aiohttp import web

from core.kernel.texts import Text
from core.organisations.model import Role
from core.words import LANGUAGES, Speech
from tests.attack.arena import Arena
from tests.members.shared import sets
from tests.teams.fake_engine import SECRET, FakeEngine
from tests.teams.fake_teams import CHANNEL, NOT_IN, Failure, FakeTeams, Person
from tests.teams.house import ANONYMOUS, opened_house
from tests.teams.wired import SOUTHGATE, Wired, wired
from tests.world import World

GROUP = "19:ward-7@thread.v2"
THREAD = f"{CHANNEL};messageid=1"
PLACES = {THREAD: "channel", GROUP: "groupChat"}
BUSY = Failure(429, {"Retry-After": "900"})
REFUSALS = (None, NOT_IN, Failure(400), BUSY)


@dataclass(frozen=True)
class Sent:
    """One request to the connector service."""

    chat: str
    edits: bool
    targeted: bool
    activity: dict[str, Any]


class WatchedTeams(FakeTeams):
    """Keeps everything that it was ever sent, also what it did not take."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []

    async def _post(self, request: web.Request) -> web.Response:
        await self._watch(request, edits=False)
        return await super()._post(request)

    async def _put(self, request: web.Request) -> web.Response:
        await self._watch(request, edits=True)
        return await super()._put(request)

    async def _watch(self, request: web.Request, *, edits: bool) -> None:
        targeted = request.query.get("isTargetedActivity") == "true"
        chat = request.match_info["chat"]
        self.sent.append(Sent(chat, edits, targeted, await request.json()))

    def read_by_others(self) -> list[Sent]:
        """What stood, or would have stood, where more than one person reads it."""
        return [one for one in self.sent if one.chat in PLACES and not one.targeted]

    def shown_to_one(self) -> list[Sent]:
        """What one person alone sees in a conversation of many."""
        return [one for one in self.sent if one.chat in PLACES and one.targeted]


@pytest_asyncio.fixture
async def teams() -> AsyncIterator[WatchedTeams]:
    teams = WatchedTeams()
    await teams.start()
    yield teams
    await teams.stop()


SENTENCES = (
    "I have answered you in our private chat.",
    "I could not reach our private chat just now. My answer follows there.",
    "I cannot send you a private message yet. Open Apps in Teams, find Hourbridge, choose Add, and "
    "then ask me again.",
)


def _sentences() -> set[str]:
    """The only words that others may read, in every language."""
    return {Speech(language)(Text(words)) for language in LANGUAGES for words in SENTENCES}


def _check(teams: WatchedTeams, asker: Person, allowed: set[str]) -> None:
    """Nobody but the asker has read anything but where the answer is."""
    for one in teams.read_by_others():
        assert not one.edits, one
        assert not one.activity.get("attachments"), one
        assert "recipient" not in one.activity, one
        words = one.activity["text"].removeprefix(f"<at>{asker.name}</at> ")
        assert words in allowed or "on our side" in words, one
        assert SECRET not in words, one
    for one in teams.shown_to_one():
        assert one.activity["recipient"] == {"id": asker.user}, one


def _there(activity: dict[str, Any], place: str, *, targeted: bool) -> dict[str, Any]:
    """The activity in a conversation of many; ``targeted`` as a slash command."""
    activity["conversation"] = {"id": place, "conversationType": PLACES[place], "isGroup": True}
    activity["recipient"]["isTargeted"] = targeted
    return activity


def _press(intent: dict[str, Any], *, aside: bool, form: bool) -> dict[str, Any]:
    ours: dict[str, Any] = {"intent": intent}
    if aside:
        ours["aside"] = True
    if form:
        ours |= {"fields": {}, "opened_by": intent}
    return {"hourbridge": ours}


def ways(person: Person, intent: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every way in which a client can send an intent from a conversation of many."""
    for place in PLACES:
        for aside in (False, True):
            for form in (False, True):
                data = _press(intent, aside=aside, form=form)
                action = {"type": "Action.Execute", "verb": "hourbridge", "data": data}
                for name, value in (
                    ("adaptiveCard/action", {"action": action, "trigger": "manual"}),
                    ("task/fetch", {"data": data}),
                    ("task/submit", {"data": data}),
                    ("composeExtension/submitAction", {"commandId": "ask", "data": data}),
                ):
                    sent = person.activity("invoke", name=name, value=value, replyToId="m1")
                    yield _there(sent, place, targeted=False)
                for targeted in (False, True):
                    sent = person.activity("message", value=data, replyToId="m1")
                    yield _there(sent, place, targeted=targeted)


def typed(person: Person, words: str) -> Iterator[dict[str, Any]]:
    """The same words as a mention and as a slash command, in each place."""
    for place in PLACES:
        for targeted in (False, True):
            yield _there(person.activity("message", text=words), place, targeted=targeted)


def _refusing(teams: WatchedTeams, chat: str, targeted: Failure | None) -> None:
    """Teams takes no message for one person, and none into the private chat."""
    teams.no_targeted = targeted
    teams.no_new_chats = targeted
    (teams.removed.discard if targeted is None else teams.removed.add)(chat)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: str(one and one.status))
async def test_no_reply_of_any_kind_is_ever_read_by_others(
    engine: FakeEngine, teams: WatchedTeams, refusal: Failure | None
) -> None:
    async with opened_house(engine, replace(ANONYMOUS, patience=0.5)) as house:
        ana = Person(teams, house.send)
        _refusing(teams, ana.chat_id, refusal)
        for words in ("", "offer help", "look", "again", "boom", SECRET):
            for activity in typed(ana, words):
                await house.send(activity)
        for name in ("hello", "open", "post", "accept", "look", "forbidden", "again", "boom"):
            for activity in ways(ana, {"do": f"t.{name}"}):
                await house.send(activity)
        _check(teams, ana, _sentences())
        # Of a new chat that Teams wants nobody to ask for now, nothing else is asked for a while.
        assert len(teams.sent) > 50 or refusal == BUSY


@pytest_asyncio.fixture
async def wired_house(world: World, teams: WatchedTeams) -> AsyncIterator[Wired]:
    async with wired(world, teams) as opened:
        yield opened


def _shared(house: Wired) -> None:
    """Southgate's tenant is the council's too, and both confirm their people."""
    world = house.world
    ids = [world.organisations[code].id for code in ("SGH", "COU")]
    with world.store.begin() as books:
        books.tenants.approve("teams", SOUTHGATE, ids, world.now)
    sets(world, 1)


def _askers(house: Wired) -> dict[str, Person]:
    lead, waits = house.member("Lena Hart"), house.visitor("Wyn Pugh")
    house.world.grants(house.inside(lead), Role.LEAD, "SGH")
    _shared(house)
    inside = house.world.someone("teams", SOUTHGATE, waits.object_id, waits.name, joined=False)
    inside.types("join")
    inside.fills(organisation="SGH", agree="yes")
    assert "You have joined" not in inside.text
    return {"lead": lead, "waits": waits, "visitor": house.visitor("Val Cole")}


@pytest.mark.parametrize("who", ["lead", "waits", "visitor"])
async def test_no_intent_and_no_command_of_anybody_is_ever_answered_before_others(
    wired_house: Wired, teams: WatchedTeams, who: str
) -> None:
    world = wired_house.world
    Arena(world).fill()
    asker = _askers(wired_house)[who]
    words = {word for command in world.house.commands for word in command.words}
    for number, word in enumerate(sorted(words)):
        for activity in list(typed(asker, word))[number % 4 :: 4]:
            await wired_house.posts(activity)
    for number, kind in enumerate(world.engine.vocabulary):
        hints = get_type_hints(kind)
        wire = {"do": kind.name, **{name: 1 for name, hint in hints.items() if hint is int}}
        for activity in list(ways(asker, wire))[number % 12 :: 12]:
            assert (await wired_house.posts(activity)).status == 200, activity
    assert len(teams.shown_to_one()) > 20
    assert len(teams.read_by_others()) > 20
    _check(teams, asker, _sentences())
