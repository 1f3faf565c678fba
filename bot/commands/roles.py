"""``hourbridge role``: who is a champion, a lead, an admin, an evaluator or a sponsor."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands.addresses import Address, add_address, organisation_of
from bot.commands.opening import open_books
from bot.commands.terminal import (
    Failed,
    Groups,
    command,
    group,
    listing,
    print_json,
    print_table,
)
from core.organisations.model import Grant, Organisation, Role
from storage.books import Books

OF_AN_ORGANISATION = frozenset((Role.CHAMPION, Role.LEAD))
OF_THE_SYSTEM = frozenset((Role.ADMIN,))


def add(groups: Groups) -> None:
    """The group ``role``."""
    ours = group(groups, "role", "give roles to people and take them back")
    _add_grant(command(ours, "grant", "give a role, also before a person's first contact", _grant))
    _add_grant(command(ours, "revoke", "take a role back", _revoke))
    listing(ours, "list", "list who holds which role", _list)


def _add_grant(parser: ArgumentParser) -> None:
    add_address(parser)
    parser.add_argument("role", choices=[one.value for one in Role])
    parser.add_argument(
        "--org",
        metavar="CODE",
        help="for this organisation: a champion and a lead need one, an admin has the whole system",
    )


def _grant(given: Namespace) -> int:
    with open_books() as books:
        organisation = _organisation(books, given)
        books.roles.grant(_wanted(given, organisation))
    print(f"{given.person} is now {_named(given, organisation)}.")
    return 0


def _revoke(given: Namespace) -> int:
    with open_books() as books:
        organisation = _organisation(books, given)
        if not books.roles.revoke(_wanted(given, organisation)):
            raise Failed(
                f"{given.person} is not {_named(given, organisation)}. See: hourbridge role list"
            )
    print(f"{given.person} is no longer {_named(given, organisation)}.")
    return 0


def _organisation(books: Books, given: Namespace) -> Organisation | None:
    role = Role(given.role)
    if role in OF_AN_ORGANISATION and given.org is None:
        raise Failed(f"A {role.value} belongs to an organisation: name it with --org CODE.")
    if role in OF_THE_SYSTEM and given.org is not None:
        raise Failed(f"An {role.value} looks after the whole system: leave --org out.")
    return None if given.org is None else organisation_of(books, given.org)


def _wanted(given: Namespace, organisation: Organisation | None) -> Grant:
    who: Address = given.person
    organisation_id = None if organisation is None else organisation.id
    return Grant(who.platform, who.tenant, who.user, Role(given.role), organisation_id)


def _named(given: Namespace, organisation: Organisation | None) -> str:
    article = "an" if given.role[0] in "aeiou" else "a"
    return f"{article} {given.role} of {organisation.name if organisation else 'the whole system'}"


def _list(given: Namespace) -> int:
    with open_books() as books:
        codes = {one.id: one.code for one in books.organisations.all()}
        grants = books.roles.all()
        joined = {
            one.id: books.members.by_identity(one.platform, one.tenant, one.user) is not None
            for one in grants
        }
    found = [
        {
            "person": str(Address(one.platform, one.tenant, one.user)),
            "role": one.role.value,
            "organisation": codes.get(one.organisation_id or 0),
            "joined": joined[one.id],
        }
        for one in grants
    ]
    if given.json:
        print_json(found)
        return 0
    rows = [
        (one["person"], one["role"], one["organisation"], "yes" if one["joined"] else "not yet")
        for one in found
    ]
    print_table(("person", "role", "organisation", "joined"), rows, "Nobody holds a role yet.")
    return 0
