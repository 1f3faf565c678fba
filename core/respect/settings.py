"""``quiet``, ``away``, ``back``, ``digest``: when, how often and about what one is written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from core.delivery.model import Family
from core.kernel.dates import read_day
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.respect.intents import (
    EndLeave,
    OpenQuiet,
    SaveQuiet,
    SetDigest,
    SetLeave,
    SetPattern,
    StartKind,
    StopKind,
)
from core.respect.keeping import checksum, keep, mine, present
from core.respect.model import Nation, Pattern, Preferences
from core.respect.reading import read_digest_time, read_last_day, read_leave, read_week
from core.respect.settings_views import CAPS, kept_view, quiet_form
from core.respect.week import digest_time
from core.respect.words import FAMILIES
from core.ui.forms import Form, filled
from core.ui.replies import Open, Reply, Say
from core.ui.views import Note

AChoice = TypeVar("AChoice", bound=StrEnum)
_SAVED = _("Your settings are saved.")


def open_quiet(desk: Desk, _intent: OpenQuiet) -> Reply:
    """The form as things stand."""
    return Open(_form(desk))


def _form(desk: Desk) -> Form:
    return quiet_form(present(desk), checksum(mine(desk)))


def save_quiet(desk: Desk, intent: SaveQuiet) -> Reply:
    """Check everything and keep it in one go; nothing is kept where one answer does not fit."""
    kept = mine(desk)
    if intent.seen != checksum(kept):
        return Open(_again(desk, intent))
    pattern = _choice(Pattern, intent.pattern, "pattern")
    kinds = {_choice(Family, one, "kinds") for one in intent.kinds}
    first, last = _leave(desk, intent, kept)
    wanted = replace(
        kept,
        pattern=pattern,
        week=_week(desk, intent, pattern),
        nation=_choice(Nation, intent.nation, "nation"),
        leave_from=first,
        leave_until=last,
        daily_cap=_cap(intent.cap, kept, present(desk).cap),
        digest=Family.DIGEST in kinds,
        off=tuple(one for one in FAMILIES if one not in kinds and one is not Family.DIGEST),
        digest_weekday=_number(intent.digest_weekday, 6, "digest_weekday"),
        digest_hour=_number(intent.digest_hour, 23, "digest_hour"),
    )
    return keep(desk, _with_digest(kept, wanted), _SAVED)


def _with_digest(kept: Preferences, wanted: Preferences) -> Preferences:
    """A digest whose time nobody chose follows the hours of the week; one that was chosen, now or
    before, outweighs them and stays."""
    chosen = (wanted.digest_weekday, wanted.digest_hour)
    if chosen != (kept.digest_weekday, kept.digest_hour) or chosen != digest_time(kept):
        return wanted
    weekday, hour = digest_time(wanted)
    return replace(wanted, digest_weekday=weekday, digest_hour=hour)


def _again(desk: Desk, intent: SaveQuiet) -> Form:
    """The form as it was filled in, where something has changed since it was opened."""
    form = filled(
        _form(desk),
        {
            "pattern": intent.pattern,
            "week": intent.week,
            "nation": intent.nation,
            "leave_from": intent.leave_from,
            "leave_until": intent.leave_until,
            "cap": intent.cap,
            "kinds": intent.kinds,
            "digest_weekday": intent.digest_weekday,
            "digest_hour": intent.digest_hour,
        },
    )
    note = Note(_("Your settings have changed since you opened this form. Check and save again."))
    return replace(form, before=(note, *form.before))


def _week(desk: Desk, intent: SaveQuiet, pattern: Pattern) -> tuple[tuple[int, ...], ...]:
    if pattern is Pattern.OWN:
        return read_week(intent.week)
    if intent.week.strip() not in ("", present(desk).week):
        raise Refusal(
            _("You have written a week of your own. Choose it here, or clear the week."), "pattern"
        )
    return ()


def _leave(desk: Desk, intent: SaveQuiet, kept: Preferences) -> tuple[date | None, date | None]:
    """The days away as the form has them. Those that stand may have begun already."""
    first, last = intent.leave_from.strip(), intent.leave_until.strip()
    if not first and not last:
        over = kept.leave_until is not None and kept.leave_until < desk.today
        return (kept.leave_from, kept.leave_until) if over else (None, None)
    start = desk.today
    if first and kept.leave_from is not None and first == kept.leave_from.isoformat():
        start = kept.leave_from
    elif first:
        start = read_day(first, desk.today, "leave_from")
    return start, read_last_day(last or start.isoformat(), start, desk.today)


def _cap(words: str, kept: Preferences, standing: str) -> int | None:
    if words not in CAPS:
        raise _not_listed("cap")
    return kept.daily_cap if words == standing else CAPS[words]


def _number(words: str, highest: int, field: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 3 and int(words) <= highest):
        raise _not_listed(field)
    return int(words)


def _choice(kind: type[AChoice], words: str, field: str) -> AChoice:
    try:
        return kind(words)
    except ValueError:
        raise _not_listed(field) from None


def _not_listed(field: str) -> Refusal:
    return Refusal(_("Choose one of these from the list."), field)


def set_pattern(desk: Desk, intent: SetPattern) -> Reply:
    """A pattern of the list, or the member's own week, from now on."""
    if intent.week:
        pattern, week = Pattern.OWN, read_week(intent.week)
    else:
        pattern = _choice(Pattern, intent.pattern, "")
        week = read_week("") if pattern is Pattern.OWN else ()
    kept = mine(desk)
    return keep(desk, _with_digest(kept, replace(kept, pattern=pattern, week=week)), _SAVED)


