"""``hourbridge member``: pausing a person's membership and taking that back."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from bot.commands.addresses import Address, add_address
from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, command, group
from core.members.model import MemberState


def add(groups: Groups) -> None:
    """The group ``member``."""
    ours = group(groups, "member", "pause a person's membership, or take that back")
    add_address(
        command(ours, "suspend", "turn a member away in all their chats, for now", _suspend)
    )
    add_address(command(ours, "restore", "let a suspended member in again", _restore))


def _suspend(given: Namespace) -> int:
    _set(given.person, MemberState.ACTIVE, MemberState.SUSPENDED)
    print(f"The member behind {given.person} is suspended. Their hours are kept.")
    return 0


def _restore(given: Namespace) -> int:
    _set(given.person, MemberState.SUSPENDED, MemberState.ACTIVE)
    print(f"The member behind {given.person} is active.")
    return 0


def _set(person: Address, before: MemberState, after: MemberState) -> None:
    with open_books() as books:
        found = books.members.by_identity(person.platform, person.tenant, person.user)
        if found is None:
            raise Failed(f"Nobody has joined as {person}.")
        member = books.members.lock(found[0].id)
        if member.state is after:
            return
        if member.state is not before:
            raise Failed(f"The member behind {person} is {member.state.value}.")
        books.members.save(replace(member, state=after))
