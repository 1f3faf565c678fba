"""A small system that writes to people and channels: a few kinds of notice, members in tenants that
a test names, couriers that answer as they are told, and as many pumps as a test asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.pump import Pump
from core.callers import Address
from core.conversations.model import Conversation, ConversationKind, Registration
from core.couriers import Outcome, Parcel, Sent
from core.delivery.model import Audience, Delivery, DeliveryState, Family, Notice, Withheld
from core.delivery.prepare import prepare
from core.delivery.prepared import Prepared
from core.engine import Engine
from core.feature import Feature, NoticeKind, house
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.members.model import Identity, Member
from core.organisations.model import Organisation, Sector
from core.respect.feature import FEATURE as RESPECT
from core.respect.model import Preferences
from core.ui.plain import plain
from core.ui.views import Paragraph, View, view
from storage.audit_deliveries import audit_deliveries
from storage.store import Store

START = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
"""A working Tuesday, 10am in London."""
EVERYBODY = Audience()
Chat = tuple[str, str]
NORTH: Chat = ("slack", "T-NORTH")
SOUTH: Chat = ("teams", "tenant-south")
NATION: Chat = ("teams", "tenant-nation")
HOSPICE: Chat = ("local", "hospice")


class Chats:
    """A courier that keeps what it was handed and answers from ``answers``, then ``Sent``."""

    def __init__(self) -> None:
        self.answers: list[Outcome] = []
        self.parcels: list[Parcel] = []

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        if self.answers:
            return self.answers.pop(0)
        return Sent(parcel.handle or f"message-{parcel.delivery}")

    @property
    def texts(self) -> list[str]:
        """What was sent, in words."""
        return [plain(parcel.view, parcel.speech) for parcel in self.parcels]

    @property
    def tenants(self) -> Counter[str]:
        """How many parcels each tenant was sent."""
        return Counter(parcel.tenant for parcel in self.parcels)


class Mail:
    """Members, channels, the notices they are told, and a pump, on a clock moved by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.words = "first words"
        kinds = (
            NoticeKind("test.answer", self._render, essential=True, in_channel=self._post),
            NoticeKind("test.digest", self._render, unasked=True, family=Family.DIGEST),
            NoticeKind("test.event", self._render, unasked=True, family=Family.EVENTS),
        )
        self.house = house([RESPECT, Feature("test", notices=kinds)])
        self.engine = self._engine(store)
        self.chats = {name: Chats() for name in ("slack", "teams", "local")}
        self.pump = self.replica(store)
        self.organisations: dict[str, Organisation] = {}
        with store.begin() as books:
            for code in ("NGH", "SGH"):
                made = Organisation(code, f"{code} Trust", Sector.NHS_TRUST)
                self.organisations[code] = books.organisations.add(made)
            for chat in (NORTH, SOUTH, NATION, HOSPICE):
                books.tenants.approve(*chat, [self.organisations["NGH"].id], START)

    def _engine(self, store: Store) -> Engine:
        return Engine(store, self.house, Keys(("secret",)), clock=lambda: self.now)

    def replica(self, store: Store) -> Pump:
        """Another pump, on a store of its own."""
        return Pump(self._engine(store), dict(self.chats))

    def _render(self, _office: Office, notice: Notice, member: Member) -> View | Withheld:
        if member.name == notice.data.get("broken_for"):
            raise RuntimeError("a fault in a view")
        return Withheld.EMPTY if notice.data.get("empty") else view(Paragraph(self.words))

    def _post(self, _office: Office, notice: Notice, place: Conversation) -> View | Withheld:
        if notice.data.get("empty"):
            return Withheld.EMPTY
        return view(Paragraph(f"{self.words} in {place.name}"))

    # Who there is.

    def member(self, name: str = "Ana", *chats: Chat, code: str = "NGH", **given: Any) -> int:
        """The id of a new member with these chats, the first one used last."""
        organisation = self.organisations[code].id
        with self.store.begin() as books:
            member = books.members.add(replace(Member(name, "en", organisation, START), **given))
            for age, (platform, tenant) in enumerate(chats):
                used = START - timedelta(days=age)
                user, where = f"U-{name}-{member.id}", Address(name)
                books.members.add_identity(
                    Identity(platform, tenant, user, member.id, organisation, where, used)
                )
        return member.id

    def members(self, many: int, chat: Chat) -> list[int]:
        """So many members in one tenant."""
        return [self.member(f"Member {number}", chat) for number in range(many)]

    def prefers(self, member_id: int, **given: Any) -> None:
        """Keep what a member has said about being written to."""
        with self.store.begin() as books:
            said = replace(Preferences(member_id), **given)
            books.preferences.keep(said)

    def channel(self, name: str, chat: Chat = NORTH, *, by: int = 0, **given: Any) -> int:
        """The id of a channel, registered where somebody registered it."""
        kind = ConversationKind.CHANNEL
        made = Conversation(*chat, f"C-{name}", kind, START, START, name=name, bot="B1")
        with self.store.begin() as books:
            books.conversations.keep(made)
            kept = books.conversations.hold(*chat, made.external_id)
            assert kept is not None
            if by:
                books.conversations.register(Registration(kept.id, None, by, self.now, **given))
        return kept.id

    # What they are told.

    def tell(
        self, *member_ids: int, kind: str = "test.answer", subject: str = "thing:1", **data: object
    ) -> None:
        """Tell members by name."""
        with self.store.begin() as books:
            self.engine.office(books).tell(kind, subject, member_ids, data)

    def plan(
        self,
        audience: Audience = EVERYBODY,
        *,
        kind: str = "test.answer",
        key: str | None = None,
        spread: timedelta = timedelta(),
        **data: object,
    ) -> int:
        """Plan a notice for many; how many are new."""
        with self.store.begin() as books:
            office = self.engine.office(books)
            return office.tell_all(kind, "thing:1", audience, data, key=key, spread=spread)

    def post(self, *channels: int, key: str | None = None, **data: object) -> int:
        """Plan a post into channels; how many are new."""
        with self.store.begin() as books:
            office = self.engine.office(books)
            return office.tell_channels("test.answer", "thing:1", channels, data, key=key)

    def change(self, words: str) -> None:
        """What the notices say is something else now."""
        self.words = words
        with self.store.begin() as books:
            self.engine.office(books).changed("thing:1")

    # What comes of it.

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def claim(self, limit: int = 100, store: Store | None = None) -> Sequence[Delivery]:
        """Claim as a pump does."""
        with (store or self.store).begin() as books:
            until = self.now + timedelta(minutes=2)
            return books.deliveries.claim(self.now, until, limit)

    async def pumps(self) -> None:
        """Round after round until nothing is due. Where a pace is kept to, time goes by."""
        while await self.pump.round() or self.turn_comes():
            pass

    def prepares(self) -> Sequence[Prepared]:
        """Claim and prepare a batch as a pump does, and go no further, as one that is killed."""
        due = self.claim()
        with self.store.begin() as books:
            return prepare(self.engine.office(books), self.house, due)

    def turn_comes(self) -> bool:
        """Let time go by until a tenant has its turn; False where none waits for one."""
        with self.store.begin() as books:
            opens_at = books.deliveries.next_opening(self.now)
        self.now = opens_at or self.now
        return opens_at is not None

    def of(self, member_id: int) -> Delivery:
        """The newest delivery for a member."""
        return self.all_of(member_id)[0]

    def all_of(self, member_id: int) -> list[Delivery]:
        """Every delivery for a member, newest first."""
        with self.store.begin() as books:
            return [delivery for delivery, _notice in books.deliveries.of_member(member_id)]

    def all(self) -> list[Delivery]:
        """Every delivery, oldest first."""
        with self.store.begin() as books:
            found = [delivery for delivery, _notice in books.deliveries.recent(10_000)]
        return sorted(found, key=lambda delivery: delivery.id)

    def states(self) -> Counter[DeliveryState]:
        return Counter(delivery.state for delivery in self.all())

    def audit(self) -> list[str]:
        """What the audit finds."""
        with self.store.begin() as books:
            return [finding.code for finding in audit_deliveries(books.connection, self.now)]
