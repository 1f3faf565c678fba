"""``hourbridge member``: pausing a person's membership, and who waits to be confirmed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime

from bot.commands import joiners
from bot.commands.addresses import Address, add_address
from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, command, group
from core.events.leaving import step_back
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.members.entering import standing_of
from core.members.model import LINKED, Member, MemberState
from storage.books import Books


def add(groups: Groups) -> None:
    """The group ``member``."""
    ours = group(groups, "member", "pause a person's membership, or confirm where somebody works")
    add_address(
        command(ours, "suspend", "turn a member away in all their chats, for now", _suspend)
    )
    add_address(command(ours, "restore", "let a suspended member in again", _restore))
    joiners.add(ours)


def _suspend(given: Namespace) -> int:
    with open_books() as books:
        member = _found(books, given.person, LINKED, MemberState.SUSPENDED)
        if member is not None:
            office = Office(datetime.now(UTC), books, books.policy.read(), Keys(()), "")
            step_back(office, member.id)
            books.members.save(replace(member, state=MemberState.SUSPENDED))
    print(
        f"The member behind {given.person} is suspended. Their hours are kept. Events to come that "
        "they host are cancelled, and their places at others are free."
    )
    return 0


def _restore(given: Namespace) -> int:
    with open_books() as books:
        member = _found(
            books, given.person, frozenset((MemberState.SUSPENDED,)), MemberState.ACTIVE
        )
        if member is not None:
            state = standing_of(books.members.identities(member.id))
            books.members.save(replace(member, state=state))
    print(f"The member behind {given.person} is let in again.")
    return 0


def _found(
    books: Books, person: Address, before: frozenset[MemberState], after: MemberState
) -> Member | None:
    """The member behind ``person``, held; None where they are in the state ``after`` already."""
    found = books.members.by_identity(person.platform, person.tenant, person.user)
    if found is None:
        raise Failed(f"Nobody has joined as {person}.")
    member = books.members.lock(found[0].id)
    if member.state is after:
        return None
    if member.state not in before:
        raise Failed(f"The member behind {person} is {member.state.value}.")
    return member
