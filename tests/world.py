"""A small system to test in: the real engine on a real database, people who type and press.

``world.person("Ana Ward", "NGH")`` is someone in a chat of Northgate Hospital Trust. They type,
press buttons by label and fill forms; every button and form goes to the engine through its wire
form, as a platform would send it. ``world.channel("learning", by=meg)`` is a channel that somebody
registered. ``world.deliver()`` hands out what the pump would send.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.callers import Address, Caller
from core.conversations.model import Conversation, ConversationKind, Registration
from core.couriers import Outcome, Parcel, Sent
from core.delivery.prepare import prepare
from core.delivery.settle import settle
from core.engine import Engine
from core.features import the_house
from core.jobs.slots import slot_of
from core.kernel.keys import Keys
from core.ledger.model import AccountKind
from core.members.model import Member
from core.organisations.model import ContactKind, Grant, Organisation, Role, Sector, Site
from core.ui.forms import Form, ManyChoicesField
from core.ui.intents import FieldValue, to_wire
from core.ui.plain import plain, plain_form
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Items, View
from core.words import Speech
from storage.store import Store

START = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
ENGLISH = Speech("en")
_PACE = timedelta(seconds=1)
"""Two messages for one person are at least so far apart."""

ORGANISATIONS = (
    ("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST, "slack", "T-NORTHGATE"),
    ("SGH", "Southgate Hospital Trust", Sector.NHS_TRUST, "teams", "tenant-southgate"),
    ("COU", "Westshire Council", Sector.COUNCIL, "teams", "tenant-westshire"),
    ("HOS", "Willow Hospice", Sector.VOLUNTARY, "local", "willow"),
    ("GPP", "Mill Lane Practice", Sector.PRIMARY_CARE, "local", "mill-lane"),
)


def buttons_of(view: View) -> list[Button]:
    """Every button of a view, those of its lists included."""
    found: list[Button] = []
    for block in view.blocks:
        if isinstance(block, Actions):
            found += [button for button in block.buttons if isinstance(button, Button)]
        elif isinstance(block, Items):
            found += [button for item in block.items for button in item.actions]
    return found


@dataclass
class Message:
    """A notice in someone's chat, as it stands after edits."""

    kind: str
    handle: str
    view: View
    edits: int = 0

    @property
    def text(self) -> str:
        return plain(self.view, ENGLISH)


