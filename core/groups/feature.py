"""What the room of group exchanges contributes."""

from __future__ import annotations

from core.events.typed import event_named
from core.feature import Command, Feature, verb
from core.groups import doing, gallery, intents, proposing, reading
from core.groups.notices import NOTICES
from core.groups.reading import read_group
from core.kernel.texts import _
from core.ui.intents import Intent

_MORE = ("more ", "mwy ")


def _read(rest: str) -> Intent:
    """``more T-7K2`` asks more people, ``V-7K2`` shares the time of an event; anything else is a
    new group in one line."""
    for word in _MORE:
        if rest.casefold().startswith(word):
            return intents.OpenMorePeople(group=read_group(rest[len(word) :].strip()))
    event, after = event_named(rest)
    if event and not after:
        return intents.OpenGroup(event=event)
    return intents.OpenGroup(words=rest)


def _read_page(rest: str) -> Intent:
    number = rest.rpartition(" ")[2]
    known = number.isascii() and number.isdigit() and len(number) < 6
    return intents.ListGroups(page=max(0, int(number) - 1) if known else 0)


FEATURE = Feature(
    "groups",
    verbs=(
        verb(intents.OpenGroup, proposing.open_group),
        verb(intents.ProposeGroup, proposing.propose),
        verb(intents.ShowGroup, reading.show_group),
        verb(intents.ListGroups, reading.list_groups),
        verb(intents.OpenMorePeople, proposing.open_more),
        verb(intents.MorePeople, proposing.more),
        verb(intents.OpenGroupDone, doing.open_done),
        verb(intents.GroupDone, doing.done),
        verb(intents.CancelGroup, doing.cancel),
    ),
    commands=(
        Command(
            ("group", "grŵp", "grwp"),
            _read,
            _("Help several people at once and share the time among them"),
            "group 1 hour run charts workshop with Ana Ward; Ben Lowe",
        ),
        Command(("groups", "grwpiau"), _read_page, _("See the groups you have helped"), "groups"),
    ),
    notices=NOTICES,
    gallery=gallery.examples,
)
