"""Somebody who uses Slack: types, presses, fills in and sends, over HTTP or Socket Mode."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from tests.slack import payloads
from tests.slack.fake_slack import FakeSlack, Message
from tests.slack.onlooker import Onlooker
from tests.slack.payloads import Actor
from tests.slack.transports import FORM, Ack, Http, Transport, signed
from tests.slack.workspaces import FakeTeam, Member

__all__ = ["FORM", "Person", "signed"]

Json = dict[str, Any]


class Person(Onlooker):
    """A member of a workspace of the fake Slack, at the app's ``url`` (its ``/slack/events``).

    ``team`` is their own workspace, whose app they meet; where that has none (an outsider in a
    shared channel) it is the first workspace's, and in another's channel the one in ``meets``.
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
        name: str = "Ana Ward",
        settle: Callable[[], Awaitable[None]] | None = None,
        transport: Transport | None = None,
    ) -> None:
        super().__init__(slack, user)
        self.team = team or slack.team
        self.name = name
        self.meets: FakeTeam | None = None
        self.errors: dict[str, str] = {}
        self.status = 0
        self._address = (http, url)
        self._http = Http(http, url)
        self._transport = transport or self._http
        self._settle = settle
        self.account: Member = self._installed().join(user, name=name)
        if self.account.team != self.team:
            self.account.team = self.team
            if self.team not in self._installed().teams:
                self.account.enterprise = ""

    def another(self, user: str, *, team: str = "", name: str = "Bo Lin") -> Person:
        """Somebody else before the same app, brought to it in the same way."""
        slack, (http, url) = self.slack, self._address
        ways = (self._settle, self._transport)
        return Person(
            slack, http, url, user, team=team, name=name, settle=ways[0], transport=ways[1]
        )

    # What they do.

    async def command(self, command: str, text: str = "", channel: str = "") -> None:
        """Type a slash command, in a channel or else with the bot."""
        where = channel or self.slack.dm(self.user)
        url = self.slack.response_url(where, self.user)
        body = payloads.command(self._actor(), command, text, where, self._trigger(), url)
        answer = self._acked(await self._transport.command(body))
        if isinstance(answer, dict):
            self.slack.show_ephemeral(where, self.user, answer)
        elif answer:
            self.slack.show_ephemeral(where, self.user, {"text": answer})
        await self._after()

    async def say(self, text: str, *, reply_to: str = "", **more: object) -> None:
        """Write to the bot; ``reply_to`` is the ts of the message whose thread it is in."""
        place = self.slack.dm(self.user)
        event = payloads.written(self._actor(), place, text, self._stamp(), reply_to)
        await self.event({**event, **more})

    async def mention(self, text: str, channel: str = "C0ALL", **more: object) -> None:
        """Mention the bot in a channel, with ``thread_ts`` in a thread."""
        event = payloads.mention(self._actor(), channel, text, self._stamp())
        await self.event({**event, **more})

    async def open_home(self, tab: str = "home") -> None:
        """Open the app; ``tab`` is the one that shows."""
        where = {"channel": self.slack.dm(self.user), "event_ts": self._stamp()}
        event: Json = {"type": "app_home_opened", "user": self.user, "tab": tab, **where}
        if tab == "home" and self.user in self.slack.homes:
            event["view"] = self.home
        await self.event(event)

    async def shortcut(self, callback: str) -> None:
        """Choose a shortcut of the app's, from anywhere."""
        body = payloads.shortcut(self._actor(), callback, self._trigger())
        await self.send_interaction(body)

    async def shortcut_on(self, message: Message, callback: str) -> None:
        """Choose a shortcut of the app's, on a message."""
        url = self.slack.response_url(message.channel, self.user, message.ts)
        actor, trigger = self._actor(), self._trigger()
        body = payloads.message_shortcut(actor, callback, message, trigger, url)
        await self.send_interaction(body)

    async def event(self, event: Json, event_id: str = "", attempt: int = 0) -> None:
        """Let Slack tell the app of ``event``; ``attempt`` above 0 is a retry."""
        number = event_id or f"Ev{self.slack.number()}"
        installed = self._installed()
        place, shared = self._actor().place, self.slack.shared
        body = payloads.envelope(installed, event, number, place, shared=shared)
        self._acked(await self._transport.event(body, attempt))
        await self._after()

    async def press(self, label: str, where: Message | str = "") -> None:
        """Press the button ``label``: in the modal, else in the newest message that has it."""
        if isinstance(where, Message):
            await self.press_value(self._button(where.blocks, label), where)
        elif where == "home":
            await self.press_value(self._button(self.home["blocks"], label), self.home)
        elif self.modal:
            await self.press_value(self._button(self.modal["blocks"], label), self.modal)
        else:
            await self.press_value(*self.finds(label))

    async def press_value(self, button: Json, where: Message | Json, **more: object) -> None:
        """Press ``button`` as it is, whatever value it has."""
        await self.send_interaction({**self.pressing(button, where), **more})

    def pressing(self, button: Json, where: Message | Json) -> Json:
        """What Slack sends for a press of ``button``."""
        actor, trigger = self._actor(), self._trigger()
        if isinstance(where, Message):
            url = self.slack.response_url(where.channel, self.user, where.ts)
            return payloads.press_in_message(actor, button, where, trigger, url)
        filled = {**where, "state": {"values": self._state(where)}}
        return payloads.press_in_view(actor, button, filled, trigger)

    async def submit(self, **values: object) -> None:
        """Send the modal on top, filled in with ``values``."""
        self.fill(**values)
        await self.submit_view(self.filled)

    async def submit_view(self, view: Json) -> None:
        """Send ``view`` as it is, and do with the modal what the answer says."""
        body = self.submitting(view)
        answer = self._acked(await self._transport.interaction(body))
        self.errors = {}
        if self.status == 200:
            self._take(answer, view)
        await self._after()

    def submitting(self, view: Json) -> Json:
        """What Slack sends for a form that is sent in."""
        return payloads.submission(self._actor(), view, self._trigger())

    def close_modal(self) -> None:
        """Close every modal."""
        self.slack.modals[self.user].clear()

    # What Slack tells of them, and of their workspace.

    async def is_changed(self, **account: Any) -> None:
        """Let Slack tell that their account is now like ``account``."""
        for name, value in account.items():
            setattr(self.account, name, value)
        await self.event({"type": "user_change", "user": self.account.shape(), "cache_ts": 1})

    async def joins_the_workspace(self) -> None:
        """Let Slack tell that they have an account now."""
        await self.event({"type": "team_join", "user": self.account.shape()})

    async def app_is_removed(self) -> None:
        """Take the app out of the workspace: its token dies, and Slack tells so, in two events."""
        installed = self._installed()
        installed.live = False
        revoked = {"oauth": [], "bot": [installed.bot_user]}
        await self.event({"type": "tokens_revoked", "tokens": revoked})
        await self.event({"type": "app_uninstalled"})

    # How it is sent.

    async def send_interaction(self, body: Json) -> Json | str:
        """An interaction, as it is."""
        answer = self._acked(await self._transport.interaction(body))
        await self._after()
        return answer

    async def send_json(self, body: Json, headers: dict[str, str] | None = None) -> Json | str:
        """A signed request with a JSON body, as events are."""
        answer = self._acked(await self._http.json(body, headers or {}))
        await self._after()
        return answer

    async def send_raw(self, text: str, headers: dict[str, str]) -> Json | str:
        """Any request; ``status`` then holds what came back."""
        answer = self._acked(await self._http.raw(text, headers))
        await self._after()
        return answer

    def _acked(self, ack: Ack) -> Json | str:
        self.status = ack.status
        return ack.answer

    async def _after(self) -> None:
        if self._settle:
            await self._settle()

    def _actor(self) -> Actor:
        return Actor(self.user, self.team, self._installed(), self.account.shape()["name"])

    def _installed(self) -> FakeTeam:
        if self.meets:
            return self.meets
        teams = self.slack.teams.values()
        own = [one for one in teams if self.team in (one.team, *one.teams)]
        return own[0] if own else self.slack.home_team

    def _trigger(self) -> str:
        return self.slack.trigger(self.user, team=self._installed())

    def _stamp(self) -> str:
        return f"{1_800_000_000 + self.slack.number()}.000200"

    def _take(self, answer: Json | str, view: Json) -> None:
        stack = self.slack.modals[self.user]
        if not isinstance(answer, dict):
            if stack:
                stack.pop()
            return
        match answer["response_action"]:
            case "errors":
                names = {block["block_id"]: name for name, block in self._fields(view).items()}
                self.errors = {names[block]: error for block, error in answer["errors"].items()}
            case "push":
                assert len(stack) < 3, "Slack lays no more than 2 modals on another"
                self.slack.push_modal(self.user, answer["view"], self._installed())
            case "clear":
                stack.clear()
            case action:
                assert action == "update", answer
                self.slack.set_modal(self.user, view["id"], answer["view"])
