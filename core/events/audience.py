"""Whom an event is for, in words."""

from __future__ import annotations

from core.events.model import Open
from core.kernel.texts import Text, _
from core.organisations.model import Sector

SECTORS = {
    Sector.NHS_TRUST: _("NHS trusts and health boards"),
    Sector.PRIMARY_CARE: _("primary care"),
    Sector.COUNCIL: _("councils"),
    Sector.VOLUNTARY: _("charities and the voluntary sector"),
    Sector.OTHER: _("other organisations"),
}


def audience_words(open_to: Open, sector: Sector | None, organisation: str) -> Text:
    """Who may come."""
    if open_to is Open.ORGANISATION:
        return _("Staff of {organisation}", organisation=organisation)
    if open_to is Open.SECTOR and sector is not None:
        return _("Staff of {sector}", sector=SECTORS[sector])
    return _("Everybody in Hourbridge")
