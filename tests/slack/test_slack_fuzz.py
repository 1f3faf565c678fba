"""Signed payloads of every kind with anything at all in the place of any part of them.

The signature is right, so nothing but the reading of them stands in the way.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
from collections.abc import Iterator
from typing import Any, TypeVar
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import SlackPlatform, SlackSettings
from adapters.slack.manifest import SHORTCUTS
from adapters.slack.settings import Patience
from core.kernel.keys import Keys
from core.ui.intents import to_wire
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Paragraph, view
from tests.slack import payloads
from tests.slack.fake_slack import SIGNING_SECRET, FakeSlack
from tests.slack.kept_installations import KeptInstallations, installation_of
from tests.slack.payloads import Actor
from tests.slack.small_engine import VOCABULARY, Engine, Offer, Typed, interpret
from tests.slack.transports import FORM, JSON, signed

Json = dict[str, Any]
Path = tuple[str | int, ...]
Result = TypeVar("Result")

WORDS = "private words of a person"
GONE = "\ue000gone"
"""Stands for a part that is left out."""
BUTTON = {
    "type": "button",
    "action_id": "do:0",
    "block_id": "b0",
    "text": {"type": "plain_text", "text": "Press"},
    "value": json.dumps(to_wire(Typed(words=WORDS))),
}
LEAVES = st.one_of(
    st.just(GONE),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(["T0HOME", "U0ANA", "x" * 3_001, "\x00", "\u202e<!channel>", "\ud83d", WORDS]),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)


class App:
    """The adapter in front of an engine that says yes, on an event loop of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.slack = FakeSlack()
        self.engine = Engine(reply=Say(view(Paragraph("Done."))))
        self.run(self._start())

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def _start(self) -> None:
        await self.slack.start()
        installations = KeptInstallations()
        installations.kept["T0HOME"] = installation_of(self.slack.home_team)
        self.platform = SlackPlatform(
            SlackSettings(
                signing_secret=SIGNING_SECRET,
                client_id="1.2",
                client_secret="a client secret of the tests",
                api_url=self.slack.api_url,
                patience=Patience(answer=1, modal=1, lost=0),
            ),
            self.engine,
            interpret,
            VOCABULARY,
            report=self.engine.report,
            installations=installations,
            keys=Keys(("secret",)),
        )
        app = web.Application()
        self.platform.add_routes(app)
        self.server = TestServer(app)
        await self.server.start_server()
        self.http = aiohttp.ClientSession()

    async def send(self, body: str, headers: dict[str, str]) -> int:
        """The status of the acknowledgement, once everything has been answered."""
        url = self.server.make_url("/slack/events")
        sent = {**signed(body), **headers}
        async with self.http.post(url, data=body.encode("utf-8", "replace"), headers=sent) as got:
            status = got.status
        await self.platform.settle()
        return status

    async def stop(self) -> None:
        await self.http.close()
        await self.server.close()
        await self.platform.close()
        await self.slack.stop()

    def payloads(self) -> dict[str, Json]:
        """One of each kind, as Slack sends it."""
        slack, channel = self.slack, "DU0ANA"
        team = slack.home_team
        team.join("U0ANA")
        actor = Actor("U0ANA", "T0HOME", team)
        card = slack.keep(channel, {"text": WORDS, "blocks": []}, team=team.team)
        url = slack.response_url(channel, "U0ANA", card.ts)
        modal = _form()
        stamp = "1800000999.000200"
        events = {
            "message": payloads.written(actor, channel, WORDS, stamp, card.ts),
            "mention": payloads.mention(actor, "C0ALL", WORDS, stamp),
            "home": {"type": "app_home_opened", "user": "U0ANA", "tab": "home", "channel": channel},
            "user_change": {"type": "user_change", "user": team.members["U0ANA"].shape()},
            "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANA"], "bot": []}},
        }
        trigger = slack.trigger
        message, everywhere = SHORTCUTS[-1].callback_id, SHORTCUTS[0].callback_id
        return {
            "command": payloads.command(actor, "/ask", WORDS, channel, trigger("U0ANA"), url),
            "press": payloads.press_in_message(actor, BUTTON, card, trigger("U0ANA"), url),
            "press in a form": payloads.press_in_view(actor, BUTTON, modal, trigger("U0ANA")),
            "submission": payloads.submission(actor, modal, trigger("U0ANA")),
            "shortcut": payloads.shortcut(actor, everywhere, trigger("U0ANA")),
            "message shortcut": payloads.message_shortcut(
                actor, message, card, trigger("U0ANA"), url
            ),
            # Of before the app was installed, so that no spoilt one of them takes it out.
            **{
                kind: payloads.envelope(team, event, "Ev1") | {"event_time": 1_700_000_000}
                for kind, event in events.items()
            },
        }


