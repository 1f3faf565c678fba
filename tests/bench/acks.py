"""``slack.ack``: the slowest acknowledgement while every transaction takes 2 seconds.

The real program over signed HTTP, several people at once, before a Slack that counts: a trigger
opens one form and dies after 3 seconds. A form that did not open, a saving that does not show, or a
result that never comes is no figure at all.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from typing_extensions import override

from adapters.slack.manifest import SHORTCUTS
from core.organisations.model import Organisation, Sector
from storage.audit import audit_ledger
from storage.store import Store
from tests.bench.figures import Figure
from tests.bench.load import on_the_load_core, serving
from tests.bench.workspaces import SECRET, install
from tests.bench.wrong import Wrong
from tests.slack.block_kit import shown
from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.transports import Ack, Http
from tests.world import World

NAME = "slack.ack"
GOAL = 2.9
PEOPLE = ("Ana Ward", "Bo Lin", "Cai Rees", "Dee Moss")
PATIENCE = 120.0
"""Seconds for a result: those of everybody else may have to be awaited first."""
SAVING = "Saving."
TITLE = "Run charts for beginners"


class Timed(Http):
    """Signed requests whose acknowledgements are timed."""

    def __init__(self, http: aiohttp.ClientSession, url: str, took: list[float]) -> None:
        super().__init__(http, url)
        self._took = took

    @override
    async def raw(self, text: str, headers: dict[str, str]) -> Ack:
        started = time.monotonic()
        ack = await super().raw(text, headers)
        self._took.append(time.monotonic() - started)
        if ack.status != 200:
            raise Wrong(f"{NAME}: {ack.status} {ack.answer}")
        return ack


async def measure(names: Collection[str]) -> Figure | None:
    """The slowest of all. Raises ``Wrong``."""
    if NAME not in names:
        return None
    with on_the_load_core(), tempfile.TemporaryDirectory(prefix="hourbridge-bench-") as folder:
        path = Path(folder) / "hourbridge.db"
        slack = FakeSlack()
        await slack.start()
        try:
            install(path, [slack.home_team])
            _found(path, slack)
            return await _measured(path, slack)
        finally:
            await slack.stop()


async def _measured(path: Path, slack: FakeSlack) -> Figure:
    log, database = path.with_name("slow.log"), f"sqlite:///{path}"
    took: list[float] = []
    timeout = aiohttp.ClientTimeout(30)
    with serving("slow", log, database=database, api=slack.api_url) as server:
        async with aiohttp.ClientSession(timeout=timeout) as http:
            url = f"{server.url}/slack/events"
            people = [_person(slack, http, url, name, took) for name in PEOPLE]
            await asyncio.gather(*(_everything(person) for person in people))
    _check(path, slack)
    remark = f"{len(took)} acknowledgements, {len(PEOPLE)} people at once"
    return Figure(NAME, max(took), GOAL, "seconds, at most", remark=remark)


def _person(
    slack: FakeSlack, http: aiohttp.ClientSession, url: str, name: str, took: list[float]
) -> Person:
    return Person(slack, http, url, _user(name), name=name, transport=Timed(http, url, took))


async def _everything(person: Person) -> None:
    """Every way in, one after the other."""
    await person.command("/offer")
    await _opens(person, "/offer")
    await _saves(person, title=TITLE, minutes="1 hour")
    await person.press("Post it")
    await _until(lambda: "Posted." in _modal(person), "the outcome of a press in a modal")
    person.close_modal()
    await _is_told(person, "Your balance", person.command("/hours"))
    await _shortcuts(person)
    await _is_told(person, "Your balance", person.mention("balance"))
    await _is_told(person, "Your balance", person.say("balance"))
    await _is_told(person, "Newest first", person.press("Statement"))
    await person.open_home()
    await _until(lambda: person.user in person.slack.homes, "the Home tab")


async def _shortcuts(person: Person) -> None:
    asking = person.slack.written("C0ALL", person.user, "Who can help with a driver diagram?")
    for shortcut in SHORTCUTS:
        if shortcut.kind == "message":
            await person.shortcut_on(asking, shortcut.callback_id)
        else:
            await person.shortcut(shortcut.callback_id)
        await _opens(person, shortcut.name)
        person.close_modal()


async def _opens(person: Person, what: str) -> None:
    """The form is there to be filled in, and no button instead of it."""
    await _until(lambda: bool(person.modal and person.modal["submit"]), f"the form of {what}")


async def _saves(person: Person, **values: str) -> None:
    """The form says that it is being saved, and then what came of it."""
    await person.submit(**values)
    if SAVING not in _modal(person):
        raise Wrong(f"{NAME}: a form sent in said {_modal(person)!r} and not that it is saving")
    await _until(lambda: SAVING not in _modal(person), "what was saved")
    if not person.modal or person.modal["submit"]:
        raise Wrong(f"{NAME}: a form sent in came to {_modal(person)!r}")


async def _is_told(person: Person, words: str, act: Awaitable[None]) -> None:
    """A message with ``words`` comes of ``act``, or takes the place of the one acted upon."""
    before = [message.words for message in person.messages]
    await act

    def told() -> bool:
        now = [message.words for message in person.messages]
        return now != before and any(words in one for one in now)

    await _until(told, words)


async def _until(there: Callable[[], bool], what: str) -> None:
    """Wait for ``there``. Raises ``Wrong`` where it does not come."""
    until = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > until:
            raise Wrong(f"{NAME}: {what!r} never reached the person")
        await asyncio.sleep(0.05)


def _modal(person: Person) -> str:
    return shown(person.modal) if person.modal else ""


def _user(name: str) -> str:
    return f"U0{name.upper().replace(' ', '')}"


def _found(path: Path, slack: FakeSlack) -> None:
    """An organisation in the workspace, and everybody a member of it."""
    store = Store(f"sqlite:///{path}", (SECRET,))
    try:
        world = World(store)
        world.now = datetime.now(UTC)
        with store.begin() as books:
            trust = Organisation("ACK", "Eastgate Hospital Trust", Sector.NHS_TRUST)
            ids = [books.organisations.add(trust).id]
            books.tenants.approve("slack", slack.team, ids, world.now)
        for name in PEOPLE:
            world.someone("slack", slack.team, _user(name), name, joined=True)
    finally:
        store.close()


def _check(path: Path, slack: FakeSlack) -> None:
    """Raises ``Wrong`` unless everybody has posted once, and Slack took everything it was sent."""
    store = Store(f"sqlite:///{path}", (SECRET,))
    try:
        with store.begin() as books:
            findings = audit_ledger(books.connection)
            posts = books.connection.exec_driver_sql("SELECT count(*) FROM posts").scalar_one()
    finally:
        store.close()
    if posts != len(PEOPLE) or findings or slack.problems:
        raise Wrong(f"{NAME}: {posts} posts; {findings}; {slack.problems}")
