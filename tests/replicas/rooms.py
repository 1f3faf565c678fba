"""The rooms of the program, each job of which says that it ran, and two for these tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from core.delivery.model import Family, Notice
from core.feature import Feature, House, Job, NoticeKind, house
from core.features import the_house
from core.kernel.desk import Office
from core.members.model import Member
from core.ui.views import Paragraph, View, view

DIGEST = "test.digest"
EACH_MINUTE = "test.each_minute"


def _render(_office: Office, _notice: Notice, member: Member) -> View:
    return view(Paragraph(f"What is new for {member.name}"))


def recorded_house(folder: Path, replica: str) -> House:
    """Every room. ``runs`` in ``folder`` has a line for each slot that a replica has run to its
    end."""
    runs = os.open(folder / "runs", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def recorded(job: Job) -> Job:
        return replace(job, run=_recorded(job, lambda line: os.write(runs, line), replica))

    digest = NoticeKind(DIGEST, _render, unasked=True, family=Family.DIGEST)
    minutely = Job(EACH_MINUTE, 1, lambda _office: 0, "", catch_up=timedelta(minutes=10))
    rooms = [*the_house().features, Feature("test", notices=(digest,), jobs=(minutely,))]
    return house(replace(room, jobs=tuple(recorded(job) for job in room.jobs)) for room in rooms)


def _recorded(job: Job, write: Callable[[bytes], object], replica: str) -> Callable[[Office], int]:
    def run(office: Office) -> int:
        done = job.run(office)
        if not done and office.slot is not None:
            write(f"{replica} {job.name} {office.slot.isoformat()}\n".encode())
        return done

    return run
