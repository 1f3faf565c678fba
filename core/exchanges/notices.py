"""What the two sides and the leads are told, always from the state at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.delivery.model import Notice, Withheld
from core.exchanges.dispute import case_of
from core.exchanges.dispute_views import case_view
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.moves import Move, moves, talk_is_open
from core.exchanges.pausing import PAUSED, is_paused
from core.exchanges.pausing_views import back_news, paused_news
from core.exchanges.report import may_read, reported
from core.exchanges.report_views import report_view
from core.exchanges.seeing import seen, with_balance
from core.exchanges.talk_views import message_view, thanked_view
from core.exchanges.telling import may_settle
from core.exchanges.views import Seen, exchange_card, short_of_hours_view
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.kernel.minutes import spoken
from core.kernel.texts import Text, _
from core.members.model import Member
from core.ui.views import Note, View


def _exchange(office: Office, notice: Notice, member: Member) -> Exchange | None:
    """The exchange a notice is about, where this member is still one of its sides."""
    exchange = office.books.exchanges.get(int(notice.data["exchange"]))
    return exchange if exchange is not None and exchange.has(member.id) else None


def _told(
    kind: str,
    news: Callable[[Seen], Text],
    *,
    essential: bool = False,
    balance: bool = False,
    unasked: bool = False,
) -> NoticeKind:
    """A notice that shows the exchange. The news stands as long as nothing newer has happened;
    after that the same card shows where the exchange has come to."""

    def render(office: Office, notice: Notice, member: Member) -> View | Withheld:
        exchange = _exchange(office, notice, member)
        if exchange is None:
            return Withheld.CANCELLED
        shown = seen(office, exchange, member.id)
        if balance:
            shown = with_balance(office, shown)
        if exchange.version != notice.data["version"]:
            return exchange_card(shown)
        words = notice.data.get("message")
        message = office.books.exchanges.message(int(words)) if words is not None else None
        if message is not None and message.words:
            shown = replace(shown, messages=(message,))
        return exchange_card(shown, Note(news(shown)))

    return NoticeKind(kind, render, essential, unasked=unasked)


def _message(office: Office, notice: Notice, member: Member) -> View | Withheld:
    exchange = _exchange(office, notice, member)
    message = office.books.exchanges.message(int(notice.data["message"]))
    if exchange is None or message is None or not message.words:
        return Withheld.EMPTY
    shown = seen(office, exchange, member.id)
    if shown.closed and message.member_id in office.books.members.blocked_by(member.id):
        return Withheld.OPTED_OUT
    open_talk = talk_is_open(exchange, office.now) and not (shown.closed or shown.away)
    return message_view(message, exchange.title, shown.other_name, open_talk=open_talk)


def _thanked(office: Office, notice: Notice, member: Member) -> View | Withheld:
    exchange = _exchange(office, notice, member)
    message = office.books.exchanges.message(int(notice.data["message"]))
    if exchange is None or message is None or not message.words:
        return Withheld.EMPTY
    shown = seen(office, exchange, member.id)
    if shown.closed and message.member_id in office.books.members.blocked_by(member.id):
        return Withheld.OPTED_OUT
    back = Move.THANK in moves(exchange, member.id) and not shown.thanked and not shown.closed
    return thanked_view(
        exchange.id, exchange.title, message.words, shown.other_name, thank_back=back
    )


def _too_few_hours(office: Office, notice: Notice, member: Member) -> View | Withheld:
    exchange = _exchange(office, notice, member)
    if (
        exchange is None
        or exchange.state is not ExchangeState.PROPOSED
        or exchange.version != notice.data["version"]
    ):
        return Withheld.TOO_LATE
    return short_of_hours_view(seen(office, exchange, member.id))


def _paused(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """The other side is away; once they are back, that they are."""
    exchange = _exchange(office, notice, member)
    if exchange is None:
        return Withheld.CANCELLED
    shown = seen(office, exchange, member.id)
    if shown.closed:
        return Withheld.OPTED_OUT
    if not exchange.state.open:
        return exchange_card(shown)
    if shown.away:
        return exchange_card(shown, Note(paused_news(shown.other_name)))
    if exchange.version != notice.data["version"]:
        return exchange_card(shown)
    return exchange_card(shown, Note(back_news(shown.other_name)))


def _still_paused(office: Office, notice: Notice) -> bool:
    exchange = office.books.exchanges.get(int(notice.data["exchange"]))
    return exchange is not None and is_paused(office, exchange)


def _for_a_lead(kind: str, news: Text, *, unasked: bool = False) -> NoticeKind:
    """What waits for a lead; once it is settled, how."""

    def render(office: Office, notice: Notice, member: Member) -> View | Withheld:
        exchange = office.books.exchanges.get(int(notice.data["exchange"]))
        if exchange is None or not may_settle(office, exchange, member.id):
            return Withheld.CANCELLED
        case = case_of(office, exchange)
        return case_view(case, Note(news) if case.waits else None)

    return NoticeKind(kind, render, essential=True, unasked=unasked)


def _reported(office: Office, notice: Notice, member: Member) -> View | Withheld:
    report = office.books.exchanges.report(int(notice.data["report"]))
    if report is None or not may_read(office, report, member.id):
        return Withheld.CANCELLED
    news = _("A member has sent a report.") if report.open else _("This has been dealt with.")
    return report_view(reported(office, report), Note(news))


def _proposed(shown: Seen) -> Text:
    if shown.me == shown.exchange.receiver_id:
        return _("{name} can help you.", name=shown.other_name)
    return _("{name} would like your help.", name=shown.other_name)


NOTICES = (
    _told("exchange.proposed", _proposed, essential=True),
    _told(
        "exchange.suggested",
        lambda shown: _(
            "{name} suggests {time} instead.",
            name=shown.other_name,
            time=spoken(shown.exchange.minutes),
        ),
        essential=True,
    ),
    _told("exchange.agreed", lambda shown: _("{name} has accepted.", name=shown.other_name)),
    _told("exchange.declined", lambda shown: _("{name} cannot do this.", name=shown.other_name)),
    _told(
        "exchange.withdrawn",
        lambda shown: _("{name} has taken the proposal back.", name=shown.other_name),
    ),
    _told(
        "exchange.cancelled",
        lambda shown: _("{name} has cancelled this exchange.", name=shown.other_name),
    ),
    _told(
        "exchange.closed",
        lambda _shown: _("This has closed, because the other side has left Hourbridge."),
    ),
    _told(
        "exchange.claimed",
        lambda shown: _("{name} says that this is done.", name=shown.other_name),
        essential=True,
    ),
    _told(
        "exchange.corrected",
        lambda shown: _("{name} says that it took another time.", name=shown.other_name),
        essential=True,
    ),
    _told(
        "exchange.unclaimed",
        lambda shown: _("{name} has taken back how long it took.", name=shown.other_name),
    ),
    _told(
        "exchange.confirmed",
        lambda shown: _("{name} has confirmed. The hours have moved.", name=shown.other_name),
        balance=True,
    ),
    _told(
        "exchange.disputed",
        lambda shown: _("{name} asks a lead to settle this.", name=shown.other_name),
        essential=True,
    ),
    _told("exchange.resolved", lambda _shown: _("A lead has settled this."), balance=True),
    _told("exchange.lapsed", lambda _shown: _("This has closed by itself."), unasked=True),
    _told(
        "exchange.with-a-lead",
        lambda _shown: _("A lead has been asked to look at this, because it waits so long."),
        unasked=True,
    ),
    _for_a_lead("exchange.to-settle", _("Two members ask a lead to settle this.")),
    _for_a_lead(
        "exchange.escalated", _("Nobody has confirmed this, so it comes to a lead."), unasked=True
    ),
    NoticeKind(PAUSED, _paused, in_time=_still_paused),
    NoticeKind("exchange.message", _message, essential=True),
    NoticeKind("exchange.thanked", _thanked),
    NoticeKind("exchange.too-few-hours", _too_few_hours, essential=True),
    NoticeKind("exchange.reported", _reported, essential=True),
)
