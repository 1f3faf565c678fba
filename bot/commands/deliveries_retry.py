"""``hourbridge deliveries retry``: sends again what failed, once its cause is mended."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime, timedelta

from bot.commands.addresses import PLATFORMS, an_id
from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, a_moment, command
from core.delivery.model import DeliveryState

ENDS = (DeliveryState.REFUSED, DeliveryState.UNREACHABLE)
LATELY = timedelta(days=14)
"""Older news is news no more, unless the operator says since when it is."""


def add(groups: Groups) -> None:
    """The command ``deliveries retry``."""
    ours = command(
        groups, "retry", "send again what was refused or unreachable, once a fault is mended", _run
    )
    ours.add_argument("where", nargs="?", choices=PLATFORMS, metavar="PLATFORM", help="only there")
    ours.add_argument("id", nargs="?", type=an_id, metavar="ID", help="only this tenant")
    ours.add_argument("--state", dest="end", choices=[one.value for one in ENDS], help="only these")
    ours.add_argument(
        "--kind", dest="only_kind", default="", metavar="KIND", help="only this kind of notice"
    )
    ours.add_argument(
        "--since",
        dest="due_since",
        type=a_moment,
        metavar="TIME",
        help="those last due since 2026-08-06T09:00 (the last 14 days)",
    )


def _run(given: Namespace) -> int:
    if given.kind or given.platform or given.tenant or given.since or given.json:
        raise Failed("Write what narrows it after retry: hourbridge deliveries retry --help")
    now = datetime.now(UTC)
    with open_books() as books:
        many = books.deliveries.retry(
            [DeliveryState(given.end)] if given.end else ENDS,
            now,
            platform=given.where or "",
            tenant=given.id or "",
            kind=given.only_kind,
            since=given.due_since or now - LATELY,
        )
    if many == 0:
        print("Nothing is to be sent again.")
    elif many == 1:
        print("1 delivery waits again. It goes out as soon as its tenant's pace allows.")
    else:
        print(f"{many} deliveries wait again. They go out as fast as each tenant's pace allows.")
    return 0
