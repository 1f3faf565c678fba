"""The everyday life of the demo: posts, and who answers them, and how it goes on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from bot.demo import sayings
from bot.demo.calendar import Calendar, Story, dice, soon
from bot.demo.people import PEOPLE, Someone
from bot.demo.player import Player, Stage
from bot.demo.told import Told
from core.exchanges.intents import Cancel, Decline, Withdraw
from core.skills.finder import find

_PLOTS = (
    ("confirmed", 62),
    ("suggested", 10),
    ("corrected", 7),
    ("declined", 7),
    ("withdrawn", 3),
    ("cancelled", 4),
    ("unanswered", 4),
    ("forgotten", 3),
)
_STEP = 15


@cache
def skills_in(words: str) -> frozenset[str]:
    """The skills that words name."""
    found = find(words)
    return frozenset((*found.skills, *found.free))


@dataclass
class Everyday:
    """Writes the posts and lets people answer them. ``busy`` counts how often each one acted."""

    calendar: Calendar
    seed: int
    busy: Counter[str] = field(default_factory=Counter)

    @property
    def stage(self) -> Stage:
        """Where it plays."""
        return self.calendar.stage

    def post(self, kind: str, told: Told, answers: int) -> Story:
        """Post, be answered ``answers`` times, and take an ask down once it is met."""
        rng = dice(f"{self.seed}:{kind}:{told.user}:{told.title}")
        author = self.stage[told.user]
        while not author.joined:
            yield soon(self.stage, rng, 12, 36)
        number = author.posts(kind, told.title, told.minutes, told.details, told.place)
        at = self.stage.now
        for answer in range(answers):
            at = max(at, soon(self.stage, rng, 3, 60 + 200 * answer))
            plot = _plot(rng)
            met = (lambda: author.closes(number)) if kind == "ask" else (lambda: None)
            told_again = dice(f"{rng.random()}")
            self.calendar.add(at, self._answer(kind, number, told, plot, told_again, met))

    def _answer(
        self,
        kind: str,
        post: int,
        told: Told,
        plot: str,
        rng: Random,
        met: Callable[[], None],
    ) -> Story:
        """Somebody whose skills fit answers a post."""
        author = self.stage[told.user]
        who = self._fitting(kind, told, rng)
        if who is None:
            return
        proposer = self.stage[who.user]
        self.busy[who.user] += 1
        words = _choice(rng, author, proposer, _OPENINGS[kind])
        minutes = told.minutes
        exchange = proposer.proposes(post, minutes, words, rng.choice(sayings.WHENS), *_terms(rng))
        yield soon(self.stage, rng, 2, 40)
        if plot == "unanswered":
            return
        if plot == "withdrawn":
            proposer.does(Withdraw(exchange=exchange))
            return
        if plot == "declined":
            author.does(Decline(exchange=exchange))
            return
        if plot == "suggested":
            minutes = max(_STEP, minutes + rng.choice((-30, 30, 15)))
            author.suggests(exchange, minutes, rng.choice(sayings.WHENS), "Would this suit you?")
            yield soon(self.stage, rng, 2, 30)
            agreed = proposer.accepts(exchange)
        else:
            agreed = author.accepts(exchange, *_terms(rng))
        if not agreed:
            return
        gives = proposer if kind == "ask" else author
        takes = author if kind == "ask" else proposer
        yield from self._work(exchange, minutes, plot, gives, takes, rng)
        if plot not in ("cancelled", "forgotten") and rng.random() < 0.8:
            met()

    def _work(
        self, exchange: int, minutes: int, plot: str, gives: Player, takes: Player, rng: Random
    ) -> Story:
        """From the agreement to the thank-yous, or to nothing."""
        for talker in rng.sample((gives, takes, takes, gives), rng.choice((0, 1, 2, 2, 3))):
            yield soon(self.stage, rng, 1, 30)
            other = gives if talker is takes else takes
            talker.says(exchange, _choice(rng, talker, other, _CHATTER))
        if plot == "forgotten":
            return
        yield soon(self.stage, rng, 20, 170)
        if plot == "cancelled":
            rng.choice((gives, takes)).does(Cancel(exchange=exchange))
            return
        first, second = (gives, takes) if rng.random() < 0.7 else (takes, gives)
        took = minutes if plot != "corrected" else minutes + _STEP
        # A receiver's own word may take more than was set aside; a giver's may not.
        first.claims(exchange, took)
        yield soon(self.stage, rng, 1, 60)
        if plot == "corrected":
            second.corrects(exchange, minutes)
            yield soon(self.stage, rng, 1, 30)
            first.confirms(exchange)
        else:
            second.confirms(exchange)
        if rng.random() < 0.75:
            yield soon(self.stage, rng, 0, 8)
            takes.thanks(exchange, _choice(rng, takes, gives, _THANKS))
            if rng.random() < 0.4:
                yield soon(self.stage, rng, 1, 10)
                gives.thanks(exchange, rng.choice(sayings.THANKED_BACK))

    def _fitting(self, kind: str, told: Told, rng: Random) -> Someone | None:
        """Whoever fits best and has done least; those of other organisations first."""
        needed = skills_in(f"{told.title} {told.details}")
        author = self.stage[told.user].who
        fitting = [
            (len(needed & _skills_of(kind, one)), one.code != author.code, one)
            for one in PEOPLE
            if one is not author and self.stage[one.user].joined
        ]
        close = [(fits, other, one) for fits, other, one in fitting if fits]
        if not close:
            close = (
                [(0, other, one) for _, other, one in fitting if other] if kind == "offer" else []
            )
        if not close:
            return None
        ranked = sorted(
            close, key=lambda row: (not row[1], self.busy[row[2].user], -row[0], row[2].user)
        )
        return rng.choice(ranked[:3])[2]


_OPENINGS = {
    "ask": (sayings.HELPING, sayings.HELPING_CY),
    "offer": (sayings.WANTING, sayings.WANTING_CY),
}
_CHATTER = (sayings.CHATTER, sayings.CHATTER_CY)
_THANKS = (sayings.THANKS, sayings.THANKS_CY)


def _skills_of(kind: str, one: Someone) -> frozenset[str]:
    return skills_in(one.can_help if kind == "ask" else one.would_like)


def _choice(
    rng: Random, one: Player, other: Player, words: tuple[tuple[str, ...], tuple[str, ...]]
) -> str:
    """Words, in Welsh where both speak it."""
    english, welsh = words
    both = one.who.language == other.who.language == "cy"
    return rng.choice(welsh if both else english)


def _terms(rng: Random) -> tuple[str, str]:
    """The manager's agreement, and whose time."""
    return rng.choice(("not-needed", "not-needed", "held")), rng.choice(("work", "work", "own"))


def _plot(rng: Random) -> str:
    names = [name for name, _ in _PLOTS]
    return rng.choices(names, [weight for _, weight in _PLOTS])[0]
