"""From an activity's JSON to who is speaking and what they want. Pure; plain dicts in.

What is read here has been authenticated, so its ids are Microsoft's. The data of a button is the
client's own and proves nothing: it only names an intent, which the engine authorises again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.teams.buttons import KEY
from adapters.teams.forms import NO_CHOICE, UNTICKED
from core.callers import Address, Caller
from core.conversations.model import ConversationKind
from core.kernel.texts import storable
from core.ui.intents import FieldValue, Intent, Unreadable, Vocabulary

PLATFORM = "teams"
EXTENSION = "composeExtension/"
"""What the names of a message extension's invokes begin with."""


class BadActivity(ValueError):
    """An activity without the ids that every activity from Teams carries."""


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation of many that an activity is of, without the thread in it.

    A channel names its ``team``; a team's own id is that of its first channel. Names are only
    where Teams says them. A group chat has none here: it goes by the names of the people in it.
    ``shared``: of the kind of channel that people from outside the team may be in too.
    """

    kind: ConversationKind
    conversation: str
    name: str = ""
    team: str = ""
    team_name: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One activity: its caller, where it came from, and what was typed or pressed.

    ``card`` is the activity id of the card that was acted upon, where the activity says so.
    ``targeted`` marks a slash command in a channel, which only its sender sees. ``at`` is when
    Teams says that it happened. ``place`` is None in a personal chat. ``event`` is what happened
    to a team or a channel. ``bot_in`` says whether the bot is among those who came (True) or
    went (False); who else came or went is not read.
    """

    kind: str
    name: str
    action: str
    caller: Caller
    service_url: str
    conversation: str
    words: str
    value: Mapping[str, Any] | None
    card: str
    targeted: bool
    at: datetime | None = None
    place: Place | None = None
    event: str = ""
    bot_in: bool | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button or a form's submission. ``values`` are what was typed, by field name."""

    intent: Intent
    form: bool
    values: dict[str, FieldValue]
    opened_by: Intent | None


def turn_of(body: Mapping[str, Any]) -> Turn:
    """Read an activity. Raises ``BadActivity`` where it lacks an id it has to have: of all of them
    only what comes from a message extension may be without a conversation."""
    conversation, recipient = _part(body, "conversation"), _part(body, "recipient")
    conversation_id, name = _text(conversation, "id"), _text(body, "name")
    caller, value = _caller(body), body.get("value")
    placed = conversation_id or name.startswith(EXTENSION)
    if not (caller.tenant and caller.user and caller.address.service_url and placed):
        raise BadActivity("an activity needs a tenant, a sender, a conversation and a service URL")
    return Turn(
        kind=_text(body, "type"),
        name=name,
        action=_text(body, "action"),
        caller=caller,
        service_url=caller.address.service_url,
        conversation=conversation_id,
        words=_words(body, _text(recipient, "id")),
        value=value if isinstance(value, Mapping) else None,
        card=_text(body, "replyToId"),
        targeted=recipient.get("isTargeted") is True,
        at=_moment(_text(body, "timestamp")),
        place=_place(body, conversation),
        event=_text(_part(body, "channelData"), "eventType"),
        bot_in=_bot_in(body, _text(recipient, "id")),
    )


def _caller(body: Mapping[str, Any]) -> Caller:
    conversation, sender = _part(body, "conversation"), _part(body, "from")
    where = _text(conversation, "id")
    # Where two people write to each other Teams says "personal" too; there the bot is not.
    private = _text(conversation, "conversationType") == "personal" and not where.startswith("19:")
    place = None if private else _place(body, conversation)
    kind, reply_to = _text(body, "type"), _text(body, "replyToId")
    typed = kind == "message" and not isinstance(body.get("value"), Mapping)
    return Caller(
        platform=PLATFORM,
        tenant=_text(_part(_part(body, "channelData"), "tenant"), "id")
        or _text(conversation, "tenantId"),
        user=_text(sender, "aadObjectId") or _text(sender, "id"),
        name=_text(sender, "name"),
        locale=_text(body, "locale"),
        address=Address(
            where if private else "",
            _text(body, "serviceUrl"),
            _text(_part(body, "recipient"), "id"),
            _text(sender, "id"),
        ),
        delivery=_delivery(body, where) if kind in {"message", "invoke"} else "",
        reply_to=f"{where}|{reply_to}" if private and typed and reply_to else "",
        private=private,
        conversation=place.conversation if place else "",
        service_url=_text(body, "serviceUrl") if place else "",
        conversation_name=place.name if place else "",
        conversation_kind=place.kind if place else ConversationKind.CHANNEL,
        shared=place is not None and place.shared,
    )


