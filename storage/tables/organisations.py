"""Organisations, sites, contacts, tenants, roles and policy."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class OrganisationRow(SQLModel, table=True):
    __tablename__ = "organisations"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    sector: str
    starts: date | None = None
    ends: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="organisations.id")


class SiteRow(SQLModel, table=True):
    __tablename__ = "sites"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisations.id")
    name: str


class ContactRow(SQLModel, table=True):
    __tablename__ = "contacts"

    organisation_id: int = Field(foreign_key="organisations.id", primary_key=True)
    kind: str = Field(primary_key=True)
    words: str


class TenantRow(SQLModel, table=True):
    __tablename__ = "tenants"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    external_id: str
    state: str
    seen_at: datetime


class TenantOrganisationRow(SQLModel, table=True):
    __tablename__ = "tenant_organisations"

    tenant_id: int = Field(foreign_key="tenants.id", primary_key=True)
    organisation_id: int = Field(foreign_key="organisations.id", primary_key=True)


class RoleRow(SQLModel, table=True):
    __tablename__ = "roles"
    __table_args__ = (
        Index(
            "roles_once_for_the_system",
            "platform",
            "tenant",
            "user",
            "role",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        Index(
            "roles_once_for_an_organisation",
            "platform",
            "tenant",
            "user",
            "role",
            "organisation_id",
            unique=True,
            sqlite_where=text("organisation_id IS NOT NULL"),
            postgresql_where=text("organisation_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    tenant: str
    user: str
    role: str
    organisation_id: int | None = Field(default=None, foreign_key="organisations.id")


class PolicyRow(SQLModel, table=True):
    __tablename__ = "policy"

    name: str = Field(primary_key=True)
    value: int


class RegistryRow(SQLModel, table=True):
    """One row: the version of what the tables above hold. See ``storage.registry``."""

    __tablename__ = "registry"

    id: int | None = Field(default=None, primary_key=True)
    version: int = Field(sa_type=BigInteger)
