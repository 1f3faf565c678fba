"""One thing that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """What a member did: ``kind`` names the room's undoer, ``version`` the object's version after.

    If the object's version has moved on, somebody acted on it and it cannot be undone.
    ``before`` is what the undoer needs to put things back.
    """

    member_id: int
    kind: str
    object_id: int
    version: int
    at: datetime
    before: Mapping[str, Any]
    undone: bool = False
    id: int = 0
