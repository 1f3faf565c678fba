"""``hourbridge deliveries``: what people were told and what came of it, without words or names."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.commands import deliveries_retry
from bot.commands.addresses import PLATFORMS, an_id
from bot.commands.opening import open_store
from bot.commands.terminal import (
    Groups,
    a_count,
    a_moment,
    listing,
    print_json,
    print_table,
)
from bot.delivery_figures import STATES, Line, Report, report
from storage.figures import Only, newest


def add(groups: Groups) -> None:
    """The command ``deliveries``."""
    showing = listing(
        groups,
        "deliveries",
        "show what was planned, and how much of it was sent, waits or failed; exit 1 if it does "
        "not add up",
        _show,
    )
    showing.add_argument("--kind", default="", help="only this kind of notice, as the table has it")
    _add_where(showing)
    showing.add_argument(
        "--since", type=a_moment, metavar="TIME", help="only notices planned since 2026-08-06T09:00"
    )
    showing.add_argument(
        "--limit", type=a_count, default=20, metavar="N", help="how many of the newest to list (20)"
    )
    deliveries_retry.add(showing.add_subparsers(title="commands", metavar="COMMAND"))


def _add_where(parser: ArgumentParser) -> None:
    parser.add_argument("--platform", choices=PLATFORMS, help="only this chat")
    parser.add_argument("--tenant", type=an_id, metavar="ID", help="only this workspace or tenant")


def _show(given: Namespace) -> int:
    only = Only(given.platform or "", given.tenant or "", given.kind, given.since)
    with open_store() as store, store.snapshot() as books:
        found = report(books, only, datetime.now(UTC))
        rows = newest(books.connection, only, given.limit)
    if given.json:
        print_json({**_as_json(found), "newest": rows})
    else:
        _print(found, rows)
    return 0 if found.adds_up else 1


def _as_json(found: Report) -> dict[str, object]:
    return {
        "planned": found.all.planned,
        "states": found.all.states,
        "adds_up": found.adds_up,
        "unexplained": found.unexplained,
        "oldest_due": found.oldest_due,
        "kinds": [
            {"kind": kind, "planned": line.planned, "states": line.states}
            for (kind,), line in found.kinds.items()
        ],
        "tenants": [
            {"platform": platform, "tenant": tenant, "planned": line.planned, "states": line.states}
            for (platform, tenant), line in found.tenants.items()
        ],
        "reasons": [
            {"state": state, "reason": reason, "count": count}
            for (state, reason), count in found.reasons.items()
        ],
    }


def _print(found: Report, rows: Sequence[Mapping[str, object]]) -> None:
    kinds = [(*kind, *_cells(line)) for kind, line in found.kinds.items()]
    if kinds:
        kinds.append(("all", *_cells(found.all)))
    print_table(("kind", "planned", *STATES), kinds, "Nothing has been sent yet.")
    tenants = [(*where, *_cells(line)) for where, line in found.tenants.items()]
    _print_more(("platform", "tenant", "planned", *STATES), tenants)
    _print_more(("state", "reason", "count"), [(*why, n) for why, n in found.reasons.items()])
    if found.oldest_due is not None:
        print(f"\nThe oldest that is due has waited since {found.oldest_due:%Y-%m-%d %H:%M:%SZ}.")
    if rows:
        _print_more(tuple(rows[0]), [tuple(row.values()) for row in rows])
    if not found.adds_up:
        print(
            f"\nThis does not add up: {found.unexplained} of {found.all.planned} deliveries have "
            "no outcome that Hourbridge knows. Run: hourbridge audit"
        )


def _print_more(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        print()
        print_table(columns, rows, "")


def _cells(line: Line) -> tuple[int, ...]:
    return (line.planned, *line.states.values())
