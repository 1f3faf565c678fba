"""Replies in a modal or on the Home tab. ``surfaces`` has what all places share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from adapters.slack import render
from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.filled import block_of, warned
from adapters.slack.forms import FORM, Origin, form_modal
from adapters.slack.limits import Shape
from adapters.slack.surfaces import Surface, one_moment, saving
from core.kernel.texts import _
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.replies import Refuse
from core.ui.views import Actions, Button, View
from core.words import Speech

_log = logging.getLogger(__name__)

ACKNOWLEDGED = 0.7
"""Seconds until Slack has surely shown what an acknowledgement told it to."""


class Dialog(Surface):
    """A button in a modal: a view takes the modal's place, a form is laid on top of it."""

    def __init__(self, api: SlackApi, body: Mapping[str, Any]) -> None:
        super().__init__(api)
        self.trigger = str(body.get("trigger_id") or "")
        self._view: Mapping[str, Any] = body["view"]

    @override
    async def wait_with_modal(self) -> None:
        body = self._triggered(render.modal(one_moment(), self.speech))
        opened = await self._call("views.push", body)
        self.waiting, self.trigger = opened["view"]["id"], ""

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        modal = render.modal(shown, speech)
        if self._view.get("callback_id") != FORM or not await self._push(modal):
            await self._update(self._view["id"], modal)
        return None

    @override
    async def replace(self, shown: View, speech: Speech) -> Shape | None:
        await self._update(self._view["id"], render.modal(shown, speech))
        return None

    @override
    async def refuse(self, reply: Refuse, speech: Speech) -> Shape | None:
        await self._update(self._view["id"], warned(self._view, reply.reason, speech))
        return None

    @override
    async def open(self, form: Form, intent: Intent, speech: Speech) -> Shape | None:
        modal = form_modal(form, speech)
        if not await self._push(modal):
            await self._update(self._view["id"], modal)
        return None

    async def _push(self, modal: Shape) -> bool:
        """Lay ``modal`` on top. False where 3 already lie there or the trigger is too old."""
        if not self.trigger:
            return False
        try:
            await self._call("views.push", self._triggered(modal))
        except SlackTrouble as trouble:
            if trouble.code == "push_limit_reached" or "trigger" in trouble.code:
                return False
            raise
        return True


class HomeTab(Surface):
    """The Home tab, or a button in it: a view takes the tab, words for now open a modal."""

    def __init__(self, api: SlackApi, user: str, trigger: str, back: Intent | None) -> None:
        super().__init__(api)
        self.trigger = trigger
        self._user = user
        self._back = back

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        if not self.trigger:
            return await self.replace(shown, speech)
        await self._call("views.open", self._triggered(render.modal(shown, speech)))
        return None

    @override
    async def replace(self, shown: View, speech: Speech) -> Shape | None:
        if self._back:
            back = Actions((Button(_("Back to home"), self._back),))
            shown = View((*shown.blocks, back), shown.summary)
        tab = {"user_id": self._user, "view": render.home(shown, speech)}
        await self._call("views.publish", tab)
        return None


class Submission(Surface):
    """A form sent in: the acknowledgement is the modal's next state.

    ``origin`` is set once the form has been read.
    """

    def __init__(self, api: SlackApi, shown: Mapping[str, Any]) -> None:
        super().__init__(api)
        self.origin = Origin()
        self._view = shown

    @override
    def meanwhile(self) -> Shape | None:
        return _next(render.modal(saving(), self.speech))

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        return await self._become(render.modal(shown, speech))

    @override
    async def replace(self, shown: View, speech: Speech) -> Shape | None:
        message = render.message(shown, speech)
        self.afterwards = lambda: self._replace_origin(message)
        return await self._become(render.modal(shown, speech))

    @override
    async def refuse(self, reply: Refuse, speech: Speech) -> Shape | None:
        block_id = block_of(self._view, reply.field)
        if block_id and not self.late:
            return {"response_action": "errors", "errors": {block_id: speech(reply.reason)}}
        return await self._become(warned(self._view, reply.reason, speech))

    @override
    async def open(self, form: Form, intent: Intent, speech: Speech) -> Shape | None:
        return await self._become(form_modal(form, speech, self.origin))

    async def _become(self, modal: Shape) -> Shape | None:
        if not self.late:
            return _next(modal)
        # Slack has to have shown what the acknowledgement said, or that would come last.
        left = self.late + ACKNOWLEDGED - asyncio.get_running_loop().time()
        await asyncio.sleep(max(left, 0))
        await self._update(self._view["id"], modal)
        return None

    async def _replace_origin(self, message: Shape) -> None:
        """The card that the form came from shows the new state too. The modal already does."""
        origin = self.origin
        try:
            if origin.ts:
                place = {"channel": origin.channel, "ts": origin.ts}
                await self._call("chat.update", {**place, **message})
            elif origin.url:
                await self._api.respond(origin.url, {"replace_original": True, **message})
        except SlackTrouble as trouble:
            _log.info("the card of a form keeps its old state: %s", trouble.code)


def _next(modal: Shape) -> Shape:
    return {"response_action": "update", "view": modal}
