"""The ends of an exchange: hours that move, once, and hours that were set aside and are freed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from core.exchanges.model import Exchange, ExchangeState
from core.kernel.desk import Office
from core.ledger.model import Account, AccountKind, Entry, Posting, PostingKind
from core.members.model import Member, MemberState


def settle(
    office: Office, exchange: Exchange, minutes: int, state: ExchangeState, by: int
) -> Exchange:
    """Move ``minutes`` from receiver to giver, free what was set aside, and end the exchange.

    Raises ``FloorReached`` where the minutes beyond those set aside break the receiver's floor.
    """
    if minutes:
        office.books.ledger.post(_posting(office, exchange, minutes))
    else:
        release(office, exchange)
    _pass_on_what_is_left(office, exchange)
    return office.books.exchanges.save(
        replace(
            exchange,
            state=state,
            reserved=0,
            settled_minutes=minutes,
            ended_at=office.now,
            ended_by=by,
        )
    )


def _posting(office: Office, exchange: Exchange, minutes: int) -> Posting:
    receiver = account_of(office, exchange.receiver_id)
    giver = _earner(office, exchange)
    return Posting(
        PostingKind.EXCHANGE,
        f"exchange:{exchange.id}",
        (
            Entry(receiver.id, -minutes, exchange.receiver_organisation_id, exchange.reserved),
            Entry(giver.id, minutes, exchange.giver_organisation_id),
        ),
        office.now,
        exchange.id,
    )


def account_of(office: Office, member_id: int) -> Account:
    """A member's account."""
    ledger = office.books.ledger
    return ledger.open(AccountKind.MEMBER, member_id, office.policy.floor_minutes)


def _earner(office: Office, exchange: Exchange) -> Account:
    """The giver's account; hours of someone who has left go to their organisation's pot."""
    giver = office.books.members.get(exchange.giver_id)
    if giver.state is MemberState.LEFT:
        return office.books.ledger.open(AccountKind.ORGANISATION, exchange.giver_organisation_id, 0)
    return account_of(office, giver.id)


def release(office: Office, exchange: Exchange) -> None:
    """Free what the receiver's account holds aside."""
    if exchange.reserved:
        account = account_of(office, exchange.receiver_id)
        office.books.ledger.release(account.id, exchange.reserved)


def _pass_on_what_is_left(office: Office, exchange: Exchange) -> None:
    """Minutes that stayed set aside when the receiver left follow the rest of their hours.

    Only what a lead has before them outlives the leaving of a side.
    """
    if exchange.escalated or exchange.state is ExchangeState.DISPUTED:
        receiver = office.books.members.get(exchange.receiver_id)
        if receiver.state is MemberState.LEFT:
            pass_hours_on(office, receiver, f"leaving:{receiver.id}:{exchange.id}")


def pass_hours_on(office: Office, leaver: Member, reason: str) -> None:
    """What is available to a leaver, above or below zero, goes to their organisation's pot.
    Minutes set aside for a claim that a lead has still to settle stay, for it to move."""
    account = office.books.ledger.hold(account_of(office, leaver.id).id)
    if account.available == 0:
        return
    pot = office.books.ledger.open(AccountKind.ORGANISATION, leaver.organisation_id, 0)
    office.books.ledger.post(
        Posting(
            PostingKind.LEAVING,
            reason,
            (
                Entry(account.id, -account.available, leaver.organisation_id),
                Entry(pot.id, account.available, leaver.organisation_id),
            ),
            office.now,
            leaver.id,
            bound=False,
        )
    )


def end(
    office: Office, exchange: Exchange, state: ExchangeState, by: int | None = None
) -> Exchange:
    """End an exchange without any hours moving. ``by`` is None for the clock and for blocks."""
    release(office, exchange)
    _pass_on_what_is_left(office, exchange)
    return office.books.exchanges.save(
        replace(exchange, state=state, reserved=0, ended_at=office.now, ended_by=by)
    )


def locked(office: Office, exchange_id: int, states: Collection[ExchangeState]) -> Exchange | None:
    """The exchange, held, if it is still in one of these states."""
    exchange = office.books.exchanges.lock(exchange_id)
    return exchange if exchange is not None and exchange.state in states else None
