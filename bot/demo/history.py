"""Three months of Tarrowshire, played through the engine and ending at the present moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from bot.demo import sayings, scenes
from bot.demo.asks import ASKS
from bot.demo.calendar import Calendar, Story, at_work, dice, soon, workday_before
from bot.demo.everyday import Everyday
from bot.demo.offers import OFFERS
from bot.demo.organisations import BY_CODE, PLATFORM, found
from bot.demo.people import BY_USER, PEOPLE, START_HERE
from bot.demo.player import Stage
from core.engine import Engine
from core.ledger.intents import Grant as GrantHours
from core.organisations.model import Grant, Role
from core.respect.intents import SetPattern
from core.respect.model import Pattern

DAYS = 91
FRESH = timedelta(hours=20)
"""Notices of the last hours are left to be delivered when the chats open."""
SEED = 2026


def play(
    make: Callable[[Callable[[], datetime]], Engine], now: datetime, seed: int = SEED
) -> Stage:
    """Play everything on an empty, migrated database, up to ``now``. The same ``seed`` and
    ``now`` make the same system. ``make`` builds the engine on a clock."""
    now = now.replace(microsecond=0)
    stage = Stage(make, workday_before(now, DAYS, 8))
    with stage.engine.store.begin() as books:
        organisations = found(books, stage.now)
        for someone in PEOPLE:
            if someone.role is not None:
                where = organisations[someone.code].id
                tenant = BY_CODE[someone.code].tenant
                # An administrator looks after the whole system.
                of = None if someone.role is Role.ADMIN else where
                books.roles.grant(Grant(PLATFORM, tenant, someone.user, someone.role, of))
    calendar = Calendar(stage, now, now - FRESH)
    _joining(calendar, dice(f"{seed}:joining"))
    _posts(Everyday(calendar, seed), dice(f"{seed}:posts"))
    _giving(calendar, dice(f"{seed}:giving"))
    for start, scene in scenes.all_scenes(stage, now):
        calendar.add(start, scene)
    calendar.play()
    return stage


def _joining(calendar: Calendar, rng: Random) -> None:
    """Roles and those to start with join first, the others over two months."""
    early = {user for user, _ in START_HERE}
    start = calendar.stage.now
    for number, someone in enumerate(PEOPLE):
        if not someone.joined:
            continue
        first = someone.role is not None or someone.user in early
        days = 0.0 if first else rng.triangular(0, 60, 6)
        at = start + timedelta(days=days, minutes=3 * number)
        calendar.add(at if first else at_work(at), _joins(calendar.stage, someone.user))


def _joins(stage: Stage, user: str) -> Story:
    """Sample people are there at any hour: whoever tries them out does so when it suits them."""
    stage[user].joins()
    stage[user].does(SetPattern(pattern=Pattern.ANY_TIME.value))
    yield from ()


def _posts(everyday: Everyday, rng: Random) -> None:
    """Offers and asks spread over the months, more of them lately."""
    start, end = everyday.stage.now, everyday.calendar.end
    written = [("offer", told) for told in OFFERS]
    written += [("ask", told) for told in ASKS]
    rng.shuffle(written)
    span = (end - start - timedelta(days=2)) / len(written)
    for place, (kind, told) in enumerate(written):
        at = start + timedelta(days=1) + span * (place + rng.random())
        answers = rng.choice((0, 1, 1, 2, 2)) if kind == "offer" else rng.choice((0, 1, 1, 1))
        everyday.calendar.add(at_work(at), everyday.post(kind, told, answers))


def _giving(calendar: Calendar, rng: Random) -> None:
    """Now and then somebody passes time on, or a lead grants some from the pot."""
    stage, start, end = calendar.stage, calendar.stage.now, calendar.end
    givers = sorted({told.user for told in OFFERS} - {"rob"})
    for number in range(14):
        at = at_work(start + timedelta(days=12) + (end - start - timedelta(days=14)) / 14 * number)
        giver, receiver = rng.sample(givers, 2)
        to = ("community", "our pot", receiver)[number % 3]
        calendar.add(at, _gives(stage, giver, to, dice(f"{rng.random()}")))
    for lead, days, to in (
        ("adaeze", 20, "Kofi Asante"),
        ("shabnam", 12, "Emeka Obi"),
        ("judith", 8, "Winston Grant"),
    ):
        calendar.add(workday_before(end, days, 15), _grants(stage, lead, to))


def _gives(stage: Stage, giver: str, to: str, rng: Random) -> Story:
    person = BY_USER.get(to)
    while not (stage[giver].joined and (person is None or stage[to].joined)):
        yield soon(stage, rng, 20, 90)
    note = rng.choice(sayings.GIFTS) if person else ""
    stage[giver].gives(rng.choice((15, 30, 30, 60)), person.name if person else to, note)


def _grants(stage: Stage, lead: str, to: str) -> Story:
    who = stage[lead]
    # The pot first needs something in it.
    pot = "community" if who.who.role is Role.ADMIN else "our pot"
    who.gives(60, pot)
    yield stage.now + timedelta(minutes=5)
    who.gives_by(GrantHours(minutes="45 mins", who=to, source=pot))
