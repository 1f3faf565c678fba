"""What leads, admins and the two sides read about a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.ledger.intents import (
    ApproveCorrection,
    DeclineCorrection,
    ProposeCorrection,
    ShowCorrection,
    WithdrawCorrection,
)
from core.ledger.model import Correction, CorrectionState
from core.ledger.views import balance_button, statement_button
from core.ui.forms import Form, LongTextField, TextField
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

WORDS_LONGEST = 500


@dataclass(frozen=True, slots=True)
class SeenCorrection:
    """A correction as one reader sees it. ``giver`` gave ``minutes`` to ``receiver`` by helping."""

    correction: Correction
    giver: Words
    receiver: Words
    minutes: int
    moved_at: datetime
    proposer: Words
    decider: Words | None = None
    may_decide: bool = False
    may_withdraw: bool = False

    @property
    def exchange(self) -> str:
        """The exchange's reference."""
        return reference("E", self.correction.exchange_id)

    @property
    def ref(self) -> str:
        """The correction's own reference."""
        return reference("C", self.correction.id)


def correction_form(intent: ProposeCorrection) -> Form:
    """The form that proposes to put hours back."""
    return Form(
        _("Propose to put hours back"),
        ProposeCorrection(),
        (
            TextField(
                "exchange",
                _("Which exchange"),
                intent.exchange,
                _("Its reference, for example E-7K2"),
                longest=20,
            ),
            LongTextField(
                "words",
                _("Why"),
                intent.words,
                _("Another lead or an administrator decides. The two sides read this too."),
                longest=WORDS_LONGEST,
            ),
        ),
        _("Propose"),
        (
            Paragraph(
                _(
                    "The hours of the exchange go back to where they came from. The first "
                    "movement stays in both statements, and the correction stands beside it."
                )
            ),
        ),
    )


def correction_card(seen: SeenCorrection, news: Note | None = None) -> View:
    """The card of a correction, with what this reader may do."""
    facts = (
        Fact(_("Gave help"), seen.giver),
        Fact(_("Received help"), seen.receiver),
        Fact(_("Time to put back"), spoken(seen.minutes)),
        Fact(_("Hours moved"), _("{moment}", moment=seen.moved_at)),
        Fact(_("Where it stands"), _state(seen)),
    )
    words = seen.correction.words
    return view(
        news,
        Heading(_("Correction {ref} of {exchange}", ref=seen.ref, exchange=seen.exchange)),
        Facts(facts),
        Quote(words, seen.proposer) if words else None,
        _actions(seen),
        summary=_("Correction {ref}", ref=seen.ref),
    )


def _state(seen: SeenCorrection) -> Text:
    who = seen.decider or ""
    match seen.correction.state:
        case CorrectionState.PROPOSED:
            return _("Waits for another lead or an administrator")
        case CorrectionState.APPROVED:
            return _("Approved by {name}. The hours are put back.", name=who)
        case CorrectionState.DECLINED:
            return _("Declined by {name}. No hours have moved.", name=who)
        case CorrectionState.WITHDRAWN:
            return _("Withdrawn. No hours have moved.")


def _actions(seen: SeenCorrection) -> Actions | None:
    if seen.correction.state is not CorrectionState.PROPOSED:
        return None
    which, version = seen.correction.id, seen.correction.version
    buttons: list[Button] = []
    if seen.may_decide:
        buttons += [
            Button(
                _("Put the hours back"),
                ApproveCorrection(correction=which, version=version),
                f"corrections approve {seen.ref}",
                "primary",
            ),
            Button(
                _("Leave them as they are"),
                DeclineCorrection(correction=which, version=version),
                f"corrections decline {seen.ref}",
            ),
        ]
    if seen.may_withdraw:
        buttons.append(
            Button(
                _("Withdraw"),
                WithdrawCorrection(correction=which, version=version),
                f"corrections withdraw {seen.ref}",
            )
        )
    return Actions(tuple(buttons)) if buttons else None


def corrections_view(waiting: Sequence[SeenCorrection]) -> View:
    """What waits for a decision that this reader has a part in."""
    propose = Button(_("Propose to put hours back"), ProposeCorrection(), "reverse")
    if not waiting:
        return view(
            Heading(_("Corrections")),
            Paragraph(_("No correction waits for a decision.")),
            Actions((propose,)),
        )
    return view(
        Heading(_("Corrections")),
        Items(tuple(_item(seen) for seen in waiting)),
        Actions((propose,)),
    )


def _item(seen: SeenCorrection) -> Item:
    return Item(
        _("{ref} of {exchange}", ref=seen.ref, exchange=seen.exchange),
        (
            _("{time} from {giver} back to {receiver}", time=spoken(seen.minutes), giver=seen.giver,
              receiver=seen.receiver),
            _("Proposed by {name}", name=seen.proposer),
        ),
        (Button(_("Open"), ShowCorrection(correction=seen.correction.id),
                f"corrections {seen.ref}"),),
    )  # fmt: skip


def put_back_view(seen: SeenCorrection, minutes: int) -> View:
    """The notice to one side: ``minutes`` came back (above zero) or went back (below)."""
    time = spoken(abs(minutes))
    told = (
        _("{time} came back to you.", time=time)
        if minutes > 0
        else _("{time} went back to the other side.", time=time)
    )
    return view(
        Heading(_("Hours of {exchange} were put back", exchange=seen.exchange)),
        Paragraph(told),
        Quote(seen.correction.words, seen.proposer) if seen.correction.words else None,
        Paragraph(
            _("A lead proposed this, and another lead or an administrator agreed."),
            quiet=True,
        ),
        Actions((statement_button(), balance_button())),
        summary=_("Hours were put back"),
    )
