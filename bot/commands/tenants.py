"""``hourbridge tenant``: the Slack workspaces and Teams tenants that are let in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from bot.commands.addresses import PLATFORMS, an_id, organisation_of
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
from core.organisations.model import Tenant, TenantState
from storage.books import Books


def add(groups: Groups) -> None:
    """The group ``tenant``."""
    ours = group(groups, "tenant", "let chat workspaces in, pause them, list them")
    approving = command(
        ours, "approve", "let a workspace in and say which organisations it serves", _approve
    )
    _add_tenant(approving)
    approving.add_argument(
        "--org",
        action="append",
        required=True,
        metavar="CODE",
        help="an organisation it serves; repeat it for a workspace that several share",
    )
    showing = listing(ours, "list", "list the workspaces that wrote to Hourbridge", _list)
    showing.add_argument("--pending", action="store_true", help="only those that wait to be let in")
    for name, words in (
        ("suspend", "turn everybody of a workspace away, for now"),
        ("restore", "let a suspended workspace in again"),
    ):
        _add_tenant(command(ours, name, words, _suspend if name == "suspend" else _restore))


def _add_tenant(parser: ArgumentParser) -> None:
    parser.add_argument("platform", choices=PLATFORMS, help="which chat")
    parser.add_argument("id", type=an_id, metavar="ID", help="the Slack team id or Teams tenant id")


def _approve(given: Namespace) -> int:
    with open_books() as books:
        known = books.tenants.find(given.platform, given.id)
        if known is not None and known.state is TenantState.SUSPENDED:
            raise Failed(
                f"{given.platform} {given.id} is suspended. Let it in again with: "
                f"hourbridge tenant restore {given.platform} {given.id}"
            )
        organisations = [organisation_of(books, code) for code in given.org]
        ids = [one.id for one in organisations]
        books.tenants.approve(given.platform, given.id, ids, datetime.now(UTC))
    names = ", ".join(dict.fromkeys(one.name for one in organisations))
    print(f"{given.platform} {given.id} is let in and serves: {names}.")
    return 0


def _list(given: Namespace) -> int:
    with open_books() as books:
        codes = {one.id: one.code for one in books.organisations.all()}
        tenants = books.tenants.all(TenantState.PENDING if given.pending else None)
    found = [
        {
            "platform": one.platform,
            "id": one.external_id,
            "state": one.state.value,
            "first_seen": one.seen_at,
            "organisations": [codes[ours] for ours in one.organisation_ids],
        }
        for one in tenants
    ]
    if given.json:
        print_json(found)
        return 0
    rows = [
        (
            one.platform,
            one.external_id,
            one.state.value,
            one.seen_at,
            ", ".join(codes[ours] for ours in one.organisation_ids),
        )
        for one in tenants
    ]
    empty = "No workspace waits to be let in." if given.pending else "No workspace is known yet."
    print_table(("platform", "id", "state", "first seen", "organisations"), rows, empty)
    return 0


def _suspend(given: Namespace) -> int:
    with open_books() as books:
        tenant = _known(books, given)
        if tenant.state is not TenantState.SUSPENDED:
            _must_be(tenant, TenantState.APPROVED)
            books.tenants.set_state(given.platform, given.id, TenantState.SUSPENDED)
    print(f"{given.platform} {given.id} is suspended. Nobody in it is answered or written to.")
    return 0


def _restore(given: Namespace) -> int:
    with open_books() as books:
        tenant = _known(books, given)
        if tenant.state is not TenantState.APPROVED:
            _must_be(tenant, TenantState.SUSPENDED)
            books.tenants.set_state(given.platform, given.id, TenantState.APPROVED)
    print(f"{given.platform} {given.id} is let in.")
    return 0


def _known(books: Books, given: Namespace) -> Tenant:
    tenant = books.tenants.find(given.platform, given.id)
    if tenant is None:
        raise Failed(f"{given.platform} {given.id} is not known. See: hourbridge tenant list")
    return tenant


def _must_be(tenant: Tenant, state: TenantState) -> None:
    if tenant.state is not state:
        raise Failed(
            f"{tenant.platform} {tenant.external_id} is {tenant.state.value}, not {state.value}. "
            "Let it in with: hourbridge tenant approve"
        )
