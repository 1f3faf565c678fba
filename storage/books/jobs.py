"""The clock's slots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from storage import statements
from storage.tables.columns import table_of
from storage.tables.delivery import JobRunRow

RUNS = table_of(JobRunRow)


class Jobs:
    """Satisfies ``core.jobs.book.JobBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, job: str, slot: datetime, at: datetime) -> bool:
        row = {"job": job, "slot": slot, "started_at": at, "done": None}
        return statements.insert_once(self._connection, RUNS, row, "job", "slot")

    def finish(self, job: str, slot: datetime, done: int) -> None:
        self._connection.execute(
            update(RUNS).where(RUNS.c.job == job, RUNS.c.slot == slot).values(done=done)
        )

    def last(self, job: str) -> datetime | None:
        statement = select(func.max(RUNS.c.slot)).where(RUNS.c.job == job)
        return self._connection.execute(statement).scalar_one_or_none()

    def forget_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(RUNS).where(RUNS.c.slot < moment)).rowcount
