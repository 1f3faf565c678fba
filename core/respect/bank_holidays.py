"""Bank holidays of the four nations, substitute days and proclaimed ones included."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from core.respect.model import Nation

_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def is_bank_holiday(day: date, nation: Nation) -> bool:
    """Whether ``nation`` has ``day`` off."""
    return nation is not Nation.NONE and day in _of_year(nation, day.year)


@lru_cache(maxsize=64)
def _of_year(nation: Nation, year: int) -> frozenset[date]:
    # Loaded when first needed: it takes longer than all the rest of a command line does.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))
