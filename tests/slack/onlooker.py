"""What somebody who uses Slack has before their eyes, and fills in."""

from __future__ import annotations

from typing import Any

from tests.slack.block_kit import buttons, shown
from tests.slack.fake_slack import FakeSlack, Message
from tests.slack.filling import entered, fields, key_of, state_of

Json = dict[str, Any]


class Onlooker:
    """The messages, modals and Home tab of ``user``, and the buttons and fields in them."""

    def __init__(self, slack: FakeSlack, user: str) -> None:
        self.slack = slack
        self.user = user

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

    @property
    def filled(self) -> Json:
        """The modal on top with what stands in its fields, as it would be sent."""
        assert self.modal, "no modal is open"
        return {**self.modal, "state": {"values": self._state(self.modal)}}

    def fill(self, **values: object) -> None:
        """Type or choose in the modal on top, by field name."""
        assert self.modal, "no modal is open"
        inputs = self._fields(self.modal)
        for name, value in values.items():
            block = inputs[name]
            self.slack.typed[self.user][key_of(block)] = entered(block["element"], value)

    def finds(self, label: str) -> tuple[Json, Message]:
        """The newest button of that label, and the message that it is in."""
        has = [one for one in self.messages if self._labels(one.blocks, label)]
        assert has, f"no message has a button {label!r}"
        return self._button(has[-1].blocks, label), has[-1]

    def _labels(self, blocks: list[Json], label: str) -> list[Json]:
        return [one for one in buttons(blocks) if one["text"]["text"] == label]

    def _button(self, blocks: list[Json], label: str) -> Json:
        found = self._labels(blocks, label)
        there = [one["text"]["text"] for one in buttons(blocks)]
        assert found, f"no button {label!r} among {there}"
        return found[0]

    def _fields(self, view: Json) -> dict[str, Json]:
        return fields(view)

    def _state(self, view: Json) -> Json:
        return state_of(view, self.slack.typed[self.user])
