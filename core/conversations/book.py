"""What is kept of conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.conversations.model import Conversation, Registration


class ConversationBook(Protocol):
    """The group chats, teams and channels that the app is in, or was."""

    def hold(self, platform: str, tenant: str, external_id: str) -> Conversation | None:
        """A conversation as it was kept, and nobody else changes it before this transaction ends.
        What a channel has from its team is not in it."""
        ...

    def keep(self, conversation: Conversation) -> None:
        """Keep a new conversation, or one that is held as it is now."""
        ...

    def all(self) -> Sequence[Conversation]:
        """Every conversation, removed ones too, with what a channel has from its team: its name,
        and that the app was taken out of it. In order of tenant and team."""
        ...

    def get(self, conversation_id: int) -> Conversation | None:
        """The conversation with this id, as ``all`` gives it."""
        ...

    def registration(self, conversation_id: int) -> Registration | None:
        """What a conversation is registered for."""
        ...

    def register(self, registration: Registration) -> None:
        """Register a conversation, or change what it is registered for."""
        ...

    def unregister(self, conversation_id: int) -> bool:
        """Post nothing there any more; False where it was not registered."""
        ...

    def registrations(self) -> Mapping[int, Registration]:
        """Every registration by conversation, those that nothing can be posted to now too."""
        ...

    def registered(self) -> Mapping[int, tuple[Conversation, Registration]]:
        """Every registered conversation that the app is in, in an approved tenant, by id."""
        ...

    def registered_in(
        self, platform: str, tenant: str, external_id: str
    ) -> Mapping[int, tuple[Conversation, Registration]]:
        """Those of ``registered`` that are this conversation, or a channel of this team."""
        ...

    def all_registered(self) -> Mapping[int, tuple[Conversation, Registration]]:
        """Every registered conversation, those that nothing can be posted to now too, in order of
        tenant and team."""
        ...

    def hand_over(self, from_member: int, to_member: int) -> None:
        """Two members turn out to be one: what the first registered is the second's."""
        ...
