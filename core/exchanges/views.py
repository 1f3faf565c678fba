"""An exchange as one of its two sides sees it: one card for everything, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.exchanges.buttons import actions_of, asides_of
from core.exchanges.model import Exchange, ExchangeState, Manager, Message, Terms, WhoseTime
from core.exchanges.moves import shares_contact, waits_for
from core.exchanges.pausing_views import paused_standing
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import NOTHING, Text, Words, _
from core.ui.views import (
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Quote,
    View,
    view,
)

PAGE = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """An exchange with all that one side may know of it.

    ``contact`` is what the other side chose to share. ``closed`` says that a block ended the talk,
    ``away`` that the other side cannot be reached for now, so that the exchange is paused.
    ``balance`` is the reader's own, in minutes, where it has just changed.
    """

    exchange: Exchange
    me: int
    now: datetime
    other_name: Words
    other_organisation: Words
    contact: str = ""
    closed: bool = False
    away: bool = False
    thanked: bool = False
    balance: int | None = None
    messages: tuple[Message, ...] = ()
    earlier: bool = False
    """Whether there are messages before those."""

    @property
    def ref(self) -> str:
        """The exchange's short reference."""
        return reference("E", self.exchange.id)

    @property
    def terms(self) -> Terms | None:
        """What the reader said when agreeing."""
        given = self.me == self.exchange.giver_id
        return self.exchange.giver_terms if given else self.exchange.receiver_terms


def exchange_card(seen: Seen, news: Note | None = None, *, full: bool = False) -> View:
    """The exchange as it stands, with what its reader may do now.

    ``news`` comes first where something has just happened. ``full`` adds report and block.
    """
    messages = (
        Quote(message.words, _("You") if message.member_id == seen.me else seen.other_name)
        for message in seen.messages
    )
    asides = (asides_of(seen),) if full else ()
    return view(
        news,
        Heading(title_of(seen.exchange.title)),
        Facts(tuple(_facts(seen))),
        Paragraph(standing(seen)),
        Note(_("Your balance is now {balance}.", balance=spoken(seen.balance)))
        if seen.balance is not None
        else None,
        *messages,
        actions_of(seen, full=full),
        *asides,
        summary=news.text if news else standing(seen),
    )


def title_of(title: str) -> Words:
    """What an exchange is about; the words of someone who left are gone."""
    return title or _("an exchange")


def _facts(seen: Seen) -> list[Fact]:
    exchange = seen.exchange
    gives = seen.me == exchange.giver_id
    other = _("{name}, {place}", name=seen.other_name, place=seen.other_organisation)
    facts = [
        Fact(_("You help") if gives else _("You are helped by"), other),
        Fact(_("Time"), spoken(exchange.minutes))
        if exchange.group_id is None
        else Fact(_("Share"), _("{time} at most", time=spoken(exchange.minutes))),
    ]
    if exchange.when:
        facts.append(Fact(_("When"), exchange.when))
    if seen.terms is not None and exchange.state.open:
        facts.append(Fact(_("For you this is"), terms_words(seen.terms)))
    if seen.contact and not seen.closed and shares_contact(exchange, seen.now):
        facts.append(Fact(_("How to reach {name}", name=seen.other_name), seen.contact))
    facts.append(Fact(_("Reference"), seen.ref))
    return facts


def terms_words(terms: Terms) -> Text:
    """Whose time it is, and where the manager's agreement stands."""
    time = {
        WhoseTime.WORK: _("work time"),
        WhoseTime.OWN: _("your own time"),
        WhoseTime.BOTH: _("partly work time and partly your own"),
    }[terms.time]
    manager = {
        Manager.NOT_NEEDED: NOTHING,
        Manager.HELD: _("your manager has agreed"),
        Manager.TO_ASK: _("you still have to ask your manager"),
    }[terms.manager]
    return _("{time}, {manager}", time=time, manager=manager) if manager else time


