"""A Teams tenant that the trust and the practice share, in a system that asks for confirmation."""

from __future__ import annotations

from core.ledger.model import AccountKind
from core.members.confirmation import Confirmation, ConfirmationState
from core.organisations.model import Role
from tests.members.accounts import identity_of
from tests.members.chats import SHARED, share_a_tenant
from tests.world import Message, Person, World

CONFIRM = "confirm_organisation"
ASKED, CONFIRMED, DECLINED = "members.joiner", "members.confirmed", "members.declined"


def sets(world: World, answer: int) -> None:
    """Set the policy, as the operator does."""
    with world.store.begin() as books:
        books.policy.set(CONFIRM, answer)


def confirming(world: World) -> World:
    """Ask for confirmation in a tenant that two organisations share."""
    share_a_tenant(world)
    sets(world, 1)
    return world


def lead_of(world: World, code: str = "NGH", name: str = "Lena Hart") -> Person:
    """Somebody who leads an organisation, and has read everything so far."""
    lead = world.person(name, code)
    world.grants(lead, Role.LEAD, code)
    world.deliver()
    return lead


def visitor(world: World, name: str = "Ana Ward", shown: str = "") -> Person:
    """Somebody in the shared tenant who has not joined."""
    return world.someone("teams", SHARED, f"U-{name}", shown or name, joined=False)


def newcomer(world: World, name: str = "Ana Ward", code: str = "NGH", shown: str = "") -> Person:
    """Somebody who has filled in the joining form in the shared tenant."""
    person = visitor(world, name, shown)
    person.types("join")
    person.fills(shown_name=name, organisation=code, agree="yes")
    return person


def question(person: Person) -> Confirmation | None:
    """What the person's chat waits for."""
    number = identity_of(person).confirmation_id
    if number is None:
        return None
    with person.world.store.begin() as books:
        return books.members.confirmations.get(number)


def state_of_question(person: Person) -> ConfirmationState | None:
    """How it stands with what the person's chat waits for."""
    found = question(person)
    return found.state if found else None


def card(lead: Person) -> Message:
    """The one card about somebody who waits that a lead has."""
    lead.world.deliver()
    [only] = lead.told(ASKED)
    return only


def has_account(person: Person) -> bool:
    """Whether hours can be held for this person."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        return books.ledger.account(AccountKind.MEMBER, member_id) is not None
