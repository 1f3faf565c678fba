"""``hourbridge member pending``, ``confirm`` and ``decline``: for whom nobody else can answer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.commands.addresses import Address, add_address
from bot.commands.opening import open_store
from bot.commands.terminal import Failed, Groups, command, listing, print_json, print_table
from bot.settings import read_settings
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.members.belonging import living
from core.members.confirmation import Confirmation, ConfirmationState, Decider
from core.members.confirming import deciders, decline, held, let_in

_ASKED = {
    Decider.LEAD: "its leads",
    Decider.ADMIN: "the admins",
    Decider.OPERATOR: "nobody: it is for you",
}


def add(ours: Groups) -> None:
    """The commands of the group ``member`` about people whom an organisation has yet to confirm."""
    listing(
        ours, "pending", "list who waits for an organisation to say that they work there", _pending
    )
    add_address(
        command(
            ours, "confirm", "say that a person works where they say, and let them in", _confirm
        )
    )
    add_address(command(ours, "decline", "say that a person does not work there", _decline))


@contextmanager
def open_office() -> Iterator[Office]:
    """One transaction in which people are let in and told, as the running program does it."""
    settings = read_settings()
    if not settings.secrets:
        raise Failed(
            "HOURBRIDGE_SECRET_KEY is not set. Without it nobody can tell who has had an opening "
            "credit before."
        )
    with open_store(settings) as store, store.begin() as books:
        keys = Keys(settings.secrets)
        policy = books.policy.read()
        yield Office(datetime.now(UTC), books, policy, keys, settings.public_url)


def _pending(given: Namespace) -> int:
    with open_store(read_settings()) as store, store.begin() as books:
        office = Office(datetime.now(UTC), books, books.policy.read(), Keys(()), "")
        found = [row for one in books.members.confirmations.waiting() for row in _rows(office, one)]
    if given.json:
        print_json(found)
        return 0
    columns = ("person", "name", "name in the chat", "organisation", "since", "asked")
    rows = [list(one.values()) for one in found]
    print_table(columns, rows, "Nobody waits to be confirmed.")
    return 0


def _rows(office: Office, one: Confirmation) -> list[dict[str, object]]:
    """A row for each chat of theirs that waits."""
    members = office.books.members
    asked, _people = deciders(office, one)
    ended = living(office, one.organisation_id) is None
    return [
        {
            "person": str(Address(chat.platform, chat.tenant, chat.user)),
            "name": members.get(one.member_id).name,
            "shown_name": chat.shown_name,
            "organisation": office.books.organisations.get(one.organisation_id).code,
            "since": one.asked_at,
            "asked": "nobody: it has ended" if ended else _ASKED[asked],
        }
        for chat in members.identities(one.member_id)
        if chat.confirmation_id == one.id
    ]


def _confirm(given: Namespace) -> int:
    with open_office() as office:
        one = _question(office, given.person)
        name = office.books.organisations.get(one.organisation_id).name
        if living(office, one.organisation_id) is None:
            raise Failed(f"{name} has ended. They can choose another organisation in the chat.")
        let_in(office, one, ConfirmationState.CONFIRMED, Decider.OPERATOR)
    print(f"{given.person} is confirmed for {name}, and is told.")
    return 0


def _decline(given: Namespace) -> int:
    with open_office() as office:
        one = _question(office, given.person)
        name = office.books.organisations.get(one.organisation_id).name
        if not one.waits:
            raise Failed(f"{given.person} was turned down for {name} already.")
        decline(office, one, Decider.OPERATOR)
    print(f"{given.person} is turned down for {name}, and is told.")
    return 0


def _question(office: Office, person: Address) -> Confirmation:
    """What somebody waits for, held; also what they were turned down for, to put that right."""
    where = (person.platform, person.tenant, person.user)
    found = office.books.members.by_identity(*where)
    if found is None:
        raise Failed(f"Nobody has joined as {person}.")
    question = held(office, found[1].confirmation_id or 0)
    # Until it was held they could choose another organisation.
    now = office.books.members.by_identity(*where)
    if question is None or now is None or now[1].confirmation_id != question.id:
        raise Failed(f"{person} does not wait to be confirmed. See: hourbridge member pending")
    return question
