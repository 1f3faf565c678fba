"""An installation: a tenant let the app in and gave it a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one tenant of a platform that hands out a token for each.

    ``tenant`` is a Slack team id, or the enterprise id where ``whole``: an organisation-wide
    installation that serves every workspace of the ``enterprise``. Nothing is kept about the
    person who installed it. ``token`` and ``refresh`` are clear here and sealed in the database.
    ``expires_at`` is None for a token that does not end. ``removed_at`` is set once the app was
    taken out: the tokens are gone then, and everything else stays for a reinstall.
    """

    platform: str
    tenant: str
    name: str
    """What the tenant calls itself, for the administrator who approves it."""
    app: str
    bot: str
    bot_user: str
    scopes: tuple[str, ...]
    token: str = field(repr=False)
    installed_at: datetime
    enterprise: str = ""
    whole: bool = False
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    removed_at: datetime | None = None
    version: int = 1
    id: int = 0

    @property
    def live(self) -> bool:
        """Whether the app is in, as far as is known."""
        return self.removed_at is None


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many tokens were sealed anew, and how many the current secret had sealed already."""

    anew: int
    already: int
    lost: tuple[Installation, ...] = ()
    """The installations with a token that no secret that is set opens."""
