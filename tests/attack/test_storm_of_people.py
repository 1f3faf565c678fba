"""Eight threads at the same few members, who agree, confirm, cancel, give, leave and merge at once.

On PostgreSQL, where transactions really overlap.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from core.exchanges.intents import Accept, Cancel, Claim, Confirm, Correct, Withdraw
from core.exchanges.safety_intents import Dispute, Resolve
from core.ledger.intents import ConfirmGift
from core.ledger.model import AccountKind
from core.members.leave import LeaveNow
from core.members.link import UseLink
from core.members.model import MemberState
from core.ui.intents import Intent
from core.ui.replies import Refuse
from storage.store import Store
from tests.attack.arena import Arena
from tests.exchanges.story import ask
from tests.together import together
from tests.world import Person, World

WORKERS = 8
EACH = 14


@pytest.fixture
def world(postgres_url: str) -> Iterator[World]:
    opened = Store(postgres_url)
    yield World(opened)
    opened.close()


class Storm:
    """Members with exchanges and gifts between them, and threads that go for all of it."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.arena = Arena(world)
        self.again = world.person("Ana Ward", "COU", user="U-ana-again")
        self.people = [*self.arena.members, self.again]
        self.outcomes: Counter[str] = Counter()
        self._exchanges()
        self.gifts = self._gifts()
        self.code = self._code()

    def _exchanges(self) -> None:
        """Everybody has an ask, and others answer it; some are agreed, some claimed."""
        for number, asker in enumerate(self.people):
            ref = ask(asker, f"15 minutes of help with audit {number}, online")
            for giver in self.chance.sample([one for one in self.people if one is not asker], 3):
                giver.types(f"answer {ref}")
                giver.fills()
                newest = self.world.rows("exchanges")
                how_far = self.chance.randint(0, 2)
                if how_far > 0:
                    asker.does(Accept(exchange=newest))
                if how_far > 1:
                    giver.does(Claim(exchange=newest, minutes="15 minutes"))

    def _gifts(self) -> list[tuple[Person, Intent]]:
        """Gifts that wait for a yes."""
        for giver in self.people:
            for name in ("Ana Ward at Northgate", "Ana Ward at Westshire", "Ben Lowe"):
                giver.types(f"give 15 minutes to {name}")
        with self.world.store.begin() as books:
            rows = books.connection.execute(
                text("SELECT id, member_id FROM drafts WHERE kind = 'gift' ORDER BY id")
            ).all()
        owners = {person.member.id: person for person in self.people}
        return [(owners[owner], ConfirmGift(draft=number)) for number, owner in rows]

    def _code(self) -> str:
        said = self.arena.ana.types("link")
        return next(word for word in said.split() if word.count("-") == 1 and word.isupper())

    def rages(self) -> None:
        """All threads at once; two of them also merge and leave in the middle of it."""

        def work(number: int) -> None:
            chance = random.Random(number)
            for turn in range(EACH):
                if number == 0 and turn == EACH // 2:
                    self._does(self.again, UseLink(code=self.code, sure=True), "merge")
                elif number == 1 and turn == EACH // 2:
                    self._does(self.arena.ben, LeaveNow(), "leave")
                else:
                    person, intent = self._something(chance)
                    self._does(person, intent, f"{number}-{turn}")

        together(*(partial(work, number) for number in range(WORKERS)))

    def _something(self, chance: random.Random) -> tuple[Person, Intent]:
        if chance.random() < 0.35:
            return chance.choice(self.gifts)
        one = chance.randint(1, 3 * len(self.people))
        intents: list[Intent] = [
            Accept(exchange=one),
            Accept(exchange=one),
            Claim(exchange=one, minutes="15 minutes"),
            Confirm(exchange=one),
            Confirm(exchange=one),
            Correct(exchange=one, minutes="30 minutes"),
            Cancel(exchange=one),
            Withdraw(exchange=one),
            Dispute(exchange=one, words="I remember less."),
            Resolve(exchange=one, minutes="15 minutes"),
        ]
        return chance.choice(self.people), chance.choice(intents)

    def _does(self, person: Person, intent: Intent, delivery: str) -> None:
        caller = replace(person.caller, delivery=f"storm-{delivery}")
        reply = self.world.engine.perform(caller, intent).reply
        code = reply.code if isinstance(reply, Refuse) else type(reply).__name__
        self.outcomes[code] += 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_storm_of_people_fails_nobody_and_leaves_the_books_whole(world: World, seed: int) -> None:
    storm = Storm(world, seed)
    assert storm.arena.breaches() == []
    storm.rages()
    assert storm.outcomes["failed"] == 0, storm.outcomes
    assert storm.arena.breaches() == []
    assert storm.outcomes["Replace"] > WORKERS, storm.outcomes


@pytest.mark.parametrize("leaver", ["Ana Ward", "Ben Lowe"])
def test_no_hours_go_to_or_come_from_somebody_who_leaves_at_that_moment(
    world: World, leaver: str
) -> None:
    ana, ben = world.person("Ana Ward", "NGH"), world.person("Ben Lowe", "COU")
    ana.types("give 30 minutes to Ben Lowe")
    yes = ana.button("Yes, give it")
    gone = ana.member if leaver == "Ana Ward" else ben.member
    pressing = threading.Thread(target=ana.presses_button, args=(yes,))
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.MEMBER, gone.id)
        assert account is not None
        books.ledger.hold(account.id)
        pressing.start()
        pressing.join(0.5)
        assert pressing.is_alive(), "the gift waits for the account"
        books.members.save(replace(gone, state=MemberState.LEFT))
    pressing.join(30)
    assert ana.refused == "receiver-gone"
    assert world.rows("gifts") == 0
    with world.store.begin() as books:
        assert books.ledger.get(account.id).balance == account.balance