def data_of(turn: Turn) -> object:
    """The action data inside a message's or an invoke's value, wherever that kind puts it."""
    value = turn.value or {}
    if turn.kind != "invoke":
        return value
    if turn.name == "adaptiveCard/action":
        return _part(value, "action").get("data")
    return value.get("data")


def press_of(data: object, vocabulary: Vocabulary) -> Press:
    """The button or form behind action ``data``. Raises ``Unreadable`` for anything not ours."""
    ours = data.get(KEY) if isinstance(data, Mapping) else None
    wire = ours.get("intent") if isinstance(ours, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(ours, Mapping):
        raise Unreadable
    if not isinstance(wire, Mapping):
        raise Unreadable
    kinds = ours.get("fields")
    if kinds is None:
        return Press(vocabulary.read(wire), form=False, values={}, opened_by=None)
    if not isinstance(kinds, Mapping):
        raise Unreadable
    values = {str(name): _value(data.get(name), kind) for name, kind in kinds.items()}
    # A choice of none leaves its argument at the intent's default, whatever its type.
    none = {name for name, kind in kinds.items() if kind == "one" and not values[name]}
    bare = {name: argument for name, argument in wire.items() if name not in none}
    given = {name: value for name, value in values.items() if name not in none}
    opener = ours.get("opened_by")
    return Press(
        vocabulary.read(bare, given),
        form=True,
        values=values,
        opened_by=vocabulary.read(opener) if isinstance(opener, Mapping) else None,
    )


def _value(sent: object, kind: object) -> FieldValue:
    if isinstance(sent, bool):
        sent = "true" if sent else UNTICKED
    text = "" if sent is None else str(sent) if isinstance(sent, (int, float)) else sent
    if not isinstance(text, str):
        raise Unreadable
    text = storable(text)
    if kind == "many":
        return () if text in {"", UNTICKED} else tuple(text.split(","))
    return "" if kind == "one" and text == NO_CHOICE else text


def _words(body: Mapping[str, Any], bot: str) -> str:
    """What was typed, without the mention of the bot and the blanks that Teams puts around it."""
    words = _text(body, "text")
    entities = body.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        if not isinstance(entity, Mapping) or entity.get("type") != "mention":
            continue
        if marked := _text(entity, "text"):
            ours = _text(_part(entity, "mentioned"), "id") == bot
            words = words.replace(marked, " " if ours else re.sub(r"</?at[^<>]*>", "", marked))
    return words.replace("\xa0", " ").strip()


def _place(body: Mapping[str, Any], conversation: Mapping[str, Any]) -> Place | None:
    kind = _text(conversation, "conversationType")
    # A thread is named behind the channel that it is in.
    whole, _semicolon, _thread = _text(conversation, "id").partition(";")
    if kind == "groupChat":
        return Place(ConversationKind.GROUP, whole)
    if kind != "channel":
        return None
    data = _part(body, "channelData")
    team, channel = _part(data, "team"), _part(data, "channel")
    return Place(
        ConversationKind.CHANNEL,
        _text(channel, "id") or _text(data, "teamsChannelId") or whole,
        name=_text(channel, "name"),
        team=_text(team, "id") or _text(data, "teamsTeamId"),
        team_name=_text(team, "name"),
        shared=_text(channel, "type") == "shared",
    )


def _delivery(body: Mapping[str, Any], conversation: str) -> str:
    """What a repeat of an activity is known by. The id of a message is only its conversation's own:
    Teams takes the millisecond in which it was written."""
    name = _text(body, "id")
    return f"{conversation}|{name}" if name else ""


def _bot_in(body: Mapping[str, Any], bot: str) -> bool | None:
    for field, came in (("membersAdded", True), ("membersRemoved", False)):
        people = body.get(field)
        for person in people if isinstance(people, list) else ():
            if bot and isinstance(person, Mapping) and person.get("id") == bot:
                return came
    return None


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(whole: Mapping[str, Any], name: str) -> str:
    text = whole.get(name)
    return storable(text) if isinstance(text, str) else ""
