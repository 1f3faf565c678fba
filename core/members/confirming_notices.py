"""What is told of a confirmation: the question to who decides, and the answer to the person."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.members.confirmation import LET_IN, Confirmation, ConfirmationState
from core.members.confirming import ASKED, CONFIRMED, DECLINED, role_in
from core.members.entering import minutes_of, opening_credit
from core.members.joiner_views import joiner_card
from core.members.joiners import seen
from core.members.leave import Leave
from core.members.model import Member
from core.members.standing import contacts
from core.members.waiting_views import (
    Waiting,
    confirmed_words,
    declined_view,
    let_in_view,
    unneeded_words,
)
from core.ui.views import View


def _confirmation(office: Office, notice: Notice) -> Confirmation | None:
    return office.books.members.confirmations.get(int(notice.data["confirmation"]))


def _asked(office: Office, notice: Notice, member: Member) -> View | Withheld:
    confirmation = _confirmation(office, notice)
    if confirmation is None or role_in(office, confirmation, member.id) is None:
        return Withheld.CANCELLED
    return joiner_card(seen(office, confirmation))


def _is_open(office: Office, notice: Notice) -> bool:
    confirmation = _confirmation(office, notice)
    return confirmation is not None and seen(office, confirmation).open


def _let_in(office: Office, notice: Notice, member: Member) -> View | Withheld:
    confirmation = _confirmation(office, notice)
    if confirmation is None or confirmation.member_id != member.id:
        return Withheld.CANCELLED
    organisation = office.books.organisations.get(confirmation.organisation_id).name
    confirmed = confirmation.state is ConfirmationState.CONFIRMED
    credit = opening_credit(office, member.id)
    with_this = credit is not None and credit.at == confirmation.decided_at
    return let_in_view(
        member.name,
        confirmed_words(organisation) if confirmed else unneeded_words(),
        minutes_of(credit) if with_this else 0,
        kept=bool(confirmation.pending),
    )


def _is_in(office: Office, notice: Notice) -> bool:
    confirmation = _confirmation(office, notice)
    return confirmation is not None and confirmation.state in LET_IN


def _turned_down(office: Office, notice: Notice, member: Member) -> View | Withheld:
    if not _is_turned_down(office, notice):
        return Withheld.CANCELLED
    confirmation = _confirmation(office, notice)
    assert confirmation is not None
    organisation = office.books.organisations.get(confirmation.organisation_id)
    return declined_view(
        Waiting(
            member.name,
            organisation.name,
            kept=bool(confirmation.pending),
            contacts=contacts(office, organisation.id),
        ),
        Leave(),
    )


def _is_turned_down(office: Office, notice: Notice) -> bool:
    """Declined still, with a chat that waits: they have not chosen another organisation."""
    confirmation = _confirmation(office, notice)
    if confirmation is None or confirmation.state is not ConfirmationState.DECLINED:
        return False
    return bool(seen(office, confirmation).shown)


NOTICES = (
    NoticeKind(ASKED, _asked, essential=True, in_time=_is_open),
    NoticeKind(CONFIRMED, _let_in, essential=True, in_time=_is_in),
    NoticeKind(DECLINED, _turned_down, essential=True, in_time=_is_turned_down),
)
