"""Whether a registered channel can be posted to: the welcome, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

from core.conversations.model import Closed, Conversation, updated
from core.conversations.seeing import keepers, subject_of
from core.delivery.model import Delivery
from core.kernel.desk import Office

WELCOME = "conversations.welcome"
UNPOSTED = "conversations.unposted"
LEFT_BEHIND = "conversations.left-behind"
CLOSED = "conversations.closed"


def welcome(office: Office, conversation: Conversation) -> None:
    """Say in a registered channel what is posted there from now on."""
    data = {"conversation": conversation.id}
    office.tell_channels(WELCOME, subject_of(conversation.id), [conversation.id], data)


def not_posted(office: Office, delivery: Delivery) -> None:
    """A channel cannot be reached: post nothing more until the app is put into it again, and tell
    whoever looks after it how."""
    if delivery.conversation_id is None:
        return
    books = office.books.conversations
    conversation = books.get(delivery.conversation_id)
    registration = books.registration(delivery.conversation_id)
    if conversation is None or registration is None or not conversation.live:
        return
    held = books.hold(conversation.platform, conversation.tenant, conversation.external_id)
    assert held is not None
    books.keep(updated(held, replace(held, told_at=office.now, removed_at=office.now)))
    subject, data = subject_of(conversation.id), {"conversation": conversation.id}
    office.tell(UNPOSTED, subject, keepers(office, registration), data)


def came_back(office: Office, external_id: str, platform: str, tenant: str) -> None:
    """The app is in a channel or team again: say so in the channels that are registered."""
    back = office.books.conversations.registered_in(platform, tenant, external_id)
    for conversation, _registration in back.values():
        welcome(office, conversation)
        office.changed(subject_of(conversation.id))


def close(office: Office, conversation_id: int, why: Closed) -> None:
    """Post nothing more in a channel, if it is registered, and tell whoever looks after it why."""
    books, subject = office.books.conversations, subject_of(conversation_id)
    registration = books.registration(conversation_id)
    if registration is None:
        return
    told = keepers(office, registration)
    books.unregister(conversation_id)
    office.changed(subject)
    office.tell(CLOSED, subject, told, {"conversation": conversation_id, "why": why.value})


def left_behind(office: Office, member_id: int) -> None:
    """Somebody leaves: the channels that they registered go on without their name, and whoever
    looks after them from now on is told."""
    for conversation_id, registration in office.books.conversations.registrations().items():
        if registration.by_member_id == member_id:
            subject, data = subject_of(conversation_id), {"conversation": conversation_id}
            office.changed(subject)
            told = [one for one in keepers(office, registration) if one != member_id]
            office.tell(LEFT_BEHIND, subject, told, data)
