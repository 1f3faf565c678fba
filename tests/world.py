"""A small system to test in: the real engine on a real database, people who type and press.

``world.person("Ana Ward", "NGH")`` is someone in a chat of Northgate Hospital Trust. They type,
press buttons by label and fill forms; every button and form goes to the engine through its wire
form, as a platform would send it. ``world.channel("learning", by=meg)`` is a channel that somebody
registered. ``world.deliver()`` hands out what the pump would send.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import event

from bot.commands.audit import audit
from core.answers import Answer
from core.callers import Address, Caller
from core.conversations.model import Conversation, ConversationKind, Registration
from core.couriers import Outcome, Parcel, Sent
from core.delivery.prepare import prepare
from core.delivery.settle import settle
from core.engine import Engine
from core.features import the_house
from core.jobs.slots import slot_of
from core.kernel.keys import Keys
from core.organisations.model import ContactKind, Grant, Organisation, Role, Sector, Site
from core.ui.intents import Intent
from storage.store import Store
from tests.contents import contents, holding
from tests.people import ENGLISH, Channel, Message, Person, buttons_of
from tests.together import together

__all__ = ["ENGLISH", "START", "Channel", "Message", "Person", "World", "buttons_of"]

START = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
_PACE = timedelta(seconds=1)
"""Two messages for one person are at least so far apart."""

ORGANISATIONS = (
    ("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST, "slack", "T-NORTHGATE"),
    ("SGH", "Southgate Hospital Trust", Sector.NHS_TRUST, "teams", "tenant-southgate"),
    ("COU", "Westshire Council", Sector.COUNCIL, "teams", "tenant-westshire"),
    ("HOS", "Willow Hospice", Sector.VOLUNTARY, "local", "willow"),
    ("GPP", "Mill Lane Practice", Sector.PRIMARY_CARE, "local", "mill-lane"),
)


class World:
    """Five organisations in three chats, a clock that stands still until it is moved."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.counter = itertools.count(1)
        self.house = the_house()
        self.engine = Engine(store, self.house, Keys(("secret",)), clock=lambda: self.now)
        self.people: dict[tuple[str, str, str], Person] = {}
        self.channels: dict[tuple[str, str, str], Channel] = {}
        self.outcomes: list[Outcome] = []
        """What the platforms answer to the next deliveries; then everything is sent."""
        self.organisations: dict[str, Organisation] = {}
        self._chats: dict[str, tuple[str, str]] = {}
        self._found()

    def _found(self) -> None:
        with self.store.begin() as books:
            for code, name, sector, platform, tenant in ORGANISATIONS:
                organisation = books.organisations.add(Organisation(code, name, sector))
                books.tenants.approve(platform, tenant, [organisation.id], self.now)
                books.organisations.set_contact(
                    organisation.id, ContactKind.SAFEGUARDING, f"safeguarding@{code.lower()}.test"
                )
                books.organisations.add_site(Site(organisation.id, f"{name.split()[0]} Library"))
                self.organisations[code] = organisation
                self._chats[code] = (platform, tenant)

    def person(
        self, name: str, code: str = "NGH", *, user: str = "", joined: bool = True, locale: str = ""
    ) -> Person:
        """Someone of an organisation in its chat, joined unless said otherwise."""
        platform, tenant = self._chats[code]
        return self.someone(platform, tenant, user or f"U-{name}", name, joined, locale)

    def someone(
        self, platform: str, tenant: str, user: str, name: str, joined: bool, locale: str = ""
    ) -> Person:
        """Someone in any chat."""
        address = Address(user)
        person = Person(self, Caller(platform, tenant, user, name, locale, address))
        self.people[platform, tenant, user] = person
        return person.joins() if joined else person

    def at_once(self, *presses: tuple[Person, Intent]) -> list[Answer]:
        """Carry out every press at the same moment; how each was answered."""

        def press(number: int, person: Person, intent: Intent) -> Answer:
            delivery = f"d{next(self.counter)}-{number}"
            return self.engine.perform(replace(person.caller, delivery=delivery), intent)

        return together(*(partial(press, number, *one) for number, one in enumerate(presses)))

    def channel(
        self, name: str, code: str = "NGH", *, by: Person | None = None, **registration: Any
    ) -> Channel:
        """A channel in the chat of an organisation; registered for that organisation, with these
        fields of its registration, where somebody registered it."""
        platform, tenant = self._chats[code]
        channel = ConversationKind.CHANNEL
        made = Conversation(
            platform,
            tenant,
            f"C-{name}",
            channel,
            self.now,
            self.now,
            name=name,
            service_url=f"https://{platform}.test/",
            bot=f"bot-{platform}",
        )
        registered_by = by.member.id if by is not None else None
        with self.store.begin() as books:
            books.conversations.keep(made)
            kept = books.conversations.hold(platform, tenant, made.external_id)
            assert kept is not None
            if registered_by is not None:
                given = {"organisation_id": self.organisations[code].id, **registration}
                books.conversations.register(
                    Registration(kept.id, by_member_id=registered_by, at=self.now, **given)
                )
        found = Channel(kept)
        self.channels[platform, tenant, kept.external_id] = found
        return found

    def grants(self, person: Person, role: Role, code: str = "") -> None:
        """Give a role, for the system or for one organisation."""
        organisation_id = self.organisations[code].id if code else None
        caller = person.caller
        with self.store.begin() as books:
            books.roles.grant(
                Grant(caller.platform, caller.tenant, caller.user, role, organisation_id)
            )

    def later(self, **time: float) -> None:
        """Move the clock on, by ``timedelta``'s words."""
        self.now += timedelta(**time)

    def deliver(self) -> int:
        """Hand out everything that is due, as the pump does; how many were handed out. Where a
        pace is kept to, it goes by the next seconds, while the world's clock stands still."""
        handed, moment, last = 0, self.now, self.now
        while moment <= last + _PACE:
            with self.store.begin() as books:
                office = replace(self.engine.office(books), now=moment)
                due = books.deliveries.claim(moment, moment + timedelta(minutes=2), 100)
                for prepared in prepare(office, self.house, due):
                    kind = books.deliveries.notice(prepared.delivery.notice_id).kind
                    settle(office, [(prepared, self._hand_over(kind, prepared))])
                    handed += 1
                opens_at = books.deliveries.next_opening(moment)
            if due or opens_at is not None:
                last = moment = max(moment, opens_at or moment)
            else:
                moment += _PACE
        return handed

    def _hand_over(self, kind: str, prepared: Any) -> Outcome:
        if self.outcomes:
            outcome = self.outcomes.pop(0)
            if not isinstance(outcome, Sent):
                return outcome
        parcel = prepared.parcel
        inbox = self._inbox(prepared.platform, parcel)
        if parcel.handle:
            message = next(one for one in inbox if one.handle == parcel.handle)
            message.view, message.edits = parcel.view, message.edits + 1
            return Sent(parcel.handle)
        handle = f"m{next(self.counter)}"
        inbox.append(Message(kind, handle, parcel.view))
        return Sent(handle)

    def _inbox(self, platform: str, parcel: Parcel) -> list[Message]:
        if parcel.channel:
            return self.channels[platform, parcel.tenant, parcel.address.conversation].inbox
        return self.people[platform, parcel.tenant, parcel.user].inbox

    def runs(self, job: str) -> int:
        """Run one job as the clock would, for the slot that it is now; how much it did."""
        total, slot = 0, slot_of(self.house.jobs[job], self.now)
        while True:
            with self.store.begin() as books:
                done = self.house.jobs[job].run(self.engine.office(books, slot))
            total += done
            if not done:
                return total

    def audit(self) -> list[str]:
        """What ``hourbridge audit`` finds, as codes."""
        return [finding.code for finding in audit(self.store, self.now)]

    def total(self) -> int:
        """The sum of all balances: always 0."""
        with self.store.begin() as books:
            rows = books.connection.exec_driver_sql(
                "SELECT coalesce(sum(balance), 0) FROM accounts"
            )
            return int(rows.scalar_one())

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        with self.store.begin() as books:
            counted = books.connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            return int(counted.scalar_one())

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table, in any order: to show that nothing has changed."""
        return contents(self.store)

    @contextmanager
    def asked(self) -> Iterator[list[tuple[str, Any]]]:
        """What the database is asked for as long as the block lasts: each statement, and what it
        was given."""
        found: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
            found.append((statement, given))

        event.listen(self.store.engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(self.store.engine, "before_cursor_execute", note)

    def holds(self, words: str) -> list[str]:
        """The tables in which ``words`` stand in any column: to show that nothing was kept."""
        return holding(self.store, words)
