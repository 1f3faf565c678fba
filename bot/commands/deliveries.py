"""``hourbridge deliveries``: what people were told and what came of it, without words or names."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TypedDict

from bot.commands.opening import open_books
from bot.commands.terminal import Groups, a_count, listing, print_json, print_table
from core.delivery.model import Delivery, DeliveryState, Notice

STATES = tuple(one.value for one in DeliveryState)


class Counted(TypedDict):
    """How many deliveries of one kind of notice stand where."""

    kind: str
    total: int
    states: dict[str, int]


def add(groups: Groups) -> None:
    """The command ``deliveries``."""
    showing = listing(groups, "deliveries", "show what was sent, what waits and what failed", _show)
    showing.add_argument(
        "--limit", type=a_count, default=20, metavar="N", help="how many of the newest to list (20)"
    )


def _show(given: Namespace) -> int:
    with open_books() as books:
        counts = books.deliveries.counts()
        recent = books.deliveries.recent(given.limit)
    kinds = [_counted(kind, counts) for kind in dict.fromkeys(kind for kind, _state in counts)]
    states = {state: sum(one["states"][state] for one in kinds) for state in STATES}
    total = sum(one["total"] for one in kinds)
    rows = [_row(delivery, notice) for delivery, notice in recent]
    if given.json:
        print_json({"total": total, "states": states, "kinds": kinds, "newest": rows})
        return 0
    table: list[list[object]] = [
        [one["kind"], *one["states"].values(), one["total"]] for one in kinds
    ]
    if table:
        table.append(["all", *states.values(), total])
    print_table(("kind", *STATES, "all"), table, "Nothing has been sent yet.")
    if rows:
        print()
        print_table(tuple(rows[0]), [list(row.values()) for row in rows], "")
    return 0


def _counted(kind: str, counts: Mapping[tuple[str, str], int]) -> Counted:
    states = {state: counts.get((kind, state), 0) for state in STATES}
    return {"kind": kind, "total": sum(states.values()), "states": states}


def _row(delivery: Delivery, notice: Notice) -> dict[str, object]:
    return {
        "id": delivery.id,
        "kind": notice.kind,
        "about": notice.subject,
        "member": delivery.member_id,
        "state": delivery.state.value,
        "reason": delivery.reason,
        "attempts": delivery.attempts,
        "platform": delivery.platform,
        "tenant": delivery.tenant,
        "planned": notice.at,
        "not_before": delivery.not_before,
        "sent": delivery.sent_at,
    }
