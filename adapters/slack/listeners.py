"""What each thing that Slack sends leads to: which request it is, and where it is answered.

A command's and a form's acknowledgement carries the answer where the engine is quick enough, which
it nearly always is. Everything else is answered by calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp

from adapters.slack import decode, senders
from adapters.slack.answering import Answering, Request
from adapters.slack.api import SlackApi
from adapters.slack.channels import EVENTS as CHANNEL_EVENTS
from adapters.slack.channels import Channels
from adapters.slack.decode import Interpret
from adapters.slack.forms import FORM
from adapters.slack.lifecycle import People, Removals
from adapters.slack.limits import Shape
from adapters.slack.manifest import SHORTCUTS
from adapters.slack.modals import Dialog, HomeTab, Submission
from adapters.slack.render import LINK, PRESS
from adapters.slack.senders import Sender
from adapters.slack.surfaces import Card, Chat, Command, Mention, Shortcut
from adapters.slack.workspaces import Workspace
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.ui.intents import Intent, Vocabulary

Reading = tuple[Caller, Intent]


class Listeners:
    """Listens to every kind of request. ``removals`` is None where there is one fixed token."""

    def __init__(
        self,
        api: SlackApi,
        answering: Answering,
        interpret: Interpret,
        vocabulary: Vocabulary,
        people: People,
        channels: Channels,
        removals: Removals | None,
    ) -> None:
        self._api = api
        self._answering = answering
        self._interpret = interpret
        self._vocabulary = vocabulary
        self._people = people
        self._channels = channels
        self._removals = removals
        self._home = interpret("home")

    def listen(self, app: AsyncApp) -> None:
        """Take in what ``app`` receives. Each kind of event is in the manifest."""
        app.command(re.compile(r"^/"))(self._on_command)
        app.action(re.compile(f"^{PRESS}"))(self._on_press)
        app.action(re.compile(f"^{LINK}"))(self._acknowledge)
        app.view(FORM)(self._on_submission)
        for shortcut in SHORTCUTS:
            if shortcut.kind == "message":
                app.message_shortcut(shortcut.callback_id)(self._on_message_shortcut)
            else:
                app.global_shortcut(shortcut.callback_id)(self._on_shortcut)
        app.event("message")(self._on_message)
        app.event("app_mention")(self._on_mention)
        app.event("app_home_opened")(self._on_home)
        app.event("user_change")(self._on_person)
        app.event("team_join")(self._on_person)
        for event in CHANNEL_EVENTS:
            app.event(event)(self._on_channel)
        app.event("app_uninstalled")(self._on_uninstalled)
        app.event("tokens_revoked")(self._on_revoked)
        app.event(re.compile(""))(self._acknowledge)

    async def _on_command(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        def read(workspace: Workspace) -> Reading:
            intent = self._interpret(decode.command_words(body))
            return decode.read_command(body, workspace, once=not intent.repeatable), intent

        request = Request(senders.sender_of_command(body), read)
        surface = Command(self._api, body)
        return await ack(await self._answering.in_time(surface, request) or "")

    async def _on_press(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        def read(workspace: Workspace) -> Reading:
            caller = decode.read_press(body, workspace)
            return caller, decode.pressed(body, self._vocabulary)

        request = Request(senders.sender_of_interaction(body), read)
        self._answering.begin(self._pressed_on(body, request.sender), request)
        return await ack()

    def _pressed_on(self, body: Shape, sender: Sender) -> Card | Dialog | HomeTab:
        if body["container"]["type"] != "view":
            return Card(self._api, body)
        if body["view"]["type"] != "home":
            return Dialog(self._api, body)
        try:
            back = None if decode.pressed(body, self._vocabulary) == self._home else self._home
        except Refusal:
            back = self._home
        return HomeTab(self._api, sender.user, body["trigger_id"], back)

    async def _on_submission(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        surface = Submission(self._api, body["view"])

        def read(workspace: Workspace) -> Reading:
            caller = decode.read_submission(body, workspace)
            intent, surface.origin = decode.submitted(body, self._vocabulary)
            return caller, intent

        request = Request(senders.sender_of_interaction(body), read)
        return await ack(await self._answering.in_time(surface, request) or "")

    async def _on_shortcut(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        """A shortcut of the message box: its id is what would be typed."""

        def read(workspace: Workspace) -> Reading:
            return decode.read_submission(body, workspace), self._interpret(body["callback_id"])

        request = Request(senders.sender_of_interaction(body), read)
        self._answering.begin(Shortcut(self._api, body), request)
        return await ack()

    async def _on_message_shortcut(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        def read(workspace: Workspace) -> Reading:
            caller = decode.read_submission(body, workspace)
            return caller, self._vocabulary.read(decode.message_chosen(body))

        request = Request(senders.sender_of_interaction(body), read)
        self._answering.begin(Shortcut(self._api, body), request)
        return await ack()

    async def _on_message(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        if decode.is_own_words(body["event"]):
            surface = Chat(self._api, body["event"])
            await self._answering.in_time(surface, self._words(body, decode.read_message))
        return await ack()

    async def _on_mention(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        if decode.is_a_person(body["event"]):
            self._answering.aside(self._channels.mentioned(body))
            surface = Mention(self._api, body["event"])
            await self._answering.in_time(surface, self._words(body, decode.read_mention))
        return await ack()

    def _words(self, body: Shape, caller: Callable[[Shape, Workspace], Caller]) -> Request:
        """Words in an event. It is acknowledged once carried out: until then Slack repeats it."""

        def read(workspace: Workspace) -> Reading:
            words = decode.message_words(body["event"], workspace)
            return caller(body, workspace), self._interpret(words)

        return Request(senders.sender_of_event(body), read)

    async def _on_home(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        event = body["event"]
        if event.get("tab", "home") == "home":
            surface = HomeTab(self._api, event["user"], "", None)

            def read(workspace: Workspace) -> Reading:
                return decode.read_home(body, workspace), self._home

            self._answering.begin(surface, Request(senders.sender_of_event(body), read))
        return await ack()

    async def _on_person(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        await self._answering.note(self._people.changed(body))
        return await ack()

    async def _on_channel(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        await self._answering.note(self._channels.changed(body))
        return await ack()

    async def _on_uninstalled(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        if self._removals:
            await self._answering.note(self._removals.uninstalled(body))
        return await ack()

    async def _on_revoked(self, ack: AsyncAck, body: Shape) -> BoltResponse:
        if self._removals:
            await self._answering.note(self._removals.revoked(body))
        return await ack()

    async def _acknowledge(self, ack: AsyncAck) -> BoltResponse:
        """A press that only opens a page, or an event of no interest."""
        return await ack()
