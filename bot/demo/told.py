"""A post of the demo, as it is told here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A post: whose, what, how many minutes, and where ("online", a site, or to be agreed)."""

    user: str
    title: str
    minutes: int
    details: str = ""
    place: str = ""
