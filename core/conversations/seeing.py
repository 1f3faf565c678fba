"""Registered channels as they are shown, and who looks after them."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversations.model import Conversation, Registration
from core.conversations.rights import Rights, rights_of
from core.kernel.desk import Office
from core.kernel.references import reference
from core.kernel.texts import Words
from core.ledger.holders import member_name, person_now
from core.members.belonging import living
from core.members.model import MemberState
from core.organisations.model import Role


@dataclass(frozen=True, slots=True)
class SeenChannel:
    """A registered channel: for whom, by whom, and whether the reader may change it."""

    conversation: Conversation
    registration: Registration
    organisation: str = ""
    """Empty for the whole system."""
    by: Words = ""
    may_change: bool = True

    @property
    def ref(self) -> str:
        """Its reference, as people type it."""
        return reference("H", self.conversation.id)


def seen(office: Office, conversation: Conversation, registration: Registration) -> SeenChannel:
    """The channel as whoever looks after it sees it."""
    organisation_id = registration.organisation_id
    return SeenChannel(
        conversation,
        registration,
        "" if organisation_id is None else office.books.organisations.get(organisation_id).name,
        member_name(person_now(office, registration.by_member_id)),
    )


def held(office: Office, conversation_id: int) -> tuple[Conversation, Registration] | None:
    """A registered channel, and nobody else changes it before this transaction ends."""
    books = office.books.conversations
    conversation = books.get(conversation_id)
    if conversation is None:
        return None
    books.hold(conversation.platform, conversation.tenant, conversation.external_id)
    registration = books.registration(conversation_id)
    return None if registration is None else (conversation, registration)


def looked_after(
    office: Office, member_id: int, rights: Rights
) -> list[tuple[Conversation, Registration]]:
    """The channels that a member may change, and those that they registered once and may still
    stop."""
    return [
        (conversation, registration)
        for conversation, registration in office.books.conversations.all_registered().values()
        if rights.may_change(registration) or registration.by_member_id == member_id
    ]


def keepers(office: Office, registration: Registration) -> list[int]:
    """Who is told of a channel: whoever registered it, while they may change it; else the leads of
    its organisation, or its champions, or the system's admins."""
    by = registration.by_member_id
    active = office.books.members.get(by).state is MemberState.ACTIVE
    if active and rights_of(office, by).may_change(registration):
        return [by]
    holders = office.books.roles.holders
    organisation_id = registration.organisation_id
    if organisation_id is not None:
        organisation = living(office, organisation_id)
        for role in (Role.LEAD, Role.CHAMPION):
            found = holders(role, organisation.id if organisation else organisation_id)
            if found:
                return list(found)
    return list(holders(Role.ADMIN))


def subject_of(conversation_id: int) -> str:
    """What notices about a channel are about."""
    return f"conversation:{conversation_id}"
