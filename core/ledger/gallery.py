"""Everything that people see about hours, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from core.kernel.texts import Words, _
from core.ledger.correction_views import (
    SeenCorrection,
    correction_card,
    correction_form,
    corrections_view,
    put_back_view,
)
from core.ledger.gift_views import (
    NOTE_LONGEST,
    dropped_view,
    gift_form,
    given_view,
    received_view,
    sure_view,
)
from core.ledger.intents import Give, Grant, ProposeCorrection
from core.ledger.model import Account, AccountKind, Correction, CorrectionState
from core.ledger.views import StatementLine, balance_view, statement_view
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note

_AT = datetime(2026, 8, 6, 16, 30, tzinfo=UTC)
_POT: Words = _("the pot of {organisation}", organisation="Northgate Hospital Trust")
_LOW, _HIGH = -300, 1200


def examples() -> Iterator[Example]:
    """Every view and form of the room."""
    yield from _balances()
    yield from _statements()
    yield from _gift_forms()
    yield from _gifts()
    yield from _corrections()


def _account(balance: int, reserved: int = 0, floor: int | None = -600) -> Account:
    return Account(AccountKind.MEMBER, 1, balance, reserved, floor, 1)


def _balances() -> Iterator[Example]:
    for name, account in (
        ("new", _account(120)),
        ("reserved", _account(150, 90)),
        ("zero", _account(0)),
        ("low", _account(-345)),
        ("at-the-floor", _account(-510, 90)),
        ("high", _account(1230)),
        ("without-floor", _account(60, floor=None)),
    ):
        yield Example(f"ledger.balance-{name}", balance_view(account, _LOW, _HIGH))


def _statements() -> Iterator[Example]:
    ana, gone = "Ana Ward", _("someone who has left")
    rows: tuple[tuple[Words, int], ...] = (
        (_("Put back: {reference}", reference="E-7K2"), 60),
        (_("From {name}", name=_POT), 120),
        (_("You gave to {name}", name=_("the community pot")), -30),
        (_("From {name}", name=ana), 15),
        (_("Helped by {name} ({reference})", name=gone, reference="E-9QT"), -90),
        (_("You helped {name} ({reference})", name=ana, reference="E-7K2"), 60),
        (_("You helped {name} ({reference})", name=HOSTILE, reference="E-4XW"), 45),
        (_("Your two memberships became one"), 30),
        (_("Hours to start with, given twice and taken back"), -120),
        (_("Hours to start with"), 120),
    )  # fmt: skip
    balance = 210
    lines: list[StatementLine] = []
    for number, (what, minutes) in enumerate(rows):
        lines.append(StatementLine(date(2026, 8, 28 - number), what, minutes, balance))
        balance -= minutes
    yield Example("ledger.statement", statement_view(lines, 1, 1))
    yield Example("ledger.statement-middle-page", statement_view(lines, 2, 3))
    yield Example("ledger.statement-last-page", statement_view(lines[-1:], 3, 3))
    yield Example("ledger.statement-empty", statement_view([], 1, 1))


def _gift_forms() -> Iterator[Example]:
    matches: list[tuple[str, Words]] = [
        ("member:7", _("{name}, {organisation}", name="Ana Ward", organisation="Northgate Trust")),
        ("member:9", _("{name}, {organisation}", name="Ana Ward", organisation="Eastmoor Council")),
        ("organisation:3", _POT),
    ]
    pots: list[tuple[str, Words]] = [
        ("organisation:3", _POT),
        ("community", _("the community pot")),
    ]
    typed = Give(minutes="1h30", who="Ana Ward", note="Thank you for the run charts")
    yield Example("ledger.give-form", gift_form(Give()))
    yield Example("ledger.give-form-typed", gift_form(typed))
    yield Example("ledger.give-form-matches", gift_form(typed, matches))
    yield Example("ledger.give-form-hostile", gift_form(Give(who=HOSTILE, note=HOSTILE)))
    yield Example("ledger.grant-form", gift_form(Grant(), (), pots[:1]))
    yield Example("ledger.grant-form-pots", gift_form(Grant(source="community"), (), pots))
    yield Example("ledger.grant-form-matches", gift_form(Grant(), matches, pots))


def _gifts() -> Iterator[Example]:
    long_note = ("thank you " * 40)[:NOTE_LONGEST].strip()
    yield Example("ledger.sure", sure_view(5, None, "Ana Ward", 60, "Thank you", 60))
    yield Example("ledger.sure-below-zero", sure_view(5, None, HOSTILE, 90, HOSTILE, -30))
    yield Example("ledger.sure-to-a-pot", sure_view(5, None, _POT, 15, "", 0, unread=True))
    yield Example("ledger.sure-grant", sure_view(5, _POT, "Ana Ward", 120, long_note, 0))
    yield Example("ledger.given", given_view(None, "Ana Ward", 60, 60))
    yield Example("ledger.given-again", given_view(None, _POT, 60, 60, again=True))
    yield Example("ledger.granted", given_view(_POT, "Ana Ward", 120, 45))
    yield Example("ledger.not-given", dropped_view())
    told = received_view("Ben Okoro", 60, "Thank you", "Ben Okoro", 4, granted=False)
    yield Example("ledger.received", told)
    plain = received_view("Ben Okoro", 60, "", "Ben Okoro", 4, granted=False)
    yield Example("ledger.received-without-words", plain)
    hostile = received_view(HOSTILE, 60, HOSTILE, HOSTILE, 4, granted=False)
    yield Example("ledger.received-hostile", hostile)
    granted = received_view(_POT, 120, long_note, "Cai Rees", 4, granted=True)
    yield Example("ledger.received-grant", granted)


def _corrections() -> Iterator[Example]:
    correction = Correction(3, 7, 1, 2, 4, "The time was counted twice.", _AT, id=2)
    seen = SeenCorrection(correction, "Ana Ward", "Ben Okoro", 90, _AT, "Cai Rees")
    yield Example("ledger.correction-to-decide", correction_card(replace(seen, may_decide=True)))
    said = Note(_("Proposed. You hear when somebody has decided."))
    mine = correction_card(replace(seen, may_withdraw=True), said)
    yield Example("ledger.correction-proposed", mine)
    for state in (CorrectionState.APPROVED, CorrectionState.DECLINED, CorrectionState.WITHDRAWN):
        ended = replace(correction, state=state, decided_by=5, decided_at=_AT, version=2)
        card = correction_card(replace(seen, correction=ended, decider="Dilys Hart"))
        yield Example(f"ledger.correction-{state.value}", card)
    hostile = replace(correction, words=HOSTILE)
    strange = replace(seen, correction=hostile, giver=HOSTILE, proposer=HOSTILE, may_decide=True)
    yield Example("ledger.correction-hostile", correction_card(strange))
    gone = replace(seen, correction=replace(correction, words=""), giver=_("someone who has left"))
    yield Example("ledger.correction-without-words", correction_card(gone))
    yield Example("ledger.corrections", corrections_view([seen, strange]))
    yield Example("ledger.corrections-none", corrections_view([]))
    yield Example("ledger.put-back-to-you", put_back_view(seen, 90))
    yield Example("ledger.put-back-from-you", put_back_view(seen, -90))
    yield Example("ledger.correction-form", correction_form(ProposeCorrection()))
    typed = ProposeCorrection(exchange="E-7K2", words="The time was counted twice.")
    yield Example("ledger.correction-form-typed", correction_form(typed))
