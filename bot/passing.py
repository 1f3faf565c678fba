"""Which errors are a database's own trouble, and pass."""

from __future__ import annotations

import sqlite3

from core.kernel.stale import Busy, Stale

# The names that PEP 249 gives them: SQLAlchemy and each driver have classes of their own. The last
# is SQLAlchemy's, for a pool in which no connection comes free.
_PASSING = frozenset(("OperationalError", "InterfaceError", "InternalError", "TimeoutError"))
_LIMIT_EXCEEDED = "54"
"""The class of PostgreSQL's errors for what is too long or too complex: a handle for its index."""


def passing(error: Exception) -> bool:
    """Whether the same may work later: the database was busy, away or full. Any other error says
    that what it was asked is wrong, and always will be."""
    if isinstance(error, (Busy, Stale)):
        return True
    if _PASSING.isdisjoint(kind.__name__ for kind in type(error).__mro__):
        return False
    # Drivers call these operational too.
    own = getattr(error, "orig", error)
    too_much = (getattr(own, "sqlstate", None) or "").startswith(_LIMIT_EXCEEDED)
    senseless = getattr(own, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return not (too_much or senseless)
