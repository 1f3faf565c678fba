"""``undo``: the last thing you did, if it was just now and nobody acted on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, plural
from core.ui.intents import Intent
from core.ui.replies import Reply


@dataclass(frozen=True, kw_only=True)
class Undo(Intent):
    """Take back the last deed.

    A button names the deed it stands beside (``kind`` and ``object_id`` as in ``Desk.did``), so
    that a second press does not take back the one before it. Typed words name none.
    """

    name: ClassVar[str] = "home.undo"

    kind: str = ""
    object_id: int = 0


def undo(desk: Desk, intent: Undo) -> Reply:
    """Hand the last deed to the room that did it; that room refuses where others have acted."""
    since = desk.now - timedelta(minutes=desk.policy.undo_minutes)
    deed = desk.books.journal.last(desk.me.id, since)
    if deed is None or not _meant(intent, deed) or not desk.books.journal.undo(deed.id):
        raise Refusal(_nothing(desk.policy.undo_minutes), code="nothing-to-undo")
    return desk.house.undoers[deed.kind].undo(desk, deed)


def _meant(intent: Undo, deed: Deed) -> bool:
    return not intent.kind or (intent.kind, intent.object_id) == (deed.kind, deed.object_id)


def _nothing(minutes: int) -> Text:
    return plural(
        "There is nothing to undo. You can undo your last post, proposal, claim or setting within "
        "{count} minute, until someone else acts on it. Hours that have moved stay where they are.",
        "There is nothing to undo. You can undo your last post, proposal, claim or setting within "
        "{count} minutes, until someone else acts on it. Hours that have moved stay where they "
        "are.",
        minutes,
    )
