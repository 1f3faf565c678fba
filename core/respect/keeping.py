"""Preferences kept, with what they were before, so that ``undo`` can bring that back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from core.delivery.model import Family
from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.respect.model import Nation, Pattern, Preferences
from core.respect.reading import read_week
from core.respect.settings_views import Present, kept_view
from core.respect.words import week_words
from core.ui.replies import Replace, Reply, Say
from core.words import Speech

DEED = "respect"


def mine(desk: Desk) -> Preferences:
    """The acting member's preferences."""
    return desk.books.preferences.of(desk.me.id)


def keep(desk: Desk, wanted: Preferences, said: Text) -> Reply:
    """Keep what the member wants from now on, and say it back with all that now holds. What waits
    for them is looked at again: it may be allowed by now."""
    before = mine(desk)
    if wanted == before:
        return Say(kept_view(present(desk), _("Nothing has changed.")))
    desk.books.preferences.keep(wanted)
    desk.books.deliveries.look_again(desk.me.id, desk.now)
    deed = checksum(wanted)
    desk.did(DEED, desk.me.id, deed, {"before": _plain(before), "after": _plain(wanted)})
    return Say(kept_view(present(desk), said, undo=deed))


def undo_preferences(desk: Desk, deed: Deed) -> Reply:
    """Put preferences back, unless they were changed again since."""
    if deed.object_id != desk.me.id or _plain(mine(desk)) != deed.before["after"]:
        raise Refusal(
            _("Your settings have changed again since then. Type quiet to change them."),
            code="moved-on",
        )
    desk.books.preferences.keep(_preferences(desk.me.id, deed.before["before"]))
    desk.books.deliveries.look_again(desk.me.id, desk.now)
    return Replace(kept_view(present(desk), _("Your settings are as they were before.")))


def present(desk: Desk) -> Present:
    """The acting member's preferences as they stand."""
    preferences = mine(desk)
    return Present(
        preferences,
        desk.today,
        desk.policy.daily_cap,
        desk.me.silent,
        written_week(preferences, desk.speech),
    )


def written_week(preferences: Preferences, speech: Speech) -> str:
    """A week of one's own in the reader's words, or in English where those are not read back."""
    if preferences.pattern is not Pattern.OWN:
        return ""
    words = speech(week_words(preferences.week))
    try:
        same = read_week(words) == preferences.week
    except Refusal:
        same = False
    return words if same else Speech("en")(week_words(preferences.week))


def checksum(preferences: Preferences) -> int:
    """A number that tells these preferences from others."""
    return zlib.crc32(json.dumps(_plain(preferences), sort_keys=True).encode()) % 10**9 + 1


def _plain(preferences: Preferences) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(preferences), default=date.isoformat))
    return plain


def _preferences(member_id: int, plain: Mapping[str, Any]) -> Preferences:
    days = {name: plain[name] for name in ("leave_from", "leave_until")}
    return Preferences(
        **{
            **plain,
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
            "member_id": member_id,
            "pattern": Pattern(plain["pattern"]),
            "nation": Nation(plain["nation"]),
            "week": tuple(tuple(spans) for spans in plain["week"]),
            "off": tuple(Family(one) for one in plain["off"]),
        }
    )
