"""Corrections: one lead proposes to put hours back; another lead, or an admin, decides."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.model import Exchange
from core.kernel.desk import Desk
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.ledger.correction_rights import (
    deciders,
    is_admin,
    led_by,
    not_found,
    seen_by,
    sides,
)
from core.ledger.correction_views import (
    WORDS_LONGEST,
    correction_card,
    correction_form,
    corrections_view,
)
from core.ledger.intents import (
    ApproveCorrection,
    DeclineCorrection,
    ListCorrections,
    ProposeCorrection,
    ShowCorrection,
    WithdrawCorrection,
)
from core.ledger.model import Correction, CorrectionState, Posting
from core.ledger.reversing import reverse
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note


def subject_of(correction: Correction) -> str:
    """What notices about a correction are found by."""
    return f"correction:{correction.id}"


def _propose(desk: Desk, intent: ProposeCorrection) -> Reply:
    """Propose to put the hours of an exchange back, and ask those who may decide."""
    led = led_by(desk, desk.me.id)
    if not led:
        raise Refusal(
            _(
                "Corrections are proposed by organisation leads. If the time of your own "
                "exchange is wrong, talk to the lead of your organisation."
            ),
            code="not-allowed",
        )
    if not intent.exchange.strip() or not intent.words.strip():
        return Open(correction_form(intent))
    exchange = _exchange(desk, intent.exchange, led)
    posting = desk.books.ledger.by_reason(f"exchange:{exchange.id}")
    if posting is None:
        raise Refusal(_("No hours have moved for this exchange."), "exchange", "nothing-moved")
    standing = _standing(desk, posting)
    if standing is not None:
        return standing
    words = screened_words(
        intent.words,
        "words",
        WORDS_LONGEST,
        kind="private",
        confirmed=intent.not_about_a_patient,
    )
    asked = deciders(desk, exchange, desk.me.id)
    if not asked:
        raise Refusal(
            _(
                "Nobody else can decide this yet. Ask the people who run Hourbridge to name "
                "another lead or an administrator."
            ),
            code="nobody-decides",
        )
    correction = _add(desk, posting, exchange, words)
    if correction is None:
        return _standing(desk, posting) or _card(desk, None)
    data = {"correction": correction.id}
    desk.tell("ledger.correction-asked", subject_of(correction), asked, data)
    return _card(desk, correction, _("Proposed. You hear when somebody has decided."))


def _add(desk: Desk, posting: Posting, exchange: Exchange, words: str) -> Correction | None:
    return desk.books.ledger.corrections.add(
        Correction(
            posting.id,
            exchange.id,
            exchange.giver_organisation_id,
            exchange.receiver_organisation_id,
            desk.me.id,
            words,
            desk.now,
        )
    )


def _form(_desk: Desk, intent: ProposeCorrection) -> Form:
    return correction_form(intent)


propose = asking_first(_propose, _form)


def _exchange(desk: Desk, typed: str, led: frozenset[int]) -> Exchange:
    """The exchange with this reference, if it has a side in an organisation that is led."""
    found = read_reference(typed)
    if found is None or found[0] != "E":
        raise Refusal(
            _("Write the reference of an exchange, for example E-7K2."), "exchange", "no-reference"
        )
    exchange = desk.books.exchanges.get(found[1])
    if exchange is None or not led & sides(exchange):
        raise Refusal(_("I cannot find that."), "exchange", "not-found")
    return exchange


def _standing(desk: Desk, posting: Posting) -> Reply | None:
    """What stands in the way of another proposal about the same posting."""
    corrections = desk.books.ledger.corrections.of_posting(posting.id)
    for correction in corrections:
        if correction.state is CorrectionState.PROPOSED:
            return _card(desk, correction, _("There is a proposal already. This is how it stands."))
        if correction.state is CorrectionState.APPROVED:
            raise Refusal(
                _("The hours of this exchange are put back already."), "exchange", "put-back"
            )
    return None


def _card(desk: Desk, correction: Correction | None, news: Text | None = None) -> Reply:
    seen = seen_by(desk, correction, desk.me.id) if correction else None
    if seen is None:
        raise Refusal(
            _("There is a proposal already, and somebody else decides it."), code="proposed-already"
        )
    return Replace(correction_card(seen, Note(news) if news else None))


def list_corrections(desk: Desk, _intent: ListCorrections) -> Reply:
    """The open proposals that the caller made or may decide."""
    led, admin = led_by(desk, desk.me.id), is_admin(desk, desk.me.id)
    if not led and not admin:
        raise Refusal(
            _("Corrections are looked after by organisation leads and administrators."),
            code="not-allowed",
        )
    waiting = desk.books.ledger.corrections.waiting(None if admin else sorted(led))
    seen = [seen_by(desk, correction, desk.me.id) for correction in waiting]
    return Say(corrections_view([one for one in seen if one is not None]))


def show_correction(desk: Desk, intent: ShowCorrection) -> Reply:
    """One correction's card."""
    correction = desk.books.ledger.corrections.get(intent.correction)
    seen = seen_by(desk, correction, desk.me.id) if correction else None
    if seen is None:
        raise not_found()
    return Say(correction_card(seen))


