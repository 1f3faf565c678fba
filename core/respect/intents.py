"""What a member may ask for about when and how often they are written to, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenQuiet(Intent):
    """The form about when Hourbridge may write to me."""

    name: ClassVar[str] = "respect.form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SaveQuiet(Intent):
    """That form, filled in. ``seen`` tells the preferences that it was opened with."""

    name: ClassVar[str] = "respect.save"
    opens_form: ClassVar[bool] = True

    seen: int = 0
    pattern: str = ""
    week: str = ""
    nation: str = ""
    leave_from: str = ""
    leave_until: str = ""
    cap: str = ""
    kinds: tuple[str, ...] = ()
    digest_weekday: str = ""
    digest_hour: str = ""


@dataclass(frozen=True, kw_only=True)
class SetPattern(Intent):
    """Write to me at these times: a pattern of the list, or a week as I type it."""

    name: ClassVar[str] = "respect.pattern"

    pattern: str = ""
    week: str = ""


@dataclass(frozen=True, kw_only=True)
class SetLeave(Intent):
    """I am away on these days, as typed."""

    name: ClassVar[str] = "respect.away"

    days: str = ""


@dataclass(frozen=True, kw_only=True)
class EndLeave(Intent):
    """I am back, or am not going away after all."""

    name: ClassVar[str] = "respect.back"


@dataclass(frozen=True, kw_only=True)
class SetDigest(Intent):
    """Send my digest on this day at this hour, as typed: "Monday 9am"."""

    name: ClassVar[str] = "respect.digest"

    when: str = ""


@dataclass(frozen=True, kw_only=True)
class StopKind(Intent):
    """No more messages of this kind. ``family`` is a value of ``Family``."""

    name: ClassVar[str] = "respect.stop-kind"

    family: str = ""


@dataclass(frozen=True, kw_only=True)
class StartKind(Intent):
    """Messages of this kind again."""

    name: ClassVar[str] = "respect.start-kind"

    family: str = ""
