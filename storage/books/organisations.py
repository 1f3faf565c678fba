"""Organisations, sites and contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, select, update

from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.organisations.model import ContactKind, Organisation, Site
from storage import statements
from storage.rows import entity, values
from storage.search import fold
from storage.tables.columns import table_of
from storage.tables.organisations import ContactRow, OrganisationRow, SiteRow

ORGANISATIONS = table_of(OrganisationRow)
SITES = table_of(SiteRow)
CONTACTS = table_of(ContactRow)
_BY_ID = select(ORGANISATIONS).where(ORGANISATIONS.c.id == bindparam("id"))


class Organisations:
    """Satisfies ``core.organisations.book.OrganisationBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[int, Organisation] = {}

    def add(self, organisation: Organisation) -> Organisation:
        if self.by_code(organisation.code) is not None:
            raise Refusal(
                _("There is an organisation with the code {code} already.", code=organisation.code)
            )
        new_id = statements.add(self._connection, ORGANISATIONS, values(organisation))
        return replace(organisation, id=new_id)

    def get(self, organisation_id: int) -> Organisation:
        if organisation_id not in self._seen:
            row = self._connection.execute(_BY_ID, {"id": organisation_id}).one()
            self._seen[organisation_id] = entity(Organisation, row._mapping)
        return self._seen[organisation_id]

    def by_code(self, code: str) -> Organisation | None:
        statement = select(ORGANISATIONS).where(
            func.upper(ORGANISATIONS.c.code) == code.strip().upper()
        )
        row = self._connection.execute(statement).one_or_none()
        return entity(Organisation, row._mapping) if row else None

    def all(self) -> Sequence[Organisation]:
        rows = self._connection.execute(select(ORGANISATIONS).order_by(ORGANISATIONS.c.name))
        return [entity(Organisation, row._mapping) for row in rows]

    def end(self, organisation_id: int, ends: date, successor_id: int | None) -> None:
        self._seen.pop(organisation_id, None)
        self._connection.execute(
            update(ORGANISATIONS)
            .where(ORGANISATIONS.c.id == organisation_id)
            .values(ends=ends, successor_id=successor_id)
        )

    def named(self, words: str) -> Sequence[Organisation]:
        wanted = fold(words).split()
        return [
            one
            for one in self.all()
            if one.code.casefold() == words.strip().casefold()
            or all(word in fold(one.name) for word in wanted)
        ]

    def sites(self, organisation_id: int | None = None) -> Sequence[Site]:
        statement = select(SITES).order_by(SITES.c.name)
        if organisation_id is not None:
            statement = statement.where(SITES.c.organisation_id == organisation_id)
        return [entity(Site, row._mapping) for row in self._connection.execute(statement)]

    def add_site(self, site: Site) -> Site:
        statements.insert_once(self._connection, SITES, values(site), "organisation_id", "name")
        found = self._connection.execute(
            select(SITES).where(
                SITES.c.organisation_id == site.organisation_id, SITES.c.name == site.name
            )
        ).one()
        return entity(Site, found._mapping)

    def site(self, site_id: int) -> Site | None:
        row = self._connection.execute(select(SITES).where(SITES.c.id == site_id)).one_or_none()
        return entity(Site, row._mapping) if row else None

    def contact(self, organisation_id: int, kind: ContactKind) -> str:
        statement = select(CONTACTS.c.words).where(
            CONTACTS.c.organisation_id == organisation_id, CONTACTS.c.kind == kind.value
        )
        return self._connection.execute(statement).scalar_one_or_none() or ""

    def set_contact(self, organisation_id: int, kind: ContactKind, words: str) -> None:
        key = {"organisation_id": organisation_id, "kind": kind.value}
        if words:
            statements.upsert(self._connection, CONTACTS, {**key, "words": words}, tuple(key))
            return
        self._connection.execute(
            delete(CONTACTS).where(
                CONTACTS.c.organisation_id == organisation_id, CONTACTS.c.kind == kind.value
            )
        )
