"""One turn of a conversation: what a person did goes to the engine, the answer into their chat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, assert_never

from adapters.local.chats import Chats, Kind, Message, Shown
from adapters.local.decode import Act, Malformed, Pressed, Typed, intent_of
from adapters.local.forms import form_fragment
from adapters.local.people import GENERAL, Seat
from adapters.local.render import fragment, own_words
from core.answers import Answer, Perform
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.ui.intents import Intent, Vocabulary
from core.ui.plain import summary
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Note, View, view
from core.words import Speech

PLATFORM = "local"
REMEMBERED = 512
"""Sends whose answers are kept, so that a retry gets the same answer and does nothing twice."""

Outcome = dict[str, Any]
"""JSON for the page: ``messages`` written, a ``form`` to open, or why a form was ``refused``."""


class Turns:
    """Carries out acts, each once, and writes what comes of them into the chats."""

    def __init__(
        self,
        chats: Chats,
        perform: Perform,
        interpret: Callable[[str], Intent],
        vocabulary: Vocabulary,
    ) -> None:
        self._chats = chats
        self._perform = perform
        self._interpret = interpret
        self._vocabulary = vocabulary
        self._answers: OrderedDict[tuple[str, str], asyncio.Task[Outcome]] = OrderedDict()
        self._speech: dict[str, Speech] = {}

    async def take(self, seat: Seat, act: Act) -> Outcome:
        """Do ``act`` once, however often it is sent.

        Raises ``Malformed``, or whatever ``perform`` raises; then a retry does it again.
        """
        sent = (seat.key, act.delivery)
        task = self._answers.get(sent)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._answers[sent] = asyncio.create_task(self._take(seat, act))
            self._forget()
        return await asyncio.shield(task)

    async def open(self, seat: Seat) -> Outcome:
        """Show somebody their home: afresh, or over a home that is still the last message. In a
        channel there is none."""
        if seat.channel:
            return {"messages": []}
        answer = await self._perform(_caller(seat), self._interpret("home"))
        last = self._chats.last(seat.chat)
        place = last.id if last and last.shown.kind == "home" else ""
        return self._show(seat, answer, place, False, "home")

    async def close(self) -> None:
        """Wait for what is under way."""
        pending = [task for task in self._answers.values() if not task.done()]
        await asyncio.gather(*pending, return_exceptions=True)

    def _forget(self) -> None:
        while len(self._answers) > REMEMBERED and next(iter(self._answers.values())).done():
            self._answers.popitem(last=False)

    async def _take(self, seat: Seat, act: Act) -> Outcome:
        written: list[Message] = []
        reply_to = card = ""
        form = False
        match act.what:
            case Typed(words, reply_to):
                written = [self._own(seat, act.delivery, words, reply_to)]
            case Pressed(_, card, fields):
                form = fields is not None
            case _:
                assert_never(act.what)
        try:
            intent = intent_of(act.what, self._interpret, self._vocabulary)
        except Refusal as no:
            speech = self._speech.get(seat.person.key, Speech())
            answer = Answer(Refuse(no.reason, no.field, no.code), speech)
        else:
            answer = await self._perform(_caller(seat, act.delivery, reply_to), intent)
        outcome = self._show(seat, answer, card, form, "answer")
        outcome["messages"] = [message.wire(seat.person.key) for message in written] + outcome[
            "messages"
        ]
        return outcome

    def _own(self, seat: Seat, delivery: str, words: str, reply_to: str) -> Message:
        about = self._chats.find(seat.chat, reply_to) if reply_to else None
        if about is not None and seat.channel and about.shown.only_for:
            about = None  # what one person alone sees is not quoted to everybody
        if reply_to and about is None:
            raise Malformed("The message you reply to is no longer here. Type home to start again.")
        if not words.strip():
            raise Malformed("Type something first, then press Enter.")
        own = f"own-{delivery}"
        shown = Shown(
            "own",
            own_words(words),
            words,
            "",
            about.shown.summary if about else "",
            seat.person.key if seat.channel else "",
            seat.person.name if seat.channel else "",
        )
        return self._chats.find(seat.chat, own) or self._chats.put(seat.chat, shown, own)

    def _show(self, seat: Seat, answer: Answer, card: str, form: bool, kind: Kind) -> Outcome:
        speech = self._speech[seat.person.key] = answer.speech
        reply: Reply = answer.reply
        match reply:
            case Say(said):
                # A home that is opened again takes the place of the one before.
                place = card if kind == "home" else ""
                return self._written(seat, said, speech, kind, place)
            case Replace(said):
                known = self._chats.find(seat.chat, card)
                mine = not seat.channel or (known and known.shown.only_for == seat.person.key)
                if known is None or known.shown.kind == "own" or not mine:
                    # What stands in a channel is everybody's, and one answer does not change it.
                    return self._written(seat, said, speech, kind, "")
                # A notice stays one that can be replied to; a home acted upon is a home no more.
                kept: Kind = "notice" if known.shown.kind == "notice" else kind
                return self._written(seat, said, speech, kept, card)
            case Open(shown):
                return {"messages": [], "form": form_fragment(shown, speech)}
            case Refuse(reason, field) if form:
                no = {"reason": speech(reason), "field": field, "language": speech.language}
                return {"messages": [], "refused": no}
            case Refuse(reason):
                return self._written(seat, view(Note(reason, "warning")), speech, kind, "")
            case Nothing():
                return {"messages": []}
            case _:
                assert_never(reply)

    def _written(self, seat: Seat, said: View, speech: Speech, kind: Kind, place: str) -> Outcome:
        shown = Shown(
            kind,
            fragment(said, speech),
            summary(said, speech),
            speech.language,
            only_for=seat.person.key if seat.channel else "",
        )
        message = self._chats.put(seat.chat, shown, place)
        return {"messages": [message.wire(seat.person.key)]}


def _caller(seat: Seat, delivery: str = "", reply_to: str = "") -> Caller:
    person = seat.person
    return Caller(
        platform=PLATFORM,
        tenant=person.tenant,
        user=person.user,
        name=person.name,
        delivery=delivery,
        reply_to="" if seat.channel else reply_to,
        private=not seat.channel,
        conversation=GENERAL if seat.channel else "",
        conversation_name=GENERAL if seat.channel else "",
    )
