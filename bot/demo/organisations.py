"""The invented health and care system of the demo: Tarrowshire, which is on no map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.books import Books
from core.organisations.model import ContactKind, Organisation, Sector, Site

PLATFORM = "local"


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation with its own chat tenant, its places, and whom it names to its staff."""

    code: str
    name: str
    sector: Sector
    tenant: str
    sites: tuple[str, ...]
    helpdesk: str
    safeguarding: str
    privacy: str


PARTNERS = (
    Partner(
        "THT",
        "Tarrowby Hospitals Trust",
        Sector.NHS_TRUST,
        "tarrowby",
        ("Tarrowby Hospital Library", "Tarrowby Education Centre"),
        "The improvement office, Tarrowby Education Centre",
        "The safeguarding desk, Tarrowby Hospital, extension 4410",
        "The data protection office, Tarrowby Hospitals Trust",
    ),
    Partner(
        "OCT",
        "Ostermoor Community Trust",
        Sector.NHS_TRUST,
        "ostermoor",
        ("Ostermoor House", "Wenlow Clinic"),
        "The learning and change team, Ostermoor House",
        "The safeguarding line, Ostermoor House, extension 220",
        "The information governance team, Ostermoor House",
    ),
    Partner(
        "TSC",
        "Tarrowshire Council",
        Sector.COUNCIL,
        "tarrowshire",
        ("Tarrow Hall", "Wenlow Library"),
        "The staff networks desk, Tarrow Hall",
        "The adults and children duty desk, Tarrow Hall",
        "The data protection officer, Tarrow Hall",
    ),
    Partner(
        "LFH",
        "Larkfell Hospice",
        Sector.VOLUNTARY,
        "larkfell",
        ("Larkfell Garden Room",),
        "The volunteers' office, Larkfell Hospice",
        "The safeguarding lead, Larkfell Hospice",
        "The trustees' office, Larkfell Hospice",
    ),
    Partner(
        "FSP",
        "Fennel Street Practice",
        Sector.PRIMARY_CARE,
        "fennel-street",
        ("Fennel Street Meeting Room",),
        "The office, Fennel Street Practice",
        "The safeguarding lead, Fennel Street Practice",
        "The office, Fennel Street Practice",
    ),
)

BY_CODE = {partner.code: partner for partner in PARTNERS}


def found(books: Books, now: datetime) -> dict[str, Organisation]:
    """Register every partner, its places, contacts and chat tenant; organisations by code."""
    made: dict[str, Organisation] = {}
    for partner in PARTNERS:
        organisation = books.organisations.add(
            Organisation(partner.code, partner.name, partner.sector)
        )
        made[partner.code] = organisation
        books.tenants.approve(PLATFORM, partner.tenant, [organisation.id], now)
        for site in partner.sites:
            books.organisations.add_site(Site(organisation.id, site))
        for kind, words in (
            (ContactKind.HELP, partner.helpdesk),
            (ContactKind.SAFEGUARDING, partner.safeguarding),
            (ContactKind.PRIVACY, partner.privacy),
        ):
            books.organisations.set_contact(organisation.id, kind, words)
    return made
