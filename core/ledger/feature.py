"""What the ledger's room contributes."""

from __future__ import annotations

from collections.abc import Callable

from core.feature import Command, Feature, NoticeKind, verb
from core.kernel.references import read_reference
from core.kernel.texts import _
from core.ledger import balance, corrections, giving, notices
from core.ledger.gallery import examples
from core.ledger.intents import (
    ApproveCorrection,
    ConfirmGift,
    DeclineCorrection,
    DropGift,
    Give,
    Grant,
    ListCorrections,
    ProposeCorrection,
    ShowBalance,
    ShowCorrection,
    ShowStatement,
    WithdrawCorrection,
)
from core.ui.intents import Intent

_NO = frozenset(("no", "cancel", "na"))
_DECISIONS: dict[str, Callable[[int], Intent]] = {
    **dict.fromkeys(("approve", "cymeradwyo"), lambda found: ApproveCorrection(correction=found)),
    **dict.fromkeys(("decline", "gwrthod"), lambda found: DeclineCorrection(correction=found)),
    **dict.fromkeys(("withdraw", "tynnu"), lambda found: WithdrawCorrection(correction=found)),
}


def _read_statement(rest: str) -> Intent:
    number = rest.rpartition(" ")[2]
    known = number.isascii() and number.isdigit() and len(number) < 7
    return ShowStatement(page=int(number) if known else 1)


def _read_give(rest: str) -> Intent:
    return _read_sure(rest) or Give(words=rest)


def _read_grant(rest: str) -> Intent:
    return _read_sure(rest) or Grant(words=rest)


def _read_sure(rest: str) -> Intent | None:
    """``G-7K2`` or ``G-7K2 no``: the answer to "are you sure?"."""
    first, _space, after = rest.partition(" ")
    found = read_reference(first) if "-" in first else None
    if found is None or found[0] != "G":
        return None
    answer = after.strip().casefold()
    return DropGift(draft=found[1]) if answer in _NO else ConfirmGift(draft=found[1])


def _read_reverse(rest: str) -> Intent:
    first, _space, after = rest.partition(" ")
    if read_reference(first) is None:
        return ProposeCorrection(words=rest)
    return ProposeCorrection(exchange=first, words=after.strip())


def _read_corrections(rest: str) -> Intent:
    """Bare, a reference, or a decision and a reference."""
    words = rest.split()
    decide = _DECISIONS.get(words[0].casefold()) if words else None
    found = read_reference(words[-1]) if words else None
    if found is None or found[0] != "C":
        return ListCorrections()
    return decide(found[1]) if decide else ShowCorrection(correction=found[1])


FEATURE = Feature(
    "ledger",
    verbs=(
        verb(ShowBalance, balance.show_balance),
        verb(ShowStatement, balance.show_statement),
        verb(Give, giving.give),
        verb(Grant, giving.give),
        verb(ConfirmGift, giving.confirm_gift),
        verb(DropGift, giving.drop_gift),
        verb(ProposeCorrection, corrections.propose),
        verb(ListCorrections, corrections.list_corrections),
        verb(ShowCorrection, corrections.show_correction),
        verb(ApproveCorrection, corrections.approve),
        verb(DeclineCorrection, corrections.decline),
        verb(WithdrawCorrection, corrections.withdraw),
    ),
    commands=(
        Command(
            ("balance", "hours", "balans", "oriau"),
            lambda _rest: ShowBalance(),
            _("See your hours"),
        ),
        Command(
            ("statement", "datganiad"),
            _read_statement,
            _("See where your hours came from and went"),
            "statement",
        ),
        Command(
            ("give", "rhoi", "rho"),
            _read_give,
            _("Give hours to a person, an organisation's pot or the community pot"),
            "give 1 hour to Ana Ward",
        ),
        Command(
            ("grant", "dyfarnu"),
            _read_grant,
            _("Grant hours from a pot that you look after"),
            "grant 2 hours to Ana Ward",
        ),
        Command(
            ("reverse", "gwrthdroi"),
            _read_reverse,
            _("Propose to put the hours of an exchange back, as a lead"),
            "reverse E-7K2 the time was counted twice",
        ),
        Command(
            ("corrections", "correction", "cywiriadau", "cywiriad"),
            _read_corrections,
            _("See the corrections that wait for you, as a lead or administrator"),
        ),
    ),
    notices=(
        NoticeKind("ledger.gift", notices.render_gift),
        NoticeKind("ledger.correction-asked", notices.render_card, essential=True),
        NoticeKind("ledger.correction-decided", notices.render_card),
        NoticeKind("ledger.correction-made", notices.render_put_back),
    ),
    gallery=examples,
)
