"""Somebody who uses Slack: types, presses, fills in and sends, as signed requests to the app."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from tests.slack.block_kit import buttons, shown
from tests.slack.fake_slack import SIGNING_SECRET, FakeSlack, Message

Json = dict[str, Any]
EMPTY: Json = {
    "plain_text_input": {"value": None},
    "radio_buttons": {"selected_option": None},
    "static_select": {"selected_option": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "datepicker": {"selected_date": None},
    "datetimepicker": {"selected_date_time": None},
}
INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_date_time": "selected_date_time",
}


def signed(body: str, *, secret: str = SIGNING_SECRET, age: float = 0) -> dict[str, str]:
    """The headers with which Slack signs ``body``, ``age`` seconds ago."""
    stamp = str(int(time.time() - age))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}


class Person:
    """A member of the fake workspace, at the app's ``url`` (its ``/slack/events``).

    ``settle`` waits for what the app does after an acknowledgement. After a form was sent,
    ``errors`` holds the errors by field.
    """

    def __init__(
        self,
        slack: FakeSlack,
        http: aiohttp.ClientSession,
        url: str,
        user: str = "U0ANA",
        *,
        team: str = "",
        settle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.slack = slack
        self.user = user
        self.team = team or slack.team
        self.errors: dict[str, str] = {}
        self.status = 0
        self._http = http
        self._url = url
        self._settle = settle

    # What they see.

    @property
    def messages(self) -> list[Message]:
        """Every message that they see, oldest first."""
        return self.slack.visible(self.user)

    @property
    def last(self) -> Message:
        """The newest message that they see."""
        return self.messages[-1]

    @property
    def modal(self) -> Json | None:
        """The modal on top, if one is open."""
        stack = self.slack.modals[self.user]
        return stack[-1] if stack else None

    @property
    def home(self) -> Json:
        """Their Home tab."""
        return self.slack.homes[self.user]

    @property
    def reads(self) -> str:
        """What is before their eyes: the modal on top, else the newest message."""
        return shown(self.modal) if self.modal else self.last.words

    # What they do.

    async def command(self, command: str, text: str = "", channel: str = "") -> None:
        """Type a slash command, in a channel or else with the bot."""
        where = channel or self.slack.dm(self.user)
        body = {
            "command": command,
            "text": _typed(text),
            "user_id": self.user,
            "user_name": "ana.ward",
            "team_id": self.team,
            "channel_id": where,
            "trigger_id": self.slack.trigger(self.user),
            "response_url": self.slack.response_url(where, self.user),
        }
        answer = await self._send_form(body)
        if isinstance(answer, dict):
            self.slack.show_ephemeral(where, self.user, answer)
        elif answer:
            self.slack.show_ephemeral(where, self.user, {"text": answer})

    async def say(self, text: str, *, reply_to: str = "", **more: object) -> None:
        """Write to the bot; ``reply_to`` is the ts of the message whose thread it is in."""
        event: Json = {
            "type": "message",
            "channel_type": "im",
            "channel": self.slack.dm(self.user),
            "user": self.user,
            "team": self.team,
            "text": _typed(text),
            "ts": f"{1_800_000_000 + self.slack.number()}.000200",
        }
        if reply_to:
            event["thread_ts"] = reply_to
        await self.event({**event, **more})

    async def mention(self, text: str, channel: str = "C0ALL", **more: object) -> None:
        """Mention the bot in a channel."""
        event = {
            "type": "app_mention",
            "channel": channel,
            "user": self.user,
            "team": self.team,
            "text": f"<@{self.slack.bot_user}> {_typed(text)}",
            "ts": f"{1_800_000_000 + self.slack.number()}.000200",
        }
        await self.event({**event, **more})

    async def open_home(self, tab: str = "home") -> None:
        """Open the app; ``tab`` is the one that shows."""
        await self.event({"type": "app_home_opened", "user": self.user, "tab": tab})

    async def event(self, event: Json, event_id: str = "", attempt: int = 0) -> None:
        """Let Slack tell the app of ``event``; ``attempt`` above 0 is a retry."""
        body = {
            "type": "event_callback",
            "team_id": self.slack.team,
            "event_id": event_id or f"Ev{self.slack.number()}",
            "authorizations": [{"team_id": self.slack.team, "user_id": self.slack.bot_user}],
            "event": event,
        }
        retry = {"X-Slack-Retry-Num": str(attempt)} if attempt else {}
        await self.send_json(body, retry)

    async def press(self, label: str, where: Message | str = "") -> None:
        """Press the button ``label``: in the modal, else in the newest message that has it."""
        if isinstance(where, Message):
            await self.press_value(self._button(where.blocks, label), where)
        elif where == "home":
            await self.press_value(self._button(self.home["blocks"], label), self.home)
        elif self.modal:
            await self.press_value(self._button(self.modal["blocks"], label), self.modal)
        else:
            has = [one for one in self.messages if self._labels(one.blocks, label)]
            assert has, f"no message has a button {label!r}"
            await self.press_value(self._button(has[-1].blocks, label), has[-1])

    async def press_value(self, button: Json, where: Message | Json, **more: object) -> None:
        """Press ``button`` as it is, whatever value it has."""
        action = {name: part for name, part in button.items() if name not in ("style", "confirm")}
        body: Json = {
            "type": "block_actions",
            "team": {"id": self.slack.team},
            "user": self._me(),
            "trigger_id": self.slack.trigger(self.user),
            "actions": [{**action, "action_ts": "1.1"}],
        }
        if isinstance(where, Message):
            place = {"message_ts": where.ts, "channel_id": where.channel}
            body["container"] = {"type": "message", "is_ephemeral": bool(where.to), **place}
            body["channel"] = {"id": where.channel}
            body["response_url"] = self.slack.response_url(where.channel, self.user, where.ts)
        else:
            body["container"] = {"type": "view", "view_id": where["id"]}
            body["view"] = {**where, "state": {"values": self._state(where)}}
        await self.send_interaction({**body, **more})

    def fill(self, **values: object) -> None:
        """Type or choose in the modal on top, by field name."""
        assert self.modal, "no modal is open"
        fields = self._fields(self.modal)
        for name, value in values.items():
            block = fields[name]
            self.slack.typed[self.user][self._key(block)] = _entered(block["element"], value)

    async def submit(self, **values: object) -> None:
        """Send the modal on top, filled in with ``values``."""
        self.fill(**values)
        view = self.modal
        assert view, "no modal is open"
        await self.submit_view({**view, "state": {"values": self._state(view)}})

    async def submit_view(self, view: Json) -> None:
        """Send ``view`` as it is, and do with the modal what the answer says."""
        body = {
            "type": "view_submission",
            "team": {"id": self.slack.team},
            "user": self._me(),
            "trigger_id": self.slack.trigger(self.user),
            "view": view,
            "response_urls": [],
        }
        answer = await self.send_interaction(body, settle=False)
        self.errors = {}
        if self.status == 200:
            self._take(answer, view)
        await self._after()

    def close_modal(self) -> None:
        """Close every modal."""
        self.slack.modals[self.user].clear()

    # How it is sent.

    async def send_interaction(self, body: Json, *, settle: bool = True) -> Json | str:
        return await self._send_form({"payload": json.dumps(body)}, settle=settle)

    async def send_json(self, body: Json, headers: dict[str, str] | None = None) -> Json | str:
        """A signed request with a JSON body, as events are."""
        text = json.dumps(body)
        kind = {"Content-Type": "application/json"}
        return await self.send_raw(text, {**signed(text), **kind, **(headers or {})})

    async def _send_form(self, body: Json, *, settle: bool = True) -> Json | str:
        text = urlencode(body)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self.send_raw(text, {**signed(text), **kind}, settle=settle)

    async def send_raw(
        self, text: str, headers: dict[str, str], *, settle: bool = True
    ) -> Json | str:
        """Any request; ``status`` then holds what came back."""
        async with self._http.post(self._url, data=text.encode(), headers=headers) as response:
            self.status = response.status
            answer = await response.text()
        if settle:
            await self._after()
        return json.loads(answer) if answer.startswith("{") else answer

    async def _after(self) -> None:
        if self._settle:
            await self._settle()

    def _me(self) -> Json:
        return {"id": self.user, "name": "ana.ward", "team_id": self.team}

    def _take(self, answer: Json | str, view: Json) -> None:
        stack = self.slack.modals[self.user]
        if not isinstance(answer, dict):
            stack.pop()
        elif answer["response_action"] == "errors":
            names = {block["block_id"]: name for name, block in self._fields(view).items()}
            self.errors = {names[block]: error for block, error in answer["errors"].items()}
        else:
            assert answer["response_action"] == "update", answer
            self.slack.set_modal(self.user, view["id"], answer["view"])

    def _labels(self, blocks: list[Json], label: str) -> list[Json]:
        return [one for one in buttons(blocks) if one["text"]["text"] == label]

    def _button(self, blocks: list[Json], label: str) -> Json:
        found = self._labels(blocks, label)
        there = [one["text"]["text"] for one in buttons(blocks)]
        assert found, f"no button {label!r} among {there}"
        return found[0]

    def _fields(self, view: Json) -> dict[str, Json]:
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        return {block["element"]["action_id"].removeprefix("in:"): block for block in inputs}

    def _key(self, block: Json) -> str:
        # Slack keeps what was typed as long as both ids stay the same.
        return f"{block['block_id']}/{block['element']['action_id']}"

    def _state(self, view: Json) -> Json:
        values: Json = {}
        for block in self._fields(view).values() if view["type"] == "modal" else ():
            element = block["element"]
            state = {"type": element["type"], **EMPTY[element["type"]]}
            for initial, held in INITIAL.items():
                if initial in element:
                    state[held] = element[initial]
            state |= self.slack.typed[self.user].get(self._key(block), {})
            values[block["block_id"]] = {element["action_id"]: state}
        return values


def _typed(text: str) -> str:
    """``text`` as Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _entered(element: Json, value: object) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        assert isinstance(value, str)
        assert len(value) <= element["max_length"], "Slack does not let them type that much"
        return {"value": value or None}
    if kind in ("radio_buttons", "static_select"):
        return {"selected_option": _option(element, value)}
    if kind in ("checkboxes", "multi_static_select"):
        assert isinstance(value, (tuple, list))
        return {"selected_options": [_option(element, one) for one in value]}
    return {"selected_date" if kind == "datepicker" else "selected_date_time": value}


def _option(element: Json, value: object) -> Json:
    """The option of that value or label."""
    for option in element["options"]:
        if value in (option["value"], option["text"]["text"]):
            found: Json = option
            return found
    raise AssertionError(f"no option {value!r}")
