"""``hourbridge policy``: the numbers that a system sets for itself."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, command, group, listing, print_json, print_table
from core.ledger.model import AccountKind
from core.policy.model import BOUNDS, Policy, checked_value

FLOOR = "floor_minutes"


def add(groups: Groups) -> None:
    """The group ``policy``."""
    ours = group(groups, "policy", "show and set the rules of exchange of this system")
    getting = listing(ours, "get", "show one value, or all with their bounds", _get)
    getting.add_argument("name", nargs="?", metavar="NAME", help="which value; without it, all")
    setting = command(ours, "set", "set a value; it holds from the next action on", _set)
    setting.add_argument("name", metavar="NAME", help="which value, as policy get shows it")
    setting.add_argument("value", metavar="VALUE", help="a whole number of minutes, days or people")


def _get(given: Namespace) -> int:
    with open_books() as books:
        policy = books.policy.read()
    if given.name is not None and given.name not in BOUNDS:
        raise Failed(f"There is no policy called {given.name!r}. There are: {', '.join(BOUNDS)}.")
    values, defaults = asdict(policy), asdict(Policy())
    found = [
        {
            "name": name,
            "value": values[name],
            "default": defaults[name],
            "lowest": low,
            "highest": high,
        }
        for name, (low, high) in BOUNDS.items()
        if given.name in (None, name)
    ]
    if given.json:
        print_json(found if given.name is None else found[0])
    elif given.name is not None:
        print(found[0]["value"])
    else:
        rows = [list(one.values()) for one in found]
        print_table(("name", "value", "default", "lowest", "highest"), rows, "")
    return 0


def _set(given: Namespace) -> int:
    value = checked_value(given.name, given.value)
    with open_books() as books:
        books.policy.set(given.name, value)
        if given.name == FLOOR:
            # The floor stands in each account, so that one statement can check it and use it.
            books.ledger.set_floors(AccountKind.MEMBER, value)
    print(f"{given.name} is now {value}.")
    return 0
