"""Where help happens: online, or at a site that an organisation lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from core.kernel.desk import Office
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.organisations.model import Site

ONLINE = frozenset(("online", "on line", "on-line", "virtual", "remote", "ar-lein", "arlein"))


@dataclass(frozen=True, slots=True)
class Place:
    """Online, at a site, either, or (neither said) anywhere the two agree."""

    online: bool = False
    site_id: int | None = None


def site_names(sites: Sequence[Site]) -> Mapping[str, str]:
    """Sites by folded name, as ``read_line`` looks them up."""
    return {site.name.casefold(): str(site.id) for site in sites}


def read_place(office: Office, words: str, field: str = "place") -> Place:
    """The place that ``words`` name: "Online", "Northgate Library", or both with "or"."""
    place = Place()
    for piece in words.replace(",", " or ").casefold().split(" or "):
        part = piece.strip().removeprefix("at ").strip()
        if not part:
            continue
        if part in ONLINE:
            place = Place(online=True, site_id=place.site_id)
        else:
            place = Place(online=place.online, site_id=_site(office, part, field))
    return place


def _site(office: Office, words: str, field: str) -> int:
    names = site_names(office.books.organisations.sites())
    if words in names:
        return int(names[words])
    holding = [name for name in names if words in name]
    if len(holding) == 1:
        return int(names[holding[0]])
    near = holding or [found[0] for found in process.extract(words, list(names), limit=3)]
    near = [name for name in near if holding or fuzz.partial_ratio(words, name) >= 70][:3]
    if not near:
        raise Refusal(
            _("There is no site called that. Write online, a site's name, or leave it empty."),
            field,
        )
    titles = {site.name.casefold(): site.name for site in office.books.organisations.sites()}
    raise Refusal(
        _("Which site is it? Perhaps: {sites}.", sites=", ".join(titles[name] for name in near)),
        field,
    )


def place_words(place_online: bool, site: Site | None) -> Words:
    """How a place reads on a card."""
    if place_online and site is not None:
        return _("Online, or {site}", site=site.name)
    if place_online:
        return _("Online")
    return site.name if site is not None else _("To be agreed")


def place_typed(place_online: bool, site: Site | None) -> str:
    """How a place stands in a form's field."""
    parts = ["online"] if place_online else []
    if site is not None:
        parts.append(site.name)
    return " or ".join(parts)
