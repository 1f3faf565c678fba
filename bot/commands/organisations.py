"""``hourbridge org``: the organisations of the system, their sites and their contacts."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import UTC, date, datetime

from bot.commands.addresses import organisation_of
from bot.commands.opening import open_books
from bot.commands.terminal import (
    Failed,
    Groups,
    a_day,
    command,
    group,
    listing,
    print_json,
    print_table,
    written,
)
from core.organisations.model import ContactKind, Organisation, Sector, Site
from storage.books import Books

LONGEST_NAME = 100
LONGEST_CONTACT = 300
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$")


def add(groups: Groups) -> None:
    """The group ``org``."""
    ours = group(groups, "org", "add and change the organisations of the system")
    adding = command(ours, "add", "add an organisation", _add)
    adding.add_argument("name", metavar="NAME", help="its name as people will see it")
    adding.add_argument("--code", required=True, help="its ODS code or another short reference")
    adding.add_argument(
        "--sector", required=True, choices=[one.value for one in Sector], help="what it is"
    )
    adding.add_argument("--starts", type=a_day, metavar="DATE", help="its first day, as 2026-08-06")
    listing(ours, "list", "list the organisations with their sites and contacts", _list)
    ending = command(ours, "end", "end an organisation: it takes no part from that day on", _end)
    ending.add_argument("code", metavar="CODE")
    ending.add_argument(
        "--on", type=a_day, required=True, metavar="DATE", help="the first day without it"
    )
    following = command(ours, "succeed", "let one organisation succeed another", _succeed)
    following.add_argument("code", metavar="CODE", help="the organisation that ends")
    following.add_argument("--by", required=True, metavar="CODE", help="the one that goes on")
    following.add_argument(
        "--on", type=a_day, metavar="DATE", help="the day it happens; without it, today"
    )
    naming = command(
        ours,
        "contact",
        "name whom an organisation's staff turn to, or nobody",
        _contact,
    )
    naming.add_argument("code", metavar="CODE")
    naming.add_argument("kind", choices=[one.value for one in ContactKind], help="for what")
    naming.add_argument(
        "words", nargs="*", metavar="WORDS", help="a name and how to reach them; without, nobody"
    )
    placing = command(ours, "site", "add a place where people can meet", _site)
    placing.add_argument("code", metavar="CODE")
    placing.add_argument("name", nargs="+", metavar="NAME", help="what the place is called")


def _add(given: Namespace) -> int:
    name = written([given.name], "The name", LONGEST_NAME)
    if not name:
        raise Failed("The organisation needs a name.")
    if not _CODE.match(given.code):
        raise Failed(
            f"{given.code!r} is not a code: use up to 20 letters, digits, dots and dashes."
        )
    with open_books() as books:
        organisation = Organisation(given.code, name, Sector(given.sector), given.starts)
        books.organisations.add(organisation)
    print(f"Added {name} ({given.code}).")
    return 0


def _list(given: Namespace) -> int:
    with open_books() as books:
        organisations = books.organisations.all()
        codes = {one.id: one.code for one in organisations}
        found = [
            {
                "code": one.code,
                "name": one.name,
                "sector": one.sector.value,
                "starts": one.starts,
                "ends": one.ends,
                "successor": codes.get(one.successor_id or 0),
                "sites": [site.name for site in books.organisations.sites(one.id)],
                "contacts": _contacts(books, one.id),
            }
            for one in organisations
        ]
    if given.json:
        print_json(found)
        return 0
    columns = ("code", "name", "sector", "starts", "ends", "successor", "sites", "contacts")
    rows = [[_cell(one[column]) for column in columns] for one in found]
    print_table(columns, rows, "There are no organisations yet. See: hourbridge org add --help")
    return 0


def _cell(value: object) -> object:
    """Several things in one cell: places by name, and for what there is a contact."""
    return ", ".join(value) if isinstance(value, (list, dict)) else value


def _contacts(books: Books, organisation_id: int) -> dict[str, str]:
    found = {one.value: books.organisations.contact(organisation_id, one) for one in ContactKind}
    return {kind: words for kind, words in found.items() if words}


def _end(given: Namespace) -> int:
    with open_books() as books:
        organisation = organisation_of(books, given.code)
        _check_days(organisation, given.on)
        books.organisations.end(organisation.id, given.on, organisation.successor_id)
    print(f"{organisation.name} ends on {given.on}. Hours and history are kept.")
    return 0


def _succeed(given: Namespace) -> int:
    with open_books() as books:
        old = organisation_of(books, given.code)
        new = organisation_of(books, given.by)
        day = given.on or old.ends or datetime.now(UTC).date()
        _check_days(old, day)
        _check_line(books, old, new)
        if not new.runs_on(day):
            raise Failed(f"{new.name} does not take part on {day}, so it cannot go on from there.")
        books.organisations.end(old.id, day, new.id)
    print(f"From {day} the members of {old.name} act for {new.name}.")
    return 0


def _check_days(organisation: Organisation, ends: date) -> None:
    if organisation.starts is not None and ends <= organisation.starts:
        raise Failed(f"{organisation.name} starts on {organisation.starts}, so it must end later.")


def _check_line(books: Books, old: Organisation, new: Organisation) -> None:
    """Raise ``Failed`` where ``new`` leads back to ``old`` by its own successors."""
    follows: Organisation | None = new
    while follows is not None:
        if follows.id == old.id:
            raise Failed(f"{new.name} cannot succeed {old.name}: that would go round in a circle.")
        follows = (
            books.organisations.get(follows.successor_id)
            if follows.successor_id is not None
            else None
        )


def _contact(given: Namespace) -> int:
    words = written(given.words, "The contact", LONGEST_CONTACT)
    with open_books() as books:
        organisation = organisation_of(books, given.code)
        books.organisations.set_contact(organisation.id, ContactKind(given.kind), words)
    told = f"is now: {words}" if words else "is no longer set"
    print(f"The {given.kind} contact of {organisation.name} {told}")
    return 0


def _site(given: Namespace) -> int:
    name = written(given.name, "The place", LONGEST_NAME)
    if not name:
        raise Failed("The place needs a name.")
    with open_books() as books:
        organisation = organisation_of(books, given.code)
        books.organisations.add_site(Site(organisation.id, name))
    print(f"{name} is a place of {organisation.name}.")
    return 0
