"""What a chat reports of a person's account, and the same person in a second chat."""

from __future__ import annotations

from core.happenings import PersonChanged
from core.members.model import Identity, MemberState
from tests.members.chats import code_in, visitor_in_teams
from tests.world import Person


def reports(
    person: Person, *, active: bool = True, name: str = "", zone: str = "", user: str = ""
) -> None:
    """The person's chat says how their account is now."""
    caller = person.caller
    person.world.engine.happened(
        PersonChanged(caller.platform, caller.tenant, user or caller.user, active, name, zone)
    )


def closes(person: Person) -> None:
    """The person's account in this chat is closed."""
    reports(person, active=False)


def opens(person: Person) -> None:
    """The person's account in this chat is open again."""
    reports(person)


def linked(person: Person) -> Person:
    """The same member in Southgate's Teams too."""
    there = visitor_in_teams(person.world, person.caller.name)
    there.types(f"link {code_in(person.types('link'))}")
    assert "Welcome back" in there.text, there.text
    return there


def identity_of(person: Person) -> Identity:
    """The person's identity in this chat, as the books know it."""
    caller = person.caller
    with person.world.store.begin() as books:
        found = books.members.by_identity(caller.platform, caller.tenant, caller.user)
    assert found is not None
    return found[1]


def state_of(person: Person) -> MemberState:
    """Where the member stands now."""
    return person.member.state


def outcomes(person: Person) -> list[tuple[str, str, str]]:
    """Everything the person was to be told: its kind, its state and the reason, oldest first."""
    member_id = person.member.id
    with person.world.store.begin() as books:
        found = books.deliveries.of_member(member_id)
    return [(notice.kind, str(one.state), one.reason) for one, notice in reversed(found)]
