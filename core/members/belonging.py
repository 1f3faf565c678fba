"""Which organisation stands behind a name: itself, or what it has become part of."""

from __future__ import annotations

from core.kernel.desk import Office
from core.organisations.model import Organisation

_STEPS = 8


def succession(office: Office, organisation_id: int) -> list[Organisation]:
    """The organisation and those that succeeded it, up to the one that runs today. The last one
    does not run where the line ends before."""
    today = office.now.date()
    found: list[Organisation] = []
    following: int | None = organisation_id
    while following is not None and len(found) < _STEPS:
        found.append(office.books.organisations.get(following))
        following = None if found[-1].runs_on(today) else found[-1].successor_id
    return found


def living(office: Office, organisation_id: int) -> Organisation | None:
    """The organisation, or the one that succeeded it, if it runs today."""
    last = succession(office, organisation_id)[-1]
    return last if last.runs_on(office.now.date()) else None
