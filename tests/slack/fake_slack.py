"""A Slack of our own: a real HTTP server with the Web API methods that the adapter calls.

It keeps what people would see (messages, modals, Home tabs), refuses what Slack would refuse,
records every call, and fails on request. ``people.Person`` is somebody who uses it.
"""

from __future__ import annotations

import itertools
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack.block_kit import problems_of_message, problems_of_view, shown

Json = dict[str, Any]

TOKEN = "xoxb-of-the-tests"
SIGNING_SECRET = "a secret of the tests"


@dataclass
class Message:
    """A message where it stands. ``to`` is the one person who sees it, where it is ephemeral."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    to: str = ""
    thread: str = ""
    edited: bool = False

    @property
    def words(self) -> str:
        """Everything that a person reads in it."""
        return shown({"blocks": self.blocks}) if self.blocks else self.text


@dataclass
class Call:
    """One request to the Web API, or to a response URL (``method`` is then ``response_url``)."""

    method: str
    body: Json
    token: str = ""


@dataclass
class _Trigger:
    user: str
    until: float


@dataclass
class _Answering:
    """What a response URL may still do."""

    channel: str
    user: str
    ts: str
    left: int = 5


@dataclass
class _Failure:
    error: str
    status: int
    retry_after: int | None
    body: str | None
    kind: str


@dataclass
class FakeSlack:
    """One workspace. ``start`` gives it a port; ``api_url`` is where its methods are."""

    team: str = "T0HOME"
    enterprise: str | None = None
    bot_user: str = "U0BOT"
    bot: str = "B0BOT"
    calls: list[Call] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    modals: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    typed: dict[str, Json] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[str, Json] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    api_url: str = ""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._triggers: dict[str, _Trigger] = {}
        self._answering: dict[str, _Answering] = {}
        self._failures: dict[str, deque[_Failure]] = defaultdict(deque)
        self._views: dict[str, tuple[str, Json]] = {}
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/{method}", self._on_call)
        app.router.add_post("/answer/{id}", self._on_answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}/api/"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    # What tests arrange and ask.

    def fail(
        self,
        method: str,
        error: str = "internal_error",
        *,
        status: int = 200,
        retry_after: int | None = None,
        body: str | None = None,
        kind: str = "text/plain",
        times: int = 1,
    ) -> None:
        """Let the next calls of ``method`` fail; ``body`` is sent as it is, as ``kind``."""
        failures = [_Failure(error, status, retry_after, body, kind)] * times
        self._failures[method].extend(failures)

    def bodies(self, method: str) -> list[Json]:
        """What was sent to ``method``, oldest first."""
        return [call.body for call in self.calls if call.method == method]

    def visible(self, user: str) -> list[Message]:
        """The messages that ``user`` sees: direct, in the channel, and their ephemerals."""
        return [
            message
            for message in self.messages
            if (message.to == user if message.to else message.channel in ("C0ALL", self.dm(user)))
        ]

    def dm(self, user: str) -> str:
        """The channel of ``user``'s direct messages with the bot."""
        return f"D{user}"

    def message(self, channel: str, ts: str) -> Message | None:
        found = [one for one in self.messages if (one.channel, one.ts) == (channel, ts)]
        return found[0] if found else None

    def post_in_channel(self, channel: str, text: str, blocks: list[Json]) -> Message:
        """A message of the bot that everybody in ``channel`` sees."""
        return self._keep(channel, {"text": text, "blocks": blocks})

    def trigger(self, user: str, seconds: float = 3.0) -> str:
        """A trigger that opens one modal for ``user``."""
        name = f"trigger.{next(self._numbers)}"
        self._triggers[name] = _Trigger(user, time.monotonic() + seconds)
        return name

    def response_url(self, channel: str, user: str, ts: str = "", left: int = 5) -> str:
        """An address that answers a command or press."""
        name = str(next(self._numbers))
        self._answering[name] = _Answering(channel, user, ts, left)
        return f"{self.api_url.removesuffix('api/')}answer/{name}"

    def show_ephemeral(self, channel: str, user: str, body: Json) -> None:
        """What an acknowledgement of a command shows."""
        self._keep(channel, body, to=user)

    def set_modal(self, user: str, view_id: str, view: Json) -> None:
        """Put ``view`` in place of the modal ``view_id``, as an acknowledgement does."""
        self._check_view(view)
        stack = self.modals[user]
        for place, old in enumerate(stack):
            if old["id"] == view_id:
                stack[place] = self._received(view, view_id)

    def number(self) -> int:
        return next(self._numbers)

    # The Web API.

    async def _on_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        body = await _body(request)
        self.calls.append(Call(method, body, token))
        if self._failures[method]:
            return _failing(self._failures[method].popleft())
        if token != TOKEN:
            return _no("invalid_auth")
        handler = getattr(self, f"_{method.replace('.', '_').lower()}", None)
        if handler is None:
            return _no("unknown_method")
        answer: web.Response = handler(body)
        return answer

    def _auth_test(self, _body: Json) -> web.Response:
        return _yes(
            team_id=self.team,
            user_id=self.bot_user,
            bot_id=self.bot,
            **({"enterprise_id": self.enterprise} if self.enterprise else {}),
        )

    def _conversations_open(self, body: Json) -> web.Response:
        user = body["users"]
        if user in self.unreachable:
            return _no("cannot_dm_bot")
        if not user.startswith("U"):
            return _no("user_not_found")
        return _yes(channel={"id": self.dm(user)})

    def _chat_postmessage(self, body: Json) -> web.Response:
        channel = body["channel"]
        if not channel.startswith(("DU", "C0")):
            return _no("channel_not_found")
        if self._bad_message(body):
            return _no("invalid_blocks")
        message = self._keep(channel, body)
        return _yes(channel=channel, ts=message.ts)

    def _chat_postephemeral(self, body: Json) -> web.Response:
        if self._bad_message(body):
            return _no("invalid_blocks")
        message = self._keep(body["channel"], body, to=body["user"])
        return _yes(message_ts=message.ts)

    def _chat_update(self, body: Json) -> web.Response:
        message = self.message(body["channel"], body["ts"])
        if message is None or message.to:
            return _no("message_not_found")
        if self._bad_message(body):
            return _no("invalid_blocks")
        self._edit(message, body)
        return _yes(channel=message.channel, ts=message.ts)

    def _views_open(self, body: Json) -> web.Response:
        return self._opened(body, push=False)

    def _views_push(self, body: Json) -> web.Response:
        return self._opened(body, push=True)

    def _views_update(self, body: Json) -> web.Response:
        for user, stack in self.modals.items():
            if any(view["id"] == body["view_id"] for view in stack):
                if self._check_view(body["view"]):
                    return _no("invalid_arguments")
                self.set_modal(user, body["view_id"], body["view"])
                return _yes(view={"id": body["view_id"]})
        return _no("not_found")

    def _views_publish(self, body: Json) -> web.Response:
        if self._check_view(body["view"]) or body["view"]["type"] != "home":
            return _no("invalid_arguments")
        view_id = f"VHOME{body['user_id']}"
        self.homes[body["user_id"]] = self._received(body["view"], view_id)
        return _yes(view={"id": view_id})

    def _opened(self, body: Json, *, push: bool) -> web.Response:
        trigger = self._triggers.pop(body["trigger_id"], None)
        if trigger is None:
            return _no("exchanged_trigger_id")
        if time.monotonic() > trigger.until:
            return _no("expired_trigger_id")
        if self._check_view(body["view"]) or body["view"]["type"] != "modal":
            return _no("invalid_arguments")
        stack = self.modals[trigger.user]
        if push and len(stack) >= 3:
            return _no("push_limit_reached")
        if not push:
            stack.clear()
        view_id = f"V{next(self._numbers)}"
        stack.append(self._received(body["view"], view_id))
        return _yes(view={"id": view_id})

    async def _on_answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.calls.append(Call("response_url", body))
        if self._failures["response_url"]:
            return _failing(self._failures["response_url"].popleft())
        answering = self._answering.get(request.match_info["id"])
        if answering is None or answering.left < 1:
            return web.Response(status=404, text="used_url")
        answering.left -= 1
        if self._bad_message(body):
            return web.Response(status=400, text="invalid_blocks")
        original = self.message(answering.channel, answering.ts)
        if body.get("replace_original") and original:
            self._edit(original, body)
        else:
            to = "" if body.get("response_type") == "in_channel" else answering.user
            self._keep(answering.channel, body, to=to)
        return web.Response(text="ok")

    # Keeping.

    def _keep(self, channel: str, body: Json, to: str = "") -> Message:
        ts = f"{1_800_000_000 + next(self._numbers)}.000100"
        thread = body.get("thread_ts", "")
        message = Message(channel, ts, body["text"], body.get("blocks", []), to, thread)
        self._name_blocks(message.blocks)
        self.messages.append(message)
        return message

    def _edit(self, message: Message, body: Json) -> None:
        message.text, message.blocks = body["text"], body.get("blocks", [])
        message.edited = True
        self._name_blocks(message.blocks)

    def _name_blocks(self, blocks: list[Json]) -> None:
        for block in blocks:
            block.setdefault("block_id", f"b{next(self._numbers)}")

    def _received(self, view: Json, view_id: str) -> Json:
        """``view`` as Slack hands it back in payloads: with ids, and empty parts spelt out."""
        self._name_blocks(view["blocks"])
        empty = {"private_metadata": "", "callback_id": "", "submit": None, "close": None}
        return {**empty, **view, "id": view_id, "team_id": self.team, "hash": "1.h"}

    def _bad_message(self, body: Json) -> bool:
        problems = problems_of_message(body)
        self.problems += problems
        return bool(problems)

    def _check_view(self, view: Json) -> bool:
        problems = problems_of_view({name: part for name, part in view.items() if part})
        self.problems += problems
        return bool(problems)


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        found: Json = await request.json()
        return found
    return dict(await request.post())


def _yes(**more: object) -> web.Response:
    return web.json_response({"ok": True, **more})


def _no(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})


def _failing(failure: _Failure) -> web.Response:
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    if failure.body is not None:
        return web.Response(
            status=failure.status, text=failure.body, headers=headers, content_type=failure.kind
        )
    answer = json.dumps({"ok": False, "error": failure.error})
    return web.Response(
        status=failure.status, text=answer, headers=headers, content_type="application/json"
    )
