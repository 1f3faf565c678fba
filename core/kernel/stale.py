"""Somebody was quicker: the object changed between the reading and the saving."""

from __future__ import annotations


class Stale(Exception):
    """Raised by a book's ``save`` when the stored version is not the one that was read."""


class Busy(Exception):
    """The database asked for another try (a deadlock or a serialisation failure)."""
