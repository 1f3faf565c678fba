"""Somebody who uses the message extension, in a chat that the bot may not be in."""

from __future__ import annotations

from typing import Any

from tests.teams.cards import Element, actions_of, filled_in
from tests.teams.fake_teams import CARD_TYPE, Person

GROUP = {"id": "19:ward-7@thread.v2", "conversationType": "groupChat", "isGroup": True}
"""A group chat of colleagues."""

Value = dict[str, Any]


class Composer:
    """A ``Person`` at the box where they write. ``person.dialog`` is the dialog before them."""

    def __init__(self, person: Person, conversation: Value = GROUP) -> None:
        self.person = person
        self.conversation = conversation

    async def invokes(self, name: str, value: object, **extra: Any) -> Any:
        """Send an invoke of any name; the body of its answer."""
        whole = {"conversation": self.conversation, **extra}
        activity = self.person.activity("invoke", name=name, value=value, **whole)
        return await self.person.deliver(activity)

    async def opens(self, command: str, **value: Any) -> Any:
        """Choose a command that opens a dialog."""
        sent = {"commandId": command, "commandContext": "compose", **value}
        return self._shows(await self.invokes("composeExtension/fetchTask", sent))

    async def turns(self, content: str) -> Any:
        """Choose "Turn into an ask" on a message."""
        payload = message_payload(content)
        return await self.opens("turn", commandContext="message", messagePayload=payload)

    async def presses(self, label: str, values: dict[str, str] | None = None) -> Any:
        """Press a button of the dialog, with ``values`` in its inputs."""
        card = self.person.dialog
        assert card is not None
        action = next(one for one in actions_of(card) if one["title"] == label)
        data = {**action["data"], **filled_in(card, values or {})}
        sent = {"commandId": "ask", "commandContext": "compose", "data": data}
        return self._shows(await self.invokes("composeExtension/submitAction", sent))

    async def looks(self, words: str = "", **options: Any) -> Value:
        """Type into "Find help"; without words it has just been opened."""
        first = {"name": "initialRun", "value": "true"}
        given = [{"name": "words", "value": words}] if words else [first]
        sent = {
            "commandId": "find",
            "parameters": given,
            "queryOptions": {"skip": 0, "count": 25, **options},
        }
        answer = await self.invokes("composeExtension/query", sent)
        found: Value = answer["composeExtension"]
        return found

    async def fetches(self, card: Element, label: str) -> Any:
        """Press a button that opens a dialog on a card that stands in the chat."""
        data = _action(card, label)["data"]
        return self._shows(await self.invokes("task/fetch", {"data": data}))

    async def executes(self, card: Element, label: str, message: str = "m900") -> Any:
        """Press any other button on a card that stands in the chat."""
        value = {"action": _action(card, label), "trigger": "manual"}
        return await self.invokes("adaptiveCard/action", value, replyToId=message)

    def _shows(self, answer: Any) -> Any:
        task = (answer or {}).get("task", {})
        self.person.dialog = None
        if task.get("type") == "continue":
            assert task["value"]["card"]["contentType"] == CARD_TYPE
            self.person.dialog = task["value"]["card"]["content"]
            self.person.dialog_title = task["value"]["title"]
        return answer


def cards_in(found: Value) -> list[Element]:
    """The cards of a list, as they would be put into a message."""
    assert found["type"] == "result", found
    assert found["attachmentLayout"] == "list"
    return [one["content"] for one in found["attachments"]]


def message_payload(content: str, kind: str = "html", sender: Value | None = None) -> Value:
    """A message as Teams hands it over, of a colleague where no sender is named."""
    cai = {"userIdentityType": "aadUser", "id": "entra-cai", "displayName": "Cai Rees"}
    return {
        "id": "1777885200000",
        "replyToId": None,
        "createdDateTime": "2026-05-04T09:00:00.000Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/19:ward-7@thread.v2/1777885200000",
        "locale": "en-gb",
        "body": {"contentType": kind, "content": content},
        "from": sender or {"device": None, "user": cai, "application": None},
        "attachments": [],
        "mentions": [],
    }


def _action(card: Element, label: str) -> Element:
    return next(one for one in actions_of(card) if one["title"] == label)
