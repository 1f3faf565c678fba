"""A group as its giver sees it, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchanges.model import Exchange, ExchangeState
from core.groups.intents import CancelGroup, ListGroups, OpenGroupDone, OpenMorePeople, ShowGroup
from core.groups.model import Group, GroupState
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _, plural
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    Table,
    View,
    view,
)

PAGE = 5


@dataclass(frozen=True, slots=True)
class Share:
    """One receiver's exchange, and their name."""

    exchange: Exchange
    name: Words


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group with all that its giver may know of it."""

    group: Group
    shares: tuple[Share, ...]

    @property
    def ref(self) -> str:
        """The group's short reference."""
        return reference("T", self.group.id)

    def having(self, *states: ExchangeState) -> tuple[Share, ...]:
        """The shares in these states."""
        return tuple(one for one in self.shares if one.exchange.state in states)


def group_card(seen: GroupSeen, news: Note | None = None) -> View:
    """The group as it stands: whom it is for, and where each share has come to."""
    group = seen.group
    return view(
        news,
        Heading(_title(group)),
        Facts(tuple(_facts(seen))),
        Paragraph(standing(seen)),
        Table(
            _("Who it is for"),
            (_("Name"), _("Share")),
            tuple((one.name, _share(one.exchange)) for one in seen.shares),
        )
        if seen.shares
        else None,
        _actions(seen),
        summary=news.text if news else standing(seen),
    )


def _title(group: Group) -> Words:
    """What it is about, as a heading; the words of a giver who has left are gone."""
    return group.title or _("An exchange")


def _facts(seen: GroupSeen) -> list[Fact]:
    group = seen.group
    facts = [
        Fact(_("You give"), spoken(group.minutes)),
        Fact(_("Each share"), _("{time} at most", time=spoken(group.most))),
    ]
    if group.when:
        facts.append(Fact(_("When"), group.when))
    return [*facts, Fact(_("Reference"), seen.ref)]


def standing(seen: GroupSeen) -> Text:
    """Where the group stands, in a sentence or two."""
    if seen.group.state is GroupState.CANCELLED:
        return _("You have cancelled this. No hours move.")
    if seen.group.state is GroupState.DONE:
        earned = sum(one.exchange.settled_minutes or 0 for one in seen.shares)
        waiting = len(seen.having(ExchangeState.CLAIMED, ExchangeState.DISPUTED))
        if not waiting:
            return _("All is settled. You gave {time}.", time=spoken(earned))
        return plural(
            "{count} person has still to settle their share. So far you gave {time}.",
            "{count} people have still to settle their shares. So far you gave {time}.",
            waiting,
            time=spoken(earned),
        )
    return _answers(
        len(seen.having(ExchangeState.AGREED)), len(seen.having(ExchangeState.PROPOSED))
    )


def _answers(accepted: int, asked: int) -> Text:
    """How many have accepted, and how many have still to answer."""
    if asked and not accepted:
        return plural(
            "Nobody has accepted yet. {count} person has still to answer.",
            "Nobody has accepted yet. {count} people have still to answer.",
            asked,
        )
    if not accepted:
        return _("Nobody has accepted. Ask more people, or cancel it.")
    if not asked:
        return plural(
            "{count} person has accepted. When it is done, say so here.",
            "{count} people have accepted. When it is done, say so here, once for all.",
            accepted,
        )
    return plural(
        "{accepted} accepted, {count} has still to answer. When it is done, say so for all.",
        "{accepted} accepted, {count} have still to answer. When it is done, say so for all.",
        asked,
        accepted=str(accepted),
    )


def _share(exchange: Exchange) -> Text:
    minutes = spoken(exchange.settled_minutes or exchange.claimed_minutes or exchange.minutes)
    match exchange.state:
        case ExchangeState.PROPOSED:
            return _("Not answered yet")
        case ExchangeState.AGREED:
            return _("Accepted")
        case ExchangeState.CLAIMED:
            return _("{time}, to be confirmed", time=minutes)
        case ExchangeState.DISPUTED:
            return _("{time}, with a lead", time=minutes)
        case ExchangeState.CONFIRMED | ExchangeState.RESOLVED:
            return minutes if exchange.settled_minutes else _("No hours moved")
        case ExchangeState.DECLINED:
            return _("Declined")
        case _:
            return _("Not in it")


def _actions(seen: GroupSeen) -> Actions | None:
    group, ref = seen.group, seen.ref
    if group.state is not GroupState.OPEN:
        return None
    done = Button(
        _("It is done"),
        OpenGroupDone(group=group.id, version=group.version),
        f"done {ref}",
        "primary",
    )
    more = Button(
        _("Ask more people"),
        OpenMorePeople(group=group.id, version=group.version),
        f"group more {ref}",
    )
    cancel = Button(
        _("Cancel for everybody"),
        CancelGroup(group=group.id, version=group.version),
        f"cancel {ref}",
        "danger",
        Confirm(_("Cancel this for everybody? No hours will move."), _("Cancel it")),
    )
    agreed = seen.having(ExchangeState.AGREED)
    return Actions((done, more, cancel) if agreed else (more, cancel))


def groups_view(rows: tuple[GroupSeen, ...], page: int, total: int) -> View:
    """A page of the reader's own groups, newest first."""
    if not rows:
        return view(
            Heading(_("Your groups")),
            Paragraph(
                _(
                    "You have none yet. When you help several people at once, type group to share "
                    "the time among them."
                )
            ),
        )
    return view(
        Heading(_("Your groups")),
        Items(tuple(_row(seen) for seen in rows)),
        turn(ListGroups(), page, pages(total, PAGE), "groups"),
    )


def _row(seen: GroupSeen) -> Item:
    words = _("{time}, {reference}", time=spoken(seen.group.minutes), reference=seen.ref)
    button = Button(_("Open"), ShowGroup(group=seen.group.id), f"show {seen.ref}")
    return Item(_title(seen.group), (words, standing(seen)), (button,))
