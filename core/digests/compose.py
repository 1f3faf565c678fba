"""A member's digest, put together when it is sent, from how things stand then.

A fixed number of queries, none for each thing in it: it has to cost the same in a system of any
size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.digests.model import Fit, Fitting, Memory, Network, Thanks
from core.digests.views import Digest, Suits, Thanked
from core.events.book import Reader
from core.events.model import Event
from core.events.rights import reader_of
from core.events.seeing import seen_many
from core.events.seen import Seen as SeenEvent
from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.moves import waits_for
from core.exchanges.seeing import name_of
from core.exchanges.views import Seen
from core.home.parts import briefly
from core.home.tasks import tasks
from core.kernel.desk import Office
from core.members.model import Member
from core.posts.model import Post, PostKind
from core.posts.show import shown_to
from core.respect.model import Preferences

WAITING, ASKS, OFFERS, EVENTS, THANKS = 3, 3, 2, 2, 2
"""How many things of each sort a digest shows: with all of them it still fits in one message."""
AHEAD = timedelta(days=21)
"""How far ahead events are told of."""
FIRST_LOOKS_BACK = timedelta(days=7)
MOST_SKILLS = 8
"""How many of somebody's skills, their first ones, are looked for."""
_EXCHANGES = 200
_EVENTS_READ = 20


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest, and what is to be remembered of it once it is on its way."""

    digest: Digest
    memory: Memory


def compose(
    office: Office,
    member: Member,
    preferences: Preferences,
    slot: datetime,
    network: Network | None,
) -> Composed:
    """The digest of ``slot`` as it is now; composing it again gives the same, brought up to
    date."""
    memory = _memory(office, member, slot)
    exchanges, _total = office.books.exchanges.of_member(member.id, (), 0, _EXCHANGES)
    waiting = _waiting(office, member, exchanges)
    blocked = office.books.members.blocked_either_way(member.id)
    asks, offers = _suiting(office, member, exchanges, blocked, memory)
    thanks = office.books.digests.thanks(member.id, memory.since, blocked, THANKS)
    digest = Digest(
        preferences,
        tuple(waiting[:WAITING]),
        len(waiting) > WAITING,
        len({one.exchange.other(member.id) for one in waiting}),
        tasks(office, member.id),
        _suits(office, asks, member.id),
        _suits(office, offers, member.id),
        _events(office, member, blocked),
        _thanked(office, thanks),
        network,
    )
    shown = tuple(fit.post.id for fit in (*asks, *offers))
    return Composed(digest, replace(memory, at=office.now, latest=shown))


def _memory(office: Office, member: Member, slot: datetime) -> Memory:
    memory = office.books.digests.memory(member.id)
    if memory is None:
        return Memory(member.id, slot, office.now, slot - FIRST_LOOKS_BACK)
    return memory.for_slot(slot)


def _waiting(office: Office, member: Member, exchanges: Sequence[Exchange]) -> list[Seen]:
    """What waits for the member's answer. What somebody who is away has proposed stands still."""
    mine = [one for one in exchanges if waits_for(one) == member.id]
    return [
        one
        for one in briefly(office, member.id, mine)
        if not (one.away and one.exchange.state is ExchangeState.PROPOSED)
    ]


def _suiting(
    office: Office,
    member: Member,
    exchanges: Sequence[Exchange],
    blocked: frozenset[int],
    memory: Memory,
) -> tuple[list[Fit], list[Fit]]:
    """The asks that the member could answer and the offers that they could use, best first."""
    mine = office.books.digests.interests(member.id)
    answered = frozenset(one.post_id for one in exchanges if one.post_id is not None)
    look = Fitting(
        office.now.astimezone(ZoneInfo(member.zone)).date(),
        (),
        member.organisation_id,
        blocked | {member.id},
        answered | frozenset(memory.worn),
        frozenset(memory.shown),
    )
    return (
        _best(office, PostKind.ASK, mine.offered, mine.can_help, replace(look, limit=ASKS)),
        _best(office, PostKind.OFFER, mine.asked, mine.would_like, replace(look, limit=OFFERS)),
    )


def _best(
    office: Office, kind: PostKind, posted: Sequence[str], listed: Sequence[str], look: Fitting
) -> list[Fit]:
    """The best few, each with why. What earlier digests showed comes back only where there is
    nothing else."""
    skills = tuple(dict.fromkeys((*posted, *listed)))[:MOST_SKILLS]
    posts = office.books.digests.fitting(kind, replace(look, skills=skills))
    fresh = [one for one in posts if one.id not in look.shown]
    return [_fit(one, posted, skills) for one in fresh or posts]


def _fit(post: Post, posted: Sequence[str], skills: Sequence[str]) -> Fit:
    """Why it fits: rather by what the member posted than by what they listed once."""
    by_post = tuple(skill for skill in post.skills if skill in posted)
    by_list = tuple(skill for skill in post.skills if skill in skills)
    return Fit(post, by_post or by_list, bool(by_post))


def _suits(office: Office, fits: Sequence[Fit], reader_id: int) -> tuple[Suits, ...]:
    shown = shown_to(office, [fit.post for fit in fits], reader_id)
    return tuple(Suits(one, fit) for one, fit in zip(shown, fits, strict=True))


def _events(office: Office, member: Member, blocked: frozenset[int]) -> tuple[SeenEvent, ...]:
    """What the member may come to soon, soonest first; what they host, come to or wait for they
    know of. What is online or at their own organisation is nearer than the rest."""
    reader = reader_of(office, member.id)
    now = office.now
    events = office.books.events.soonest(reader, now, now + AHEAD, _EVENTS_READ)
    others = [one for one in events if one.host_id not in blocked]
    seen = seen_many(office, others, member)
    news = [one for one in seen if not (one.hosting or one.is_coming or one.is_waiting)]
    nearest = sorted(news, key=lambda one: _is_elsewhere(one.event, reader))[:EVENTS]
    return tuple(sorted(nearest, key=lambda one: one.event.starts_at))


def _is_elsewhere(event: Event, reader: Reader) -> bool:
    return bool(event.place) and event.organisation_id not in reader.organisation_ids


def _thanked(office: Office, thanks: Sequence[Thanks]) -> tuple[Thanked, ...]:
    members = office.books.members.many([one.member_id for one in thanks])
    return tuple(Thanked(name_of(members[one.member_id]), one.title, one.words) for one in thanks)
