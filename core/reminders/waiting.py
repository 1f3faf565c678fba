"""Exchanges that wait for a member: to confirm, to answer, or to say whether they happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.delivery.model import Notice
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.moves import waits_for
from core.exchanges.seeing import seen
from core.kernel.dates import find_day, read_day, read_moment
from core.kernel.desk import Office
from core.kernel.refusals import Refusal
from core.members.model import USUAL_ZONE, Member, MemberState
from core.reminders.model import About, Reminded, Schedule, reached, schedule
from core.reminders.nudging import Nudge, keep, remind
from core.reminders.subjects import EXCHANGES, reader_of
from core.reminders.waiting_views import PAGE, waiting_view
from core.ui.views import View

MANY = 200
"""How many open exchanges of one member are looked at: those of several full groups too."""
_STATES = (ExchangeState.CLAIMED, ExchangeState.PROPOSED, ExchangeState.AGREED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An exchange that waits for one member since ``since``, and how many steps are over."""

    about: About
    exchange: Exchange
    since: datetime
    step: int


def waiting_for(office: Office, member_id: int) -> list[Waiting]:
    """All that waits for a member, claims first and then the longest waiting. Left out is what
    stands still, because the other side is not here or there is a block between the two."""
    plan = schedule(office.policy)
    exchanges, _total = office.books.exchanges.of_member(member_id, _STATES, 0, MANY)
    found = [_wait(one, member_id, plan, office.now) for one in exchanges]
    others = office.books.members.many([one.exchange.other(member_id) for one in found if one])
    blocked = office.books.members.blocked_either_way(member_id) if others else frozenset()

    def goes_on(one: Waiting) -> bool:
        other = others[one.exchange.other(member_id)]
        return other.state is MemberState.ACTIVE and other.id not in blocked

    waiting = _once_a_group([one for one in found if one is not None and goes_on(one)])
    waiting = [one for one in waiting if not _put_off(office, one, member_id, plan)]
    return sorted(waiting, key=lambda one: (_STATES.index(one.exchange.state), one.since))


def _once_a_group(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Of the shares of one group whose giver is to say that it is done, the first alone."""
    first: dict[int, int] = {}
    kept = []
    for one in sorted(waiting, key=lambda each: each.exchange.id):
        group_id = one.exchange.group_id if one.about is About.DONE else None
        if group_id is None or first.setdefault(group_id, one.exchange.id) == one.exchange.id:
            kept.append(one)
    return kept


def _wait(exchange: Exchange, member_id: int, plan: Schedule, now: datetime) -> Waiting | None:
    """What an exchange waits for from one member, where it does."""
    mine = waits_for(exchange) == member_id
    match exchange.state:
        case ExchangeState.CLAIMED if mine and not exchange.escalated:
            since = exchange.claimed_at or exchange.proposed_at
            return Waiting(About.CONFIRM, exchange, since, reached(since, now, plan.confirm))
        case ExchangeState.PROPOSED if mine:
            since = exchange.suggested_at or exchange.proposed_at
            return Waiting(About.ANSWER, exchange, since, reached(since, now, plan.answer))
        case ExchangeState.AGREED if exchange.group_id and exchange.giver_id != member_id:
            return None  # the giver alone says when a group is done
        case ExchangeState.AGREED if exchange.agreed_at is not None:
            since = exchange.agreed_at
            step = _happened(day_of(exchange), since, now, plan.done)
            return Waiting(About.DONE, exchange, since, step) if step else None
        case _:
            return None


def _happened(day: date | None, agreed: datetime, now: datetime, steps: Sequence[timedelta]) -> int:
    """How many times it has been time to ask whether an agreement was kept: once its day is over,
    else after the first step; and again after each other. Never before its day."""
    over = reached(agreed, now, steps)
    if day is None:
        return over
    return max(1, over) if steps and day < now.date() else 0


def day_of(exchange: Exchange) -> date | None:
    """The day that the two wrote down, where their words name one."""
    written = exchange.suggested_at or exchange.proposed_at
    for read in (_moment_in, _day_in, _day_within):
        try:
            return read(exchange.when, written)
        except Refusal:
            continue
    return None


def _moment_in(words: str, written: datetime) -> date:
    return read_moment(words, written, ZoneInfo(USUAL_ZONE)).date()


def _day_in(words: str, written: datetime) -> date:
    return read_day(words, written.date())


def _day_within(words: str, written: datetime) -> date | None:
    found = find_day(f"by {words}", written.date())
    return found.value if found is not None else None


def _put_off(office: Office, one: Waiting, member_id: int, plan: Schedule) -> bool:
    """Whether a member has said "not yet" since the last step that was over."""
    if one.about is not About.DONE:
        return False
    said = office.books.reminders.step(About.NOT_YET, one.exchange.id, member_id)
    if said is None:
        return False
    over = reached(one.since, office.now, plan.done)
    return over <= reached(one.since, said.since, plan.done)


def _due(office: Office, limit: int) -> Sequence[int]:
    plan = schedule(office.policy)
    return office.books.reminders.with_exchanges_due(EXCHANGES, plan, office.now, limit)


def _news(office: Office, member_id: int) -> bool:
    return keep(
        office,
        [
            Reminded(one.about, one.exchange.id, member_id, one.since, one.step)
            for one in waiting_for(office, member_id)
        ],
    )


NUDGE = Nudge(EXCHANGES, _due, _news)


def remind_of_exchanges(office: Office) -> int:
    """Remind members of exchanges that wait for them; how many were looked at."""
    return remind(office, NUDGE)


def render(office: Office, _notice: Notice, member: Member) -> View:
    """What waits for the reader now; once it has been dealt with, that nothing does."""
    waiting = waiting_for(office, member.id)
    first = [(one.about, seen(office, one.exchange, member.id)) for one in waiting[:PAGE]]
    return waiting_view(first, len(waiting))


def still_waits(office: Office, notice: Notice) -> bool:
    """Whether anything waits still, for a message that has not been sent yet."""
    return bool(waiting_for(office, reader_of(notice.subject)))
