"""The invariants of places at events, asked of the database as it stands."""

from __future__ import annotations

from sqlalchemy import Connection, text

from core.events.model import PlaceState
from storage.audit import Finding

# Whoever came without a place was let in by the host, who may find a chair.
_CHECKS = (
    (
        "event-overfull",
        "event {0} has {1} places, and {2} are taken",
        f"""SELECT e.id, e.capacity, count(p.id) FROM events e JOIN places p ON p.event_id = e.id
        WHERE p.state = '{PlaceState.COMING}' AND NOT p.walk_up
        GROUP BY e.id, e.capacity HAVING count(p.id) > e.capacity""",
    ),
    (
        "host-with-a-place",
        "member {1} hosts event {0} and has a place at it",
        f"""SELECT e.id, e.host_id FROM events e
        JOIN places p ON p.event_id = e.id AND p.member_id = e.host_id
        WHERE p.state <> '{PlaceState.LEFT}' AND NOT p.walk_up""",
    ),
)


def audit_events(connection: Connection) -> list[Finding]:
    """Every breach of an invariant of events, in a fixed order; empty when all hold. Reads only."""
    return [
        Finding(code, detail.format(*row))
        for code, detail, query in _CHECKS
        for row in connection.execute(text(query))
    ]
