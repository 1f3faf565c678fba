"""``hourbridge tenant``: the Slack workspaces and Teams tenants that are let in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from bot.commands.addresses import PLATFORMS, an_id, organisation_of
from bot.commands.deliveries_retry import LATELY
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
from core.installations.model import Installation
from core.installations.seeing import subject_of
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
    showing = listing(
        ours, "list", "list the workspaces that wrote to Hourbridge or installed it", _list
    )
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
        _bring_cards_up_to_date(
            books, books.tenants.approve(given.platform, given.id, ids, datetime.now(UTC))
        )
    names = ", ".join(dict.fromkeys(one.name for one in organisations))
    print(f"{given.platform} {given.id} is let in and serves: {names}.")
    return 0


def _list(given: Namespace) -> int:
    with open_books() as books:
        apps = {(one.platform, one.tenant): one for one in books.installations.all()}
        tenants = books.tenants.all(TenantState.PENDING if given.pending else None)
        found = [_row(books, one, apps.get((one.platform, one.external_id))) for one in tenants]
    if given.json:
        print_json(found)
        return 0
    columns = (
        *("platform", "id", "name", "state", "first_seen"),
        *("installed", "since", "organisations"),
    )
    rows = [[_cell(one[name]) for name in columns] for one in found]
    empty = "No workspace waits to be let in." if given.pending else "No workspace is known yet."
    print_table([name.replace("_", " ") for name in columns], rows, empty)
    return 0


def _row(books: Books, tenant: Tenant, app: Installation | None) -> dict[str, object]:
    """A tenant as it is listed. Of a chat that installs nothing, nothing is known of an app."""
    since = None if app is None else app.removed_at or app.installed_at
    return {
        "platform": tenant.platform,
        "id": tenant.external_id,
        "name": app.name if app else None,
        "state": tenant.state.value,
        "first_seen": tenant.seen_at,
        "installed": app.live if app else None,
        "since": since,
        "organisations": [books.organisations.get(one).code for one in tenant.organisation_ids],
    }


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value


def _suspend(given: Namespace) -> int:
    with open_books() as books:
        tenant = _known(books, given)
        if tenant.state is not TenantState.SUSPENDED:
            _must_be(tenant, TenantState.APPROVED)
            books.tenants.set_state(given.platform, given.id, TenantState.SUSPENDED)
            _bring_cards_up_to_date(books, tenant)
    print(f"{given.platform} {given.id} is suspended. Nobody in it is answered or written to.")
    return 0


def _restore(given: Namespace) -> int:
    with open_books() as books:
        tenant = _known(books, given)
        if tenant.state is not TenantState.APPROVED:
            _must_be(tenant, TenantState.SUSPENDED)
            books.tenants.set_state(given.platform, given.id, TenantState.APPROVED)
            _bring_cards_up_to_date(books, tenant)
            now = datetime.now(UTC)
            books.deliveries.reconnect(given.platform, given.id, now - LATELY, now)
    print(f"{given.platform} {given.id} is let in.")
    return 0


def _bring_cards_up_to_date(books: Books, tenant: Tenant) -> None:
    """The cards of the admins who were asked about it."""
    books.deliveries.touch(subject_of(tenant), datetime.now(UTC))


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
