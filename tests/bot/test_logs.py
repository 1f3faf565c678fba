"""Logs: one JSON object a line, and nothing in them that a person wrote or is called."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import JsonLines, set_up_logs
from core.engine import Engine
from core.feature import Feature, house
from core.kernel.keys import Keys
from storage.store import Store
from tests.bot.system import System
from tests.world import Person, World

SECRET_WORDS = "quarterly marmalade"
NAME = "Blodwen Prothero-Vale"


class Lines:
    """What the program's own handler would write."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, event: str) -> dict[str, Any]:
        """The newest line about ``event``."""
        return [one for one in self.objects if one["event"] == event][-1]


@pytest.fixture
def lines() -> Iterator[Lines]:
    found = Lines()
    root, ours = logging.getLogger(), logging.getLogger("hourbridge")
    before = root.level, ours.level
    root.addHandler(found.handler)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(found.handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def offers(person: Person) -> str:
    return person.types(f"offer 2 hours {SECRET_WORDS} for beginners, online")


def test_an_action_is_logged_without_its_words_or_its_actor(world: World, lines: Lines) -> None:
    person = world.person(NAME)
    assert "marmalade" in offers(person)
    person.presses("Post it")
    assert world.holds("marmalade"), "it was a real offer"
    line = lines.of("action")
    assert (line["platform"], line["tenant"], line["outcome"]) == ("slack", "T-NORTHGATE", "done")
    assert line["intent"].startswith("posts.")
    assert line["ms"] > 0
    for hidden in ("marmalade", "Blodwen", "Prothero", person.caller.user):
        assert hidden not in lines.text


def test_a_stopped_text_is_not_logged(world: World, lines: Lines) -> None:
    person = world.person(NAME)
    person.types("offer 1 hour help with patient NHS number 943 476 5919")
    assert not re.search(r"943\D?476", lines.text)
    assert not world.holds("943 476 5919")


def test_a_failure_is_logged_with_the_reference_of_the_apology_and_no_words(
    world: World, lines: Lines
) -> None:
    person = world.person(NAME)
    with world.store.begin() as books:
        books.connection.exec_driver_sql("ALTER TABLE drafts RENAME TO gone")
    sorry = offers(person)
    reference = re.search(r"reference: ([0-9A-F]{8})", sorry)
    assert reference is not None, sorry
    line = lines.of("something broke")
    assert line["reference"] == reference[1]
    assert line["error"]
    assert any("storage/" in place or "books/" in place for place in line["where"])
    for hidden in ("marmalade", "Blodwen"):
        assert hidden not in lines.text


async def test_a_notice_that_cannot_be_rendered_is_logged_without_words(
    store: Store, lines: Lines
) -> None:
    system = System(store)
    system.words = SECRET_WORDS
    system.tell(system.member(NAME), broken=True)
    await system.pumps()
    line = lines.of("a notice could not be rendered")
    assert (line["error"], line["level"]) == ("RuntimeError", "error")
    assert "marmalade" not in lines.text
    assert "Blodwen" not in lines.text


async def test_a_delivery_is_logged_with_its_outcome_and_no_words(
    store: Store, lines: Lines
) -> None:
    system = System(store)
    system.words = SECRET_WORDS
    system.tell(system.member(NAME))
    await system.pumps()
    assert (lines.of("delivery")["outcome"], lines.of("delivery")["platform"]) == ("sent", "slack")
    assert "marmalade" not in lines.text
    assert "Blodwen" not in lines.text


async def test_what_a_library_quotes_of_an_error_is_not_logged(lines: Lines) -> None:
    async def fails() -> None:
        raise ValueError(SECRET_WORDS)

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del task
    gc.collect()
    logging.getLogger("some.library").warning("could not send %s", SECRET_WORDS)
    assert {one["logger"] for one in lines.objects} == {"asyncio", "some.library"}
    assert "marmalade" not in lines.text
    assert "test_logs.py" in lines.objects[-1]["event"], "it says where to look"


def test_a_failure_inside_made_up_code_can_be_logged(lines: Lines) -> None:
    try:
        exec(compile("raise KeyError('marmalade')", "<string>", "exec"))
    except KeyError:
        logging.getLogger("hourbridge.test").exception("it failed")
    assert lines.of("it failed")["error"] == "KeyError"
    assert "marmalade" not in lines.text


def test_an_engine_without_a_room_for_an_intent_still_answers(store: Store, lines: Lines) -> None:
    engine = Engine(store, house([Feature("empty")]), Keys(("secret",)))
    world = World(store)
    intent = world.engine.interpret("home")
    answer = engine.perform(world.person(NAME).caller, intent)
    assert "reference" in str(answer.reply)
    assert "Blodwen" not in lines.text


def test_set_up_logs_writes_our_lines_and_only_warnings_of_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up_logs()
        logging.getLogger("hourbridge.test").info("ours", extra={"job": "a.job", "done": 3})
        logging.getLogger("some.library").info("theirs")
        [line] = capsys.readouterr().err.splitlines()
    finally:
        root.handlers, root.level = before, level
    said = json.loads(line)
    assert (said["event"], said["job"], said["done"]) == ("ours", "a.job", 3)
