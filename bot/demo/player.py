"""The stage of the demo: the real engine, a clock that is moved by hand, and people who act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from adapters.local.people import GENERAL
from bot.demo.organisations import BY_CODE, PLATFORM
from bot.demo.people import BY_USER, Someone
from core.callers import Caller
from core.conversations.intents import Here
from core.conversations.model import ConversationKind
from core.couriers import Sent
from core.delivery.prepare import prepare
from core.delivery.settle import settle
from core.engine import Engine
from core.events.attending_intents import OpenAttendance
from core.events.intents import Announce, OpenEventForm
from core.exchanges import intents as exchange
from core.groups.intents import OpenGroup, ShowGroup
from core.jobs.slots import slot_of
from core.ledger.intents import ConfirmGift, Give
from core.members.greeting import OpenJoin
from core.members.join import Join
from core.members.settings import OpenSettings
from core.posts.intents import ClosePost, FillPost, Publish
from core.ui.forms import Form, ManyChoicesField
from core.ui.intents import FieldValue, Intent, to_wire
from core.ui.plain import plain, plain_form
from core.ui.replies import Nothing, Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Items, View
from core.words import Speech

PAST = "past"
"""Where the notices of long ago stand: a platform that is no more, so that a later change of what
they tell about does not write them into today's chats."""
_LEASE = timedelta(minutes=2)
_BATCH = 100


class Unplayable(Exception):
    """The engine answered otherwise than the story expects: the message quotes the answer."""


class Stage:
    """The engine at the moment ``now``, and everyone who plays."""

    def __init__(self, make: Callable[[Callable[[], datetime]], Engine], now: datetime) -> None:
        self.now = now
        self.engine = make(lambda: self.now)
        self._players = {user: Player(self, someone) for user, someone in BY_USER.items()}

    def __getitem__(self, user: str) -> Player:
        return self._players[user]

    def deliver(self) -> int:
        """Hand out every notice that is due, without a chat to show it in; how many."""
        handed = 0
        while True:
            with self.engine.store.begin() as books:
                office = self.engine.office(books)
                due = books.deliveries.claim(office.now, office.now + _LEASE, _BATCH)
                # There is no chat that shows an edit: nothing to bring up to date.
                edits = [replace(one, shown=one.changes) for one in due if one.edit]
                books.deliveries.settle_all(edits)
                new = [one for one in due if not one.edit]
                ready = prepare(office, self.engine.house, new)
                settle(office, [(replace(one, platform=PAST), Sent(PAST)) for one in ready])
            if not due:
                return handed
            handed += len(due)

    def run_jobs(self, names: Iterable[str] = ()) -> None:
        """Run these jobs, or all, as the clock would."""
        for name in names or sorted(self.engine.house.jobs):
            job = self.engine.house.jobs[name]
            done = 1
            while done:
                with self.engine.store.begin() as books:
                    slot = slot_of(job, self.engine.clock())
                    done = job.run(self.engine.office(books, slot))


