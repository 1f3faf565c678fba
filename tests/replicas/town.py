"""Very many members, one notice for all of them, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, insert, select

from core.delivery.model import Audience, DeliveryState, Notice
from core.members.model import Identity, Member
from core.organisations.model import Organisation, Sector
from storage.books.delivery_rows import DELIVERIES
from storage.books.members import IDENTITIES, MEMBERS
from storage.rows import values
from storage.store import Store
from tests.replicas.rooms import DIGEST
from tests.replicas.shared_clock import START

Chat = tuple[str, str]
HOSPICES: Sequence[Chat] = tuple(("local", f"hospice-{number}") for number in range(5))
"""Tenants that take messages as fast as they come."""
_WAITING = DELIVERIES.c.state == DeliveryState.WAITING.value


@dataclass
class Town:
    """Members of one organisation, spread evenly over some tenants."""

    store: Store
    chats: Sequence[Chat] = HOSPICES
    notice_id: int = field(default=0, init=False)

    def settle_in(self, many: int) -> None:
        """Let so many people join, without a word to anybody."""
        with self.store.begin() as books:
            all_of_us = books.organisations.add(Organisation("ALL", "All of us", Sector.OTHER))
            for chat in self.chats:
                books.tenants.approve(*chat, [all_of_us.id], START)
            person = values(Member("Person", "en", all_of_us.id, START))
            books.connection.execute(insert(MEMBERS), [person | {"name_folded": "person"}] * many)
            theirs = select(MEMBERS.c.id).where(MEMBERS.c.organisation_id == all_of_us.id)
            ids = books.connection.scalars(theirs)
            rows = [self._identity(number, one, all_of_us.id) for number, one in enumerate(ids)]
            books.connection.execute(insert(IDENTITIES), rows)

    def _identity(self, number: int, member_id: int, organisation_id: int) -> dict[str, Any]:
        platform, tenant = self.chats[number % len(self.chats)]
        identity = Identity(platform, tenant, f"user-{member_id}", member_id, organisation_id)
        parts = ("conversation", "service_url", "bot", "user")
        address = {f"address_{part}": getattr(identity.address, part) for part in parts}
        return values(identity, ("id", "address")) | address

    def plan(self) -> int:
        """Plan one notice for everybody of theirs, in one call; how many deliveries that makes."""
        with self.store.begin() as books:
            [organisation] = [one for one in books.organisations.all() if one.code == "ALL"]
            notice = Notice(DIGEST, "digest:1", START, key="digest:1")
            planned = books.deliveries.plan(notice, Audience((organisation.id,)))
            found = select(DELIVERIES.c.notice_id).order_by(DELIVERIES.c.id.desc()).limit(1)
            self.notice_id = books.connection.execute(found).scalar_one()
        return planned

    def states(self) -> Counter[str]:
        """How many deliveries stand where."""
        state = DELIVERIES.c.state
        return Counter(dict(self._ask(select(state, func.count()).group_by(state))))

    def recipients(self) -> dict[int, int]:
        """The member that each delivery is for."""
        return dict(self._ask(select(DELIVERIES.c.id, DELIVERIES.c.member_id)))

    def waiting(self) -> set[int]:
        """The deliveries that wait, somebody's or nobody's."""
        return {one for (one,) in self._ask(select(DELIVERIES.c.id).where(_WAITING))}

    def free(self) -> int:
        """How many of those nobody has claimed."""
        nobodys = DELIVERIES.c.lease_until.is_(None)
        [(many,)] = self._ask(select(func.count()).where(_WAITING, nobodys))
        return int(many)

    def _ask(self, query: Select[Any]) -> Sequence[Any]:
        with self.store.snapshot() as books:
            ours = query.where(DELIVERIES.c.notice_id == self.notice_id)
            return [tuple(row) for row in books.connection.execute(ours)]
