"""How fast each platform is written to: kept to by all replicas together, before it has to ask.

Microsoft: 50 requests a second for an app in one tenant, answers included ("Optimize your bot with
rate limiting in Teams"). Notices take 40 of them: answers, for which somebody waits, have the rest.
A turn that is late comes close to the next ones: then up to 50 fall within a second, and 10 more
for each further turn that another replica is late with in the same second.
Slack: one message a second in a channel, and "several hundred messages per minute per workspace"
("Rate limits"). The local page and what reaches no chat at all have no limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """``a_second`` messages to one tenant, no more than ``burst`` of them at a moment, and those
    for one recipient ``apart``."""

    a_second: float
    burst: int
    apart: timedelta

    def takes(self, many: int) -> timedelta:
        """How long a tenant is left alone after so many messages."""
        return timedelta(seconds=many / self.a_second)


UNLIMITED = Pace(float("inf"), 1_000_000, timedelta())
_CAREFUL = Pace(5.0, 5, timedelta(seconds=1))
_PACES = {
    "teams": Pace(40.0, 10, timedelta(seconds=1)),
    "slack": _CAREFUL,
    "local": UNLIMITED,
    # Where nobody is reached, nothing is sent.
    "": UNLIMITED,
}


def pace_of(platform: str) -> Pace:
    """The pace of a platform; a careful one for a platform that is not known."""
    return _PACES.get(platform, _CAREFUL)
