"""Slack's own TypeScript types, held against everything that goes to Slack."""

from __future__ import annotations

from tests.contract.everything import EXAMPLES, SPEECHES
from tests.contract.platforms import SURFACES
from tests.contract.slack_types import complaints
from tests.requirements import need


def test_slacks_own_types_take_everything_that_goes_to_slack() -> None:
    need("node")
    wires = {
        f"{example.name} {surface.name}": surface.draw(example.shown, SPEECHES[0])
        for example in EXAMPLES
        for surface in SURFACES
        if surface.platform == "slack" and surface.takes(example.shown)
    }
    assert complaints(wires) == []


def test_a_wrong_shape_would_be_noticed() -> None:
    need("node")
    section = {"type": "section", "text": {"type": "plain_text", "text": "Words"}}
    wrong = {
        "good": {"text": "Words", "blocks": [section]},
        "no-such-block": {"text": "Words", "blocks": [{"type": "sektion"}]},
        "no-label": {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Title"},
            "blocks": [{"type": "input", "element": {"type": "plain_text_input"}}],
        },
        "text-as-string": {"text": "Words", "blocks": [{"type": "header", "text": "Words"}]},
    }
    about = {line.split(":")[0].removeprefix("// ") for line in complaints(wrong)}
    assert about == {"no-such-block", "no-label", "text-as-string"}
