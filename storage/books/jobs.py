"""The clock's slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, and_, delete, func, select, update

from core.jobs.model import Run, RunState
from storage import statements
from storage.rows import entity, values
from storage.tables.columns import table_of
from storage.tables.delivery import JobRunRow

RUNS = table_of(JobRunRow)


class Jobs:
    """Satisfies ``core.jobs.book.JobBook``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(
        self,
        job: str,
        slot: datetime,
        at: datetime,
        free_at: datetime,
        *,
        caught_up: bool = False,
    ) -> Run | None:
        run = Run(job, slot, RunState.RUNNING, at, free_at, 1, caught_up)
        ours = statements.insert_once(self._connection, RUNS, values(run), "job", "slot")
        return run if ours else None

    def free(self, job: str, now: datetime) -> Sequence[Run]:
        found = select(RUNS).where(RUNS.c.job == job, RUNS.c.free_at <= now).order_by(RUNS.c.slot)
        return [entity(Run, row._mapping) for row in self._connection.execute(found)]

    def take_over(self, run: Run, at: datetime, free_at: datetime) -> Run | None:
        taken = _held(run).where(RUNS.c.free_at <= at)
        changes: dict[str, Any] = {
            "state": RunState.RUNNING.value,
            "started_at": at,
            "free_at": free_at,
            "tries": run.tries + 1,
            "done": None,
            "finished_at": None,
        }
        if not self._changed(taken, changes):
            return None
        found = select(RUNS).where(RUNS.c.job == run.job, RUNS.c.slot == run.slot)
        return entity(Run, self._connection.execute(found).one()._mapping)

    def renew(self, run: Run, free_at: datetime) -> bool:
        running = _held(run).where(RUNS.c.state == RunState.RUNNING.value)
        return self._changed(running, {"free_at": free_at})

    def finish(self, run: Run, at: datetime, done: int) -> None:
        self._ended(run, RunState.DONE, at, done=done, failed="", free_at=None)

    def fail(self, run: Run, at: datetime, failed: str, free_at: datetime | None) -> None:
        self._ended(run, RunState.FAILED, at, failed=failed, free_at=free_at)

    def hand_back(self, run: Run, at: datetime, done: int) -> None:
        left = {"free_at": at, "tries": run.tries - 1, "done": done, "finished_at": at}
        self._changed(_held(run), left)

    def skip(self, job: str, slots: Sequence[datetime], at: datetime) -> None:
        for slot in slots:
            run = Run(job, slot, RunState.SKIPPED, at, None, 0, finished_at=at)
            statements.insert_once(self._connection, RUNS, values(run), "job", "slot")

    def last(self, job: str, until: datetime | None = None) -> datetime | None:
        statement = select(func.max(RUNS.c.slot)).where(RUNS.c.job == job)
        if until is not None:
            statement = statement.where(RUNS.c.slot <= until)
        return self._connection.execute(statement).scalar_one_or_none()

    def latest(self) -> Mapping[str, Run]:
        last = select(RUNS.c.job, func.max(RUNS.c.slot).label("slot")).group_by(RUNS.c.job)
        newest = last.subquery()
        found = select(RUNS).join(
            newest, and_(newest.c.job == RUNS.c.job, newest.c.slot == RUNS.c.slot)
        )
        return {row.job: entity(Run, row._mapping) for row in self._connection.execute(found)}

    def recent(self, job: str = "", limit: int = 20) -> Sequence[Run]:
        statement = select(RUNS).order_by(RUNS.c.slot.desc(), RUNS.c.job).limit(limit)
        if job:
            statement = statement.where(RUNS.c.job == job)
        return [entity(Run, row._mapping) for row in self._connection.execute(statement)]

    def failing(self, since: datetime) -> Mapping[str, int]:
        return self._counted(RunState.FAILED, since)

    def missed(self, since: datetime) -> Mapping[str, int]:
        return self._counted(RunState.SKIPPED, since)

    def last_finished(self) -> Mapping[str, datetime]:
        rows = self._connection.execute(
            select(RUNS.c.job, func.max(RUNS.c.finished_at).label("at"))
            .where(RUNS.c.state == RunState.DONE.value, RUNS.c.finished_at.is_not(None))
            .group_by(RUNS.c.job)
        )
        return {row.job: row.at for row in rows}

    def forget_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(RUNS).where(RUNS.c.slot < moment)).rowcount

    def _counted(self, state: RunState, since: datetime) -> Mapping[str, int]:
        rows = self._connection.execute(
            select(RUNS.c.job, func.count().label("many"))
            .where(RUNS.c.state == state.value, RUNS.c.slot >= since)
            .group_by(RUNS.c.job)
        )
        return {row.job: row.many for row in rows}

    def _ended(self, run: Run, state: RunState, at: datetime, **also: Any) -> None:
        self._changed(_held(run), {"state": state.value, "finished_at": at, **also})

    def _changed(self, statement: Update, changes: Mapping[str, Any]) -> bool:
        return self._connection.execute(statement.values(changes)).rowcount == 1


def _held(run: Run) -> Update:
    """The run as long as nobody else has taken it on since."""
    return update(RUNS).where(
        RUNS.c.job == run.job, RUNS.c.slot == run.slot, RUNS.c.tries == run.tries
    )
