"""What is typed about events, in English and Welsh."""

from __future__ import annotations

from core.events.intents import (
    Announce,
    CopyEvent,
    ListComing,
    ListEvents,
    MyEvents,
)
from core.events.typed import on_event, read_event
from core.feature import Command
from core.home.typed import alone
from core.kernel.texts import _

COMMANDS = (
    Command(
        ("events", "digwyddiadau"),
        lambda words: ListEvents(words=words),
        _("See the events that are coming up"),
        "events",
    ),
    Command(
        ("myevents", "my events", "fy-nigwyddiadau"),
        alone("my events", MyEvents),
        _("See the events that you come to or host"),
        "myevents",
    ),
    Command(
        ("event", "digwyddiad"),
        read_event,
        _("See an event. As a champion, announce one"),
        "event learning run charts for beginners, 12 June 2pm, 1 hour, Northgate Library",
    ),
    Command(
        ("announce", "cyhoeddi"),
        alone("announce", Announce),
        _("Announce the event you have just looked at"),
        "announce",
        listed=False,
    ),
    Command(
        ("coming", "dod"),
        on_event("coming", lambda event: ListComing(event=event)),
        _("See who comes to an event, as its host"),
        "coming V-7K2",
        listed=False,
    ),
    Command(
        ("copy", "copïo", "copio"),
        on_event("copy", lambda event: CopyEvent(event=event)),
        _("Announce an event like one before, as a champion"),
        "copy V-7K2",
        listed=False,
    ),
)
