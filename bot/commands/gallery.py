"""``hourbridge gallery``: every view and form, written out as each chat would show it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from bot.commands.terminal import Failed, Groups, command
from core.ui.forms import Form
from core.ui.gallery import Example, examples
from core.ui.plain import plain, plain_form
from core.words import LANGUAGES, Speech


def add(groups: Groups) -> None:
    """The command ``gallery``."""
    writing = command(
        groups, "gallery", "write every example of what people see into a folder", _write
    )
    writing.add_argument(
        "--out", type=Path, default=Path("var/gallery"), metavar="DIR", help="where (var/gallery)"
    )
    writing.add_argument(
        "--language", choices=sorted(LANGUAGES), default="en", help="whose words (en)"
    )


def _write(given: Namespace) -> int:
    # All rooms take a while to load, which other commands need not wait for.
    from core.features import the_house

    speech = Speech(given.language)
    everything = [*examples(), *the_house().gallery()]
    files, misfits = 0, []
    try:
        given.out.mkdir(parents=True, exist_ok=True)
        for example in everything:
            for ending, render in renderings(example, speech).items():
                name = f"{example.name}.{ending}"
                try:
                    (given.out / name).write_text(render() + "\n", "utf-8")
                    files += 1
                except ValueError as too_big:
                    misfits.append(f"{name}: {too_big}")
    except OSError as error:
        raise Failed(f"The gallery cannot be written to {given.out}: {error.strerror}.") from None
    print(f"Wrote {len(everything)} examples as {files} files to {given.out}.")
    if misfits:
        raise Failed("\n".join(("These do not fit their chat:", *misfits)))
    return 0


def renderings(example: Example, speech: Speech) -> dict[str, Callable[[], str]]:
    """By file ending, how an example is drawn: as plain text, for Slack, for Teams and for the
    local page. Drawing raises ``ValueError`` where a chat would refuse it."""
    # The renderers live with their chats' libraries, which other commands need not load.
    from adapters.local.forms import form_fragment
    from adapters.local.render import fragment
    from adapters.slack.forms import form_modal
    from adapters.slack.render import message
    from adapters.teams.forms import form_card
    from adapters.teams.render import card

    shown = example.shown
    if isinstance(shown, Form):
        form = shown
        return {
            "txt": lambda: plain_form(form, speech),
            "slack.json": lambda: _json(form_modal(form, speech)),
            "teams.json": lambda: _json(form_card(form, speech)),
            "local.html": lambda: form_fragment(form, speech),
        }
    return {
        "txt": lambda: plain(shown, speech),
        "slack.json": lambda: _json(message(shown, speech)),
        "teams.json": lambda: _json(card(shown, speech)),
        "local.html": lambda: fragment(shown, speech),
    }


def _json(wire: object) -> str:
    return json.dumps(wire, ensure_ascii=False, indent=2)