def approve(desk: Desk, intent: ApproveCorrection) -> Reply:
    """Put the hours back, once, and tell both sides and the proposer."""
    correction = _locked(desk, intent.correction, decides=True)
    if late := _changed(desk, correction, intent.version):
        return late
    told = reverse(desk, correction)
    correction = _settle(desk, correction, CorrectionState.APPROVED)
    data = {"correction": correction.id}
    desk.tell("ledger.correction-made", subject_of(correction), told, data)
    if correction.proposed_by not in told:
        _tell_proposer(desk, correction)
    return _card(desk, correction, _("The hours are put back."))


def decline(desk: Desk, intent: DeclineCorrection) -> Reply:
    """Leave the hours as they are, and tell the proposer."""
    correction = _locked(desk, intent.correction, decides=True)
    if late := _changed(desk, correction, intent.version):
        return late
    correction = _settle(desk, correction, CorrectionState.DECLINED)
    _tell_proposer(desk, correction)
    return _card(desk, correction, _("Declined. No hours have moved."))


def withdraw(desk: Desk, intent: WithdrawCorrection) -> Reply:
    """Take the caller's own proposal back."""
    correction = _locked(desk, intent.correction, decides=False)
    if late := _changed(desk, correction, intent.version):
        return late
    correction = _settle(desk, correction, CorrectionState.WITHDRAWN)
    return _card(desk, correction, _("Withdrawn. No hours have moved."))


def _locked(desk: Desk, correction_id: int, *, decides: bool) -> Correction:
    """The correction, held, if the caller has this part in it."""
    correction = desk.books.ledger.corrections.lock(correction_id)
    seen = seen_by(desk, correction, desk.me.id) if correction else None
    if correction is None or seen is None:
        raise not_found()
    if decides == (correction.proposed_by == desk.me.id):
        raise Refusal(
            _("Somebody else has to decide what you propose.")
            if decides
            else _("Only the person who proposed this can withdraw it."),
            code="not-allowed",
        )
    return correction


def _changed(desk: Desk, correction: Correction, version: int) -> Reply | None:
    """The present card, where somebody has decided or the button is from an older card."""
    if correction.state is CorrectionState.PROPOSED and version in (0, correction.version):
        return None
    return _card(desk, correction, _("This has changed since. Here is how it stands now."))


def _settle(desk: Desk, correction: Correction, state: CorrectionState) -> Correction:
    settled = replace(correction, state=state, decided_by=desk.me.id, decided_at=desk.now)
    settled = desk.books.ledger.corrections.save(settled)
    desk.changed(subject_of(settled))
    return settled


def _tell_proposer(desk: Desk, correction: Correction) -> None:
    data = {"correction": correction.id}
    who = [correction.proposed_by]
    desk.tell("ledger.correction-decided", subject_of(correction), who, data)
