"""Microsoft Teams for tests: a real connector server, and people with a Teams client.

``FakeTeams`` keeps the chats and answers the bot's own requests. A ``Person`` types, presses and
fills in, sending the bot what Teams would send, and reads what then stands on their screen.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.teams.cards import Element, actions_of, filled_in, text_of

TENANT = "7f000000-0000-4000-8000-000000000001"
BOT = "28:hourbridge-test"
CHANNEL = "19:northgate@thread.tacv2"
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MESSAGE_TYPE = "application/vnd.microsoft.activity.message"


@dataclass
class Message:
    """One message in a chat, as it stands there now."""

    id: str
    activity: dict[str, Any]
    edits: int = 0

    @property
    def card(self) -> Element | None:
        attachments = self.activity.get("attachments") or [{}]
        card: Element | None = attachments[0].get("content")
        return card

    @property
    def text(self) -> str:
        words = self.activity.get("text", "")
        return f"{words}\n{text_of(self.card)}".strip() if self.card else words


@dataclass
class Failure:
    """What the connector answers to the next request instead of doing it."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    code: str = "Error"


NOT_IN = Failure(403, code="BotNotInConversationRoster")


class FakeTeams:
    """The connector service. Start it, then read ``chats`` by conversation id."""

    def __init__(self) -> None:
        self.chats: dict[str, list[Message]] = {}
        self.failures: deque[Failure] = deque()
        self.no_new_chats: Failure | None = None
        self.no_targeted: Failure | None = None
        self.removed: set[str] = set()
        """The chats that the app was taken out of."""
        self.meanwhile: dict[str, Callable[[], Awaitable[None]]] = {}
        """What happens while the next message to a chat is under way."""
        self.members: dict[str, str] = {}
        self.authorizations: list[str | None] = []
        self.requests = 0
        self.changed = asyncio.Event()
        self._ids = itertools.count(1)
        self._server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v3/conversations", self._create)
        app.router.add_post("/v3/conversations/{chat}/activities", self._post)
        app.router.add_put("/v3/conversations/{chat}/activities/{id}", self._put)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return str(self._server.make_url("/")).rstrip("/")

    def fail(self, status: int, *, code: str = "Error", **headers: str) -> None:
        """Answer the next request with ``status``; ``Retry_After="3"`` sets that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.failures.append(Failure(status, named, code))

    def delete(self, handle: str) -> None:
        """A message that somebody removed from the chat."""
        chat, _bar, activity = handle.rpartition("|")
        self.chats[chat] = [one for one in self.chats[chat] if one.id != activity]

    def _refusal(self, request: web.Request) -> web.Response | None:
        self.requests += 1
        self.authorizations.append(request.headers.get("Authorization"))
        return _answer(self.failures.popleft()) if self.failures else None

    async def _create(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        if self.no_new_chats is not None:
            return _answer(self.no_new_chats)
        body = await request.json()
        assert body["isGroup"] is False
        assert body["channelData"]["tenant"]["id"]
        member = body["members"][0]["id"]
        chat = self.members.get(member)
        if chat is None:
            return _answer(Failure(404, code="NotFound"))
        if chat in self.removed:
            return _answer(NOT_IN)
        return web.json_response({"id": chat}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        if happens := self.meanwhile.pop(request.match_info["chat"], None):
            await happens()
        if request.match_info["chat"] in self.removed:
            return _answer(NOT_IN)
        activity = await request.json()
        assert activity["type"] == "message"
        if request.query.get("isTargetedActivity") == "true":
            assert activity["recipient"]["id"]
            if self.no_targeted is not None:
                return _answer(self.no_targeted)
        message = Message(f"m{next(self._ids)}", activity)
        self.chats.setdefault(request.match_info["chat"], []).append(message)
        self.changed.set()
        return web.json_response({"id": message.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        if request.match_info["chat"] in self.removed:
            return _answer(NOT_IN)
        for message in self.chats.get(request.match_info["chat"], ()):
            if message.id == request.match_info["id"]:
                message.activity = await request.json()
                message.edits += 1
                self.changed.set()
                return web.json_response({"id": message.id})
        return _answer(Failure(404, code="ActivityNotFoundInConversation"))


def _answer(failure: Failure) -> web.Response:
    body = {"error": {"code": failure.code, "message": "never shown"}}
    return web.json_response(body, status=failure.status, headers=failure.headers)


class Person:
    """Somebody with Teams: ``screen`` is what they read in their chat with the bot."""

    def __init__(
        self,
        teams: FakeTeams,
        send: Callable[[dict[str, Any]], Awaitable[aiohttp.ClientResponse]],
        name: str = "Ana Ward",
        *,
        tenant: str = TENANT,
        locale: str = "en-GB",
        old_client: bool = False,
    ) -> None:
        self.teams = teams
        self.name = name
        self.tenant = tenant
        self.locale = locale
        self.old_client = old_client
        key = name.lower().replace(" ", "-")
        self.user, self.object_id = f"29:{key}", f"entra-{tenant}-{key}"
        self.chat_id = f"a:{tenant}-{key}"
        self.dialog: Element | None = None
        self.dialog_title = ""
        self.toasts: list[str] = []
        self._send = send
        self._sent = itertools.count(1)
        teams.members |= {self.user: self.chat_id, self.object_id: self.chat_id}

    # What the person reads

    @property
    def messages(self) -> list[Message]:
        return self.teams.chats.get(self.chat_id, [])

    @property
    def screen(self) -> str:
        """Every word in the personal chat, oldest first."""
        return "\n".join(message.text for message in self.messages)

    @property
    def last(self) -> str:
        """The newest message's words."""
        return self.messages[-1].text

    @property
    def buttons(self) -> list[str]:
        """The labels of the newest card's buttons, or of the dialog's."""
        card = self.dialog or self.messages[-1].card
        return [action["title"] for action in actions_of(card)] if card else []

    # What the person does

    async def say(self, words: str, **extra: Any) -> None:
        """Type ``words`` to the bot in the personal chat."""
        await self.deliver(self.activity("message", text=words, **extra))

    async def say_in_channel(self, words: str, *, targeted: bool = False, **extra: Any) -> None:
        """Mention the bot in a channel; ``targeted`` is a slash command that others do not see."""
        text = words if targeted else f"<at>Hourbridge</at> {words}\n"
        mention = {
            "type": "mention",
            "text": "<at>Hourbridge</at>",
            "mentioned": {"id": BOT, "name": "Hourbridge"},
        }
        activity = self.activity("message", text=text, entities=[mention], **extra)
        activity["conversation"] = {
            "id": f"{CHANNEL};messageid=1",
            "conversationType": "channel",
            "isGroup": True,
        }
        activity["recipient"]["isTargeted"] = targeted
        await self.deliver(activity)

    async def install(self) -> None:
        """Add the app: Teams sends two activities for it."""
        self.teams.removed.discard(self.chat_id)
        added = {"id": BOT}
        await self.deliver(self.activity("installationUpdate", action="add"))
        await self.deliver(self.activity("conversationUpdate", membersAdded=[added]))

    async def uninstall(self, **extra: Any) -> None:
        """Take the app out of the personal chat."""
        self.teams.removed.add(self.chat_id)
        await self.deliver(self.activity("installationUpdate", action="remove", **extra))

    async def press(self, label: str, values: dict[str, str] | None = None) -> None:
        """Press the newest button of that label, with ``values`` in the inputs beside it."""
        if self.dialog is not None:
            card, message = self.dialog, None
        else:
            message = next(one for one in reversed(self.messages) if label in _labels(one.card))
            assert message.card is not None
            card = message.card
        action = next(one for one in actions_of(card) if one["title"] == label)
        if action["type"] == "Action.ShowCard":
            return
        data = {**action["data"], **filled_in(card, values or {})}
        if message is None:
            await self._task("task/submit", data)
        elif action["type"] == "Action.Submit" and "msteams" in data:
            await self._task("task/fetch", data)
        elif action["type"] == "Action.Execute" and not self.old_client:
            await self._execute(message, {**action, "data": data})
        else:
            extra = {"value": data, "replyToId": message.id}
            await self.deliver(self.activity("message", **extra))

    def close_dialog(self) -> None:
        self.dialog = None

    # How it reaches the bot

    def activity(self, kind: str, **extra: Any) -> dict[str, Any]:
        """An activity as Teams words it."""
        return {
            "type": kind,
            "id": f"f:{self.user}:{next(self._sent)}",
            "channelId": "msteams",
            "serviceUrl": self.teams.url,
            "locale": self.locale,
            "from": {"id": self.user, "name": self.name, "aadObjectId": self.object_id},
            "recipient": {"id": BOT, "name": "Hourbridge"},
            "conversation": {"id": self.chat_id, "conversationType": "personal"},
            "channelData": {"tenant": {"id": self.tenant}},
            **extra,
        }

    async def deliver(self, activity: dict[str, Any]) -> Any:
        """Send an activity; the JSON of the answer, or None where it has no body."""
        response = await self._send(activity)
        body = await response.read()
        assert response.status == 200, f"{response.status}: {body!r}"
        return await response.json() if body else None

    async def _execute(self, message: Message, action: Element) -> None:
        value = {"action": action, "trigger": "manual"}
        activity = self.activity(
            "invoke", name="adaptiveCard/action", value=value, replyToId=message.id
        )
        answer = await self.deliver(activity)
        assert answer["statusCode"] == 200
        if answer["type"] == CARD_TYPE:
            message.activity = {
                **message.activity,
                "attachments": [{"contentType": CARD_TYPE, "content": answer["value"]}],
            }
            message.edits += 1
        else:
            assert answer["type"] == MESSAGE_TYPE
            self.toasts.append(answer["value"])

    async def _task(self, name: str, data: dict[str, Any]) -> None:
        value = {"data": data, "context": {"theme": "default"}}
        answer = await self.deliver(self.activity("invoke", name=name, value=value))
        task = (answer or {}).get("task")
        self.dialog = None
        if task and task["type"] == "continue":
            assert task["value"]["card"]["contentType"] == CARD_TYPE
            self.dialog = task["value"]["card"]["content"]
            self.dialog_title = task["value"]["title"]
        elif task:
            self.toasts.append(task["value"])


def _labels(card: Element | None) -> list[str]:
    return [action["title"] for action in actions_of(card)] if card else []
