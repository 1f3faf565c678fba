"""The forms of an exchange: proposing, agreeing, suggesting, talking, claiming, thanking."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchanges import intents
from core.exchanges.model import Exchange, Manager, Terms, WhoseTime
from core.exchanges.views import title_of
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _
from core.posts.model import Post, PostKind
from core.ui.forms import ChoiceField, DurationField, Field, Form, LongTextField, Option, TextField
from core.ui.views import Fact, Facts, Paragraph

WHEN_LONGEST = 150
MESSAGE_LONGEST = 2000
THANKS_LONGEST = 300
REASON_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Answers:
    """What a proposal's form starts with."""

    minutes: str
    terms: Terms
    when: str = ""
    message: str = ""


def terms_fields(terms: Terms) -> tuple[Field, ...]:
    """Whose time it is, and the manager's agreement."""
    return (
        ChoiceField(
            "time",
            _("Whose time is it for you?"),
            (
                Option(WhoseTime.WORK, _("Work time")),
                Option(WhoseTime.OWN, _("My own time")),
                Option(WhoseTime.BOTH, _("Some of both")),
            ),
            terms.time,
        ),
        ChoiceField(
            "manager",
            _("Does your manager need to agree?"),
            (
                Option(Manager.NOT_NEEDED, _("No, it is not needed")),
                Option(Manager.HELD, _("Yes, and they have agreed")),
                Option(Manager.TO_ASK, _("Yes, and I still have to ask")),
            ),
            terms.manager,
            _("Each organisation has its own rule. Hourbridge asks no one for you."),
        ),
    )


def _minutes(label: Text, value: str) -> DurationField:
    return DurationField("minutes", label, value, _("For example 1h30 or 45 mins"))


def _when(value: str) -> TextField:
    return TextField(
        "when",
        _("When would suit you?"),
        value,
        _("For example Tuesday after 2pm. You can skip this."),
        required=False,
        longest=WHEN_LONGEST,
    )


def _words(label: Text, value: str = "", *, hint: Text, required: bool) -> LongTextField:
    return LongTextField("words", label, value, hint, required, MESSAGE_LONGEST)


def _message(value: str) -> LongTextField:
    return LongTextField(
        "message",
        _("A message"),
        value,
        _("It is passed on to them. Leave out patient details. You can skip this."),
        required=False,
        longest=MESSAGE_LONGEST,
    )


def propose_form(post: Post, author: Words, key: str, answers: Answers) -> Form:
    """The form behind "I can help" or "I would like this", on one post."""
    ask = post.kind is PostKind.ASK
    before = (
        _("You help {name}. The hours move to you when you have both confirmed.", name=author)
        if ask
        else _("{name} helps you. The hours move when you have both confirmed.", name=author)
    )
    return Form(
        _("I can help") if ask else _("I would like this"),
        intents.Propose(post=post.id, key=key),
        (
            _minutes(_("How long?"), answers.minutes),
            _when(answers.when),
            _message(answers.message),
            *terms_fields(answers.terms),
        ),
        _("Send"),
        (Facts((Fact(_("What for"), post.title),)), Paragraph(before)),
    )


def accept_form(exchange: Exchange, other: Words, terms: Terms, *, gives: bool) -> Form:
    """One side's terms, and one press to agree."""
    what = (
        _("You help {name} for {time}.", name=other, time=spoken(exchange.minutes))
        if gives
        else _("{name} helps you for {time}.", name=other, time=spoken(exchange.minutes))
    )
    when = (Fact(_("When"), exchange.when),) if exchange.when else ()
    return Form(
        _("Accept"),
        intents.Accept(exchange=exchange.id, version=exchange.version),
        terms_fields(terms),
        _("Accept"),
        (Facts((Fact(_("What for"), title_of(exchange.title)), *when)), Paragraph(what)),
    )


def suggest_form(exchange: Exchange, answers: Answers) -> Form:
    """Other minutes, and another day if need be."""
    return Form(
        _("Suggest other minutes"),
        intents.Suggest(exchange=exchange.id, version=exchange.version),
        (
            _minutes(_("How long?"), answers.minutes),
            _when(answers.when),
            _message(answers.message),
            *terms_fields(answers.terms),
        ),
        _("Send"),
        (Facts((Fact(_("What for"), title_of(exchange.title)),)),),
    )


def message_form(exchange_id: int, other: Words, key: str, words: str = "") -> Form:
    """A message that is passed on."""
    return Form(
        _("Send a message"),
        intents.SendMessage(exchange=exchange_id, key=key),
        (
            _words(
                _("Your message"),
                words,
                hint=_("Leave out patient details and anything urgent."),
                required=True,
            ),
        ),
        _("Send"),
        (Paragraph(_("This goes to {name}, in the chat they use.", name=other)),),
    )


def claim_form(exchange: Exchange, minutes: str) -> Form:
    """How long the work took."""
    return Form(
        _("It is done"),
        intents.Claim(exchange=exchange.id, version=exchange.version),
        (_minutes(_("How long did it take?"), minutes),),
        _("Send"),
        (
            Facts((Fact(_("What for"), title_of(exchange.title)),)),
            Paragraph(_("The other side confirms it, and then the hours move.")),
        ),
    )


def correct_form(exchange: Exchange, minutes: str) -> Form:
    """How long the work took instead."""
    return Form(
        _("It took another time"),
        intents.Correct(exchange=exchange.id, version=exchange.version),
        (_minutes(_("How long did it take?"), minutes),),
        _("Send"),
        (
            Facts((Fact(_("What for"), title_of(exchange.title)),)),
            Paragraph(_("The other side is asked to confirm what you say.")),
        ),
    )


def thanks_form(exchange: Exchange, other: Words, words: str = "") -> Form:
    """A short thank-you."""
    field = LongTextField(
        "words",
        _("Your thank-you"),
        words,
        _("A sentence or two. Leave out patient details."),
        longest=THANKS_LONGEST,
    )
    return Form(
        _("Say thank you"),
        intents.Thank(exchange=exchange.id),
        (field,),
        _("Send"),
        (Paragraph(_("This goes to {name}.", name=other)),),
    )
