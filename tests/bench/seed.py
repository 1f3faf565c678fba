"""The database that the servers are measured on: members, drafts and claimed exchanges."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.callers import Address
from core.exchanges.intents import ShowExchange
from core.exchanges.model import Exchange, ExchangeState, Terms
from core.ledger.model import AccountKind
from core.members.model import Member
from core.posts.model import Post, PostKind
from core.ui.views import View
from storage.books import Books
from storage.migrate import migrate
from storage.store import Store
from tests.teams.fake_teams import BOT
from tests.world import Person, World

SLACK_TEAM = "T-NORTHGATE"
TEAMS_TENANT = "tenant-southgate"
SLACK_MEMBERS = 200
TEAMS_MEMBERS = 100
MINUTES = 15
SERVICE_URL = "http://127.0.0.1:9/"
"""Where Teams would take messages; nothing is sent there, because presses answer in place."""

FIRST = ("Ana", "Bea", "Cai", "Dee", "Eli", "Fay", "Gus", "Hua", "Ida", "Jon")
LAST = ("Ash", "Beech", "Cedar", "Dale", "Elm", "Fenn", "Grove", "Heath", "Jay", "Oak")
OFFERS = (
    "2 hours run charts for beginners, online, until 30 June #spc",
    "1 hour easy read leaflets, checked with you, online, until 31 May #easy-read",
    "90 minutes facilitation of a team away day at Northgate Library #facilitation",
    "1h30 mentoring for new managers, online, until 15 June #mentoring",
    "45 mins spreadsheets: pivot tables and charts, online #excel",
    "3 hours process mapping with your team, until 30 April",
)
"""What people type after ``offer``."""
SKILLS = (
    "run charts, easy read",
    "facilitation, mentoring",
    "spreadsheets, process mapping",
    "mentoring, run charts",
    "",
)
"""What members could help with, and would like, in turn. Every fourth is told of new offers."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in front of somebody, with a button that is about to be pressed."""

    user: str
    card: View


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the load is made of, in the order it is to be sent."""

    slack_users: tuple[str, ...]
    slack_drafts: tuple[Shown, ...]
    teams_drafts: tuple[Shown, ...]
    claimed: tuple[Shown, ...]


def seed(path: Path, count: int) -> Seeded:
    """Fill a new SQLite file at ``path`` with ``count`` of everything that is to be pressed."""
    store = Store(f"sqlite:///{path}")
    try:
        migrate(store.engine)
        world = World(store)
        world.now = datetime.now(UTC)
        slack = [_slack_member(world, number) for number in range(SLACK_MEMBERS)]
        teams = [_teams_member(world, number) for number in range(TEAMS_MEMBERS)]
        return Seeded(
            tuple(person.caller.user for person in slack),
            tuple(_drafts(slack, count)),
            tuple(_drafts(teams, count)),
            tuple(_claimed(world, slack, count)),
        )
    finally:
        store.close()


def _slack_member(world: World, number: int) -> Person:
    user = f"U0{number:05}"
    return _member(world, "slack", SLACK_TEAM, user, Address(f"D0{number:05}"), number)


def _teams_member(world: World, number: int) -> Person:
    return _member(
        world, "teams", TEAMS_TENANT, f"entra-{number}", teams_address(f"entra-{number}"), number
    )


def teams_address(user: str) -> Address:
    """Where Teams reaches ``user``, as an activity from their chat says."""
    return Address(f"a:{user}", SERVICE_URL, BOT, f"29:{user}")


def _member(
    world: World, platform: str, tenant: str, user: str, address: Address, number: int
) -> Person:
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
    person = world.someone(platform, tenant, user, name, joined=False)
    person.caller = replace(person.caller, address=address)
    helps, wants = SKILLS[number % len(SKILLS)], SKILLS[(number + 2) % len(SKILLS)]
    person.joins(can_help=helps, would_like=wants)
    if number % 4 == 0:
        with world.store.begin() as books:
            books.members.save(replace(_member_of(books, person), wants_offers=True))
    return person


def _member_of(books: Books, person: Person) -> Member:
    caller = person.caller
    found = books.members.by_identity(caller.platform, caller.tenant, caller.user)
    assert found is not None
    return found[0]


def _drafts(people: Sequence[Person], count: int) -> list[Shown]:
    """Previews, typed by everyone in turn."""
    shown = []
    for person, words in itertools.islice(
        zip(itertools.cycle(people), itertools.cycle(OFFERS), strict=False), count
    ):
        person.types(f"offer {words}")
        assert isinstance(person.screen, View), person.text
        shown.append(Shown(person.caller.user, person.screen))
    return shown


def _claimed(world: World, people: Sequence[Person], count: int) -> list[Shown]:
    """Exchanges whose receiver says that they are done, before the giver, who is to confirm."""
    half = len(people) // 2
    pairs = list(zip(people[:half], people[half:], strict=True))
    members = {id(person): person.member for person in people}
    with world.store.begin() as books:
        exchanges = [
            _exchange(books, world.now, members[id(giver)], members[id(receiver)])
            for giver, receiver in itertools.islice(itertools.cycle(pairs), count)
        ]
    shown = []
    for (giver, _receiver), exchange in zip(itertools.cycle(pairs), exchanges, strict=False):
        giver.does(ShowExchange(exchange=exchange.id))
        assert isinstance(giver.screen, View), giver.text
        shown.append(Shown(giver.caller.user, giver.screen))
    return shown


def _exchange(books: Books, now: datetime, giver: Member, receiver: Member) -> Exchange:
    """Written to the books directly: playing each through the engine would take minutes."""
    ours, theirs = giver.organisation_id, receiver.organisation_id
    closes = (now + timedelta(days=60)).date()
    title = "Run charts for beginners"
    post = books.posts.add(
        Post(PostKind.OFFER, giver.id, ours, title, "", MINUTES, ("spc",), True, None, closes, now)
    )
    account = books.ledger.account(AccountKind.MEMBER, receiver.id)
    assert account is not None
    books.ledger.reserve(account.id, MINUTES)
    added = books.exchanges.add(
        Exchange(
            giver.id,
            receiver.id,
            receiver.id,
            receiver.id,
            title,
            MINUTES,
            ours,
            theirs,
            now,
            post.id,
            suggested_at=now,
        )
    )
    assert added is not None
    return books.exchanges.save(
        replace(
            added,
            state=ExchangeState.CLAIMED,
            giver_terms=Terms(),
            receiver_terms=Terms(),
            reserved=MINUTES,
            claimed_minutes=MINUTES,
            claimed_by=receiver.id,
            claimed_at=now,
            agreed_at=now,
        )
    )
