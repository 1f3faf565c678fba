"""How Slack shows a person: asked once they need it, and kept for a while."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.workspaces import Workspace

_log = logging.getLogger(__name__)

MOST = 2_000
"""Profiles kept at most; the one that was used longest ago makes room."""
SECONDS = 3_600.0
"""How long a profile is taken to be true."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person. ``zone`` is an IANA time zone, ``locale`` the language that they
    have set Slack to ("en-GB"); either is "" where Slack does not say.

    ``guest``: they see a channel or two of the workspace and are not of its organisation.
    ``enterprise`` is the Enterprise Grid that they belong to.
    """

    name: str
    zone: str
    locale: str = ""
    enterprise: str = ""
    guest: bool = False
    active: bool = True
    person: bool = True


def read_profile(user: Mapping[str, Any]) -> Profile:
    """The profile in a ``user`` object of Slack's. Anything of a wrong type is left out."""
    shown = user.get("profile")
    profile: Mapping[str, Any] = shown if isinstance(shown, Mapping) else {}
    grid = user.get("enterprise_user")
    enterprise: Mapping[str, Any] = grid if isinstance(grid, Mapping) else {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return Profile(
        name=next((name for name in names if isinstance(name, str) and name.strip()), "").strip(),
        zone=_words(user.get("tz")),
        locale=_words(user.get("locale")),
        enterprise=_words(enterprise.get("enterprise_id")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        active=not user.get("deleted"),
        person=not (user.get("is_bot") or user.get("id") == "USLACKBOT"),
    )


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


class Profiles:
    """The profiles asked for lately, by tenant and user."""

    def __init__(self, api: SlackApi, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, Profile]] = OrderedDict()

    def known(self, tenant: str, user: str) -> Profile | None:
        """The profile, if it was asked for lately."""
        found = self._kept.get((tenant, user))
        if found is None or self._clock() - found[0] > SECONDS:
            return None
        self._kept.move_to_end((tenant, user))
        return found[1]

    async def ask(self, workspace: Workspace, user: str) -> Profile | None:
        """The profile, from Slack where it is not known; None where Slack does not say."""
        known = self.known(workspace.tenant, user)
        if known is not None:
            return known
        try:
            asked = {"user": user, "include_locale": True}
            answer = await self._api.call(workspace.token, "users.info", asked, form=True)
        except SlackTrouble as trouble:
            _log.info("no profile of a visitor: %s", trouble.code)
            return None
        found = answer.get("user")
        profile = read_profile(found if isinstance(found, Mapping) else {})
        self.learn(workspace.tenant, user, profile)
        return profile

    def learn(self, tenant: str, user: str, profile: Profile) -> None:
        """Keep a profile that Slack told of its own accord, or was asked for."""
        known = self.known(tenant, user)
        if known is not None and not profile.locale:
            profile = replace(profile, locale=known.locale)  # an event does not name it
        self._kept[tenant, user] = (self._clock(), profile)
        self._kept.move_to_end((tenant, user))
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
