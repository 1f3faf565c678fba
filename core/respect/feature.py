"""What the room of respect contributes."""

from __future__ import annotations

from core.feature import Command, Feature, Undoer, verb
from core.kernel.texts import _
from core.respect import gallery, settings, typed
from core.respect import intents as do
from core.respect.keeping import DEED, undo_preferences
from core.respect.merging import NOTICES

FEATURE = Feature(
    "respect",
    verbs=(
        verb(do.OpenQuiet, settings.open_quiet),
        verb(do.SaveQuiet, settings.save_quiet),
        verb(do.SetPattern, settings.set_pattern),
        verb(do.SetLeave, settings.set_leave),
        verb(do.EndLeave, settings.end_leave),
        verb(do.SetDigest, settings.set_digest),
        verb(do.StopKind, settings.stop_kind),
        verb(do.StartKind, settings.start_kind),
    ),
    commands=(
        Command(
            ("quiet", "tawel"),
            typed.read_quiet,
            _("Say when Hourbridge may write to you: any time, night shifts, or your own week"),
            "quiet Mon-Fri 9am to 5pm",
        ),
        Command(
            ("away", "absennol"),
            typed.read_away,
            _("Say when you are on leave. Everything waits until you are back"),
            "away 3 August to 17 August",
        ),
        Command(
            ("back", "yn-ol", "yn-ôl", "yn ol", "yn ôl"),
            typed.read_back,
            _("Say that you are back, and get what has waited for you"),
            "back",
        ),
        Command(
            ("digest", "crynodeb"),
            typed.read_digest,
            _("See your digest, or choose when it comes each week. Type digest off to stop it"),
            "digest Monday 9am",
        ),
    ),
    notices=NOTICES,
    undoers=(Undoer(DEED, undo_preferences),),
    gallery=gallery.examples,
)
