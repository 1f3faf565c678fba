"""The Slack app: Bolt checks and routes each request, the engine answers it, a surface shows it.

Slack waits 3 seconds for an acknowledgement. A command's and a form's carries the answer where the
engine is quick enough, which it nearly always is; everything else is answered by calls.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import decode
from adapters.slack.answering import Answering, Patience, Request
from adapters.slack.api import SlackApi
from adapters.slack.courier import SlackCourier
from adapters.slack.decode import Interpret
from adapters.slack.forms import FORM
from adapters.slack.limits import Shape
from adapters.slack.modals import Dialog, HomeTab, Submission
from adapters.slack.render import LINK, PRESS
from adapters.slack.surfaces import Card, Chat, Command, Mention
from adapters.slack.workspaces import Authorizer, OneWorkspace, Workspace
from core.answers import Perform
from core.apology import apologise
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.intents import Intent, Vocabulary
from core.words import Speech

_log = logging.getLogger(__name__)

Reading = tuple[Caller, Intent]


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One workspace's app: the secret that signs its requests, the token that answers them."""

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    api_url: str = "https://slack.com/api/"
    patience: Patience = field(default_factory=Patience)


class SlackPlatform:
    """Hourbridge in Slack: a route for what Slack sends, and a courier for notices."""

    def __init__(
        self,
        settings: SlackSettings,
        perform: Perform,
        interpret: Interpret,
        vocabulary: Vocabulary,
    ) -> None:
        self._interpret = interpret
        self._vocabulary = vocabulary
        self._home = interpret("home")
        self._api = SlackApi(settings.api_url)
        workspaces = OneWorkspace(self._api, settings.bot_token)
        self._courier = SlackCourier(self._api, workspaces)
        self._answering = Answering(perform, self._courier, self._home, settings.patience)
        self._bolt = self._route(_bolt(settings, self._api, Authorizer(workspaces)))

    @property
    def courier(self) -> SlackCourier:
        """Delivers notices into direct messages."""
        return self._courier

    def add_routes(self, app: web.Application) -> None:
        """Take in everything Slack sends, at ``POST /slack/events``."""
        app.router.add_post("/slack/events", self._receive)

    async def settle(self) -> None:
        """Wait until everything that was acknowledged has been answered."""
        await self._answering.settle()

    async def close(self) -> None:
        """Finish what is under way, within 10 seconds, and end the connections to Slack."""
        await self._answering.settle(10)
        self._answering.stop()
        await self._api.close()

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            received = await to_bolt_request(request)
            # What our listeners raise is answered by ``_on_error``; the rest is Bolt's reading.
            answer = await self._bolt.async_dispatch(received)
        except (ValueError, AttributeError, TypeError, LookupError, RecursionError):
            return web.Response(status=400, text="unreadable")
        return await to_aiohttp_response(answer)

    def _route(self, app: AsyncApp) -> AsyncApp:
        app.command(re.compile(r"^/"))(self._on_command)
        app.action(re.compile(f"^{PRESS}"))(self._on_press)
        app.action(re.compile(f"^{LINK}"))(self._acknowledge)
        app.view(FORM)(self._on_submission)
        app.event("message")(self._on_message)
        app.event("app_mention")(self._on_mention)
        app.event("app_home_opened")(self._on_home)
        app.event(re.compile(""))(self._acknowledge)
        app.error(self._on_error)
        return app

    async def _on_command(
        self, ack: AsyncAck, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        workspace = _workspace(context)

        def read() -> Reading:
            caller = decode.read_command(body, workspace)
            return caller, self._interpret(decode.command_words(body))

        surface = Command(self._api, workspace, body)
        request = Request(workspace.team, body["user_id"], read)
        return await ack(await self._answering.in_time(surface, request) or "")

    async def _on_press(
        self, ack: AsyncAck, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        workspace = _workspace(context)

        def read() -> Reading:
            caller = decode.read_press(body, workspace)
            return caller, decode.pressed(body, self._vocabulary)

        surface = self._pressed_on(body, workspace)
        self._answering.begin(surface, Request(workspace.team, body["user"]["id"], read))
        return await ack()

    def _pressed_on(self, body: Shape, workspace: Workspace) -> Card | Dialog | HomeTab:
        if body["container"]["type"] != "view":
            return Card(self._api, workspace, body)
        if body["view"]["type"] != "home":
            return Dialog(self._api, workspace, body)
        try:
            back = None if decode.pressed(body, self._vocabulary) == self._home else self._home
        except Refusal:
            back = self._home
        return HomeTab(self._api, workspace, body["user"]["id"], body["trigger_id"], back)

    async def _on_submission(
        self, ack: AsyncAck, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        workspace = _workspace(context)
        surface = Submission(self._api, workspace, body["view"])

        def read() -> Reading:
            caller = decode.read_submission(body, workspace)
            intent, surface.origin = decode.submitted(body, self._vocabulary)
            return caller, intent

        request = Request(workspace.team, body["user"]["id"], read)
        return await ack(await self._answering.in_time(surface, request) or "")

    async def _on_message(
        self, ack: AsyncAck, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        event, workspace = body["event"], _workspace(context)
        if decode.is_own_words(event):
            surface = Chat(self._api, workspace, event["channel"], event.get("thread_ts"))
            request = self._words(body, workspace, decode.read_message)
            await self._answering.in_time(surface, request)
        return await ack()

    async def _on_mention(
        self, ack: AsyncAck, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        event, workspace = body["event"], _workspace(context)
        if decode.is_a_person(event):
            surface = Mention(self._api, workspace, event)
            request = self._words(body, workspace, decode.read_mention)
            await self._answering.in_time(surface, request)
        return await ack()

    def _words(
        self, body: Shape, workspace: Workspace, caller: Callable[[Shape, Workspace], Caller]
    ) -> Request:
        """Words in an event. It is acknowledged once carried out: until then Slack repeats it."""

        def read() -> Reading:
            words = decode.message_words(body["event"], workspace)
            return caller(body, workspace), self._interpret(words)

        return Request(workspace.team, body["event"]["user"], read)

    async def _on_home(self, ack: AsyncAck, body: Shape, context: AsyncBoltContext) -> BoltResponse:
        event, workspace = body["event"], _workspace(context)
        if event.get("tab", "home") == "home":
            surface = HomeTab(self._api, workspace, event["user"], "", None)

            def read() -> Reading:
                return decode.read_home(body, workspace), self._home

            self._answering.begin(surface, Request(workspace.team, event["user"], read))
        return await ack()

    async def _acknowledge(self, ack: AsyncAck) -> BoltResponse:
        """A press that only opens a page, or an event of no interest."""
        return await ack()

    async def _on_error(
        self, error: Exception, body: Shape, context: AsyncBoltContext
    ) -> BoltResponse:
        """What no listener took, or what broke before there was anybody to answer."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=404, body="")
        if "workspace" not in context:
            _log.warning("a request was turned away: %s", type(error).__name__)
            return BoltResponse(status=401, body="")
        sorry = Speech()(apologise(error).reason)
        if "command" in body:
            return BoltResponse(status=200, body=sorry)
        # An event is not worth repeating; a form tells its sender that it was not taken.
        return BoltResponse(status=200 if "event" in body else 500, body="")


def _bolt(settings: SlackSettings, api: SlackApi, authorizer: Authorizer) -> AsyncApp:
    log = logging.getLogger("adapters.slack.bolt")
    log.setLevel(logging.WARNING)  # below this Bolt logs the bodies that it refuses
    log.addFilter(_worth_a_line)
    return AsyncApp(
        # Bolt sets the level of the logger of this name to that of ``log``: not Hourbridge's own.
        name=log.name,
        logger=log,
        signing_secret=settings.signing_secret,
        authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", authorizer),
        client=AsyncWebClient(base_url=api.base_url, logger=log),
        # The listeners acknowledge in time by themselves; otherwise Bolt polls for it.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        user_facing_authorize_error_message=Speech()(
            _(
                "Hourbridge cannot answer in this workspace at the moment. Try again in a few "
                "minutes. If it keeps happening, tell the person who runs Hourbridge for you."
            )
        ),
    )


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Not that Bolt also found the token in the environment, and leaves it unused."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def _workspace(context: AsyncBoltContext) -> Workspace:
    workspace: Any = context["workspace"]
    assert isinstance(workspace, Workspace)
    return workspace
