"""The message extension: forms from the box where people write, and posts to put into a chat.

Nothing of it needs the bot to be in the chat where somebody uses it. A dialog and a list of results
are seen by the one who asked; a card that they put into their message is seen by everybody there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never, cast

from adapters.teams import invokes, results
from adapters.teams.decode import Press, Turn, data_of, press_of
from adapters.teams.message_words import link_of, words_of
from adapters.teams.shown import Interpret, Shown, answer_to, notice, speech_for, typed
from adapters.teams.ways_in import ASK, FIND, OFFER, TURN, WORDS
from core.answers import Answer, Perform
from core.apology import apologise
from core.callers import Caller
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, storable
from core.ui.intents import Intent, Vocabulary
from core.ui.plain import summary
from core.ui.replies import Nothing, Open, Refuse, Replace, Say

Body = dict[str, Any]

FROM_MESSAGE = "posts.from-message"
"""The intent that turns a message into an ask."""
FIND_TO_SHARE = "posts.find-to-share"
"""The intent that finds posts with the cards that may be put into a conversation."""
TYPED = {OFFER: "offer", ASK: "ask"}
"""The command that opens the same form when it is typed."""
_FURTHEST = 10_000
"""The number of a match beyond which nobody turns pages."""
_CARRIED = 500
"""The characters of a message that a form carries along."""
_LINKS = frozenset({"composeExtension/queryLink", "composeExtension/anonymousQueryLink"})
_UNKNOWN = _("Hourbridge does not know this command. Type help in our private chat.")
_JOIN_FIRST = _(
    "Join Hourbridge first: choose Offer help or Ask for help here, or type join in our private "
    "chat."
)
_NO_PREVIEW = _(
    "Hourbridge puts nothing into a chat by itself. Choose Find help to put a card into your "
    "message."
)


class Extensions:
    """Answers the ``composeExtension`` invokes."""

    def __init__(self, perform: Perform, interpret: Interpret, vocabulary: Vocabulary) -> None:
        self._perform = perform
        self._interpret = interpret
        self._vocabulary = vocabulary

    async def take(self, turn: Turn) -> Body | None:
        """The body of the invoke's answer; None closes a dialog, and says nothing anywhere else."""
        if turn.name == "composeExtension/fetchTask":
            return await self._open(turn)
        if turn.name == "composeExtension/submitAction":
            return await self._send(turn)
        if turn.name == "composeExtension/query":
            return await self._look(turn)
        # A link is never ours to unfurl: see docs/decisions/0019.
        return results.listed(()) if turn.name in _LINKS else None

    async def _open(self, turn: Turn) -> Body:
        """The dialog that a command opens."""
        value = turn.value or {}
        command = value.get("commandId")
        if command == TURN:
            return await self._open_from(turn, value.get("messagePayload"))
        if not isinstance(command, str) or command not in TYPED:
            return invokes.dialog_message(_said(turn, _UNKNOWN))
        intent = self._interpret(TYPED[command])
        return _dialog(turn, await answer_to(self._perform, _asker(turn), typed(intent), "dialog"))

    async def _open_from(self, turn: Turn, message: object) -> Body:
        """The form with the words of a message."""
        words = words_of(message)
        # To open again when it is refused, a form carries along what opened it. A long message
        # would not fit into a card with it; by then the fields hold what the form took of it.
        wire = {"do": FROM_MESSAGE, "words": words[:_CARRIED], "source": link_of(message)}
        carried = typed(self._vocabulary.read(wire))

        async def of_all_words(caller: Caller, intent: Intent) -> Answer:
            return await self._perform(caller, replace(cast("Any", intent), words=words))

        return _dialog(turn, await answer_to(of_all_words, _asker(turn), carried, "dialog"))

    async def _send(self, turn: Turn) -> Body | None:
        """What a dialog shows once its form is sent or its button pressed; None closes it."""
        if (turn.value or {}).get("botMessagePreviewAction"):
            return invokes.dialog_message(_said(turn, _NO_PREVIEW))
        try:
            press: Press = press_of(data_of(turn), self._vocabulary)
        except Refusal as refusal:
            refused = Refuse(refusal.reason, refusal.field, refusal.code)
            return invokes.dialog(notice(refused, speech_for(turn.caller.locale), "dialog"))
        shown = await answer_to(self._perform, _asker(turn), press, "dialog")
        return None if shown is None else invokes.dialog(shown)

    async def _look(self, turn: Turn) -> Body:
        """What is listed for the words typed so far. Teams asks again at every few letters."""
        value = turn.value or {}
        if value.get("commandId") != FIND:
            return results.message(_said(turn, _UNKNOWN))
        span = _span(value.get("queryOptions"))
        wire = {"do": FIND_TO_SHARE, "words": _typed_words(value), **span}
        # Looking changes nothing, so no receipt of it has to be kept.
        asker = replace(_asker(turn), delivery="")
        try:
            answer = await self._perform(asker, self._vocabulary.read(wire))
            return _listed(answer, first=not span.get("skip"))
        except Exception as error:  # a dialog's apology would not be shown here
            reply = apologise(error, platform="teams", tenant=turn.caller.tenant)
            return results.message(_said(turn, reply.reason))


def too_slow(turn: Turn) -> Body:
    """What is said when an answer takes longer than Teams waits for it. A form that was sent in is
    dealt with all the same; nothing else was to be kept."""
    if turn.name == "composeExtension/query":
        return results.message(_said(turn, _("This takes longer than usual. Try again.")))
    if turn.name == "composeExtension/submitAction":
        return invokes.dialog_message(
            _said(
                turn,
                _(
                    "This takes longer than usual. Type home in our private chat to see what came "
                    "of it."
                ),
            )
        )
    return invokes.dialog_message(_said(turn, _("This takes longer than usual. Try again.")))


def _listed(answer: Answer, *, first: bool) -> Body:
    speech = answer.speech
    match answer.reply:
        case Say(view) | Replace(view):
            if found := results.found_in(view, speech):
                return results.listed(found)
            if answer.visitor:
                return results.message(speech(_JOIN_FIRST))
            # After the last match there is no more to say.
            return results.message(summary(view, speech)) if first else results.listed(())
        case Refuse(reason):
            return results.message(speech(reason))
        case Open() | Nothing():
            return results.listed(())
        case _:
            assert_never(answer.reply)


def _dialog(turn: Turn, shown: Shown | None) -> Body:
    if shown is None:
        return invokes.dialog_message(_said(turn, _("You have done this.")))
    return invokes.dialog(shown)


def _asker(turn: Turn) -> Caller:
    """Who asks, without the conversation: it may be anybody's, and is not where to reach them."""
    return replace(turn.caller, address=replace(turn.caller.address, conversation=""))


def _said(turn: Turn, words: Text) -> str:
    return speech_for(turn.caller.locale)(words)


def _span(options: object) -> dict[str, int]:
    """From which match on, and how many, as far as Teams says so."""
    given = options if isinstance(options, Mapping) else {}
    return {
        name: min(number, _FURTHEST)
        for name in ("skip", "count")
        if isinstance(number := given.get(name), int)
        if not isinstance(number, bool) and number >= 0
    }


def _typed_words(value: Mapping[str, Any]) -> str:
    parameters = value.get("parameters")
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, Mapping) and parameter.get("name") == WORDS:
            words = parameter.get("value")
            return storable(words) if isinstance(words, str) else ""
    return ""
