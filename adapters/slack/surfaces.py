"""Where a reply is shown: one class for each place that a person can act from.

Those in views, with more ways to answer, are in ``modals``.

Each method either calls Slack, or returns the body that acknowledges the request, which is the
quickest answer there is. Once the acknowledgement has gone (``late``) everything is a call.
A failed call raises ``SlackTrouble``; the app then tries the person's direct messages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, assert_never

from typing_extensions import override

from adapters.slack import render
from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.decode import is_private, origin_of
from adapters.slack.forms import Origin, form_modal
from adapters.slack.limits import DoesNotFit, Shape
from adapters.slack.workspaces import Workspace
from core.kernel.texts import _
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Heading, Note, Paragraph, View, view
from core.words import Speech

_log = logging.getLogger(__name__)


def as_view(reply: Reply, intent: Intent) -> View | None:
    """``reply`` as a message, for a place that can show no form; None where there is nothing."""
    match reply:
        case Say(shown) | Replace(shown):
            return shown
        case Open(form):
            return _offered(form, intent)
        case Refuse():
            return _refusal(reply)
        case Nothing():
            return None
        case _:
            assert_never(reply)


def _offered(form: Form, intent: Intent) -> View:
    """A button that asks for ``form`` again: Slack opens a modal only for a press or a command."""
    button = Button(_("Open the form"), intent)
    try:
        render.button_value(button)
    except DoesNotFit:
        too_long = _("That is too long to open a form with. Type fewer words.")
        return view(Heading(form.title), Note(too_long, "warning"))
    return view(Heading(form.title), *form.before, Actions((button,)))


def _refusal(reply: Refuse) -> View:
    return view(Note(reply.reason, "warning"))


ANSWERED = _("I have answered in this thread. Only you can see my answer.")


def one_moment() -> View:
    """What a modal shows until its answer is there."""
    return view(Paragraph(_("One moment.")))


def saving() -> View:
    """What a form shows that was sent in, until it is known what came of it."""
    return view(
        Paragraph(
            _(
                "Saving. This takes longer than usual. You can close this: what comes of it also "
                "reaches you in your messages from Hourbridge."
            )
        )
    )


class Surface:
    """A place to answer in. Subclasses say how; here is what they share.

    ``trigger`` opens modals for 3 seconds; ``waiting`` is the id of a modal opened with it that
    says "one moment" and is to be filled in. ``afterwards`` is what need not hold up the answer.
    ``late`` is the event loop's time at which a request was acknowledged without its answer.
    ``workspace`` is set as soon as it is found out, which is before anything is shown; ``speech``
    is the voice for what is said before the answer is there.
    """

    workspace: Workspace | None = None
    speech = Speech()
    trigger = ""
    waiting = ""
    late = 0.0
    afterwards: Callable[[], Coroutine[Any, Any, None]] | None = None

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def show(self, reply: Reply, intent: Intent, speech: Speech) -> Shape | None:
        """Show ``reply`` to ``intent``. What comes back acknowledges the request."""
        if self.waiting:
            return await self._fill_waiting(reply, intent, speech)
        match reply:
            case Say(shown):
                return await self.say(shown, speech)
            case Replace(shown):
                return await self.replace(shown, speech)
            case Open(form):
                return await self.open(form, intent, speech)
            case Refuse():
                return await self.refuse(reply, speech)
            case Nothing():
                return None
            case _:
                assert_never(reply)

    def meanwhile(self) -> Shape | None:
        """What acknowledges a request whose answer takes longer than Slack waits."""
        return None

    async def wait_with_modal(self) -> None:
        """Open a modal that says "one moment", while the trigger still works."""
        waiting = self._triggered(render.modal(one_moment(), self.speech))
        opened = await self._call("views.open", waiting)
        self.waiting, self.trigger = opened["view"]["id"], ""

    async def say(self, shown: View, speech: Speech) -> Shape | None:
        """Show ``shown`` to this person alone."""
        raise NotImplementedError

    async def replace(self, shown: View, speech: Speech) -> Shape | None:
        """Put ``shown`` in place of what was acted upon; where nothing was, say it."""
        return await self.say(shown, speech)

    async def refuse(self, reply: Refuse, speech: Speech) -> Shape | None:
        """Say no, and why."""
        return await self.say(_refusal(reply), speech)

    async def open(self, form: Form, intent: Intent, speech: Speech) -> Shape | None:
        """Open ``form``, or offer a button for it where the trigger is missing or too old."""
        if self.trigger:
            body = self._triggered(form_modal(form, speech, self._origin()))
            try:
                await self._call("views.open", body)
            except SlackTrouble as trouble:
                if "trigger" not in trouble.code:
                    raise
            else:
                return None
        return await self.say(_offered(form, intent), speech)

    def _origin(self) -> Origin | None:
        return None

    def _triggered(self, modal: Shape) -> Shape:
        return {"trigger_id": self.trigger, "view": modal}

    async def _call(self, method: str, body: Shape) -> Shape:
        if self.workspace is None:
            raise SlackTrouble("not_installed")
        return await self._api.call(self.workspace.token, method, body)

    async def _update(self, view_id: str, modal: Shape) -> None:
        await self._call("views.update", {"view_id": view_id, "view": modal})

    async def _fill_waiting(self, reply: Reply, intent: Intent, speech: Speech) -> Shape | None:
        if isinstance(reply, Open):
            modal = form_modal(reply.form, speech, self._origin())
        else:
            done = view(Paragraph(_("This was done already.")))
            modal = render.modal(as_view(reply, intent) or done, speech)
        await self._update(self.waiting, modal)
        return None


class Command(Surface):
    """A slash command: the acknowledgement is a message that only this person sees."""

    def __init__(self, api: SlackApi, body: Mapping[str, Any]) -> None:
        super().__init__(api)
        self.trigger = str(body.get("trigger_id") or "")
        self._url = str(body.get("response_url") or "")

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        message = render.message(shown, speech, whole_text=True)
        answer = {"response_type": "ephemeral", **message}
        if not self.late:
            return answer
        await self._api.respond(self._url, answer)
        return None


class Card(Surface):
    """A button in a message.

    A message in a channel is everybody's: what one person's press leads to is shown to them alone,
    and the message stays.
    """

    def __init__(self, api: SlackApi, body: Mapping[str, Any]) -> None:
        super().__init__(api)
        self.trigger = str(body.get("trigger_id") or "")
        self._url = str(body.get("response_url") or "")
        self._private = is_private(body)
        self._from = origin_of(body)

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        message = render.message(shown, speech, whole_text=True)
        answer = {"response_type": "ephemeral", "replace_original": False, **message}
        await self._api.respond(self._url, answer)
        return None

    @override
    async def replace(self, shown: View, speech: Speech) -> Shape | None:
        if not self._private:
            return await self.say(shown, speech)
        message = render.message(shown, speech)
        await self._api.respond(self._url, {"replace_original": True, **message})
        return None

    @override
    def _origin(self) -> Origin | None:
        return self._from


class Chat(Surface):
    """A direct message to the bot, answered below it, in its thread if it was in one."""

    def __init__(self, api: SlackApi, event: Mapping[str, Any]) -> None:
        super().__init__(api)
        thread = event.get("thread_ts")
        self._place = {"channel": event["channel"]} | ({"thread_ts": thread} if thread else {})

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        message = render.message(shown, speech)
        await self._call("chat.postMessage", {**self._place, **render.QUIET, **message})
        return None


class Mention(Surface):
    """A mention in a channel: answered in its thread, where only the one who wrote it sees it.

    Slack shows a private answer only in a thread that has begun, so a mention outside of one
    begins it, with a line that says where the answer is and nothing of what it says.
    """

    def __init__(self, api: SlackApi, event: Mapping[str, Any]) -> None:
        super().__init__(api)
        self._channel, self._user = event["channel"], event["user"]
        self._thread, self._begun = event.get("thread_ts"), bool(event.get("thread_ts"))
        self._ts = event["ts"]

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        message = render.message(shown, speech, whole_text=True)
        place = {"channel": self._channel, "thread_ts": self._thread or self._ts}
        if not self._begun:
            begins = render.message(view(Paragraph(ANSWERED)), speech)
            await self._call("chat.postMessage", {**place, **render.QUIET, **begins})
            self._begun = True
        await self._call("chat.postEphemeral", {**place, "user": self._user, **message})
        return None


class Shortcut(Surface):
    """A shortcut, on a message or from anywhere: there is nothing to answer in but a modal."""

    def __init__(self, api: SlackApi, body: Mapping[str, Any]) -> None:
        super().__init__(api)
        self.trigger = str(body.get("trigger_id") or "")

    @override
    async def say(self, shown: View, speech: Speech) -> Shape | None:
        if not self.trigger:
            raise SlackTrouble("trigger_used")
        await self._call("views.open", self._triggered(render.modal(shown, speech)))
        return None
