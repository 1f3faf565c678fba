"""What Teams sends of a team, a channel or a group chat: activities as it words them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.conversations.model import ConversationKind
from core.happenings import ConversationChanged
from tests.teams.fake_teams import BOT, Person

TEAM = "19:ward7@thread.tacv2"
ROTA = "19:rota@thread.tacv2"
GROUP = "19:group@thread.v2"
Activity = dict[str, Any]


def in_team(
    person: Person,
    kind: str,
    event: str = "",
    *,
    channel: str = "",
    name: str = "",
    team_name: str = "",
    thread: str = "",
    shared: bool = False,
    **extra: Any,
) -> Activity:
    """An activity of the team, or of a ``channel`` of it, perhaps in a ``thread``; ``shared``: one
    that people from outside the team may be in."""
    data: Activity = {"tenant": {"id": person.tenant}, "team": {"id": TEAM}}
    if team_name:
        data["team"]["name"] = team_name
    if channel:
        data["channel"] = {"id": channel, **({"name": name} if name else {})}
        if shared:
            data["channel"]["type"] = "shared"
    if event:
        data["eventType"] = event
    where = f"{channel or TEAM}{f';messageid={thread}' if thread else ''}"
    conversation = {"id": where, "conversationType": "channel", "isGroup": True}
    return person.activity(kind, conversation=conversation, channelData=data, **extra)


def in_group(person: Person, kind: str, **extra: Any) -> Activity:
    """An activity of a group chat, which Teams names by who is in it."""
    conversation = {
        "id": GROUP,
        "conversationType": "groupChat",
        "isGroup": True,
        "name": "WARD, Ana, LIN, Bo",
    }
    return person.activity(kind, conversation=conversation, **extra)


def mention(words: str) -> Activity:
    """The words of a message that mentions the bot."""
    entity = {"type": "mention", "text": "<at>Hourbridge</at>", "mentioned": {"id": BOT}}
    return {"text": f"<at>Hourbridge</at> {words}", "entities": [entity]}


def people(*ids: str) -> Sequence[Activity]:
    """Those who came or went, as Teams lists them."""
    return [{"id": one, "aadObjectId": f"entra-{one}", "name": f"Name of {one}"} for one in ids]


def change(person: Person, conversation: str, **changes: Any) -> ConversationChanged:
    """What the engine is told of the team, of a channel of it, or of the group chat."""
    group = conversation == GROUP
    given: Activity = {
        "kind": ConversationKind.GROUP if group else ConversationKind.CHANNEL,
        "present": True,
        "team": "" if group else TEAM,
        "service_url": person.teams.url,
        "bot": BOT,
        "locale": person.locale,
        **changes,
    }
    return ConversationChanged("teams", person.tenant, conversation, **given)