def _form() -> Json:
    element = {"type": "plain_text_input", "action_id": "in:title", "max_length": 100}
    label = {"type": "plain_text", "text": "Title"}
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": "form",
        "title": label,
        "submit": label,
        "close": None,
        "hash": "1.h",
        "app_installed_team_id": "T0HOME",
        "private_metadata": json.dumps({"wire": to_wire(Offer(step=1)), "from": {}}),
        "blocks": [{"type": "input", "block_id": "title:1", "label": label, "element": element}],
        "state": {"values": {"title:1": {"in:title": {**element, "value": WORDS}}}},
    }


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    opened = App()
    yield opened
    opened.run(opened.stop())
    opened.loop.close()


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    yield at
    parts: dict[Any, Any] = dict(enumerate(value)) if isinstance(value, list) else {}
    for name, part in (value if isinstance(value, dict) else parts).items():
        yield from _paths(part, (*at, name))


def _spoilt(payload: Json, path: Path, wrong: Any) -> Any:
    """``payload`` with ``wrong`` at ``path``, or with nothing there."""
    if not path:
        return wrong
    found = copy.deepcopy(payload)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    if wrong == GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return found


def _as_sent(kind: str, payload: Any) -> tuple[str, dict[str, str]]:
    if kind == "command":
        fields = payload if isinstance(payload, dict) else {"command": payload}
        words = {name: str(part) for name, part in fields.items()}
        return urlencode(words, errors="replace"), FORM
    if isinstance(payload, dict) and "event" in payload:
        return json.dumps(payload), JSON
    return urlencode({"payload": json.dumps(payload)}), FORM


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_anything_anywhere_in_a_signed_payload_is_lived_through(
    app: App, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    every = app.payloads()
    kind = data.draw(st.sampled_from(sorted(every)))
    path = data.draw(st.sampled_from(list(_paths(every[kind]))))
    wrong = data.draw(ANYTHING)
    app.engine.heard.clear()
    app.engine.reported.clear()
    done = view(Paragraph("Done."))
    replies: list[Reply] = [Say(done), Replace(done)]
    app.engine.reply = data.draw(st.sampled_from(replies))
    body, headers = _as_sent(kind, _spoilt(every[kind], path, wrong))
    status = app.run(app.send(body, headers))
    assert status in {200, 400, 401, 404}
    assert WORDS not in caplog.text
    assert "Traceback" not in caplog.text
    for caller, intent in app.engine.heard:
        assert caller.tenant == "T0HOME"
        assert isinstance(caller.user, str)
        assert caller.user
        VOCABULARY.read(to_wire(intent))
    for happening in app.engine.reported:
        assert happening.tenant == "T0HOME"


def test_every_kind_is_taken_as_it_is(app: App) -> None:
    for kind, payload in app.payloads().items():
        app.engine.heard.clear()
        app.engine.reported.clear()
        assert app.run(app.send(*_as_sent(kind, payload))) == 200, kind
        noted = [*app.engine.heard, *app.engine.reported]
        assert len(noted) == (0 if kind == "tokens_revoked" else 1), kind
