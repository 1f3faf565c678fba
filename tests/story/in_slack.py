"""A friend in Slack: signed slash commands, messages, presses and forms."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from typing_extensions import override

from tests.slack.block_kit import buttons, shown
from tests.slack.people import Person
from tests.story.chats import Friend

COMMANDS = ("ask", "offer", "hours", "hourbridge")
OPEN_FORM = "Open the form"


class SlackFriend(Friend):
    """Somebody in the workspace. Words with a slash are a command, others a direct message."""

    chat = "slack"

    def __init__(self, person: Person, name: str) -> None:
        super().__init__(name)
        self.person = person

    @override
    def screen(self) -> Mapping[str, str]:
        found = {one.channel + one.ts: one.words for one in self.person.messages}
        if self.person.modal:
            found["modal " + self.person.modal["id"]] = shown(self.person.modal)
        if self.person.errors:
            found["errors"] = "\n".join(self.person.errors.values())
        return found

    @override
    def labels(self) -> list[str]:
        blocks = [block for one in self.person.messages for block in one.blocks]
        return [button["text"]["text"] for button in buttons(blocks)]

    @override
    def labels_of(self, handle: str) -> list[str]:
        channel, _colon, ts = handle.rpartition(":")
        message = self.person.slack.message(channel, ts)
        assert message, f"no message {handle}"
        return [button["text"]["text"] for button in buttons(message.blocks)]

    @override
    def fields(self) -> set[str]:
        return set(self.person._fields(self.person.modal)) if self.person.modal else set()

    @override
    async def _type(self, words: str, about: str) -> None:
        self.person.close_modal()
        self.person.errors = {}
        if about:
            holds = [one for one in self.person.messages if about in one.words]
            assert holds, f"no message holds {about!r}"
            await self.person.say(words, reply_to=holds[-1].ts)
        elif words.startswith("/"):
            first, _space, rest = words[1:].partition(" ")
            if first in COMMANDS:
                await self.person.command(f"/{first}", rest)
            else:
                await self.person.command("/hourbridge", words[1:])
        else:
            await self.person.say(words)

    @override
    async def _press(self, label: str, about: str) -> None:
        self.person.errors = {}
        modal = self.person.modal
        if modal and not about and self.person._labels(modal["blocks"], label):
            await self.person.press(label)
            return
        self.person.close_modal()
        for message in reversed(self.person.messages):
            if about in message.words and self.person._labels(message.blocks, label):
                await self.person.press(label, message)
                return
        raise AssertionError(f"no button {label!r} in a message with {about!r}: {self.labels()}")

    @override
    async def _forge(self, wire: Mapping[str, Any]) -> None:
        self.person.close_modal()
        button = {
            "type": "button",
            "action_id": "do:0",
            "text": {"type": "plain_text", "text": "x"},
            "value": json.dumps(wire),
        }
        await self.person.press_value(button, self.person.last)

    @override
    async def _fill(self, values: Mapping[str, str]) -> None:
        if not self.person.modal:
            # Words typed in a chat open no form there: a press does.
            await self.person.press(OPEN_FORM)
        assert self.person.modal, self.reads()
        drawn = self.person._fields(self.person.modal)
        given: dict[str, object] = dict(values)
        for name, value in values.items():
            if drawn[name]["element"]["type"] in ("checkboxes", "multi_static_select"):
                given[name] = (value,)
        await self.person.submit(**given)

    @override
    def replays(self, **values: str) -> Callable[[], Awaitable[None]]:
        view = self.person.modal
        assert view
        self.person.fill(**values)
        filled = {**view, "state": {"values": self.person._state(view)}}

        async def send() -> None:
            await self.person.submit_view(filled)

        return send
