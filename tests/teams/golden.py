"""The answers that Teams gets to what its clients send, kept in files, so that a change is seen.

``python -m tests.teams.golden --write`` brings the files up to date. Each is one activity of a
``Scene`` and the body of its answer, over HTTP, from the route on a tiny engine.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.teams.composing import Composer
from tests.teams.extension_engine import ExtensionEngine, extended_house
from tests.teams.fake_teams import FakeTeams, Person

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Scene:
    """What Ana does with Hourbridge, and the name of the file with its answer."""

    name: str
    play: Callable[[Composer], Awaitable[Any]]


async def _refused(ana: Composer) -> Any:
    await ana.turns("<p>Who knows <b>run charts</b>?</p>")
    return await ana.presses("Look at it first", {"minutes": "7"})


async def _goes_on(ana: Composer) -> Any:
    await ana.opens("offer")
    return await ana.presses("Post it", {"words": "Charts", "minutes": "1h"})


async def _listed(ana: Composer) -> Any:
    return {"composeExtension": await ana.looks("run charts", count=2)}


async def _nothing_listed(ana: Composer) -> Any:
    return {"composeExtension": await ana.looks("jam")}


async def _after_the_last(ana: Composer) -> Any:
    return {"composeExtension": await ana.looks("run charts", skip=25)}


SCENES = (
    Scene("extension-offer", lambda ana: ana.opens("offer")),
    Scene("extension-turn", lambda ana: ana.turns("<p>Who knows <b>run charts</b>?</p>")),
    Scene("extension-refused-field", _refused),
    Scene("extension-goes-on", _goes_on),
    Scene("extension-stopped-words", lambda ana: ana.turns("<p>943 476 5919</p>")),
    Scene("extension-unknown-command", lambda ana: ana.opens("mint")),
    Scene("extension-found", _listed),
    Scene("extension-found-nothing", _nothing_listed),
    Scene("extension-found-no-more", _after_the_last),
)


async def answers(scenes: tuple[Scene, ...] = SCENES) -> dict[Path, str]:
    """Every golden file, by its path under the folder, as it ought to be."""
    found = {}
    teams = FakeTeams()
    await teams.start()
    for scene in scenes:
        async with extended_house(ExtensionEngine()) as house:
            ana = Composer(Person(teams, house.send))
            found[Path(f"{scene.name}.json")] = pretty(await scene.play(ana))
    await teams.stop()
    return found


def present() -> dict[Path, str]:
    """Every golden file, by its path under the folder, as it is."""
    return {
        path.relative_to(FOLDER): path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")
    }


def pretty(answer: object) -> str:
    """``answer`` as lines that differ only where something of it does."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Say which files differ; with ``--write`` make them as they ought to be."""
    wanted, there = asyncio.run(answers()), present()
    everywhere = sorted(wanted.keys() | there.keys())
    differing = [path for path in everywhere if wanted.get(path) != there.get(path)]
    for path in differing:
        print(path)
        if "--write" not in sys.argv:
            continue
        if path in wanted:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / path).write_text(wanted[path], encoding="utf-8")
        else:
            (FOLDER / path).unlink()
    return int(bool(differing) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