def standing(seen: Seen) -> Text:
    """Where the exchange stands and whose turn it is, in a sentence or two."""
    exchange, name = seen.exchange, seen.other_name
    mine = waits_for(exchange) == seen.me
    if seen.away and exchange.state.open:
        return paused_standing(seen)
    match exchange.state:
        case ExchangeState.PROPOSED | ExchangeState.AGREED if exchange.group_id is not None:
            return _in_a_group(seen, mine=mine)
        case ExchangeState.PROPOSED if mine:
            return _(
                "{name} suggests {time}. It is your turn to answer.",
                name=name,
                time=spoken(exchange.minutes),
            )
        case ExchangeState.PROPOSED:
            return _("Waiting for {name} to answer.", name=name)
        case ExchangeState.AGREED:
            return _("You have both agreed. When the work is done, say how long it took.")
        case ExchangeState.CLAIMED:
            return _claimed(seen, mine=mine)
        case ExchangeState.CONFIRMED:
            return _moved(seen, _("Confirmed."))
        case ExchangeState.DISPUTED:
            return _(
                "You do not agree on the time. A lead has been asked to settle it, "
                "and no hours move until then."
            )
        case ExchangeState.RESOLVED:
            return _moved(seen, _("A lead has settled this."))
        case _:
            return _ended(seen)


def _in_a_group(seen: Seen, *, mine: bool) -> Text:
    exchange, name = seen.exchange, seen.other_name
    time = spoken(exchange.minutes)
    if mine:
        return _(
            "{name} helps a group, and you are asked for a share of {time} at most. The more "
            "people are there, the smaller it is. It is your turn to answer.",
            name=name,
            time=time,
        )
    if exchange.state is ExchangeState.PROPOSED:
        return _("Waiting for {name} to answer.", name=name)
    if seen.me == exchange.giver_id:
        return _("{name} has accepted. When it is done, say so for the whole group.", name=name)
    return _(
        "You have accepted. When it is done, {name} says how long it took, and you are asked to "
        "confirm your share.",
        name=name,
    )


def _claimed(seen: Seen, *, mine: bool) -> Text:
    exchange, name = seen.exchange, seen.other_name
    took = spoken(exchange.claimed_minutes or 0)
    if exchange.escalated:
        return _(
            "This took {time}, says one of you, and nobody has confirmed it. "
            "A lead has been asked to look. You can still settle it between you.",
            time=took,
        )
    if mine:
        return _(
            "{name} says it took {time}. It is your turn to confirm or correct it.",
            name=name,
            time=took,
        )
    return _("You said it took {time}. Waiting for {name} to confirm.", name=name, time=took)


def _moved(seen: Seen, how: Text) -> Text:
    minutes = seen.exchange.settled_minutes or 0
    if minutes == 0:
        return _("{how} No hours moved.", how=how)
    if seen.me == seen.exchange.giver_id:
        return _("{how} You gave {time}.", how=how, time=spoken(minutes))
    return _("{how} You received {time}.", how=how, time=spoken(minutes))


def _ended(seen: Seen) -> Text:
    exchange, name = seen.exchange, seen.other_name
    by_me = exchange.ended_by == seen.me
    nobody = exchange.ended_by is None
    match exchange.state:
        case ExchangeState.DECLINED if by_me:
            return _("You declined this.")
        case ExchangeState.DECLINED:
            return _("{name} declined this.", name=name)
        case ExchangeState.WITHDRAWN if nobody:
            return _("This proposal has closed.")
        case ExchangeState.WITHDRAWN if by_me:
            return _("You withdrew this.")
        case ExchangeState.WITHDRAWN:
            return _("{name} withdrew this.", name=name)
        case ExchangeState.CANCELLED if nobody:
            return _("This was cancelled. No hours moved.")
        case ExchangeState.CANCELLED if by_me:
            return _("You cancelled this. No hours moved.")
        case ExchangeState.CANCELLED:
            return _("{name} cancelled this. No hours moved.", name=name)
        case _ if exchange.agreed_at is None:
            return _("This proposal has closed, because it was not answered in time.")
        case _:
            return _("This agreement has closed, because nobody said that the work was done.")


def short_of_hours_view(seen: Seen) -> View:
    """For the receiver alone: the other side said yes, and there are too few free hours."""
    return view(
        Note(_("You have too few free hours for this exchange."), "warning"),
        Heading(title_of(seen.exchange.title)),
        Paragraph(
            _(
                "{name} wants to accept, but {time} would take you below the lowest balance. "
                "Give some help, or cancel another exchange. Then it can be accepted.",
                name=seen.other_name,
                time=spoken(seen.exchange.minutes),
            )
        ),
        actions_of(seen, full=False),
        summary=_("An exchange waits for free hours"),
    )
