"""Installations: tokens sealed in their rows, and opened for whoever may ask with them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, or_, select, update

from core.installations.model import Installation, Resealed
from core.kernel.stale import Stale
from storage import statements
from storage.registry import TENANTS, Registry
from storage.rows import entity, values
from storage.sealing import Sealing, SealingError
from storage.tables.columns import table_of
from storage.tables.installations import InstallationRow

log = logging.getLogger("hourbridge.installations")

INSTALLATIONS = table_of(InstallationRow)
_SEALED = ("token", "refresh")


class Installations:
    """Satisfies ``core.installations.book.InstallationBook``."""

    def __init__(self, connection: Connection, registry: Registry, sealing: Sealing) -> None:
        self._connection = connection
        self._registry = registry
        self._sealing = sealing

    def find(self, platform: str, tenant: str) -> Installation | None:
        row = self._row(platform, tenant)
        if row is None:
            return None
        try:
            return entity(Installation, row, **{name: self._open(row, name) for name in _SEALED})
        except SealingError as error:
            why = str(error)
        seen = {"platform": platform, "tenant": tenant, "error": why}
        log.error("a token does not open, so its tenant counts as not installed", extra=seen)
        return None

    def known(self, platform: str, tenant: str) -> Installation | None:
        row = self._row(platform, tenant)
        return None if row is None else _bare(row)

    def all(self, platform: str = "") -> Sequence[Installation]:
        statement = select(INSTALLATIONS).order_by(INSTALLATIONS.c.installed_at, INSTALLATIONS.c.id)
        if platform:
            statement = statement.where(INSTALLATIONS.c.platform == platform)
        return [_bare(row) for row in self._connection.execute(statement).mappings()]

    def keep(self, installation: Installation) -> Installation:
        row = values(installation, ("id", "version"))
        row |= self._seal(installation) | {"removed_at": None, "renewing_until": None}
        adding = statements.dialect_insert(self._connection, INSTALLATIONS)
        keeping = (
            adding.values(**row, version=1)
            .on_conflict_do_update(
                index_elements=["platform", "tenant"],
                set_={**row, "version": INSTALLATIONS.c.version + 1},
            )
            .returning(INSTALLATIONS.c.id, INSTALLATIONS.c.version)
        )
        kept = self._connection.execute(keeping).one()
        return replace(installation, id=kept.id, version=kept.version, removed_at=None)

    def remove(self, platform: str, tenant: str, at: datetime) -> bool:
        gone = dict.fromkeys((*_SEALED, "expires_at", "renewing_until"))
        done = self._connection.execute(
            update(INSTALLATIONS)
            .where(_of(platform, tenant), INSTALLATIONS.c.removed_at.is_(None))
            .values(removed_at=at, version=INSTALLATIONS.c.version + 1, **gone)
        )
        return done.rowcount == 1

    def claim_renewal(self, installation: Installation, until: datetime, now: datetime) -> bool:
        free = or_(INSTALLATIONS.c.renewing_until.is_(None), INSTALLATIONS.c.renewing_until <= now)
        done = self._connection.execute(
            update(INSTALLATIONS).where(_as_read(installation), free).values(renewing_until=until)
        )
        return done.rowcount == 1

    def renew(
        self, installation: Installation, token: str, refresh: str, expires_at: datetime | None
    ) -> Installation:
        renewed = replace(
            installation,
            token=token,
            refresh=refresh,
            expires_at=expires_at,
            version=installation.version + 1,
        )
        done = self._connection.execute(
            update(INSTALLATIONS)
            .where(_as_read(installation))
            .values(
                **self._seal(renewed),
                expires_at=expires_at,
                renewing_until=None,
                version=renewed.version,
            )
        )
        if done.rowcount != 1:
            raise Stale
        return renewed

    def reseal(self) -> Resealed:
        # Held, so that none is renewed meanwhile. The version stays: nothing that anybody has read
        # is out of date, and who is renewing a token now must be able to keep what they get.
        found = select(INSTALLATIONS).order_by(INSTALLATIONS.c.id).with_for_update()
        anew = already = 0
        lost: dict[int, Installation] = {}
        for row in self._connection.execute(found).mappings().all():
            sealed = [name for name in _SEALED if row[name] is not None]
            older = [name for name in sealed if not self._sealing.is_current(row[name])]
            already += len(sealed) - len(older)
            for name in older:
                try:
                    self._reseal(row, name)
                    anew += 1
                except SealingError:
                    lost[row["id"]] = _bare(row)
        return Resealed(anew, already, tuple(lost.values()))

    def hold_tenant(self, platform: str, tenant: str) -> None:
        self._connection.execute(
            select(TENANTS.c.id)
            .where(TENANTS.c.platform == platform, TENANTS.c.external_id == tenant)
            .with_for_update()
        )
        self._registry.changed()

    def _row(self, platform: str, tenant: str) -> RowMapping | None:
        statement = select(INSTALLATIONS).where(_of(platform, tenant))
        return self._connection.execute(statement).mappings().one_or_none()

    def _open(self, row: RowMapping, name: str) -> str:
        sealed = row[name]
        return "" if sealed is None else self._sealing.open(sealed, _place(row, name))

    def _reseal(self, row: RowMapping, name: str) -> None:
        sealed = self._sealing.seal(self._open(row, name), _place(row, name))
        self._connection.execute(
            update(INSTALLATIONS).where(INSTALLATIONS.c.id == row["id"]).values({name: sealed})
        )

    def _seal(self, installation: Installation) -> dict[str, str | None]:
        clear = values(installation)
        return {
            name: self._sealing.seal(clear[name], _place(clear, name)) if clear[name] else None
            for name in _SEALED
        }


def _place(row: Any, name: str) -> tuple[str, str, str]:
    """Where a token belongs: one copied to another row, or another column, does not open."""
    return (row["platform"], row["tenant"], name)


def _of(platform: str, tenant: str) -> ColumnElement[bool]:
    return and_(INSTALLATIONS.c.platform == platform, INSTALLATIONS.c.tenant == tenant)


def _as_read(installation: Installation) -> ColumnElement[bool]:
    return and_(
        INSTALLATIONS.c.id == installation.id,
        INSTALLATIONS.c.version == installation.version,
        INSTALLATIONS.c.removed_at.is_(None),
    )


def _bare(row: RowMapping) -> Installation:
    return entity(Installation, row, token="", refresh="")
