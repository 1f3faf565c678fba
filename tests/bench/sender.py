"""A sender to measure, as a process of its own: ``python -m tests.bench.sender KIND …``.

``courier`` is Hourbridge's courier as the pump uses it: notices as values, rendered, paced and
posted. The others send with the connector client of the Bot Framework SDK, the card rendered
beforehand: ``sdk`` as its documentation shows it for proactive messages, by the adapter's
``continue_conversation``; ``mended`` the same with msrest's retry table as a set; ``kept`` with one
client for everybody, which no documentation shows. Prints the seconds of CPU that were used.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

from adapters.teams import render
from adapters.teams.courier import TeamsCourier
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from core.callers import Address
from core.couriers import Parcel, Sent
from core.ledger.intents import ShowBalance
from core.ui.views import Actions, Button, Heading, Note, Paragraph, view
from core.words import Speech
from tests.teams.fake_teams import BOT

TENANTS = 100
CONVERSATIONS = 1_000
AT_ONCE = 50
"""Sends under way together: a batch of the pump."""
NOTICE = view(
    Heading("Someone asks for help with run charts"),
    Paragraph("Bo Lin of Northgate Hospital Trust asks for 1 hour 30 minutes, online."),
    Actions((Button("Your hours", ShowBalance()),)),
    Note("You get this because you can help with run charts.", "info"),
)
ENGLISH = Speech("en")
CARD = render.card(NOTICE, ENGLISH)
TOKEN = "a token of the benchmarks"

Send = Callable[[int], Awaitable[bool]]


def conversation(number: int) -> str:
    """The conversation of message ``number``: they take turns."""
    return f"a:conversation-{number % CONVERSATIONS}"


async def courier(url: str, count: int) -> float:
    """Seconds of CPU that our courier takes. Raises where something was not sent."""
    ours = TeamsCourier(
        TeamsSettings("app", "secret"),
        Tokens(lambda: {"access_token": TOKEN, "expires_in": 3600}),
    )

    async def send(number: int) -> bool:
        chat = number % CONVERSATIONS
        user = f"29:user-{chat}"
        address = Address(conversation(number), url, BOT, user)
        tenant = f"tenant-{chat % TENANTS}"
        parcel = Parcel(number, tenant, f"entra-{chat}", address, NOTICE, ENGLISH)
        return isinstance(await ours.deliver(parcel), Sent)

    try:
        return await _measured(send, count)
    finally:
        await ours.close()


async def sdk(url: str, count: int) -> float:
    """Seconds of CPU that the SDK takes. Raises where something was not sent."""
    from botbuilder.core import TurnContext
    from botbuilder.integration.aiohttp import (
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )
    from botbuilder.schema import ChannelAccount, ConversationAccount, ConversationReference

    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(SimpleNamespace(), credentials_factory=Bot())
    )

    async def send(number: int) -> bool:
        sent: list[str] = []

        async def speak(context: TurnContext) -> None:
            sent.append((await context.send_activity(_activity())).id)

        reference = ConversationReference(
            bot=ChannelAccount(id=BOT),
            user=ChannelAccount(id=f"29:user-{number % CONVERSATIONS}"),
            conversation=ConversationAccount(id=conversation(number)),
            channel_id="msteams",
            service_url=url,
        )
        await adapter.continue_conversation(reference, speak, "app")
        return bool(sent)

    return await _measured(send, count)


async def mended(url: str, count: int) -> float:
    """The same, with a retry table that is quick to search."""
    from msrest.universal_http.requests import ClientRetryPolicy

    policy: Any = ClientRetryPolicy
    policy.safe_codes = frozenset(policy.safe_codes)
    return await sdk(url, count)


async def kept(url: str, count: int) -> float:
    """Seconds of CPU that one client of the SDK takes. Raises where something was not sent."""
    from botframework.connector.aio import ConnectorClient

    client = ConnectorClient(await Bot().create_credentials(), base_url=url)

    async def send(number: int) -> bool:
        sent = await client.conversations.send_to_conversation(conversation(number), _activity())
        return bool(sent.id)

    return await _measured(send, count)


class Bot:
    """What the SDK asks about the bot: it has its token at once, as ours has."""

    async def is_valid_app_id(self, _app_id: str) -> bool:
        return True

    async def is_authentication_disabled(self) -> bool:
        return False

    async def create_credentials(self, *_asked: object, **_named: object) -> object:
        from botframework.connector.auth import MicrosoftAppCredentials

        credentials = MicrosoftAppCredentials("app", "secret")
        credentials.get_access_token = lambda: TOKEN
        return credentials


def _activity() -> Any:
    from botbuilder.schema import Activity, Attachment

    card = Attachment(content_type=render.CARD_TYPE, content=CARD)
    return Activity(type="message", attachments=[card])


async def _measured(send: Send, count: int) -> float:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> bool:
        async with free:
            return await send(number)

    started = time.process_time()
    done = await asyncio.gather(*(one(number) for number in range(count)))
    used = time.process_time() - started
    if not all(done):
        raise SystemExit(f"{done.count(False)} of {count} were not sent")
    return used


SENDERS = {"courier": courier, "sdk": sdk, "mended": mended, "kept": kept}


def main() -> None:
    """Send, and say what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=SENDERS)
    parser.add_argument("--url", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--core", type=int, default=None)
    given = parser.parse_args()
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
    print(asyncio.run(SENDERS[given.kind](given.url, given.count)))


if __name__ == "__main__":
    main()
