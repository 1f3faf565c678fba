"""The workspaces of the fake Slack: who is in them, and the app that is installed there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TOKEN = "xoxb-of-the-tests"


@dataclass
class Member:
    """An account, as ``users.info`` and ``user_change`` describe it."""

    user: str
    team: str
    name: str = "Ana Ward"
    shown_as: str = ""
    """The display name of their profile, where they have chosen one."""
    zone: str = "Europe/London"
    locale: str = "en-GB"
    deleted: bool = False
    is_bot: bool = False
    is_guest: bool = False
    enterprise: str = ""

    def shape(self) -> Json:
        """The user object. Of a deactivated account Slack tells no time zone."""
        handle = self.name.lower().replace(" ", ".")
        user: Json = {
            "id": self.user,
            "team_id": self.team,
            "name": handle,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_800_000_000,
            "profile": {
                "real_name": self.name,
                "real_name_normalized": self.name,
                "display_name": self.shown_as,
                "display_name_normalized": self.shown_as,
                "team": self.team,
            },
        }
        if self.enterprise:
            user["enterprise_user"] = {"id": self.user, "enterprise_id": self.enterprise}
        if not self.deleted:
            user |= {
                "real_name": self.name,
                "tz": self.zone,
                "tz_label": "Greenwich Mean Time",
                "tz_offset": 0,
                "locale": self.locale,
                "is_restricted": self.is_guest,
                "is_ultra_restricted": False,
            }
        return user


@dataclass
class FakeTeam:
    """A workspace (or, where ``whole``, an Enterprise Grid organisation) with the app in it.

    ``live`` is False once the app was taken out: its token works no more. While ``limited`` is
    set, Slack lets nothing through and asks for a pause of so many seconds.
    """

    team: str
    token: str = TOKEN
    enterprise: str = ""
    whole: bool = False
    bot_user: str = "U0BOT"
    bot: str = "B0BOT"
    teams: tuple[str, ...] = ()
    """The workspaces of a whole organisation."""
    live: bool = True
    limited: int | None = None
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The first part of its address."""
        return self.team.lower()

    def join(self, user: str, **more: Any) -> Member:
        """The account of ``user`` here, made where there is none."""
        member = Member(user, self.team, enterprise=self.enterprise, **more)
        return self.members.setdefault(user, member)

    def authorization(self) -> Json:
        """For whom an event is sent, as its envelope says."""
        return {
            "enterprise_id": self.enterprise or None,
            "team_id": None if self.whole else self.team,
            "user_id": self.bot_user,
            "is_bot": True,
            "is_enterprise_install": self.whole,
        }

    def identity(self) -> Json:
        """What ``auth.test`` answers."""
        return {
            "url": f"https://{self.domain}.slack.com/",
            "team": self.domain,
            "user": "hourbridge",
            "team_id": self.enterprise if self.whole else self.team,
            "user_id": self.bot_user,
            "bot_id": self.bot,
            "is_enterprise_install": self.whole,
            **({"enterprise_id": self.enterprise} if self.enterprise else {}),
        }
