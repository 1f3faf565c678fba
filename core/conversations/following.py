"""Registered channels follow their organisation: to the one that it became part of, or to an end.

Roles do not follow: the champions and leads of the organisation that goes on decide from then on.
"""

from __future__ import annotations

from dataclasses import replace

from core.conversations.model import Closed, Conversation, Registration
from core.conversations.posting import close
from core.conversations.seeing import held, subject_of
from core.kernel.desk import Office
from core.members.belonging import living

AT_ONCE = 100


def follow(office: Office) -> int:
    """Let some of the registered channels follow that have to; how many did."""
    found = office.books.conversations.all_registered()
    due = [
        conversation_id
        for conversation_id, (conversation, registration) in found.items()
        if _going_on(office, conversation, registration) != registration
    ]
    return sum(_follows(office, conversation_id) for conversation_id in due[:AT_ONCE])


def _follows(office: Office, conversation_id: int) -> bool:
    found = held(office, conversation_id)
    if found is None:
        return False
    conversation, registration = found
    now = _going_on(office, conversation, registration)
    if now == registration:
        return False
    if now is None:
        close(office, conversation_id, Closed.ENDED)
    else:
        office.books.conversations.register(now)
        office.changed(subject_of(conversation_id))
    return True


def _going_on(
    office: Office, conversation: Conversation, registration: Registration
) -> Registration | None:
    """The registration for whom it counts today; None where they no longer take part. One for the
    whole system goes on for as long as anybody in its workspace does."""
    if registration.organisation_id is not None:
        now = living(office, registration.organisation_id)
        return None if now is None else replace(registration, organisation_id=now.id)
    tenant = office.books.tenants.find(conversation.platform, conversation.tenant)
    ended = tenant and not any(living(office, one) for one in tenant.organisation_ids)
    return None if ended else registration
