"""Confirmed exchanges for tests of what comes after them."""

from __future__ import annotations

from core.exchanges.model import Exchange, ExchangeState
from core.kernel.references import reference
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from tests.world import Person, World


def confirmed(world: World, *, giver: Person, receiver: Person, minutes: int) -> str:
    """An exchange that is confirmed, with its posting; its reference."""
    gave, received = giver.member, receiver.member
    with world.store.begin() as books:
        exchange = books.exchanges.add(
            Exchange(
                giver_id=gave.id,
                receiver_id=received.id,
                proposed_by=gave.id,
                suggested_by=gave.id,
                title="Run charts for beginners",
                minutes=minutes,
                giver_organisation_id=gave.organisation_id,
                receiver_organisation_id=received.organisation_id,
                proposed_at=world.now,
                state=ExchangeState.CONFIRMED,
                claimed_minutes=minutes,
                claimed_by=gave.id,
                ended_at=world.now,
            )
        )
        assert exchange is not None
        accounts = [books.ledger.open(AccountKind.MEMBER, one.id, -600) for one in (gave, received)]
        books.ledger.post(
            Posting(
                PostingKind.EXCHANGE,
                f"exchange:{exchange.id}",
                (
                    Entry(accounts[0].id, minutes, gave.organisation_id),
                    Entry(accounts[1].id, -minutes, received.organisation_id),
                ),
                world.now,
                exchange.id,
            )
        )
    return reference("E", exchange.id)
