"""The Slack platform: Bolt checks and routes each request, listeners and an answer follow.

Slack waits 3 seconds for an acknowledgement, so nothing is asked of the database or of Slack before
one is under way, not even whose token answers.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answering import Answering
from adapters.slack.api import SlackApi
from adapters.slack.belonging import Belonging
from adapters.slack.channels import Channels
from adapters.slack.courier import SlackCourier
from adapters.slack.decode import Interpret
from adapters.slack.granting import Grants
from adapters.slack.installed import Installations, InstalledWorkspaces
from adapters.slack.installing import Installing
from adapters.slack.lifecycle import People, Removals
from adapters.slack.limits import Shape
from adapters.slack.listeners import Listeners
from adapters.slack.places import Places
from adapters.slack.profiles import Profiles
from adapters.slack.renewing import Renewing
from adapters.slack.settings import SlackSettings
from adapters.slack.tabs import Tabs
from adapters.slack.workspaces import OneWorkspace, Unasked, Workspaces
from core.answers import Perform
from core.apology import apologise
from core.happenings import Report
from core.kernel.keys import Keys
from core.ui.intents import Unreadable, Vocabulary
from core.words import Speech

_log = logging.getLogger(__name__)

_MALFORMED = (Unreadable, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading a payload raises that is not shaped as Slack shapes it."""


class SlackPlatform:
    """Hourbridge in Slack: a route for what Slack sends, and a courier for notices.

    With a ``client_id`` it needs ``installations`` and ``keys``, and adds the pages that install.
    """

    def __init__(
        self,
        settings: SlackSettings,
        perform: Perform,
        interpret: Interpret,
        vocabulary: Vocabulary,
        *,
        report: Report,
        installations: Installations | None = None,
        keys: Keys | None = None,
    ) -> None:
        self._settings = settings
        self._api = SlackApi(settings.api_url)
        self._installing: Installing | None = None
        self._installed: InstalledWorkspaces | None = None
        removals: Removals | None = None
        if settings.client_id:
            assert installations is not None
            assert keys is not None
            self._installed = installed = _installed(settings, self._api, installations)
            self._installing = Installing(settings, self._api, installations, installed, keys)
            removals = Removals(installed, installations)
        workspaces: Workspaces = self._installed or OneWorkspace(self._api, settings.bot_token)
        home = interpret("home")
        profiles, places = Profiles(self._api), Places(self._api)
        self._tabs = Tabs(perform, self._api, workspaces, home)
        self._courier = SlackCourier(self._api, workspaces, self._tabs.changed)
        belonging = Belonging(workspaces, profiles)
        self._answering = Answering(
            perform, belonging, places, self._courier, self._tabs, home, settings.patience
        )
        people = People(workspaces, profiles, report)
        self._bolt = _bolt(settings, self._api)
        self._bolt.error(_on_error)
        channels = Channels(places, workspaces, report)
        listeners = Listeners(
            self._api, self._answering, interpret, vocabulary, people, channels, removals
        )
        listeners.listen(self._bolt)
        self._socket: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    @property
    def courier(self) -> SlackCourier:
        """Delivers notices into direct messages."""
        return self._courier

    def add_routes(self, app: web.Application) -> None:
        """Take in everything Slack sends, at ``POST /slack/events``, and the installing pages."""
        app.router.add_post("/slack/events", self._receive)
        if self._installing is not None:
            self._installing.add_routes(app)

    async def start(self) -> None:
        """Begin to open the socket of Socket Mode, where there is an app token for it."""
        if not self._settings.app_token:
            return
        client = AsyncWebClient(base_url=self._api.base_url, logger=self._bolt.logger)
        self._socket = AsyncSocketModeHandler(
            self._bolt, self._settings.app_token, logger=self._bolt.logger, web_client=client
        )
        # It tries until Slack is there; nothing else waits for that.
        self._connecting = asyncio.get_running_loop().create_task(_connect(self._socket))

    async def settle(self) -> None:
        """Wait until everything that was acknowledged has been answered."""
        await self._answering.settle()
        if self._installed is not None:
            await self._installed.settle()

    async def close(self) -> None:
        """Finish what is under way, within 10 seconds, and end the connections to Slack."""
        if self._socket is not None and self._connecting is not None:
            self._connecting.cancel()
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self._answering.settle(10)
        self._answering.stop()
        self._tabs.stop()
        if self._installed is not None:
            # A token that was just replaced is kept first: the old one works no more.
            await self._installed.settle()
        await self._api.close()

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            received = await to_bolt_request(request)
            # What our listeners raise is answered by ``_on_error``; the rest is Bolt's reading.
            answer = await self._bolt.async_dispatch(received)
        except _MALFORMED as error:
            _log.warning("a request could not be read: %s", type(error).__name__)
            return web.Response(status=400, text="unreadable")
        return await to_aiohttp_response(answer)


def _installed(
    settings: SlackSettings, api: SlackApi, installations: Installations
) -> InstalledWorkspaces:
    grants = Grants(api.base_url, settings.client_id, settings.client_secret)
    return InstalledWorkspaces(installations, Renewing(installations, grants))


async def _connect(socket: AsyncSocketModeHandler) -> None:
    try:
        await socket.connect_async()  # type: ignore[no-untyped-call]
    except Exception as error:
        _log.error("Slack's socket does not open: %s", type(error).__name__)


async def _on_error(error: Exception, body: Shape, context: AsyncBoltContext) -> BoltResponse:
    """What no listener took, or what broke before there was anybody to answer."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=404, body="")
    if isinstance(error, _MALFORMED):
        _log.warning("a request could not be read: %s", type(error).__name__)
        if context.authorize_result is None:
            return BoltResponse(status=401, body="")  # its signature has not been checked
        # An event like that would be no better if Slack sent it again.
        return BoltResponse(status=200 if "event" in body else 400, body="")
    refuse = apologise(error, platform="slack")
    if "command" in body:
        return BoltResponse(status=200, body=Speech()(refuse.reason))
    # An event that could not be stored is sent again; a form says that it was not taken.
    return BoltResponse(status=500, body="")


def _bolt(settings: SlackSettings, api: SlackApi) -> AsyncApp:
    log = logging.getLogger("adapters.slack.bolt")
    log.setLevel(logging.WARNING)  # below this Bolt logs the bodies that it refuses
    log.addFilter(_worth_a_line)
    return AsyncApp(
        # Bolt sets the level of the logger of this name to that of ``log``: not Hourbridge's own.
        name=log.name,
        logger=log,
        signing_secret=settings.signing_secret,
        authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", Unasked()),
        client=AsyncWebClient(base_url=api.base_url, logger=log),
        # The listeners acknowledge in time by themselves; otherwise Bolt polls for it.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Not that Bolt also found the token in the environment, and leaves it unused."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()
