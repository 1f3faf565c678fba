"""Slack's own types hold for every body that leaves, and not for the gallery alone.

The fake Slack checks the lengths of the same bodies against slackblocks' table as they arrive.
"""

from __future__ import annotations

from typing import Any

import pytest

from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.gallery import HOSTILE
from core.ui.replies import Replace, Say
from core.ui.views import Actions, Button, Paragraph, view
from core.words import Speech
from tests.contract.slack_types import complaints
from tests.requirements import need
from tests.slack.fake_slack import FakeSlack
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer
from tests.slack.small_script import script

Json = dict[str, Any]


class Sent:
    """Every message and view that reached Slack, in calls and in acknowledgements."""

    def __init__(self, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
        self._slack = slack
        self._acknowledged: list[Json] = []
        modal, ephemeral = slack.set_modal, slack.show_ephemeral

        def set_modal(user: str, view_id: str, shown: Json) -> None:
            self._acknowledged.append(shown)
            modal(user, view_id, shown)

        def show_ephemeral(channel: str, user: str, body: Json) -> None:
            self._acknowledged.append(body)
            ephemeral(channel, user, body)

        monkeypatch.setattr(slack, "set_modal", set_modal)
        monkeypatch.setattr(slack, "show_ephemeral", show_ephemeral)

    @property
    def methods(self) -> set[str]:
        return {call.method for call in self._slack.calls}

    def wires(self) -> dict[str, Json]:
        """The parts that Slack shows, by a name."""
        bodies = [(call.method, call.body.get("view", call.body)) for call in self._slack.calls]
        bodies += [("acknowledgement", body) for body in self._acknowledged]
        return {
            f"{number} {name}": _shown(body)
            for number, (name, body) in enumerate(bodies)
            if "blocks" in body
        }


def _shown(body: Json) -> Json:
    if "type" in body:
        return body
    return {"text": body["text"], "blocks": body["blocks"]}


async def test_slacks_own_types_take_everything_that_is_sent(
    ana: Person, engine: Engine, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("node")
    sent = Sent(slack, monkeypatch)
    button = Actions((Button(HOSTILE[:40], Offer(title="again")),))
    engine.reply = lambda _intent: Replace(view(Paragraph(HOSTILE), button))
    await ana.command("/hours")
    await ana.say("hours")
    await ana.mention("hours")
    await ana.open_home()
    await ana.press(HOSTILE[:40], ana.messages[0])
    engine.reply = script
    await ana.command("/offer", "run charts")
    engine.reply = Refusal(_("Too long."), "")
    await ana.submit(title="a better title")
    engine.reply, engine.delay = Say(view(Paragraph("Saved."))), 0.4
    await ana.submit()
    await ana.command("/offer", "slowly")
    await ana.shortcut("offer")
    engine.delay = 0
    ana.team = "T0ELSE"
    await ana.command("/hours")
    assert {
        "chat.postEphemeral",
        "chat.postMessage",
        "response_url",
        "views.open",
        "views.publish",
        "views.update",
    } <= sent.methods
    assert Speech()(_("One moment.")) in str(sent.wires())
    assert complaints(sent.wires()) == []
