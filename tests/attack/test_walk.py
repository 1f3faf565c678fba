"""Members who type and press at random for a long time: whatever they do, the books stay whole.

The walks are seeded, so a walk that fails fails again. Everybody may do anything at any moment,
with their own exchanges and with other people's; time passes, jobs run, notices go out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from core.exchanges.model import OPEN
from core.kernel.references import reference
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Form,
    LongTextField,
    ManyChoicesField,
    TextField,
)
from core.ui.intents import FieldValue
from core.ui.views import View
from tests.attack.arena import Arena
from tests.world import Person, World, buttons_of

STEPS = 600
TIMES = ("15 minutes", "30 minutes", "1 hour", "1h30", "2 hours", "5 hours")
LINES = (
    *("ask {time} of help with run charts, online",) * 3,
    *("offer {time} of easy read, online",) * 3,
    *("answer {post} {time}",) * 8,
    *("accept {exchange}",) * 6,
    *("done {exchange} {time}",) * 6,
    *("confirm {exchange}",) * 8,
    "find",
    "answer {post}",
    "suggest {exchange} {time}",
    "decline {exchange}",
    "withdraw {exchange}",
    "message {exchange} {words}",
    "done",
    "confirm",
    "correct {exchange} {time}",
    "cancel {exchange}",
    "dispute {exchange} {words}",
    "attach {exchange}",
    "resolve {exchange} {time}",
    "resolve {exchange} 0",
    "manager {exchange}",
    "thanks {exchange} {words}",
    "report {exchange} {words}",
    "exchanges",
    "exchange {exchange}",
    "talk {exchange}",
    "unblock {exchange}",
    "disputes",
    "reports",
    "corrections",
    "correction {exchange} {words}",
    "balance",
    "statement",
    "give {time} to {name}",
    "give {time} to community",
    "give {time} to the pot",
    "grant {time} to {name}",
    "undo",
    "stop",
    "start",
    "settings",
    "home",
    "link",
    "mydata",
    "{words}",
)
_ENDINGS = {
    "exchange.decline",
    "exchange.withdraw",
    "exchange.cancel",
    "exchange.block",
    "posts.close",
    "posts.drop",
    "members.leave",
}
"""Pressed less often, so that there is something left to go on with."""
_MARK = re.compile(r"zq(\d+)q")
_READERS = """
SELECT x.giver_id, x.receiver_id FROM exchanges x
WHERE x."when" LIKE :mark OR EXISTS
    (SELECT 1 FROM messages m WHERE m.exchange_id = x.id AND m.words LIKE :mark)
