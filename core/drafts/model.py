"""A draft: screened words waiting for one press, which uses it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """``kind`` says which room it belongs to; ``data`` is that room's own plain JSON.

    ``became`` is the id of what it turned into: a draft is used once, and a second press shows
    what the first one made.
    """

    member_id: int
    kind: str
    data: Mapping[str, Any]
    created_at: datetime
    became: int | None = None
    id: int = 0
