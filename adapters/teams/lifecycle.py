"""What Teams reports unasked: the app added and removed, teams renamed, members coming and going.

A report that is lost is made up for by the next activity: whoever acts in a chat has it open, and
whatever is said in a channel says that the app is in it.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from adapters.teams.decode import PLATFORM, Place, Turn
from core.happenings import ConversationChanged, Happening, NotLetIn, PersonChanged, Report

_log = logging.getLogger(__name__)

REMEMBERED = 10_000
"""How many conversations, and how many personal chats, one process has in mind."""
SEEN_AGAIN = 24 * 3600.0
"""Seconds after which it is news that the app is still in a conversation."""
SPOKEN_AGAIN = 3600.0
"""Seconds after which another locale is news: where two languages are spoken it is often
another's."""

# Whether the bot is there from then on. Teams tells of an upgrade only where one version of the app
# has a bot and the other has none.
_INSTALLING = {"add": True, "add-upgrade": True, "remove": False, "remove-upgrade": False}
# Whether the app is there and may post. A new name says nothing of that; an archived team takes no
# messages.
_TEAMS = {
    "teamRenamed": None,
    "teamArchived": False,
    "teamUnarchived": True,
    "teamDeleted": False,
    "teamHardDeleted": False,
    "teamRestored": True,
}
_CHANNELS = {
    "channelCreated": True,
    "channelRenamed": None,
    "channelDeleted": False,
    "channelRestored": True,
}

_Key = tuple[str, str]
"""A tenant, and a conversation or a person in it."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Known:
    """What was reported of a conversation, and when by this process's clock."""

    place: Place
    service_url: str
    bot: str
    locale: str
    at: float


class Lifecycle:
    """Keeps track of the conversations that the app is in."""

    def __init__(self, report: Report, clock: Callable[[], float] = time.monotonic) -> None:
        self._report = report
        self._clock = clock
        self._known: OrderedDict[_Key, _Known] = OrderedDict()
        self._newest: OrderedDict[_Key, datetime] = OrderedDict()
        self._gone: OrderedDict[_Key, datetime] = OrderedDict()

    async def seen(self, turn: Turn) -> None:
        """Take in where an activity came from, if that is news. Never raises."""
        if turn.caller.private:
            self._is_late(turn)
            return
        if turn.place is None or turn.kind in ("installationUpdate", "conversationUpdate"):
            return
        key = (turn.caller.tenant, turn.place.conversation)
        news = self._news(key, turn, turn.place)
        if news is None:
            return
        _remember(self._known, key, news)
        told = await self._tell(_conversation(turn, news.place, present=True))
        if not told and self._known.get(key) is news:
            del self._known[key]

    async def changed(self, turn: Turn) -> None:
        """Take in an ``installationUpdate`` or a ``conversationUpdate``. Never raises.

        Of other people than the bot coming and going nothing is kept.
        """
        happening = _happening(turn)
        if isinstance(happening, ConversationChanged):
            self._forget(happening)
        if isinstance(happening, PersonChanged) and not happening.active and turn.at is not None:
            _remember(self._gone, _person(turn), turn.at)
        if happening is None or (isinstance(happening, PersonChanged) and self._is_late(turn)):
            return
        await self._tell(happening)

    def gone_since(self, turn: Turn) -> bool:
        """Whether the app was taken out of the person's own chat after this."""
        gone = self._gone.get(_person(turn))
        return gone is not None and turn.at is not None and turn.at < gone

    async def _tell(self, happening: Happening) -> bool:
        """Whether it was taken in."""
        try:
            await self._report(happening)
        except NotLetIn:
            return False
        except Exception:
            _log.exception("what Teams reported was not stored")
            return False
        return True

    def _news(self, key: _Key, turn: Turn, place: Place) -> _Known | None:
        """All that is known with this activity, if it has to be reported."""
        now, caller = self._clock(), turn.caller
        told = _Known(place, turn.service_url, caller.address.bot, caller.locale, now)
        known = self._known.get(key)
        if known is None:
            return told
        age = now - known.at
        told = replace(
            told,
            place=_filled_in(place, known.place),
            bot=told.bot or known.bot,
            locale=told.locale or known.locale,
        )
        same = replace(told, at=known.at, locale=known.locale) == known
        spoken = told.locale == known.locale or age < SPOKEN_AGAIN
        return None if same and spoken and age < SEEN_AGAIN else told

    def _forget(self, happening: ConversationChanged) -> None:
        """Whatever is said next in it, or in a channel of that team, is news."""
        of = (happening.conversation, happening.team)
        gone = [
            key
            for key, known in self._known.items()
            if key[0] == happening.tenant
            and (known.place.conversation in of or (known.place.team and known.place.team in of))
        ]
        for key in gone:
            del self._known[key]

    def _is_late(self, turn: Turn) -> bool:
        """Whether something newer has come from the same person's own chat. If not, this is the
        newest from now on."""
        if turn.at is None:
            return False
        key = _person(turn)
        newest = self._newest.get(key)
        if newest is not None and turn.at < newest:
            return True
        _remember(self._newest, key, turn.at)
        return False


def _person(turn: Turn) -> _Key:
    return turn.caller.tenant, turn.caller.user


def _happening(turn: Turn) -> Happening | None:
    """What an update reports, where it is anything that is kept."""
    if turn.kind == "installationUpdate":
        present = _INSTALLING.get(turn.action)
        return None if present is None else _app(turn, present=present)
    if turn.bot_in is not None:
        return _app(turn, present=turn.bot_in)
    place = turn.place
    if place is None:
        return None
    if turn.event in _TEAMS:
        return _conversation(turn, _team_of(place), present=_TEAMS[turn.event])
    if turn.event in _CHANNELS:
        return _conversation(turn, place, present=_CHANNELS[turn.event])
    return None


def _app(turn: Turn, *, present: bool) -> Happening | None:
    """The app came or went: of a person's own chat, of a group chat, or of a team as a whole. Only
    from a channel with members of its own it can go and stay in the team."""
    caller, place = turn.caller, turn.place
    if caller.private:
        name = caller.name if present else ""
        return PersonChanged(
            PLATFORM, caller.tenant, caller.user, active=present, name=name, arrived=present
        )
    if place is None:
        return None
    if not present and not turn.event.startswith("channel"):
        place = _team_of(place)
    return _conversation(turn, place, present=present)


def _conversation(turn: Turn, place: Place, *, present: bool | None) -> ConversationChanged:
    return ConversationChanged(
        PLATFORM,
        turn.caller.tenant,
        place.conversation,
        place.kind,
        present=present,
        at=turn.at,
        team=place.team,
        team_name=place.team_name,
        name=place.name,
        service_url=turn.service_url,
        bot=turn.caller.address.bot,
        locale=turn.caller.locale,
        shared=place.shared,
    )


def _team_of(place: Place) -> Place:
    """The team as a whole, where the place is a channel of one."""
    if not place.team:
        return place
    return replace(place, conversation=place.team, name="", shared=False)


def _filled_in(place: Place, known: Place) -> Place:
    """``place`` with what only an earlier activity said."""
    return replace(
        place,
        name=place.name or known.name,
        team=place.team or known.team,
        team_name=place.team_name or known.team_name,
        shared=place.shared or known.shared,
    )


def _remember(store: OrderedDict[_Key, _Value], key: _Key, value: _Value) -> None:
    store[key] = value
    store.move_to_end(key)
    if len(store) > REMEMBERED:
        store.popitem(last=False)
