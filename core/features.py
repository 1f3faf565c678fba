"""The one list of rooms. A room that is not here does not exist; one that fails stops the start."""

from __future__ import annotations

from core.conversations.feature import FEATURE as CONVERSATIONS
from core.digests.feature import FEATURE as DIGESTS
from core.events.feature import FEATURE as EVENTS
from core.exchanges.feature import FEATURE as EXCHANGES
from core.feature import House, house
from core.groups.feature import FEATURE as GROUPS
from core.home.feature import FEATURE as HOME
from core.installations.feature import FEATURE as INSTALLATIONS
from core.ledger.feature import FEATURE as LEDGER
from core.members.feature import FEATURE as MEMBERS
from core.posts.feature import FEATURE as POSTS
from core.reminders.feature import FEATURE as REMINDERS
from core.respect.feature import FEATURE as RESPECT
from core.upkeep.feature import FEATURE as UPKEEP

FEATURES = (
    HOME,
    POSTS,
    EXCHANGES,
    GROUPS,
    EVENTS,
    LEDGER,
    MEMBERS,
    RESPECT,
    DIGESTS,
    REMINDERS,
    INSTALLATIONS,
    CONVERSATIONS,
    UPKEEP,
)


def the_house() -> House:
    """All rooms together."""
    return house(FEATURES)
