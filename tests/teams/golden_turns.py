"""What Teams gets of the real engine, kept in files, so that a change is seen: dialogs, buttons and
messages that one person alone sees, none of which the Agents Playground can show.

``python -m tests.teams.golden_turns --write`` brings the files up to date. Each holds the answer to
one activity and every request that the bot made for it, at a fixed time, on a fresh database.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from typing_extensions import override

from storage.migrate import migrate
from storage.store import Store
from tests.teams.cards import actions_of, filled_in
from tests.teams.fake_teams import CHANNEL, FakeTeams, Message, Person
from tests.teams.wired import Wired, wired
from tests.world import World

FOLDER = Path(__file__).parent / "golden" / "turns"
THREAD = {"id": f"{CHANNEL};messageid=1", "conversationType": "channel", "isGroup": True}


class Recorder(FakeTeams):
    """Keeps each request of the bot as it came."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []

    @override
    async def _create(self, request: web.Request) -> web.Response:
        await self._keep(request)
        return await super()._create(request)

    @override
    async def _post(self, request: web.Request) -> web.Response:
        await self._keep(request)
        return await super()._post(request)

    @override
    async def _put(self, request: web.Request) -> web.Response:
        await self._keep(request)
        return await super()._put(request)

    async def _keep(self, request: web.Request) -> None:
        path = unquote(request.path_qs)
        self.sent.append({"request": f"{request.method} {path}", "body": await request.json()})


@dataclass
class Stage:
    """Ana, who has joined or not, and what she and the bot exchange."""

    house: Wired
    teams: Recorder
    ana: Person
    answer: Any = field(default=None)

    async def does(self, activity: dict[str, Any]) -> None:
        """Send an activity, and keep what comes of this one alone."""
        self.teams.sent.clear()
        self.answer = await self.ana.deliver(activity)

    async def fetches(self, words: dict[str, Any]) -> None:
        """Open the dialog of a button that carries ``words``."""
        data = {"msteams": {"type": "task/fetch"}, "hourbridge": {"intent": words}}
        await self.does(self.ana.activity("invoke", name="task/fetch", value={"data": data}))

    async def submits(self, **typed: str) -> None:
        """Fill in the dialog that the last answer shows, and send it."""
        card = self.answer["task"]["value"]["card"]["content"]
        data = {**actions_of(card)[-1]["data"], **filled_in(card, typed)}
        await self.does(self.ana.activity("invoke", name="task/submit", value={"data": data}))

    async def presses(self, message: Message, label: str, **extra: Any) -> None:
        """Press a button of a message's card."""
        assert message.card is not None
        action = next(one for one in actions_of(message.card) if one["title"] == label)
        value = {"action": action, "trigger": "manual"}
        await self.does(
            self.ana.activity(
                "invoke", name="adaptiveCard/action", value=value, replyToId=message.id, **extra
            )
        )


async def _ask_opened(stage: Stage) -> None:
    await stage.fetches({"do": "posts.form", "kind": "ask"})


async def _ask_refused(stage: Stage) -> None:
    await _ask_opened(stage)
    await stage.submits(title="Help with run charts", minutes="7 minutes")


async def _ask_accepted(stage: Stage) -> None:
    await _ask_refused(stage)
    await stage.submits(minutes="1 hour")


async def _pressed_in_chat(stage: Stage) -> None:
    await stage.ana.say("ask help with run charts, 1 hour")
    await stage.presses(stage.ana.messages[-1], "Post it")


async def _slash_command(stage: Stage) -> None:
    activity = stage.ana.activity("message", text="/ask help with run charts, 1 hour")
    activity |= {"conversation": THREAD, "entities": []}
    activity["recipient"] |= {"isTargeted": True}
    await stage.does(activity)


async def _pressed_aside(stage: Stage) -> None:
    await _slash_command(stage)
    (card,) = stage.teams.chats[str(THREAD["id"])]
    await stage.presses(card, "Post it", conversation=THREAD)


async def _asked_in_channel(stage: Stage) -> None:
    stage.teams.sent.clear()
    await stage.ana.say_in_channel("hours")


async def _greeted(stage: Stage) -> None:
    vic = stage.house.visitor("Vic Penn")
    stage.ana = vic
    await stage.does(vic.activity("installationUpdate", action="add"))


SCENES: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "ask-dialog-opened": _ask_opened,
    "ask-dialog-refused": _ask_refused,
    "ask-dialog-accepted": _ask_accepted,
    "button-in-chat": _pressed_in_chat,
    "slash-command": _slash_command,
    "button-that-one-sees": _pressed_aside,
    "asked-in-channel": _asked_in_channel,
    "greeting": _greeted,
}


async def played(name: str, world: World) -> str:
    """The golden file of one scene, as it ought to be."""
    teams = Recorder()
    await teams.start()
    try:
        async with wired(world, teams) as house:
            stage = Stage(house, teams, house.member("Ana Ward"))
            await SCENES[name](stage)
            await house.settles()
    finally:
        await teams.stop()
    found = {"answer": stage.answer, "sent": teams.sent}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def path_of(name: str) -> Path:
    """Where a scene's golden file is."""
    return FOLDER / f"{name}.json"


def main() -> int:
    """Say which files differ; with ``--write`` make them as they ought to be."""
    differing = 0
    for name in SCENES:
        with TemporaryDirectory() as folder:
            store = Store(f"sqlite:///{folder}/hourbridge.db")
            migrate(store.engine)
            wanted = asyncio.run(played(name, World(store)))
            store.close()
        path = path_of(name)
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        print(path.name)
        differing += 1
        if "--write" in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
    return int(bool(differing) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