def set_leave(desk: Desk, intent: SetLeave) -> Reply:
    """Away on these days: all that is for the member waits until they are over."""
    first, last = read_leave(intent.days, desk.today)
    wanted = replace(mine(desk), leave_from=first, leave_until=last)
    said = _("Everything waits from {first} to {last}.", first=first, last=last)
    return keep(desk, wanted, said)


def end_leave(desk: Desk, _intent: EndLeave) -> Reply:
    """Back: what waited may come now. Days away that are over stay known, so that what waited is
    said to have come while the member was away."""
    kept = mine(desk)
    first, last = kept.leave_from, kept.leave_until
    if first is None or last is None or last < desk.today:
        return Say(kept_view(present(desk), _("You are not away.")))
    if first < desk.today:
        wanted = replace(kept, leave_until=desk.today - timedelta(days=1))
        return keep(desk, wanted, _("Welcome back. What waited for you comes now."))
    return keep(desk, replace(kept, leave_from=None, leave_until=None), _("You are not away now."))


def set_digest(desk: Desk, intent: SetDigest) -> Reply:
    """The digest on another day or at another hour; it is switched on with that."""
    weekday, hour = read_digest_time(intent.when)
    wanted = replace(mine(desk), digest=True, digest_weekday=weekday, digest_hour=hour)
    return keep(desk, wanted, _("Your digest has a new time."))


def stop_kind(desk: Desk, intent: StopKind) -> Reply:
    """No more of one kind."""
    return _switch(desk, intent.family, _("You will get no more of these."), on=False)


def start_kind(desk: Desk, intent: StartKind) -> Reply:
    """One kind again."""
    return _switch(desk, intent.family, _("You will get these again."), on=True)


def _switch(desk: Desk, family: str, said: Text, *, on: bool) -> Reply:
    kept, wanted = mine(desk), _choice(Family, family, "")
    if wanted is Family.DIGEST:
        return keep(desk, replace(kept, digest=on), said)
    if wanted not in FAMILIES:
        raise Refusal(
            _("What people write to you in an exchange always comes. Type stop to hear less.")
        )
    off = tuple(one for one in kept.off if one is not wanted)
    return keep(desk, replace(kept, off=off if on else (*off, wanted)), said)
