"""``hourbridge pause`` and ``hourbridge resume``: stop and start what Hourbridge sends unasked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.commands.addresses import PLATFORMS, an_id
from bot.commands.opening import open_books
from bot.commands.terminal import Failed, Groups, command
from core.delivery.model import Pause


def add(groups: Groups) -> None:
    """The commands ``pause`` and ``resume``."""
    _add_where(
        command(groups, "pause", "send no notices: at all, to a chat, or to a workspace", _pause)
    )
    _add_where(command(groups, "resume", "send again what was paused; nothing is lost", _resume))


def _add_where(parser: ArgumentParser) -> None:
    parser.add_argument("platform", nargs="?", choices=PLATFORMS, help="only this chat")
    parser.add_argument("id", nargs="?", type=an_id, metavar="ID", help="only this workspace")


def _pause(given: Namespace) -> int:
    with open_books() as books:
        if given.id and books.tenants.find(given.platform, given.id) is None:
            raise Failed(f"{given.platform} {given.id} is not known. See: hourbridge tenant list")
        books.deliveries.pause(Pause(given.platform or "", given.id or "", datetime.now(UTC)))
    where = _where(given.platform or "", given.id or "")
    print(f"Paused: {where}. Notices wait until: {_resuming(given)}")
    return 0


def _resume(given: Namespace) -> int:
    platform, tenant = given.platform or "", given.id or ""
    with open_books() as books:
        if not books.deliveries.resume(platform, tenant):
            known = _named(books.deliveries.pauses())
            raise Failed(f"That is not paused. Paused now: {known or 'nothing'}.")
        left = books.deliveries.pauses()
    said = [f"Resumed: {_where(platform, tenant)}."]
    if not any(one.covers(platform, tenant) for one in left):
        said.append("What waited goes out as fast as each tenant's pace allows.")
    if left:
        said.append(f"Still paused: {_named(left)}.")
    print(" ".join(said))
    return 0


def _named(pauses: Sequence[Pause]) -> str:
    return ", ".join(sorted(_where(one.platform, one.tenant) for one in pauses))


def _where(platform: str, tenant: str) -> str:
    return " ".join(part for part in (platform, tenant) if part) or "everything"


def _resuming(given: Namespace) -> str:
    return " ".join(part for part in ("hourbridge resume", given.platform, given.id) if part)
