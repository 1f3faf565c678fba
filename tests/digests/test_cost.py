"""A digest costs the same however many members, posts and exchanges there are."""

from __future__ import annotations

from typing import Any

from tests.digests.reading import event, helper, preview
from tests.exchanges.story import ask, offer
from tests.members.test_merging import exchange
from tests.world import Person, World

QUERIES = 30
"""How often showing a digest asks the database at most, however much there is in it."""
LARGE = ("posts", "post_skills", "members", "exchanges", "messages", "deliveries", "notices")


def _much(world: World, ana: Person, count: int) -> None:
    """Something of every sort for Ana's digest, so many times over."""
    for number in range(count):
        ben = world.person(f"Ben {count} of {number}", "COU")
        ask(ben, f"1 hour run charts part {number}, online")
        offer(ben, f"1 hour easy read part {number}, online")
        event(world, ben, f"Talk {count} of {number}", 3)
        exchange(world, ana, ben)


def test_it_asks_as_often_for_much_as_for_little(world: World) -> None:
    ana = helper(world)
    _much(world, ana, 1)
    with world.asked() as little:
        preview(ana)
    _much(world, ana, 6)
    with world.asked() as much:
        lists = preview(ana)
    assert len(lists["People you could help"]) == 3
    assert len(much) == len(little) <= QUERIES


def test_no_large_table_is_read_from_end_to_end(world: World) -> None:
    ana = helper(world)
    _much(world, ana, 2)
    with world.asked() as statements:
        preview(ana)
    found = [one for statement, given in statements for one in _plan(world, statement, given)]
    assert found
    assert [one for one in found if _reads_all(one)] == []


def _plan(world: World, statement: str, given: Any) -> list[str]:
    """How the database goes about a query; on PostgreSQL, where small tables are always read whole,
    as it would be for large ones."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    with world.store.begin() as books:
        run = books.connection.exec_driver_sql
        if world.store.sqlite:
            return [row.detail for row in run(f"EXPLAIN QUERY PLAN {statement}", given)]
        run("SET LOCAL enable_seqscan = off")
        return [row[0] for row in run(f"EXPLAIN {statement}", given)]


def _reads_all(line: str) -> bool:
    words = line.strip(" ->").split()
    if words[:1] == ["SCAN"]:
        return words[1] in LARGE
    return words[:3] == ["Seq", "Scan", "on"] and words[3] in LARGE
