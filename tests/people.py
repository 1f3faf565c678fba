"""People and channels to test with: what somebody types and presses, and what they then read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from core.callers import Caller
from core.conversations.model import Conversation
from core.ledger.model import Account, AccountKind
from core.members.model import Member
from core.ui.forms import Form, ManyChoicesField
from core.ui.intents import FieldValue, to_wire
from core.ui.plain import plain, plain_form
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Items, View
from core.words import Speech

if TYPE_CHECKING:
    from tests.world import World

ENGLISH = Speech("en")


def buttons_of(view: View) -> list[Button]:
    """Every button of a view, those of its lists included."""
    found: list[Button] = []
    for block in view.blocks:
        if isinstance(block, Actions):
            found += [button for button in block.buttons if isinstance(button, Button)]
        elif isinstance(block, Items):
            found += [button for item in block.items for button in item.actions]
    return found


@dataclass
class Message:
    """A notice in someone's chat, as it stands after edits."""

    kind: str
    handle: str
    view: View
    edits: int = 0

    @property
    def text(self) -> str:
        return plain(self.view, ENGLISH)


@dataclass
class Person:
    """Someone in one chat. ``seen`` is the last reply, ``screen`` the last view or form."""

    world: World
    caller: Caller
    reply: Reply = field(default_factory=Nothing)
    screen: View | Form | None = None
    inbox: list[Message] = field(default_factory=list)

    def types(self, words: str, *, reply_to: str = "") -> str:
        """Type ``words``; what is shown, as plain English text."""
        return self.does(self.world.engine.interpret(words), reply_to=reply_to)

    def does(self, intent: Any, *, reply_to: str = "", delivery: str = "") -> str:
        """Carry out an intent as this person."""
        delivery = delivery or f"d{next(self.world.counter)}"
        caller = replace(self.caller, delivery=delivery, reply_to=reply_to)
        answer = self.world.engine.perform(caller, intent)
        self.reply = answer.reply
        return self._show(answer.reply)

    def _show(self, reply: Reply) -> str:
        if isinstance(reply, (Say, Replace)):
            self.screen = reply.view
        elif isinstance(reply, Open):
            self.screen = reply.form
        return self.text

    @property
    def text(self) -> str:
        """What the last reply says."""
        match self.reply:
            case Say(view) | Replace(view):
                return plain(view, ENGLISH)
            case Open(form):
                return plain_form(form, ENGLISH)
            case Refuse(reason):
                return ENGLISH(reason)
            case _:
                return ""

    @property
    def refused(self) -> str:
        """The code of the refusal, or an empty string."""
        return self.reply.code if isinstance(self.reply, Refuse) else ""

    @property
    def form(self) -> Form:
        """The form on the screen."""
        assert isinstance(self.screen, Form), self.text
        return self.screen

    def labels(self) -> list[str]:
        """The labels of the buttons on the screen."""
        assert isinstance(self.screen, View), self.text
        return [ENGLISH(button.label) for button in buttons_of(self.screen)]

    def button(self, label: str) -> Button:
        """The button of this label: on the screen, else in the newest notice that has one."""
        views = [self.screen] if isinstance(self.screen, View) else []
        views += [message.view for message in reversed(self.inbox)]
        for view in views:
            for button in buttons_of(view):
                if ENGLISH(button.label) == label:
                    return button
        raise AssertionError(f"no button {label!r} for {self.caller.name}: {self.text}")

    def presses(self, label: str) -> str:
        """Press a button by its label."""
        return self.presses_button(self.button(label))

    def presses_button(self, button: Button) -> str:
        """Press this very button, perhaps an old one."""
        wire = to_wire(button.intent)
        return self.does(self.world.engine.vocabulary.read(wire))

    def presses_in(self, message: Message, label: str) -> str:
        """Press a button of one notice."""
        for button in buttons_of(message.view):
            if ENGLISH(button.label) == label:
                return self.presses_button(button)
        raise AssertionError(f"no button {label!r} in: {message.text}")

    def fills(self, **given: FieldValue) -> str:
        """Fill the form on the screen and send it; fields not given keep what they show."""
        form = self.form
        values: dict[str, FieldValue] = {field.name: field.value for field in form.fields}
        unknown = set(given) - set(values)
        assert not unknown, f"no field {unknown} in {sorted(values)}"
        for form_field in form.fields:
            value = given.get(form_field.name)
            if isinstance(form_field, ManyChoicesField) and isinstance(value, str):
                given[form_field.name] = (value,) if value else ()
        return self.does(
            self.world.engine.vocabulary.read(to_wire(form.intent), {**values, **given})
        )

    def joins(self, **given: FieldValue) -> Person:
        """Join with the name the platform knows."""
        self.types("join")
        self.fills(agree="yes", **given)
        assert "You have joined" in self.text, self.text
        return self

    @property
    def member(self) -> Member:
        """This person as the books know them."""
        with self.world.store.begin() as books:
            found = books.members.by_identity(
                self.caller.platform, self.caller.tenant, self.caller.user
            )
        assert found is not None
        return found[0]

    @property
    def balance(self) -> int:
        """Minutes in this person's account."""
        return self._account.balance

    @property
    def reserved(self) -> int:
        """Minutes set aside in this person's account."""
        return self._account.reserved

    @property
    def _account(self) -> Account:
        member = self.member
        with self.world.store.begin() as books:
            account = books.ledger.account(AccountKind.MEMBER, member.id)
        assert account is not None
        return account

    def told(self, kind: str = "") -> list[Message]:
        """Notices received, all or of one kind, oldest first."""
        return [message for message in self.inbox if not kind or message.kind == kind]

    def at(self, channel: Channel) -> Person:
        """The same person, speaking in a channel of their chat."""
        conversation = channel.conversation
        caller = replace(
            self.caller,
            private=False,
            conversation=conversation.external_id,
            service_url=conversation.service_url,
        )
        return replace(self, caller=caller)


@dataclass
class Channel:
    """A channel that the app is in."""

    conversation: Conversation
    inbox: list[Message] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The id of its conversation."""
        return self.conversation.id

    def told(self, kind: str = "") -> list[Message]:
        """What was posted here, all or of one kind, oldest first."""
        return [message for message in self.inbox if not kind or message.kind == kind]
