"""What the room of digests contributes."""

from __future__ import annotations

from core.digests import gallery
from core.digests.channel import NOTICE as IN_CHANNELS
from core.digests.intents import ShowDigest
from core.digests.personal import NOTICE as PERSONAL
from core.digests.personal import show_digest
from core.digests.planning import CATCH_UP, plan_channels, plan_personal
from core.feature import Feature, Job, verb

FEATURE = Feature(
    "digests",
    verbs=(verb(ShowDigest, show_digest),),
    notices=(PERSONAL, IN_CHANNELS),
    jobs=(
        Job("digests.plan", 60, plan_personal, "plan the digests of this hour", CATCH_UP),
        Job(
            "digests.channels", 60, plan_channels, "plan the channel digests of this hour", CATCH_UP
        ),
    ),
    gallery=gallery.examples,
)
