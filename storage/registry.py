"""What every action reads and hardly anything changes, kept in memory: organisations, sites,
contacts, tenants, policy and pauses.

A row of its own holds a version that triggers renew with every change to one of these tables,
whoever makes it. Each transaction reads that version once; while it is the one in memory, the rest
need not be read. A version is never used twice, not even after a rollback, so what a transaction
saw of its own unfinished changes can never be taken for what was committed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from core.delivery.model import Pause
from core.organisations.model import ContactKind, Organisation, Site, Tenant
from core.policy.model import Policy
from core.policy.model import read as read_policy
from storage.driver import driver_of
from storage.rows import entity
from storage.tables.columns import table_of
from storage.tables.delivery import PauseRow
from storage.tables.organisations import (
    ContactRow,
    OrganisationRow,
    PolicyRow,
    RegistryRow,
    SiteRow,
    TenantOrganisationRow,
    TenantRow,
)

WATCHED = (
    "organisations",
    "sites",
    "contacts",
    "tenants",
    "tenant_organisations",
    "policy",
    "pauses",
)

REGISTRY = table_of(RegistryRow)
ORGANISATIONS = table_of(OrganisationRow)
SITES = table_of(SiteRow)
CONTACTS = table_of(ContactRow)
TENANTS = table_of(TenantRow)
SERVED = table_of(TenantOrganisationRow)
POLICY = table_of(PolicyRow)
PAUSES = table_of(PauseRow)
_PAUSES = select(PAUSES).order_by(PAUSES.c.platform, PAUSES.c.tenant)

_SQLITE = (
    "INSERT INTO registry (id, version) VALUES (1, abs(random()))",
    *(
        f"""CREATE TRIGGER {table}_renew_{verb.lower()} AFTER {verb} ON {table}
BEGIN
    UPDATE registry SET version = abs(random());
END"""
        for table in WATCHED
        for verb in ("INSERT", "UPDATE", "DELETE")
    ),
)
_POSTGRESQL = (
    "CREATE SEQUENCE registry_versions",
    "INSERT INTO registry (id, version) VALUES (1, nextval('registry_versions'))",
    """CREATE FUNCTION renew_registry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry SET version = nextval('registry_versions');
    RETURN NULL;
END
$$""",
    *(
        f"""CREATE TRIGGER {table}_renew AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION renew_registry()"""
        for table in WATCHED
    ),
)
RENEWING: dict[str, tuple[str, ...]] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
"""What a migration runs after the tables, by SQLAlchemy's name of the database."""


@dataclass(frozen=True)
class Snapshot:
    """The registry as one version has it."""

    version: int
    policy: Policy
    organisations: Mapping[int, Organisation]
    """By id, in order of name."""
    sites: tuple[Site, ...]
    """In order of name."""
    contacts: Mapping[tuple[int, ContactKind], str]
    tenants: Mapping[tuple[str, str], Tenant]
    """By platform and the platform's id."""
    pauses: tuple[Pause, ...]


class Cache:
    """The last snapshot, shared by the transactions of one store."""

    def __init__(self) -> None:
        self.last: Snapshot | None = None


class Registry:
    """The registry as one transaction sees it."""

    def __init__(self, connection: Connection, cache: Cache) -> None:
        self._connection = connection
        self._driver: Callable[..., Any] = driver_of(connection).execute
        self._cache = cache
        self._mine: Snapshot | None = None

    def now(self) -> Snapshot:
        """The registry at this moment of the transaction."""
        if self._mine is None:
            # The driver's own words: this is read in every transaction.
            version = self._driver("SELECT version FROM registry").fetchone()[0]
            last = self._cache.last
            if last is None or last.version != version:
                last = _load(self._connection, version)
                self._cache.last = last
            self._mine = last
        return self._mine

    def changed(self) -> None:
        """This transaction changed something: look again."""
        self._mine = None


def _load(connection: Connection, version: int) -> Snapshot:
    organisations = connection.execute(select(ORGANISATIONS).order_by(ORGANISATIONS.c.name))
    sites = connection.execute(select(SITES).order_by(SITES.c.name))
    contacts = connection.execute(select(CONTACTS))
    policy = connection.execute(select(POLICY))
    return Snapshot(
        version,
        read_policy({row.name: row.value for row in policy}),
        {row.id: entity(Organisation, row._mapping) for row in organisations},
        tuple(entity(Site, row._mapping) for row in sites),
        {(row.organisation_id, ContactKind(row.kind)): row.words for row in contacts},
        _tenants(connection),
        tuple(entity(Pause, row._mapping) for row in connection.execute(_PAUSES)),
    )


def _tenants(connection: Connection) -> Mapping[tuple[str, str], Tenant]:
    served: dict[int, list[int]] = {}
    for row in connection.execute(select(SERVED).order_by(SERVED.c.organisation_id)):
        served.setdefault(row.tenant_id, []).append(row.organisation_id)
    rows = connection.execute(select(TENANTS).order_by(TENANTS.c.seen_at.desc(), TENANTS.c.id))
    return {
        (row.platform, row.external_id): entity(
            Tenant, row._mapping, organisation_ids=tuple(served.get(row.id, ()))
        )
        for row in rows
    }
