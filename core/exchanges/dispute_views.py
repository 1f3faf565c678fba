"""What a lead sees of an exchange that the two sides could not settle, and no more than that."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchanges.buttons import read_talk
from core.exchanges.forms import REASON_LONGEST
from core.exchanges.intents import ShowExchange
from core.exchanges.model import Exchange, ExchangeState, Message
from core.exchanges.safety_intents import Dispute, ListDisputes, OpenResolve, Resolve
from core.exchanges.views import PAGE, title_of
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.ui.forms import DurationField, Form, LongTextField
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Quote,
    View,
    view,
)

_SHOWN = 3
"""How many of the attached messages the card shows: what fits every chat at the longest."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a settlement needs: who, what for, the minutes, and the words that were attached."""

    exchange: Exchange
    giver: Words
    receiver: Words
    attached: tuple[Message, ...] = ()
    away: tuple[Words, ...] = ()
    """The sides who are away, by name."""

    @property
    def ref(self) -> str:
        """The exchange's short reference."""
        return reference("E", self.exchange.id)

    @property
    def waits(self) -> bool:
        """Whether it still has to be settled."""
        exchange = self.exchange
        return exchange.state is ExchangeState.DISPUTED or (
            exchange.state is ExchangeState.CLAIMED and exchange.escalated
        )

    def name(self, member_id: int) -> Words:
        """The name of one side."""
        return self.giver if member_id == self.exchange.giver_id else self.receiver


def dispute_form(exchange: Exchange, words: str = "") -> Form:
    """Why a lead is asked to settle."""
    return Form(
        _("Ask a lead to settle"),
        Dispute(exchange=exchange.id, version=exchange.version),
        (
            LongTextField(
                "words",
                _("What do you not agree on?"),
                words,
                _("The lead and the other side can read this. Leave out patient details."),
                longest=REASON_LONGEST,
            ),
        ),
        _("Ask a lead"),
        (
            Paragraph(
                _(
                    "A lead who is not part of this decides how many hours move. Until then "
                    "nothing moves. Messages stay private unless one of you attaches their own."
                )
            ),
        ),
    )


def case_view(case: Case, news: Note | None = None) -> View:
    """One exchange to settle."""
    exchange = case.exchange
    facts = [
        Fact(_("Gives help"), case.giver),
        Fact(_("Receives help"), case.receiver),
        Fact(_("Agreed"), spoken(exchange.minutes)),
    ]
    if exchange.claimed_minutes is not None and exchange.claimed_by is not None:
        said = _(
            "{time}, says {name}",
            time=spoken(exchange.claimed_minutes),
            name=case.name(exchange.claimed_by),
        )
        facts.append(Fact(_("It took"), said))
    facts.append(Fact(_("Reference"), case.ref))
    latest = case.attached[-_SHOWN:]
    quotes = (Quote(message.words, case.name(message.member_id)) for message in latest)
    settle = OpenResolve(exchange=exchange.id, version=exchange.version)
    return view(
        news,
        Heading(title_of(exchange.title)),
        Facts(tuple(facts)),
        Paragraph(case_standing(case)),
        *(_away_notes(case) if case.waits else ()),
        *(quotes if case.waits else ()),
        Actions(
            (
                Button(_("Settle it"), settle, f"settle {case.ref}", "primary"),
                *((read_talk(exchange.id),) if len(case.attached) > _SHOWN else ()),
            )
        )
        if case.waits
        else None,
        summary=news.text if news else case_standing(case),
    )


def _away_notes(case: Case) -> list[Note]:
    return [
        Note(_("{name} is away at the moment. You can settle this all the same.", name=name))
        for name in case.away
    ]


def case_standing(case: Case) -> Text:
    """Where a settlement stands."""
    exchange = case.exchange
    if exchange.state is ExchangeState.DISPUTED and exchange.disputed_by is not None:
        return _(
            "{name} asks a lead to settle how long it took.",
            name=case.name(exchange.disputed_by),
        )
    if case.waits:
        return _("Nobody has confirmed how long this took. You can settle it.")
    if exchange.state is ExchangeState.RESOLVED:
        return _("This has been settled: {time}.", time=spoken(exchange.settled_minutes or 0))
    return _("This no longer needs a lead.")


def resolve_form(case: Case) -> Form:
    """How many minutes move."""
    exchange = case.exchange
    minutes = exchange.claimed_minutes or exchange.minutes
    return Form(
        _("Settle it"),
        Resolve(exchange=exchange.id, version=exchange.version),
        (
            DurationField(
                "minutes",
                _("How much time moves?"),
                typed_minutes(minutes),
                _("For example 1h30 or 45 mins. Write 0 if none does."),
            ),
        ),
        _("Settle"),
        (
            Paragraph(
                _(
                    "From {receiver} to {giver}. The first settlement stands.",
                    receiver=case.receiver,
                    giver=case.giver,
                )
            ),
        ),
    )


def disputes_view(cases: tuple[Case, ...], page: int, total: int) -> View:
    """A page of what waits for a lead."""
    if not cases:
        return view(Heading(_("To settle")), Paragraph(_("Nothing waits for you here.")))
    return view(
        Heading(_("To settle")),
        Items(
            tuple(
                Item(
                    title_of(case.exchange.title),
                    (case_standing(case), case.ref),
                    (
                        Button(
                            _("Open"),
                            ShowExchange(exchange=case.exchange.id),
                            f"show {case.ref}",
                        ),
                    ),
                )
                for case in cases
            )
        ),
        turn(ListDisputes(), page, pages(total, PAGE), "disputes"),
    )