UNION SELECT a.holder_id, a.holder_id FROM gifts g JOIN accounts a ON a.id = g.receiver_account_id
WHERE g.note LIKE :mark
UNION SELECT x.giver_id, x.receiver_id FROM exchanges x
JOIN members m ON m.id IN (x.giver_id, x.receiver_id) AND m.contact LIKE :mark
WHERE x.agreed_at IS NOT NULL
UNION SELECT id, id FROM members WHERE EXISTS
    (SELECT 1 FROM posts WHERE title LIKE :mark OR details LIKE :mark) OR name LIKE :mark"""


class Walk:
    """One seeded walk through the town."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.arena = Arena(world)
        self.people = list(self.arena.members)
        self.looking_after = (self.arena.dee, self.arena.eve)
        self.steps: list[str] = []
        self.writers: list[Person] = []

    def step(self) -> None:
        """One thing that somebody does, and what must hold of what they then see."""
        who = self.chance.choice(self.people)
        ways: list[Callable[[Person], None]] = [self._types, self._presses]
        self.chance.choice(ways)(who)
        if self.chance.random() < 0.8:
            self._goes_on(who)
        said = f"{who.caller.name}: {self.steps[-1:]}"
        assert who.refused != "failed", said
        self._sees_only_their_own(who, who.text)

    def _goes_on(self, who: Person) -> None:
        """Fill in the form, or say yes to what is asked."""
        if isinstance(who.screen, Form):
            self._fills(who)
        for label in ("Post it", "Yes, give it", "Send it"):
            if isinstance(who.screen, View) and label in who.labels():
                who.presses(label)

    def _types(self, who: Person) -> None:
        line = self.chance.choice(LINES).format(
            time=self.chance.choice(TIMES),
            exchange=reference("E", self._exchange(who)),
            post=self._post(),
            name=self.chance.choice(self.people).caller.name,
            words=self._marked(who),
        )
        self.steps.append(line)
        who.types(line)

    def _post(self) -> str:
        """Any post, open or not, theirs or not."""
        newest = self.world.rows("posts") + 1
        number = self.chance.randint(max(1, newest - 6), newest)
        with self.world.store.begin() as books:
            post = books.posts.get(number)
        return reference(post.kind.letter, post.id) if post else "A-222"

    def _exchange(self, who: Person) -> int:
        """One of theirs that is open, and now and then any."""
        mine = who.member.id
        with self.world.store.begin() as books:
            found, _total = books.exchanges.of_member(mine, tuple(OPEN), limit=50)
        if found and self.chance.random() < 0.8:
            return self.chance.choice(found).id
        return self.chance.randint(1, self.world.rows("exchanges") + 1)

    def _marked(self, who: Person) -> str:
        """Words with a mark of their own: who may read it is looked up where it turns up."""
        self.writers.append(who)
        return f"zq{len(self.writers) - 1}q"

    def _presses(self, who: Person) -> None:
        views = [who.screen] if isinstance(who.screen, View) else []
        views += [message.view for message in who.inbox[-8:]]
        buttons = [
            button
            for view in views
            for button in buttons_of(view)
            if button.intent.name not in _ENDINGS or self.chance.random() < 0.1
        ]
        if buttons:
            button = self.chance.choice(buttons)
            self.steps.append(repr(button.intent))
            who.presses_button(button)
            if self.chance.random() < 0.2:
                who.presses_button(button)

    def _fills(self, who: Person) -> None:
        assert isinstance(who.screen, Form)
        given: dict[str, FieldValue] = {}
        for field in who.screen.fields:
            if isinstance(field, ChoiceField) and field.options:
                given[field.name] = self.chance.choice(field.options).value
            elif isinstance(field, ManyChoicesField):
                given[field.name] = tuple(option.value for option in field.options)
            elif isinstance(field, DurationField):
                given[field.name] = self.chance.choice(TIMES)
            elif isinstance(field, (TextField, LongTextField)) and not field.value:
                given[field.name] = self._marked(who)
        self.steps.append(f"{who.screen.intent!r} with {given}")
        who.fills(**given)

    def passes(self) -> None:
        """Time goes by: jobs run, and everything that is due is handed out."""
        self.world.later(hours=self.chance.choice((0, 1, 20, 24 * 3)))
        for job in self.world.house.jobs:
            self.world.runs(job)
        self.world.deliver()
        for who in self.people:
            for message in who.inbox[-20:]:
                self._sees_only_their_own(who, message.text)

    def _sees_only_their_own(self, who: Person, shown: str) -> None:
        """Leads may read what is attached or reported; all others what they wrote or were sent,
        and contact details once something was agreed."""
        if who in self.looking_after:
            return
        for mark in _MARK.finditer(shown):
            if self.writers[int(mark[1])] is not who:
                assert who.member.id in self._sent_to(mark[0]), f"{who.caller.name} reads: {shown}"

    def _sent_to(self, mark: str) -> set[int]:
        """The sides of the exchange that holds these words, or whom they were given with."""
        with self.world.store.begin() as books:
            rows = books.connection.execute(text(_READERS), {"mark": f"%{mark}%"})
            return {member for row in rows for member in row}


@pytest.mark.parametrize("seed", [2])
def test_a_long_walk_of_five_members_leaves_the_books_whole(world: World, seed: int) -> None:
    walk = Walk(world, seed)
    for number in range(STEPS):
        walk.step()
        if number % 50 == 49:
            walk.passes()
            assert walk.arena.breaches() == [], walk.steps[-50:]
    assert world.rows("exchanges") > 4
    assert world.rows("messages") > 4
    assert world.rows("postings") > 8
