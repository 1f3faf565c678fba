"""What the room of conversations contributes."""

from __future__ import annotations

from core.conversations.arriving import person_arrived
from core.conversations.keeping import conversation_changed
from core.feature import Feature, handler
from core.happenings import ConversationChanged, PersonChanged

FEATURE = Feature(
    "conversations",
    handlers=(
        handler(ConversationChanged, conversation_changed),
        handler(PersonChanged, person_arrived),
    ),
)
