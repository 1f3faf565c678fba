"""What people are told about hours, rendered from what is true when it is sent."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.exchanges.model import Exchange
from core.kernel.desk import Office
from core.ledger.correction_rights import as_seen, exchange_of, seen_by
from core.ledger.correction_views import correction_card, put_back_view
from core.ledger.gift_views import received_view
from core.ledger.holders import Holder, holder_name, member_name
from core.ledger.model import AccountKind, Correction
from core.members.model import Member
from core.ui.views import View


def render_gift(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To the receiver of a gift or grant. A giver whom they have blocked since is not shown."""
    books = office.books
    gift = books.ledger.gifts.get(int(notice.data["gift"]))
    if gift is None:
        return Withheld.EMPTY
    if gift.given_by in books.members.blocked_either_way(member.id):
        return Withheld.CANCELLED
    account = books.ledger.get(gift.giver_account_id)
    return received_view(
        holder_name(office, Holder(account.kind, account.holder_id)),
        gift.minutes,
        gift.note,
        member_name(books.members.get(gift.given_by)),
        gift.given_by,
        granted=account.kind is not AccountKind.MEMBER,
    )


def _correction(office: Office, notice: Notice) -> Correction | None:
    return office.books.ledger.corrections.get(int(notice.data["correction"]))


def render_card(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To those who may decide, and to the proposer: the card as it stands."""
    correction = _correction(office, notice)
    if correction is None:
        return Withheld.EMPTY
    seen = seen_by(office, correction, member.id)
    return correction_card(seen) if seen is not None else Withheld.CANCELLED


def render_put_back(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To one side: their hours came or went back."""
    correction = _correction(office, notice)
    if correction is None:
        return Withheld.EMPTY
    seen = as_seen(office, correction)
    exchange = exchange_of(office, correction)
    if not exchange.has(member.id):
        return Withheld.MERGED
    return put_back_view(seen, _change(exchange, member.id, seen.minutes))


def _change(exchange: Exchange, member_id: int, minutes: int) -> int:
    return minutes if member_id == exchange.receiver_id else -minutes
