"""Putting the program together: store, engine, platforms, pump, clock and web server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from adapters.local import LocalPlatform, Persona
from adapters.slack import SlackPlatform, SlackSettings
from adapters.teams.app import TeamsPlatform, TeamsSettings, check_settings
from bot.about import add_about
from bot.clock import Clock
from bot.event_pages import add_event_pages
from bot.installations import StoredInstallations
from bot.metrics import Metrics
from bot.pages import add_pages
from bot.pump import UNKNOWN, Pump
from bot.readings import Readings
from bot.settings import Settings, SettingsError
from bot.stopping import ROUND_SECONDS
from core.answers import Answer, Perform
from core.callers import Caller
from core.couriers import Courier
from core.engine import Engine
from core.features import the_house
from core.happenings import Happening, Report
from core.kernel.keys import Keys
from core.ui.intents import Intent
from storage.store import Store

LARGEST_BODY = 1024 * 1024
STORE_WORKERS = 12
"""Worker threads for actions on PostgreSQL. SQLite has one writer, so one thread serves it."""


@dataclass
class Program:
    """The running parts, for the command line and for tests."""

    settings: Settings
    store: Store
    engine: Engine
    pump: Pump
    clock: Clock
    metrics: Metrics
    readings: Readings
    web: web.Application
    perform: Perform
    couriers: dict[str, Courier]
    stopping: bool = False
    """Told to stop: what is under way is finished, and nothing new is taken on."""
    pump_task: asyncio.Task[None] | None = None

    @property
    def pumping(self) -> bool:
        """Whether deliveries go out: for ``/health/ready``."""
        alive = self.pump_task is not None and not self.pump_task.done()
        return alive and not self.pump.failing

    def stop(self) -> None:
        """Take no more work on. Requests are still answered."""
        self.stopping = True
        self.clock.stop()
        self.pump.stop()


Platform = SlackPlatform | TeamsPlatform | LocalPlatform


def open_engine(settings: Settings, metrics: Metrics | None = None) -> Engine:
    """A store and an engine, and nothing that listens: what the command line works with."""
    count = metrics.count if metrics is not None else (lambda *_words: None)
    return Engine(
        Store(settings.database_url, settings.secrets),
        the_house(),
        Keys(settings.secrets or ("unset",)),
        public_url=settings.url,
        count=count,
    )


def build(settings: Settings, *, personas: Sequence[Persona] = ()) -> Program:
    """The whole program on ``settings``. With ``personas`` the local page is served too."""
    metrics = Metrics()
    engine = open_engine(settings, metrics)
    assert isinstance(engine.store, Store)
    workers = ThreadPoolExecutor(
        1 if engine.store.sqlite else STORE_WORKERS, thread_name_prefix="action"
    )
    background = ThreadPoolExecutor(2, thread_name_prefix="background")
    couriers: dict[str, Courier] = {}
    metrics.renders((*engine.house.notices, UNKNOWN))
    pump = Pump(engine, couriers, background, metrics.claimed, metrics.unrendered)

    async def perform(caller: Caller, intent: Intent) -> Answer:
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(workers, engine.perform, caller, intent)
        pump.wake()
        return answer

    async def report(happening: Happening) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(workers, engine.happened, happening)
        pump.wake()

    app = web.Application(client_max_size=LARGEST_BODY)
    installing = ThreadPoolExecutor(2, thread_name_prefix="installations")
    installations = StoredInstallations(engine, installing, pump.wake)
    platforms = _platforms(settings, engine, perform, report, installations, personas)
    for name, platform in platforms.items():
        platform.add_routes(app)
        couriers[name] = metrics.measured(name, platform.courier)
    # A long job holds up neither the pump nor, in the other thread, the short ones.
    timed = ThreadPoolExecutor(2, thread_name_prefix="jobs")
    clock = Clock(engine, timed, pump.wake)
    readings = Readings(engine, engine.store, metrics.registry)
    program = Program(
        settings, engine.store, engine, pump, clock, metrics, readings, app, perform, couriers
    )
    add_pages(app, program)
    add_about(app)
    add_event_pages(app, program)
    pools = (workers, background, timed, installing)
    app.on_response_prepare.append(_ending(program))
    app.cleanup_ctx.append(_Running(program, platforms, pools).context)
    return program


def _ending(
    program: Program,
) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    async def end_connection(_request: web.Request, response: web.StreamResponse) -> None:
        """A proxy that keeps a connection would meet its end with its next request on it."""
        if program.stopping:
            response.force_close()
            response.headers["Connection"] = "close"

    return end_connection


def teams_settings(settings: Settings) -> TeamsSettings:
    """What Teams needs of the settings. Raises ``SettingsError`` where it is not safe to serve."""
    found = TeamsSettings(
        settings.teams_app_id,
        settings.teams_app_password,
        settings.teams_app_type,
        settings.teams_app_tenant_id,
        settings.teams_anonymous,
        app_certificate=settings.teams_app_certificate,
    )
    try:
        check_settings(found, settings.host)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None
    return found


def slack_settings(settings: Settings) -> SlackSettings:
    """What Slack needs of the settings."""
    return SlackSettings(
        signing_secret=settings.slack_signing_secret,
        bot_token=settings.slack_bot_token,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        app_token=settings.slack_app_token,
        api_url=settings.slack_api_url,
        authorize_url=settings.slack_authorize_url,
        public_url=settings.url,
    )


def _platforms(
    settings: Settings,
    engine: Engine,
    perform: Perform,
    report: Report,
    installations: StoredInstallations,
    personas: Sequence[Persona],
) -> dict[str, Platform]:
    found: dict[str, Platform] = {}
    shared = (perform, engine.interpret, engine.vocabulary)
    if settings.slack:
        found["slack"] = SlackPlatform(
            slack_settings(settings),
            *shared,
            report=report,
            installations=installations,
            keys=engine.keys,
        )
    if settings.teams:
        found["teams"] = TeamsPlatform(teams_settings(settings), *shared, report=report)
    if personas:
        found["local"] = LocalPlatform(lambda: personas, *shared)
    return found


@dataclass
class _Running:
    """Starts the chats, pump and clock with the web server, and stops all of it in order."""

    program: Program
    platforms: dict[str, Platform]
    pools: tuple[ThreadPoolExecutor, ...]

    async def context(self, _app: web.Application) -> AsyncIterator[None]:
        slack = self.platforms.get("slack")
        if isinstance(slack, SlackPlatform):
            await slack.start()
        self.program.pump_task = asyncio.create_task(self.program.pump.run())
        self.program.clock.start()
        yield
        self.program.stop()
        await self._end_round(self.program.pump_task)
        for platform in self.platforms.values():
            await platform.close()
        self.program.readings.close()
        await asyncio.to_thread(self._end_threads)
        self.program.store.close()

    async def _end_round(self, pumping: asyncio.Task[None]) -> None:
        """Let what is being sent be settled. What takes too long is given up: its lease ends, and
        whoever claims it then sends it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(pumping, ROUND_SECONDS)

    def _end_threads(self) -> None:
        for pool in self.pools:
            pool.shutdown(wait=True)
