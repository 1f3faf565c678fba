"""``hourbridge policy``: what a system decides for itself, as numbers and as yes or no."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, command, group, listing, print_json, print_table
from core.ledger.model import AccountKind
from core.policy.model import BOUNDS, YES_OR_NO, Policy, checked_value

FLOOR = "floor_minutes"
CONFIRM = "confirm_organisation"
VALUE_HELP = "a whole number of minutes, days or people; for a yes or no, 1 or 0"
MEANINGS = {
    (CONFIRM, 1): (
        "Whoever joins through a workspace that several organisations share waits until a lead of "
        "the organisation they choose says that they work there."
    ),
    (CONFIRM, 0): (
        "Whoever joins through a workspace that several organisations share says themselves which "
        "one they work for, and nobody is asked."
    ),
}
"""What the answer to a yes or no policy means."""


def add(groups: Groups) -> None:
    """The group ``policy``."""
    ours = group(groups, "policy", "show and set the rules of this system")
    getting = listing(ours, "get", "show one value, or all with their bounds", _get)
    getting.add_argument("name", nargs="?", metavar="NAME", help="which value; without it, all")
    setting = command(ours, "set", "set a value; it holds from the next action on", _set)
    setting.add_argument("name", metavar="NAME", help="which value, as policy get shows it")
    setting.add_argument("value", metavar="VALUE", help=VALUE_HELP)


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
        waiting = len(books.members.confirmations.waiting()) if given.name == CONFIRM else 0
    print(f"{given.name} is now {value}.")
    if given.name in YES_OR_NO:
        print(MEANINGS[given.name, value])
    if waiting and not value:
        print(f"{waiting} who wait are let in with the next thing that they do.")
    return 0
