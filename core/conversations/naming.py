"""What people call a channel."""

from __future__ import annotations

from core.conversations.model import Conversation, ConversationKind
from core.kernel.texts import Words, _
from core.members.settings_views import CHAT_NAMES


def channel_name(conversation: Conversation) -> Words:
    """A channel by its own name and its team's, as far as they are known."""
    name, team = conversation.name, conversation.team_name
    if conversation.kind is ConversationKind.GROUP:
        return name or _("a group chat")
    if name and team:
        return _("{channel} in {team}", channel=_hashed(conversation), team=team)
    if name:
        return _hashed(conversation)
    # Of a team's first channel Teams tells no name: everybody calls it by the team's.
    return team or _("a channel")


def where(conversation: Conversation) -> Words:
    """The channel and the chat that it is in: one member may use several."""
    chat = CHAT_NAMES.get(conversation.platform)
    name = channel_name(conversation)
    return name if chat is None else _("{channel} ({chat})", channel=name, chat=chat)


def _hashed(conversation: Conversation) -> str:
    name = conversation.name
    return name if conversation.platform == "teams" or name.startswith("#") else f"#{name}"
