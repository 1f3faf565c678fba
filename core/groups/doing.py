"""The end of a group exchange: it is done, and each confirms a share; or it does not happen."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.model import Exchange, ExchangeState
from core.exchanges.reading import minutes_of
from core.exchanges.settling import end
from core.exchanges.telling import tell
from core.groups.forms import done_form
from core.groups.intents import CancelGroup, GroupDone, OpenGroupDone
from core.groups.model import Group, GroupState, shares
from core.groups.reading import group_seen, ready_group, show
from core.groups.withdrawing import withdraw
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _, plural
from core.ui.intents import Unreadable
from core.ui.replies import Open, Reply


def open_done(desk: Desk, intent: OpenGroupDone) -> Reply:
    """The form with those who accepted."""
    group = ready_group(desk, intent)
    if not isinstance(group, Group):
        return group
    agreed = group_seen(desk, group).having(ExchangeState.AGREED)
    if not agreed:
        raise Refusal(_("Nobody has accepted a share yet."), code="nobody-accepted")
    return Open(done_form(group, agreed))


def done(desk: Desk, intent: GroupDone) -> Reply:
    """Say how long it took. Those who were there are asked to confirm their share; the others'
    minutes are free again, and whoever has not answered is not asked any more."""
    group = ready_group(desk, intent)
    if not isinstance(group, Group):
        return group
    open_ones = _held(desk, group)
    there = _ticked(open_ones, intent)
    minutes = minutes_of(desk, intent.minutes, group.minutes)
    if minutes < len(there):
        raise Refusal(
            _("That is less than a minute for each person. Say a longer time."), "minutes"
        )
    for exchange, share in zip(
        there, shares(minutes, tuple(one.minutes for one in there)), strict=True
    ):
        _claim(desk, exchange, share)
    for exchange in open_ones:
        if exchange not in there:
            _end(desk, exchange)
    saved = desk.books.groups.save(replace(group, state=GroupState.DONE, minutes=minutes))
    desk.changed(f"group:{group.id}")
    return show(
        desk,
        saved,
        plural(
            "Noted. {count} person has been asked to confirm their share.",
            "Noted. {count} people have been asked to confirm their shares.",
            len(there),
        ),
    )


def _held(desk: Desk, group: Group) -> list[Exchange]:
    """The shares where something may still happen before the work is done, each held, in order
    of their ids."""
    found = (desk.books.exchanges.lock(one.id) for one in desk.books.exchanges.of_group(group.id))
    waiting = (ExchangeState.PROPOSED, ExchangeState.AGREED)
    return [one for one in found if one is not None and one.state in waiting]


def _ticked(held: list[Exchange], intent: GroupDone) -> list[Exchange]:
    """The shares of those who were there; typed words mean everybody who accepted."""
    agreed = {str(one.id): one for one in held if one.state is ExchangeState.AGREED}
    ticked = set(intent.came) if intent.version else set(agreed)
    if any(not one.isdecimal() for one in ticked):
        raise Unreadable
    there = [one for key, one in agreed.items() if key in ticked]
    if not there:
        raise Refusal(
            _("Tick at least one person, or cancel it for everybody."), "came", "nobody-there"
        )
    return there


def _claim(desk: Desk, exchange: Exchange, share: int) -> None:
    claimed = desk.books.exchanges.save(
        replace(
            exchange,
            state=ExchangeState.CLAIMED,
            claimed_minutes=share,
            claimed_by=desk.me.id,
            claimed_at=desk.now,
        )
    )
    tell(desk, "exchange.claimed", claimed, [claimed.receiver_id])


def _end(desk: Desk, exchange: Exchange) -> None:
    if exchange.state is not ExchangeState.AGREED:
        withdraw(desk, exchange, desk.me.id)
        return
    ended = end(desk, exchange, ExchangeState.CANCELLED, desk.me.id)
    tell(desk, "exchange.cancelled", ended, [exchange.receiver_id])


def cancel(desk: Desk, intent: CancelGroup) -> Reply:
    """It will not happen. What was set aside is free again, and all are told."""
    group = ready_group(desk, intent)
    if not isinstance(group, Group):
        return group
    for exchange in _held(desk, group):
        _end(desk, exchange)
    saved = desk.books.groups.save(replace(group, state=GroupState.CANCELLED))
    desk.changed(f"group:{group.id}")
    return show(desk, saved, _("Cancelled for everybody. They have been told."))
