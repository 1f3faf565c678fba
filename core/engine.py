"""The engine: one intent, one action, one transaction, one answer."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from core import commands
from core.answers import Answer
from core.apology import apologise
from core.books import Books
from core.callers import Caller
from core.feature import House
from core.happenings import Happening
from core.kernel.desk import Desk, Office
from core.kernel.keys import Keys
from core.kernel.refusals import Refusal
from core.kernel.stale import Busy, Stale
from core.members.gate import Admitted, admit
from core.members.language import language_of
from core.safety.signpost import signposted, with_signpost
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Nothing, Refuse, Reply, both
from core.words import Speech

log = logging.getLogger("hourbridge.engine")

TRIES = 4
Result = TypeVar("Result")


class Store(Protocol):
    """Where books are kept. ``begin`` opens one transaction: committed at the end, rolled back
    by an exception. Raises ``Busy`` where the database asks for another try."""

    def begin(self) -> AbstractContextManager[Books]:
        """One transaction."""
        ...


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Attempt:
    """What is known so far about one request, for the answer and the log."""

    speech: Speech
    outcome: str = "done"
    follow_up: Intent | None = None
    visitor: bool = False


class Engine:
    """Carries out intents. Synchronous: adapters call it from worker threads."""

    def __init__(
        self,
        store: Store,
        house: House,
        keys: Keys,
        *,
        public_url: str = "http://127.0.0.1:3978",
        clock: Callable[[], datetime] = utc_now,
        count: Callable[[str, str, str], None] = lambda _platform, _intent, _outcome: None,
    ) -> None:
        self.store = store
        self.house = house
        self.keys = keys
        self.public_url = public_url
        self.clock = clock
        self.interpret = commands.interpreter(house)
        self.vocabulary = Vocabulary(house.verbs)
        self._count = count

    def perform(self, caller: Caller, intent: Intent) -> Answer:
        """Carry out ``intent`` for ``caller``. Never raises: trouble becomes a ``Refuse``."""
        started = time.perf_counter()
        attempt = _Attempt(Speech(language_of(caller.locale)))
        went_on: Intent | None = None
        try:
            reply = self._tried(caller, intent, attempt)
            if attempt.follow_up is not None:
                went_on = attempt.follow_up
                later = self.perform(replace(caller, delivery=""), went_on)
                reply = both(reply, later.reply)
        except Refusal as refusal:
            attempt.outcome = refusal.code
            reply = Refuse(refusal.reason, refusal.field, refusal.code)
        except Exception as error:
            attempt.outcome = "failed"
            reply = apologise(
                error,
                undone=True,
                platform=caller.platform,
                tenant=caller.tenant,
                intent=intent.name,
            )
        self._count(caller.platform, intent.name, attempt.outcome)
        log.info(
            "action",
            extra={
                "platform": caller.platform,
                "tenant": caller.tenant,
                "intent": intent.name,
                "outcome": attempt.outcome,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return Answer(reply, attempt.speech, attempt.visitor, went_on)

    def happened(self, happening: Happening) -> None:
        """Let the rooms handle what a platform reports. Raises where that could not be stored."""

        def handle(books: Books) -> None:
            office = self.office(books)
            for one in self.house.handlers:
                if isinstance(happening, one.happening):
                    one.handle(office, happening)

        self.transact(handle)
        log.info(
            "happening",
            extra={
                "platform": happening.platform,
                "tenant": happening.tenant,
                "kind": type(happening).__name__,
            },
        )

    def office(self, books: Books, slot: datetime | None = None) -> Office:
        """What a job or a notice works at, in the transaction of ``books``; a job for ``slot``."""
        policy = books.policy.read()
        return Office(self.clock(), books, policy, self.keys, self.public_url, slot=slot)

    def transact(self, work: Callable[[Books], Result]) -> Result:
        """Do ``work`` in one transaction, again where somebody else was in the way.

        Raises ``Busy`` or ``Stale`` where it still is in vain after ``TRIES``.
        """
        for left in reversed(range(TRIES)):
            try:
                with self.store.begin() as books:
                    return work(books)
            except Busy:
                if left == 0:
                    raise
                time.sleep(0.01 * (TRIES - left) * (1 + secrets.randbelow(100) / 100))
            except Stale:
                # Somebody was quicker. The action reads afresh and sees what they did.
                if left == 0:
                    raise
        raise AssertionError("unreachable")

    def _tried(self, caller: Caller, intent: Intent, attempt: _Attempt) -> Reply:
        def act(books: Books) -> Reply:
            attempt.outcome, attempt.follow_up = "done", None
            return self._act(books, caller, intent, attempt)

        return self.transact(act)

    def _act(self, books: Books, caller: Caller, intent: Intent, attempt: _Attempt) -> Reply:
        desk = Desk(
            self.clock(),
            books,
            books.policy.read(),
            self.keys,
            self.public_url,
            caller,
            self._dispatch,
            self.house,
        )
        verb = self.house.verbs[type(intent)]
        admitted = admit(desk, intent, visitors=verb.visitors)
        attempt.speech = admitted.speech
        attempt.visitor = desk.member is None
        if not isinstance(admitted, Admitted):
            attempt.outcome = admitted.outcome
            return with_signpost(desk, intent, admitted.reply)
        if caller.delivery and not books.journal.claim(
            f"{caller.platform}:{caller.tenant}:{caller.delivery}", desk.now
        ):
            attempt.outcome = "repeat"
            return Nothing()
        try:
            reply = with_signpost(desk, intent, verb.action(desk, intent))
        except Refusal as refusal:
            raise signposted(desk, intent, refusal) from None
        if desk.member is not None:
            attempt.speech = Speech(desk.member.language, ZoneInfo(desk.member.zone))
        if isinstance(reply, Refuse):
            attempt.outcome = reply.code
        attempt.follow_up = desk.follow_up
        return reply

    def _dispatch(self, desk: Desk, intent: Intent) -> Reply:
        return self.house.verbs[type(intent)].action(desk, intent)
