"""Organisations, sites and contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, update

from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.organisations.model import ContactKind, Organisation, Site
from storage import statements
from storage.registry import CONTACTS, ORGANISATIONS, SITES, Registry
from storage.rows import values
from storage.search import fold


class Organisations:
    """Satisfies ``core.organisations.book.OrganisationBook``."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def add(self, organisation: Organisation) -> Organisation:
        if self.by_code(organisation.code) is not None:
            raise Refusal(
                _("There is an organisation with the code {code} already.", code=organisation.code)
            )
        new_id = statements.add(self._connection, ORGANISATIONS, values(organisation))
        self._registry.changed()
        return replace(organisation, id=new_id)

    def get(self, organisation_id: int) -> Organisation:
        return self._registry.now().organisations[organisation_id]

    def by_code(self, code: str) -> Organisation | None:
        wanted = code.strip().casefold()
        return next((one for one in self.all() if one.code.casefold() == wanted), None)

    def all(self) -> Sequence[Organisation]:
        return list(self._registry.now().organisations.values())

    def end(self, organisation_id: int, ends: date, successor_id: int | None) -> None:
        self._connection.execute(
            update(ORGANISATIONS)
            .where(ORGANISATIONS.c.id == organisation_id)
            .values(ends=ends, successor_id=successor_id)
        )
        self._registry.changed()

    def named(self, words: str) -> Sequence[Organisation]:
        wanted = fold(words).split()
        return [
            one
            for one in self.all()
            if one.code.casefold() == words.strip().casefold()
            or all(word in fold(one.name) for word in wanted)
        ]

    def sites(self, organisation_id: int | None = None) -> Sequence[Site]:
        sites = self._registry.now().sites
        if organisation_id is None:
            return sites
        return [site for site in sites if site.organisation_id == organisation_id]

    def add_site(self, site: Site) -> Site:
        statements.insert_once(self._connection, SITES, values(site), "organisation_id", "name")
        self._registry.changed()
        return next(one for one in self.sites(site.organisation_id) if one.name == site.name)

    def site(self, site_id: int) -> Site | None:
        return next((site for site in self.sites() if site.id == site_id), None)

    def contact(self, organisation_id: int, kind: ContactKind) -> str:
        return self._registry.now().contacts.get((organisation_id, kind), "")

    def set_contact(self, organisation_id: int, kind: ContactKind, words: str) -> None:
        key = {"organisation_id": organisation_id, "kind": kind.value}
        if words:
            statements.upsert(self._connection, CONTACTS, {**key, "words": words}, tuple(key))
        else:
            self._connection.execute(
                delete(CONTACTS).where(
                    CONTACTS.c.organisation_id == organisation_id, CONTACTS.c.kind == kind.value
                )
            )
        self._registry.changed()
