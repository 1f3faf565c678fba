"""One-time codes, kept as keyed hashes, and the wrong ones that were tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from core.members.model import LinkCode
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.members import CodeRow, WrongCodeRow

CODES = table_of(CodeRow)
WRONG = table_of(WrongCodeRow)
LINK = "link"
DOWNLOAD = "download"


class Codes:
    """The part of the member book that keeps codes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_link_code(self, code: LinkCode) -> None:
        self._add(code, LINK)

    def link_code(self, digest: str) -> LinkCode | None:
        row = self._connection.execute(
            select(CODES).where(CODES.c.digest == digest, CODES.c.purpose == LINK)
        ).one_or_none()
        return entity(LinkCode, row._mapping) if row else None

    def use_link_code(self, digest: str) -> bool:
        done = self._connection.execute(
            update(CODES)
            .where(CODES.c.digest == digest, CODES.c.purpose == LINK, ~CODES.c.used)
            .values(used=True)
        )
        return done.rowcount == 1

    def add_download_code(self, code: LinkCode) -> None:
        self._add(code, DOWNLOAD)

    def use_download_code(self, digest: str, now: datetime) -> int | None:
        used = (
            update(CODES)
            .where(
                CODES.c.digest == digest,
                CODES.c.purpose == DOWNLOAD,
                ~CODES.c.used,
                CODES.c.expires_at > now,
            )
            .values(used=True)
            .returning(CODES.c.member_id)
        )
        return self._connection.execute(used).scalar_one_or_none()

    def forget_codes(self, member_id: int) -> None:
        self._connection.execute(delete(CODES).where(CODES.c.member_id == member_id))

    def forget_codes_before(self, moment: datetime) -> int:
        codes = self._connection.execute(delete(CODES).where(CODES.c.expires_at < moment))
        wrong = self._connection.execute(delete(WRONG).where(WRONG.c.at < moment))
        return codes.rowcount + wrong.rowcount

    def wrong_codes_since(self, platform: str, tenant: str, user: str, moment: datetime) -> int:
        statement = select(func.count()).where(
            WRONG.c.platform == platform,
            WRONG.c.tenant == tenant,
            WRONG.c.user == user,
            WRONG.c.at >= moment,
        )
        return self._connection.execute(statement).scalar_one()

    def count_wrong_code(self, platform: str, tenant: str, user: str, at: datetime) -> None:
        row = {"platform": platform, "tenant": tenant, "user": user, "at": at}
        statements.add(self._connection, WRONG, row)

    def _add(self, code: LinkCode, purpose: str) -> None:
        self._connection.execute(
            update(CODES)
            .where(CODES.c.member_id == code.member_id, CODES.c.purpose == purpose)
            .values(used=True)
        )
        statements.add_keyed(self._connection, CODES, values(code) | {"purpose": purpose})
