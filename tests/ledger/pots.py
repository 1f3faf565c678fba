"""What the pots hold."""

from __future__ import annotations

from core.ledger.model import AccountKind
from tests.world import World


def pot(world: World, code: str = "") -> int:
    """Minutes in an organisation's pot, or with no code in the community's."""
    kind = AccountKind.ORGANISATION if code else AccountKind.COMMUNITY
    holder = world.organisations[code].id if code else None
    with world.store.begin() as books:
        account = books.ledger.account(kind, holder)
    return account.balance if account else 0
