"""Every view and form of the room of group exchanges, at their edges too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.exchanges.gallery import ANA, BEN, NOW, PROPOSED
from core.exchanges.model import Exchange, ExchangeState, Terms
from core.groups.forms import GroupAnswers, done_form, group_form, more_form
from core.groups.model import Group, GroupState
from core.groups.people import MOST_PEOPLE
from core.groups.views import GroupSeen, Share, group_card, groups_view
from core.kernel.texts import _
from core.members.model import Member
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note

GROUP = Group(ANA, 1, "Run charts workshop", 60, 12, NOW, "Tuesday 2pm, online", id=3)
_STATES = (
    (ExchangeState.PROPOSED, None, "Ben Lowe"),
    (ExchangeState.AGREED, None, "Cai Evans"),
    (ExchangeState.DECLINED, None, "Dee Okoro"),
    (ExchangeState.CLAIMED, 12, "Eve Shaw"),
    (ExchangeState.CONFIRMED, 12, "Fay Patel"),
    (ExchangeState.DISPUTED, 12, "Gwen Rees"),
    (ExchangeState.CANCELLED, None, "Hal Moss"),
)


def _share(number: int, state: ExchangeState, minutes: int | None, name: str) -> Share:
    settled = minutes if state is ExchangeState.CONFIRMED else None
    exchange: Exchange = replace(
        PROPOSED,
        receiver_id=BEN + number,
        title=GROUP.title,
        minutes=GROUP.most,
        state=state,
        claimed_minutes=minutes,
        settled_minutes=settled,
        group_id=GROUP.id,
        id=50 + number,
    )
    return Share(exchange, name)


_SHARES = tuple(_share(number, *one) for number, one in enumerate(_STATES))


def examples() -> Iterator[Example]:
    """Cards in every state, lists and forms."""
    asked = GroupSeen(GROUP, _SHARES[:3])
    yield Example("groups.asked", group_card(asked))
    answered = GroupSeen(GROUP, _SHARES[1:3])
    news = Note(_("Everybody you asked has answered."))
    yield Example("groups.answered", group_card(answered, news))
    yield Example("groups.nobody-yet", group_card(GroupSeen(GROUP, _SHARES[:1])))
    finished = replace(GROUP, state=GroupState.DONE)
    yield Example("groups.done", group_card(GroupSeen(finished, _SHARES[3:])))
    yield Example("groups.settled", group_card(GroupSeen(finished, _SHARES[4:5])))
    cancelled = replace(GROUP, state=GroupState.CANCELLED, title="")
    yield Example("groups.cancelled", group_card(GroupSeen(cancelled, _SHARES[6:])))
    many = tuple(
        _share(number, ExchangeState.AGREED, None, f"{HOSTILE[:40]} {number}")
        for number in range(MOST_PEOPLE)
    )
    yield Example("groups.many", group_card(GroupSeen(GROUP, many)))
    yield Example("groups.list", groups_view((asked, GroupSeen(finished, _SHARES[3:])), 0, 7))
    yield Example("groups.list-empty", groups_view((), 0, 0))
    yield from _forms(many)


def _forms(many: tuple[Share, ...]) -> Iterator[Example]:
    answers = GroupAnswers(Terms(), "k", "Run charts workshop", "1h", "Ben Lowe; Cai Evans")
    yield Example("groups.form", group_form(answers))
    people = tuple(
        Member(f"Sample Person {number}", "en", 1, NOW, id=number + 1)
        for number in range(MOST_PEOPLE)
    )
    yield Example("groups.form-event", group_form(replace(answers, people=""), 7, people))
    yield Example("groups.more-form", more_form(GROUP))
    yield Example("groups.done-form", done_form(GROUP, _SHARES[1:2]))
    yield Example("groups.done-form-many", done_form(GROUP, many))
