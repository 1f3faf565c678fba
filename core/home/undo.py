"""``undo``: the last thing you did, if it was just now and nobody acted on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from core.home.views import not_undone_view
from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.stale import Stale
from core.kernel.texts import plural
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply


@dataclass(frozen=True, kw_only=True)
class Undo(Intent):
    """Take back the last deed.

    A button names the deed it stands beside (``kind``, ``object_id`` and ``version`` as in
    ``Desk.did``), so that an old one takes back nothing else. Typed words name none.
    """

    name: ClassVar[str] = "home.undo"

    kind: str = ""
    object_id: int = 0
    version: int = 0


def undo(desk: Desk, intent: Undo) -> Reply:
    """Hand the last deed to the room that did it; that room refuses, before it writes anything,
    where others have acted. The card of an old button is brought up to date."""
    try:
        return _undone(desk, intent)
    except Refusal as refusal:
        if not intent.kind:
            raise
        return Replace(not_undone_view(refusal.reason))


def _undone(desk: Desk, intent: Undo) -> Reply:
    since = desk.now - timedelta(minutes=desk.policy.undo_minutes)
    deed = desk.books.journal.last(desk.me.id, since)
    if deed is None or not _meant(intent, deed):
        raise _nothing(desk.policy.undo_minutes)
    reply = desk.house.undoers[deed.kind].undo(desk, deed)
    if not desk.books.journal.undo(deed.id):
        raise Stale
    return reply


def _meant(intent: Undo, deed: Deed) -> bool:
    if not intent.kind:
        return True
    named = (intent.kind, intent.object_id) == (deed.kind, deed.object_id)
    return named and intent.version in (0, deed.version)


def _nothing(minutes: int) -> Refusal:
    reason = plural(
        "There is nothing to undo. You can undo your last post, proposal, claim or setting within "
        "{count} minute, until someone else acts on it. Hours that have moved stay where they are.",
        "There is nothing to undo. You can undo your last post, proposal, claim or setting within "
        "{count} minutes, until someone else acts on it. Hours that have moved stay where they "
        "are.",
        minutes,
    )
    return Refusal(reason, code="nothing-to-undo")