@dataclass
class Person:
    """Someone in one chat. ``seen`` is the last reply, ``screen`` the last view or form."""

    world: World
    caller: Caller
    reply: Reply = field(default_factory=Nothing)
    screen: View | Form | None = None
    inbox: list[Message] = field(default_factory=list)

    def types(self, words: str, *, reply_to: str = "") -> str:
        """Type ``words``; what is shown, as plain English text."""
        return self.does(self.world.engine.interpret(words), reply_to=reply_to)

    def does(self, intent: Any, *, reply_to: str = "", delivery: str = "") -> str:
        """Carry out an intent as this person."""
        delivery = delivery or f"d{next(self.world.counter)}"
        caller = replace(self.caller, delivery=delivery, reply_to=reply_to)
        answer = self.world.engine.perform(caller, intent)
        self.reply = answer.reply
        return self._show(answer.reply)

    def _show(self, reply: Reply) -> str:
        if isinstance(reply, (Say, Replace)):
            self.screen = reply.view
        elif isinstance(reply, Open):
            self.screen = reply.form
        return self.text

    @property
    def text(self) -> str:
        """What the last reply says."""
        match self.reply:
            case Say(view) | Replace(view):
                return plain(view, ENGLISH)
            case Open(form):
                return plain_form(form, ENGLISH)
            case Refuse(reason):
                return ENGLISH(reason)
            case _:
                return ""

    @property
    def refused(self) -> str:
        """The code of the refusal, or an empty string."""
        return self.reply.code if isinstance(self.reply, Refuse) else ""

    @property
    def form(self) -> Form:
        """The form on the screen."""
        assert isinstance(self.screen, Form), self.text
        return self.screen

    def labels(self) -> list[str]:
        """The labels of the buttons on the screen."""
        assert isinstance(self.screen, View), self.text
        return [ENGLISH(button.label) for button in buttons_of(self.screen)]

    def button(self, label: str) -> Button:
        """The button of this label: on the screen, else in the newest notice that has one."""
        views = [self.screen] if isinstance(self.screen, View) else []
        views += [message.view for message in reversed(self.inbox)]
        for view in views:
            for button in buttons_of(view):
                if ENGLISH(button.label) == label:
                    return button
        raise AssertionError(f"no button {label!r} for {self.caller.name}: {self.text}")

    def presses(self, label: str) -> str:
        """Press a button by its label."""
        return self.presses_button(self.button(label))

    def presses_button(self, button: Button) -> str:
        """Press this very button, perhaps an old one."""
        wire = to_wire(button.intent)
        return self.does(self.world.engine.vocabulary.read(wire))

    def presses_in(self, message: Message, label: str) -> str:
        """Press a button of one notice."""
        for button in buttons_of(message.view):
            if ENGLISH(button.label) == label:
                return self.presses_button(button)
        raise AssertionError(f"no button {label!r} in: {message.text}")

    def fills(self, **given: FieldValue) -> str:
        """Fill the form on the screen and send it; fields not given keep what they show."""
        form = self.form
        values: dict[str, FieldValue] = {field.name: field.value for field in form.fields}
        unknown = set(given) - set(values)
        assert not unknown, f"no field {unknown} in {sorted(values)}"
        for form_field in form.fields:
            value = given.get(form_field.name)
            if isinstance(form_field, ManyChoicesField) and isinstance(value, str):
                given[form_field.name] = (value,) if value else ()
        return self.does(
            self.world.engine.vocabulary.read(to_wire(form.intent), {**values, **given})
        )

    def joins(self, **given: FieldValue) -> Person:
        """Join with the name the platform knows."""
        self.types("join")
        self.fills(agree="yes", **given)
        assert "You have joined" in self.text, self.text
        return self

    @property
    def member(self) -> Member:
        """This person as the books know them."""
        with self.world.store.begin() as books:
            found = books.members.by_identity(
                self.caller.platform, self.caller.tenant, self.caller.user
            )
        assert found is not None
        return found[0]

    @property
    def balance(self) -> int:
        """Minutes in this person's account."""
        member = self.member
        with self.world.store.begin() as books:
            account = books.ledger.account(AccountKind.MEMBER, member.id)
        assert account is not None
        return account.balance

    @property
    def reserved(self) -> int:
        """Minutes set aside in this person's account."""
        member = self.member
        with self.world.store.begin() as books:
            account = books.ledger.account(AccountKind.MEMBER, member.id)
        assert account is not None
        return account.reserved

    def told(self, kind: str = "") -> list[Message]:
        """Notices received, all or of one kind, oldest first."""
        return [message for message in self.inbox if not kind or message.kind == kind]

    def at(self, channel: Channel) -> Person:
        """The same person, speaking in a channel of their chat."""
        conversation = channel.conversation
        caller = replace(
            self.caller,
            private=False,
            conversation=conversation.external_id,
            service_url=conversation.service_url,
        )
        return replace(self, caller=caller)


@dataclass
class Channel:
    """A channel that the app is in."""

    conversation: Conversation
    inbox: list[Message] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The id of its conversation."""
        return self.conversation.id

    def told(self, kind: str = "") -> list[Message]:
        """What was posted here, all or of one kind, oldest first."""
        return [message for message in self.inbox if not kind or message.kind == kind]


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

    def holds(self, words: str) -> list[str]:
        """The tables in which ``words`` stand in any column: to show that nothing was kept."""
        found = []
        with self.store.begin() as books:
            for name, table in _tables().items():
                for row in books.connection.execute(table.select()):
                    if any(words in str(value) for value in row):
                        found.append(name)
                        break
        return found


def _tables() -> Mapping[str, Any]:
    from storage.tables import METADATA

    return METADATA.tables
