"""Who may do what with an event: host, leads, champions elsewhere, members, visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields

import pytest

from core.events.feature import FEATURE as EVENTS
from core.events.intents import (
    CancelEvent,
    CopyEvent,
    FillEvent,
    ListComing,
    OpenCancelEvent,
    OpenEditEvent,
)
from core.feature import Verb
from core.groups.feature import FEATURE as GROUPS
from core.organisations.model import Role
from core.ui.intents import Intent
from tests.events.gatherings import Gathering, announced, delivered
from tests.world import Person, World

CARING: list[Callable[[Gathering], Intent]] = [
    lambda one: OpenEditEvent(event=one.event_id),
    lambda one: FillEvent(
        event=one.event_id,
        version=one.event.version,
        title="Mine now",
        starts="12 June 2pm",
        minutes="1h",
        place="Here",
    ),
    lambda one: ListComing(event=one.event_id),
    lambda one: OpenCancelEvent(event=one.event_id),
    lambda one: CancelEvent(event=one.event_id, reason="Because"),
]


def _somebody(world: World, role: Role | None, of: str, code: str = "NGH") -> Person:
    person = world.person(f"Person {role} {of}", code)
    if role is not None:
        world.grants(person, role, of)
    return person


@pytest.mark.parametrize(
    ("role", "of", "code"),
    [
        (None, "", "NGH"),
        (Role.CHAMPION, "NGH", "NGH"),
        (Role.CHAMPION, "COU", "COU"),
        (Role.LEAD, "COU", "COU"),
        (Role.SPONSOR, "NGH", "NGH"),
        (Role.EVALUATOR, "", "NGH"),
    ],
)
def test_nobody_else_changes_cancels_or_reads_names(
    world: World, role: Role | None, of: str, code: str
) -> None:
    gathering = announced(world)
    gathering.joined_by(world.person("Ben Lowe"))
    before = gathering.event
    other = _somebody(world, role, of, code)
    for make in CARING:
        text = other.does(make(gathering))
        assert other.refused == "not-yours", text
        assert "Ben" not in text
    other.does(CopyEvent(event=gathering.event_id))
    assert other.refused == "not-yours"
    assert gathering.event == before


@pytest.mark.parametrize(("role", "of"), [(Role.LEAD, "NGH"), (Role.ADMIN, ""), (Role.LEAD, "")])
def test_leads_of_the_organisation_and_admins_do(world: World, role: Role, of: str) -> None:
    gathering = announced(world)
    gathering.joined_by(world.person("Ben Lowe"))
    other = _somebody(world, role, of)
    for make in CARING:
        other.does(make(gathering))
        assert not other.refused, other.text
    assert gathering.event.title == "Mine now"
    assert gathering.event.reason == "Because"


def test_those_who_come_see_how_many_and_not_who(world: World) -> None:
    gathering = announced(world)
    ben, cara = world.person("Ben Lowe"), world.person("Cara Nwosu", "COU")
    gathering.joined_by(ben, cara)
    assert "2 people are coming" in ben.types(f"event {gathering.ref}")
    assert "Cara" not in ben.text
    assert "Ben" not in cara.types("events")


def test_the_host_reads_who_comes_and_from_where(world: World) -> None:
    gathering = announced(world, capacity="1")
    gathering.joined_by(world.person("Ben Lowe", "COU"), world.person("Cara Nwosu"))
    text = gathering.host.types(f"coming {gathering.ref}")
    assert "Ben Lowe" in text
    assert "Westshire Council" in text
    assert text.index("Ben Lowe") < text.index("Cara Nwosu")
    assert "In the queue" in text


def test_what_is_not_for_somebody_is_not_found_for_them_in_every_way(world: World) -> None:
    gathering = announced(world, open_to="organisation")
    ben = world.person("Ben Lowe", "COU")
    for words in ("event", "join", "leave event", "edit", "cancel", "copy", "coming", "show"):
        ben.types(f"{words} {gathering.ref}")
        assert ben.refused == "not-found", words
    assert "No event is coming up" in ben.types("events")
    ben.types(f"report {gathering.ref} it is rude")
    assert ben.refused == "not-found"


def test_a_host_who_is_no_champion_any_more_keeps_their_event_and_announces_none(
    world: World,
) -> None:
    gathering = announced(world)
    host = gathering.host
    with world.store.begin() as books:
        found = books.members.by_identity(
            host.caller.platform, host.caller.tenant, host.caller.user
        )
        assert found is not None
        for grant in books.roles.held_by(found[0].id):
            books.roles.revoke(grant)
    # The event is still theirs; another one they cannot announce.
    host.types(f"cancel {gathering.ref} I have moved on")
    assert "The event is cancelled." in host.text
    host.types(f"copy {gathering.ref}")
    assert host.refused == "not-a-champion"


def test_an_event_can_be_reported_to_a_lead(world: World) -> None:
    gathering = announced(world)
    lead = _somebody(world, Role.LEAD, "NGH")
    ben = world.person("Ben Lowe")
    ben.types(f"report {gathering.ref} this is an advert")
    assert not ben.refused, ben.text
    delivered(world)
    [told] = lead.told("exchange.reported")
    assert "Run charts for beginners" in told.text
    assert "this is an advert" in told.text


def _named(verbs: Sequence[Verb], event_id: int) -> Iterator[Intent]:
    """Every intent that can name an event, naming this one; where it takes words, with some."""
    for one in verbs:
        known = {field.name: field.type for field in fields(one.intent)}
        words = {name: "x" for name, kind in known.items() if kind == "str"}
        if "event" in known:
            for given in ({}, words):
                yield one.intent(**{**given, "event": event_id})


def test_no_intent_tells_anything_of_an_event_that_is_not_for_somebody(world: World) -> None:
    gathering = announced(world, open_to="organisation", details="Bring your data")
    gathering.joined_by(world.person("Cara Nwosu", "NGH"))
    ben = world.person("Ben Lowe", "COU")
    before = world.contents()["places"]
    intents = [*_named(EVENTS.verbs, gathering.event_id), *_named(GROUPS.verbs, gathering.event_id)]
    assert len(intents) > 30
    for moment in (world.now, gathering.event.starts_at, gathering.event.ends_at):
        world.now = moment
        for intent in intents:
            text = ben.does(intent)
            assert ben.refused, intent
            for words in ("Run charts", "Bring your data", "Northgate Library", "Cara", "Ana Ward"):
                assert words not in text, intent
    assert world.contents()["places"] == before
