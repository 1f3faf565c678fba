"""A friend in Teams: activities to the bot, cards and dialogs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from typing_extensions import override

from tests.story.chats import Friend
from tests.teams.cards import Element, actions_of, filled_in, inputs_of, text_of
from tests.teams.fake_teams import Message, Person


class TeamsFriend(Friend):
    """Somebody in the tenant, in their own chat with the bot."""

    chat = "teams"

    def __init__(self, person: Person, organisation: str) -> None:
        super().__init__(person.name, organisation)
        self.person = person

    @override
    def screen(self) -> Mapping[str, str]:
        found = {one.id: _words(one.text, one.card) for one in self.person.messages}
        found |= {f"toast {place}": words for place, words in enumerate(self.person.toasts)}
        if self.person.dialog:
            title = self.person.dialog_title
            found["dialog"] = f"{title}\n{_words(text_of(self.person.dialog), self.person.dialog)}"
        return found

    @override
    def labels(self) -> list[str]:
        cards = [one.card for one in self.person.messages if one.card]
        return [action["title"] for card in cards for action in actions_of(card)]

    @override
    def labels_of(self, handle: str) -> list[str]:
        chat, _bar, activity = handle.rpartition("|")
        message = next(one for one in self.person.teams.chats[chat] if one.id == activity)
        return [action["title"] for action in actions_of(message.card or {})]

    @override
    def fields(self) -> set[str]:
        card = self._form_card()
        return set(inputs_of(card)) if card else set()

    @override
    async def _type(self, words: str, about: str) -> None:
        self.person.close_dialog()
        extra: dict[str, Any] = {}
        if about:
            holds = [one for one in self.person.messages if about in one.text]
            assert holds, f"no message holds {about!r}"
            extra["replyToId"] = holds[-1].id
        await self.person.say(words, **extra)

    @override
    async def _press(self, label: str, about: str) -> None:
        dialog = self.person.dialog
        if dialog and label not in [action["title"] for action in actions_of(dialog)]:
            self.person.close_dialog()
        if self.person.dialog or not about:
            await self.person.press(label)
            return
        for message in reversed(self.person.messages):
            actions = actions_of(message.card) if about in message.text and message.card else []
            for action in actions:
                if action["title"] == label:
                    await self._act(message, action)
                    return
        raise AssertionError(f"no button {label!r} in a message with {about!r}: {self.labels()}")

    async def _act(self, message: Message, action: Element) -> None:
        """What a client sends for a press on this very message."""
        if "msteams" in action["data"]:
            await self.person._task("task/fetch", action["data"])
        else:
            await self.person._execute(message, action)

    @override
    async def _forge(self, wire: Mapping[str, Any]) -> None:
        self.person.close_dialog()
        data = {"hourbridge": {"intent": dict(wire)}}
        action = {"type": "Action.Execute", "title": "x", "verb": "hourbridge", "data": data}
        await self.person._execute(self.person.messages[-1], action)

    @override
    async def _fill(self, values: Mapping[str, str]) -> None:
        card = self._form_card()
        assert card, self.reads()
        action = _submit(card)
        if self.person.dialog:
            await self.person.press(action["title"], dict(values))
            return
        message = next(one for one in self.person.messages if one.card is card)
        data = {**action["data"], **filled_in(card, dict(values))}
        await self._act(message, {**action, "data": data})

    @override
    def replays(self, **values: str) -> Callable[[], Awaitable[None]]:
        card = self._form_card()
        assert card
        action = _submit(card)
        data = {**action["data"], **filled_in(card, values)}

        async def send() -> None:
            if action["type"] == "Action.Execute":
                await self.person._execute(self.person.messages[-1], {**action, "data": data})
            else:
                await self.person._task("task/submit", data)

        return send

    def _form_card(self) -> Element | None:
        """The dialog's card, else the newest message's that is a form."""
        if self.person.dialog:
            return self.person.dialog
        cards = [one.card for one in reversed(self.person.messages) if one.card]
        return next((card for card in cards if inputs_of(card)), None)


def _submit(card: Element) -> Element:
    """The button that sends the form: the last one on it."""
    return actions_of(card)[-1]


def _words(text: str, card: Element | None) -> str:
    """The words and the buttons of a message."""
    titles = [action["title"] for action in actions_of(card)] if card else []
    return "\n".join([text, *titles])
