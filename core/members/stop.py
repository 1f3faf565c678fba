"""``stop`` and ``start``: silence but for what must be answered, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from core.home.typed import alone
from core.kernel.desk import Desk
from core.members.settings import OpenSettings, remember, snapshot
from core.members.views import started_view, stopped_view
from core.respect.intents import StartKind, StopKind
from core.respect.typed import kind_named
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply
from core.ui.views import View


@dataclass(frozen=True, kw_only=True)
class Stop(Intent):
    """Hear only what must be answered."""

    name: ClassVar[str] = "members.stop"


@dataclass(frozen=True, kw_only=True)
class Start(Intent):
    """Hear the rest again."""

    name: ClassVar[str] = "members.start"


def read_stop(rest: str) -> Intent:
    """``stop`` silences all that needs no answer; ``stop events`` one kind of message."""
    kind = kind_named(rest)
    return StopKind(family=kind.value) if kind else alone("stop", Stop)(rest)


def read_start(rest: str) -> Intent:
    """``start`` takes ``stop`` back; ``start events`` brings one kind of message back."""
    kind = kind_named(rest)
    return StartKind(family=kind.value) if kind else alone("start", Start)(rest)


def stop(desk: Desk, _intent: Stop) -> Reply:
    """Silence Hourbridge for this member. Doing it twice is doing it once."""
    return _silent(desk, stopped_view(Start()), silent=True)


def start(desk: Desk, _intent: Start) -> Reply:
    """Take ``stop`` back."""
    return _silent(desk, started_view(Stop(), OpenSettings()), silent=False)


def _silent(desk: Desk, said: View, *, silent: bool) -> Reply:
    if desk.me.silent is not silent:
        before = snapshot(desk)
        desk.member = desk.books.members.save(replace(desk.me, silent=silent))
        remember(desk, before)
    return Replace(said)
