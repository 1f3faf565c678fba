"""What a test reads of digests, and the events and thanks that it puts into them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from core.digests.intents import ShowDigest
from core.events.model import Event, EventKind, Open
from core.ui.views import Heading, Items, Quote, View
from tests.world import ENGLISH, Message, Person, World

Lists = dict[str, list[str]]


def lists_of(shown: View) -> Lists:
    """The titles of the items, and the quotes, under each heading."""
    found: Lists = {}
    title = ""
    for block in shown.blocks:
        if isinstance(block, Heading):
            title = ENGLISH(block.text)
            found[title] = []
        elif isinstance(block, Items):
            found[title] += [ENGLISH(item.title) for item in block.items]
        elif isinstance(block, Quote):
            found[title].append(block.text)
    return found


def preview(person: Person) -> Lists:
    """What this person's digest would show now."""
    person.does(ShowDigest())
    assert isinstance(person.screen, View)
    return lists_of(person.screen)


def sent(person: Person) -> list[Message]:
    """The digests that this person has received."""
    return person.told("digests.personal")


def helper(world: World, name: str = "Ana Ward", code: str = "NGH") -> Person:
    """Somebody who can help with run charts and would like easy read."""
    person = world.person(name, code, joined=False)
    return person.joins(can_help="run charts", would_like="easy read")


def event(world: World, host: Person, title: str, days: float = 3, **given: Any) -> Event:
    """An event that somebody hosts for their organisation, so many days from now."""
    member, starts = host.member, world.now + timedelta(days=days)
    made = Event(
        EventKind.LEARNING,
        title,
        member.id,
        member.organisation_id,
        starts,
        starts + timedelta(hours=1),
        world.now,
        f"uid-{title}",
        f"token-{title}",
        **{"place": "Room 2", "open_to": Open.ALL, **given},
    )
    with world.store.begin() as books:
        return books.events.add(made)


@dataclass(frozen=True)
class Due:
    """One digest planned for a member: which hour it is for, and when it goes."""

    at: datetime
    not_before: datetime


def prefers(person: Person, **chosen: Any) -> None:
    """This person says how they want to be written to."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        books.preferences.keep(replace(books.preferences.of(member_id), **chosen))


def lives_in(person: Person, zone: str) -> None:
    """Their chat says that they are in this time zone."""
    member = person.member
    with person.world.store.begin() as books:
        books.members.save(replace(member, zone=zone))


def plans(world: World, since: datetime, hours: int = 1) -> None:
    """Run the planning of so many hours, each at its time."""
    for number in range(hours):
        world.now = since + timedelta(hours=number)
        world.runs("digests.plan")


def due(person: Person) -> list[Due]:
    """The digests planned for this person, in order."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.deliveries.of_member(member_id)
    digests = [one for one in found if one[1].kind == "digests.personal"]
    when = [
        Due(notice.at, delivery.not_before)
        for delivery, notice in digests
        if delivery.not_before is not None
    ]
    return sorted(when, key=lambda one: one.at)


def outcomes(person: Person) -> list[str]:
    """What became of the digests planned for this person, in order: a state, or why not."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.deliveries.of_member(member_id)
    digests = [one for one in found if one[1].kind == "digests.personal"]
    ordered = sorted(digests, key=lambda one: one[1].at)
    return [delivery.reason or delivery.state.value for delivery, _notice in ordered]
