"""What people may ask for about their digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class ShowDigest(Intent):
    """My digest as it would come now."""

    name: ClassVar[str] = "digests.show"
    repeatable: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False
    """Who has just joined has nothing in it yet."""