@dataclass
class Player:
    """One person, who acts through intents alone."""

    stage: Stage
    who: Someone
    joined: bool = field(default=False, init=False)

    @cached_property
    def caller(self) -> Caller:
        """As the local page calls for this person."""
        tenant = BY_CODE[self.who.code].tenant
        return Caller(PLATFORM, tenant, self.who.user, self.who.name)

    def does(self, intent: Intent, caller: Caller | None = None) -> View:
        """Carry out ``intent``; what is shown. Raises ``Unplayable`` on a refusal or a form."""
        reply = self._reply(intent, caller)
        if isinstance(reply, (Say, Replace)):
            return reply.view
        raise Unplayable(f"{self.who.name}: {intent}: {_said(reply)}")

    def tries(self, intent: Intent) -> bool:
        """Carry out ``intent`` unless it is refused; whether it was done."""
        return isinstance(self._reply(intent), (Say, Replace))

    def _reply(self, intent: Intent, caller: Caller | None = None) -> Reply:
        return self.stage.engine.perform(caller or self.caller, intent).reply

    def fills(self, opens: Intent, **given: FieldValue) -> View:
        """Open a form and send it with ``given`` in its fields and the rest as it stands."""
        form = self._opens(opens)
        values: dict[str, FieldValue] = {one.name: one.value for one in form.fields}
        intent = self.stage.engine.vocabulary.read(to_wire(form.intent), {**values, **given})
        return self.does(intent)

    def _opens(self, intent: Intent) -> Form:
        reply = self._reply(intent)
        if not isinstance(reply, Open):
            raise Unplayable(f"{self.who.name}: {intent}: {_said(reply)}")
        return reply.form

    def joins(self) -> None:
        """Join, and settle what the form of joining does not ask."""
        who = self.who
        self._reply(OpenJoin())
        self.does(
            Join(
                shown_name=who.name,
                language=who.language,
                can_help=who.can_help,
                would_like=who.would_like,
                agree=True,
            )
        )
        self.joined = True
        if who.contact or who.offers_too:
            told = ("asks", "offers") if who.offers_too else ("asks",)
            self.fills(OpenSettings(), contact=who.contact, told=told)

    def posts(self, kind: str, title: str, minutes: int, details: str = "", place: str = "") -> int:
        """Offer or ask; the post's id."""
        written = FillPost(
            kind=kind, title=title, details=details, minutes=f"{minutes} mins", place=place
        )
        preview = self.does(written)
        return _number(self.does(_intent(preview, Publish)), "post")

    def closes(self, post: int) -> None:
        """Take a post down."""
        self.does(ClosePost(post=post))

    def proposes(
        self,
        post: int,
        minutes: int,
        message: str = "",
        when: str = "",
        manager: str = "not-needed",
        time: str = "work",
    ) -> int:
        """Answer a post; the exchange's id."""
        shown = self.does(
            exchange.Propose(
                post=post,
                minutes=f"{minutes} mins",
                when=when,
                message=message,
                time=time,
                manager=manager,
            )
        )
        return _number(shown, "exchange")

    def accepts(self, number: int, manager: str = "not-needed", time: str = "work") -> bool:
        """Agree; False where the receiver has too few hours."""
        return self.tries(exchange.Accept(exchange=number, manager=manager, time=time))

    def suggests(self, number: int, minutes: int, when: str = "", message: str = "") -> None:
        """Put other minutes forward."""
        self.does(
            exchange.Suggest(exchange=number, minutes=f"{minutes} mins", when=when, message=message)
        )

    def says(self, number: int, words: str) -> None:
        """Write to the other side."""
        self.does(exchange.SendMessage(exchange=number, words=words))

    def claims(self, number: int, minutes: int) -> None:
        """Say that it is done, and how long it took."""
        self.does(exchange.Claim(exchange=number, minutes=f"{minutes} mins"))

    def corrects(self, number: int, minutes: int) -> None:
        """Say that it took another time."""
        self.does(exchange.Correct(exchange=number, minutes=f"{minutes} mins"))

    def confirms(self, number: int) -> None:
        """Agree to the time that the other side says."""
        self.does(exchange.Confirm(exchange=number))

    def thanks(self, number: int, words: str) -> None:
        """Say thank you."""
        self.does(exchange.Thank(exchange=number, words=words))

    def gives(self, minutes: int, to: str, note: str = "") -> None:
        """Give hours of one's own to a person, a pot or the community."""
        self.gives_by(Give(minutes=f"{minutes} mins", who=to, note=note))

    def gives_by(self, intent: Give) -> None:
        """Give or grant, and say yes to "are you sure?"."""
        self.does(_intent(self.does(intent), ConfirmGift))

    def lets_post_in_channel(self) -> None:
        """Type ``here`` in the channel of one's own tenant."""
        there = replace(
            self.caller,
            private=False,
            conversation=GENERAL,
            conversation_kind=ConversationKind.CHANNEL,
            conversation_name=GENERAL,
            shared=False,
        )
        self.does(Here(), there)

    def announces(self, **given: FieldValue) -> int:
        """Announce an event, in every channel that may be chosen; its id."""
        fields = self._opens(OpenEventForm()).fields
        channels = tuple(
            option.value
            for one in fields
            if isinstance(one, ManyChoicesField) and one.name == "channels"
            for option in one.options
        )
        preview = self.fills(OpenEventForm(), channels=channels, **given)
        return _number(self.does(_intent(preview, Announce)), "event")

    def ticks_off(self, event: int, came: Sequence[Player]) -> None:
        """Say who came to an event of one's own, of those on its list."""
        [people] = self._opens(OpenAttendance(event=event)).fields
        assert isinstance(people, ManyChoicesField)
        names = {one.who.name for one in came}
        chosen = tuple(
            option.value
            for option in people.options
            if Speech()(option.label).rpartition(", ")[0] in names
        )
        self.fills(OpenAttendance(event=event), came=chosen)

    def shares(self, title: str, minutes: int, people: Sequence[Player], when: str = "") -> int:
        """Offer several people a share of one's time; the group's id."""
        names = "; ".join(one.who.name for one in people)
        shown = self.fills(
            OpenGroup(), title=title, minutes=f"{minutes} mins", people=names, when=when
        )
        return _number(shown, "group")

    def accepts_share(self, group: int) -> None:
        """Accept one's own share of a group."""
        self.accepts(_number(self.does(ShowGroup(group=group)), "exchange"))


def buttons_of(view: View) -> list[Button]:
    """Every button of a view, those of its lists included."""
    found: list[Button] = []
    for block in view.blocks:
        if isinstance(block, Actions):
            found += [one for one in block.buttons if isinstance(one, Button)]
        elif isinstance(block, Items):
            found += [one for item in block.items for one in item.actions]
    return found


def _intent(view: View, kind: type[Intent]) -> Intent:
    """What the button of this kind on a view asks for."""
    for button in buttons_of(view):
        if isinstance(button.intent, kind):
            return button.intent
    raise Unplayable(f"no {kind.name} on: {plain(view, Speech())}")


def _number(view: View, name: str) -> int:
    """The id that the buttons of a view carry under ``name``."""
    for button in buttons_of(view):
        number = getattr(button.intent, name, 0)
        if number:
            return int(number)
    raise Unplayable(f"no {name} on: {plain(view, Speech())}")


def _said(reply: Reply) -> str:
    speech = Speech()
    match reply:
        case Refuse(reason):
            return f"refused: {speech(reason)}"
        case Open(form):
            return f"asked: {plain_form(form, speech)}"
        case Nothing():
            return "nothing"
        case _:
            return plain(reply.view, speech)
