"""Which errors are a database's own trouble, and pass."""

from __future__ import annotations

from core.kernel.stale import Busy, Stale

# The names that PEP 249 gives them: SQLAlchemy and each driver have classes of their own. The last
# is SQLAlchemy's, for a pool in which no connection comes free.
_PASSING = frozenset(("OperationalError", "InterfaceError", "InternalError", "TimeoutError"))


def passing(error: Exception) -> bool:
    """Whether the same may work later: the database was busy, away or full. Any other error says
    that what it was asked is wrong, and always will be."""
    if isinstance(error, (Busy, Stale)):
        return True
    return not _PASSING.isdisjoint(kind.__name__ for kind in type(error).__mro__)
