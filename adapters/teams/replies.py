"""Puts answers where they belong, so that nobody reads what is not for them.

What a person asked goes to their own chat with the bot. Only a slash command in a channel or group
chat, which Teams shows to its sender alone, is answered on the spot: that the command came marked
so proves that this tenant's Teams can show a message to one person. Where others read along stands
nothing but one sentence that says where the answer is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from adapters.teams import render
from adapters.teams.courier import TeamsCourier
from adapters.teams.decode import Turn
from adapters.teams.shown import Shown, speech_for
from core.apology import apologise
from core.couriers import Later, Outcome, Sent
from core.kernel.texts import Text, _
from core.members.model import tidy_name

_log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that a request is held up for another try: whoever asked is waiting for it."""
KEPT = 15 * 60.0
"""Seconds for which an answer is tried again when Teams takes none. A restart loses it."""
MOST = 1_000
"""Answers that may wait for Teams; more than these are lost, and logged as such."""

_TURNS_WRITING = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)

Send = Callable[[], Awaitable[Outcome]]


class Replies:
    """Sends answers to the person of a turn."""

    def __init__(self, courier: TeamsCourier) -> None:
        self._courier = courier
        self._waiting: set[asyncio.Task[None]] = set()

    async def to_person(self, turn: Turn, shown: Shown) -> Outcome:
        """Into their own chat with the bot: over the card acted upon where that stands there."""
        caller = turn.caller
        over = shown.place == "over" and turn.value is not None and turn.card and caller.private
        handle = f"{turn.conversation}|{turn.card}" if over else ""
        message = render.message(shown.card, shown.summary)

        async def send() -> Outcome:
            return await self._courier.send(
                caller.tenant, caller.user, caller.address, message, handle=handle
            )

        return await self._kept(send)

    async def aside(self, turn: Turn, shown: Shown) -> Outcome:
        """Into the conversation they asked in, for their eyes only; where this Teams does not take
        that, into their own chat."""
        message = render.message(shown.card, shown.summary)
        outcome = await self._post(turn, message, only_for=turn.caller.address.user)
        if isinstance(outcome, Sent):
            return outcome
        _log.warning("a message for one person was not taken: %s", outcome.reason)
        return await self.to_person(turn, shown)

    async def whereabouts(self, turn: Turn, sentence: str) -> None:
        """One sentence where they asked. Others who read it there see whom it is for; where their
        command was seen by them alone, so is this."""
        message: dict[str, Any] = {"type": "message", "text": sentence, "textFormat": "plain"}
        if turn.targeted:
            outcome = await self._post(turn, message, only_for=turn.caller.address.user)
        else:
            said = message if turn.caller.private else _mentioning(turn, message)
            outcome = await self._post(turn, said)
        if not isinstance(outcome, Sent):
            _log.warning("a sentence in Teams was not delivered: %s", outcome.reason)

    def stop(self) -> None:
        """Give up the answers that still wait."""
        if self._waiting:
            _log.error("%d answers were lost: Teams did not take them in time", len(self._waiting))
        for task in self._waiting:
            task.cancel()

    async def _post(
        self, turn: Turn, message: dict[str, Any], *, only_for: str | None = None
    ) -> Outcome:
        return await self._courier.post(
            turn.service_url,
            turn.conversation,
            message,
            tenant=turn.caller.tenant,
            only_for=only_for,
        )

    async def _kept(self, send: Send) -> Outcome:
        """Send now; what Teams takes only later is tried again when it does."""
        outcome = await send()
        if isinstance(outcome, Later) and outcome.seconds <= PATIENCE:
            await asyncio.sleep(outcome.seconds)
            outcome = await send()
        if isinstance(outcome, Later) and len(self._waiting) < MOST:
            task = asyncio.get_running_loop().create_task(_try_again(send, outcome))
            self._waiting.add(task)
            task.add_done_callback(self._over)
        elif not isinstance(outcome, Sent):
            _log.warning("an answer in Teams was not delivered: %s", outcome.reason)
        return outcome

    def _over(self, task: asyncio.Task[None]) -> None:
        self._waiting.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            apologise(error, platform="teams")


async def _try_again(send: Send, outcome: Later) -> None:
    left = KEPT
    tried: Outcome = outcome
    while isinstance(tried, Later) and left > 0:
        await asyncio.sleep(min(tried.seconds, left))
        left -= max(tried.seconds, 1.0)
        tried = await send()
    if not isinstance(tried, Sent):
        _log.error("an answer was lost: %s", tried.reason)


def _mentioning(turn: Turn, message: dict[str, Any]) -> dict[str, Any]:
    """The message with its person named before it, so that Teams tells them of it.

    Directories put ranks beside names, and a mark that turns the direction of writing in a name
    would turn our sentence too: neither is repeated.
    """
    name = tidy_name(turn.caller.name.translate(_TURNS_WRITING))
    if not name:
        return message
    mention = f"<at>{escape(name)}</at>"
    entity = {
        "type": "mention",
        "text": mention,
        "mentioned": {"id": turn.caller.address.user, "name": name},
    }
    text = f"{mention} {escape(message['text'], quote=False)}"
    return {"type": "message", "text": text, "textFormat": "xml", "entities": [entity]}


def where(outcome: Outcome) -> Text:
    """What is said in a channel: where the answer is, or how to be able to get it."""
    if isinstance(outcome, Sent):
        return _("I have answered you in our private chat.")
    if isinstance(outcome, Later):
        return _("I could not reach our private chat just now. My answer follows there.")
    return _(
        "I cannot send you a private message yet. Open Apps in Teams, find Hourbridge, "
        "choose Add, and then ask me again."
    )


def one_moment(turn: Turn) -> str:
    """What is said when an answer takes longer than Teams waits for it."""
    speech = speech_for(turn.caller.locale)
    return speech(_("One moment. The answer is on its way to our private chat."))
