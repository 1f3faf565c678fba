"""What the room of events contributes."""

from __future__ import annotations

from collections.abc import Iterator

from core.events import (
    announce,
    attending_feature,
    cancel,
    change,
    draft,
    gallery,
    places,
    show,
)
from core.events import intents as do
from core.events.commands import COMMANDS
from core.events.notices import NOTICES
from core.feature import Feature, verb
from core.ui.gallery import Example

VERBS = (
    verb(do.OpenEventForm, draft.open_event_form),
    verb(do.TypeEvent, draft.type_event),
    verb(do.FillEvent, change.fill),
    verb(do.OpenEventDraft, draft.open_draft),
    verb(do.Announce, announce.announce_event),
    verb(do.DropEventDraft, draft.drop_draft),
    verb(do.ListEvents, show.list_events),
    verb(do.MyEvents, show.my_events),
    verb(do.ShowEvent, show.show_event),
    verb(do.JoinEvent, places.join_event),
    verb(do.LeaveEvent, places.leave_event),
    verb(do.ListComing, show.list_coming),
    verb(do.OpenEditEvent, change.open_edit),
    verb(do.OpenCancelEvent, cancel.open_cancel),
    verb(do.CancelEvent, cancel.cancel_event),
    verb(do.CopyEvent, change.copy_event),
)


def _examples() -> Iterator[Example]:
    yield from gallery.examples()
    yield from attending_feature.examples()


FEATURE = Feature(
    "events",
    verbs=VERBS + attending_feature.VERBS,
    commands=COMMANDS + attending_feature.COMMANDS,
    notices=NOTICES + attending_feature.NOTICES,
    jobs=attending_feature.JOBS,
    gallery=_examples,
)
