"""Somebody comes back at the very moment at which something else happens to them.

On PostgreSQL, where transactions really overlap.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.happenings import PersonChanged
from core.members.people import come_back, person_changed
from storage.store import Store
from tests.exchanges.story import ask
from tests.members.accounts import closes, identity_of, outcomes, reports
from tests.world import World


@pytest.fixture
def world(postgres_url: str) -> Iterator[World]:
    opened = Store(postgres_url)
    yield World(opened)
    opened.close()


def test_what_was_about_to_be_kept_back_reaches_who_comes_back_at_that_moment(
    world: World,
) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ana.types("settings")
    ana.fills(can_help="run charts")
    world.deliver()
    ask(ben)
    closes(ana)
    away, closed = ana.member, identity_of(ana)
    pump = threading.Thread(target=world.deliver)
    with world.store.begin() as books:
        come_back(world.engine.office(books), away, closed)
        pump.start()
        pump.join(0.5)
        assert pump.is_alive(), "the pump waits for the member"
    pump.join(30)
    assert not pump.is_alive()
    assert outcomes(ana)[-1] == ("posts.new-ask", "sent", "")
    assert "Could you help with this?" in ana.told("posts.new-ask")[0].text


def test_a_name_that_is_reported_at_that_moment_is_not_forgotten(world: World) -> None:
    ana = world.person("Ana Ward")
    closes(ana)
    acts = threading.Thread(target=ana.types, args=("home",))
    caller = ana.caller
    renamed = PersonChanged(caller.platform, caller.tenant, caller.user, name="Ana Reed")
    with world.store.begin() as books:
        person_changed(world.engine.office(books), renamed)
        acts.start()
        acts.join(0.5)
        assert acts.is_alive(), "the action waits for the member"
    acts.join(30)
    assert not acts.is_alive()
    assert (ana.member.name, identity_of(ana).shown_name) == ("Ana Reed", "Ana Reed")
    reports(ana, name="Ana Hart")
    assert ana.member.name == "Ana Hart"
