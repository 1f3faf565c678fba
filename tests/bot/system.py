"""A small system for the program's own tests: members in two chats, one kind of notice, and
couriers that answer as they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.pump import Pump
from core.callers import Address
from core.couriers import Courier, Outcome, Parcel, Sent
from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.engine import Engine
from core.feature import Feature, NoticeKind, house
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.members.model import Identity, Member
from core.organisations.model import Organisation, Sector
from core.ui.plain import plain
from core.ui.views import Paragraph, View, view
from core.words import Speech
from storage.store import Store

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
TENANTS = {"slack": "T-ONE", "teams": "tenant-two"}
Script = Outcome | Exception | Callable[[], Outcome]


@dataclass
class Scripted:
    """A courier that keeps what it was handed and answers from ``answers``, then ``Sent``."""

    answers: list[Script] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer()
        return answer or Sent(parcel.handle or f"message-{len(self.parcels)}")

    @property
    def texts(self) -> list[str]:
        return [plain(parcel.view, Speech("en")) for parcel in self.parcels]


class System:
    """Members, the notices they are told, and a pump, on a clock that is moved by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.words = "first words"
        kind = NoticeKind("test.note", self._render, essential=True)
        rooms = house([Feature("test", notices=(kind,))])
        self.engine = Engine(store, rooms, Keys(("secret",)), clock=lambda: self.now)
        self.slack, self.teams = Scripted(), Scripted()
        couriers: dict[str, Courier] = {"slack": self.slack, "teams": self.teams}
        self.pump = Pump(self.engine, couriers)
        with store.begin() as books:
            self.organisation = books.organisations.add(
                Organisation("NGH", "Northgate Trust", Sector.NHS_TRUST)
            )
            for platform, tenant in TENANTS.items():
                books.tenants.approve(platform, tenant, [self.organisation.id], START)

    def _render(self, _office: Office, notice: Notice, _member: Member) -> View | Withheld:
        if notice.data.get("broken"):
            raise RuntimeError(self.words)
        return view(Paragraph(self.words))

    def member(self, name: str, *platforms: str) -> int:
        """The id of a new member with a chat on each platform, the first one used last."""
        with self.store.begin() as books:
            member = books.members.add(Member(name, "en", self.organisation.id, START))
            for age, platform in enumerate(platforms or ("slack",)):
                used = START - timedelta(days=age)
                books.members.add_identity(
                    Identity(
                        platform,
                        TENANTS[platform],
                        f"user-{name}",
                        member.id,
                        self.organisation.id,
                        Address(name),
                        used,
                    )
                )
        return member.id

    def tell(self, *member_ids: int, subject: str = "thing:1", broken: bool = False) -> None:
        with self.store.begin() as books:
            office = self.engine.office(books)
            office.tell("test.note", subject, member_ids, {"broken": broken})

    def change(self, words: str, subject: str = "thing:1") -> None:
        """What the notices about ``subject`` say is something else now."""
        self.words = words
        with self.store.begin() as books:
            self.engine.office(books).changed(subject)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def pumps(self) -> None:
        """Round after round until nothing is due. Where a pace is kept to, time goes by."""
        while True:
            if await self.pump.round():
                continue
            with self.store.begin() as books:
                opens_at = books.deliveries.next_opening(self.now)
            if opens_at is None:
                return
            self.now = opens_at

    def of(self, member_id: int) -> Delivery:
        """The newest delivery for a member."""
        with self.store.begin() as books:
            return books.deliveries.of_member(member_id)[0][0]

    def state(self, member_id: int) -> DeliveryState:
        return self.of(member_id).state
