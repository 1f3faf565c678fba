"""A member is a person, once; an identity is that person in one chat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.callers import NOWHERE, Address

NAME_LONGEST = 80
SHOWN_LONGEST = 256
"""Characters of a chat's display name that are looked at. No directory holds a longer one."""
USUAL_ZONE = "Europe/London"


class MemberState(StrEnum):
    """Where a member stands. A merged or left member is a tombstone that keeps history whole.

    An away member has no chat that is open: what they have here waits until they are back. A
    waiting one is no member yet: nobody meets them until an organisation has confirmed them.
    """

    WAITING = "waiting"
    ACTIVE = "active"
    AWAY = "away"
    SUSPENDED = "suspended"
    LEFT = "left"
    MERGED = "merged"


HERE_OR_AWAY = frozenset((MemberState.ACTIVE, MemberState.AWAY))
"""Who is a member still, and can be met again."""
LINKED = HERE_OR_AWAY | {MemberState.WAITING}
"""Whose code for another chat works. Who waits may prove in another chat who they are."""
READERS = frozenset((MemberState.ACTIVE, MemberState.WAITING))
"""Who is written to. To somebody who waits, that is only what becomes of their waiting."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the timebank. No band, grade, salary or job title, here or anywhere.

    ``contact`` is what they chose to share after an agreement. ``silent`` is the answer to "stop":
    only what they must answer reaches them. ``chat_id`` is the identity they want notices in; none
    means the one used last. ``organisation_id`` is the organisation of the identity used last.
    ``zone`` is what their chats say it is. ``back_at`` is when they last came back from being away.
    """

    name: str
    language: str
    organisation_id: int
    joined_at: datetime
    state: MemberState = MemberState.ACTIVE
    zone: str = USUAL_ZONE
    contact: str = ""
    silent: bool = False
    wants_asks: bool = True
    wants_offers: bool = False
    chat_id: int | None = None
    merged_into: int | None = None
    back_at: datetime | None = None
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """(platform, tenant, user) of a member, with the organisation they act for there.

    ``closed_at`` is set while their account in that chat is closed. ``shown_name`` is the name that
    the chat last showed for them, as ``tidy_name`` leaves it. ``confirmation_id`` names what has to
    be confirmed before they may act here; none for everybody who may.
    """

    platform: str
    tenant: str
    user: str
    member_id: int
    organisation_id: int
    address: Address = NOWHERE
    last_used_at: datetime | None = None
    closed_at: datetime | None = None
    shown_name: str = ""
    confirmation_id: int | None = None
    id: int = 0

    @property
    def may_act(self) -> bool:
        """Whether its person takes part through it: it is open, and waits for nobody's word."""
        return self.closed_at is None and self.confirmation_id is None


class SkillSide(StrEnum):
    """Which side of an exchange a skill is on, for one member."""

    CAN_HELP = "can-help"
    WOULD_LIKE = "would-like"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone greeted who has not joined: what they had typed waits as an intent's wire."""

    platform: str
    tenant: str
    user: str
    greeted_at: datetime
    pending: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A one-time code, kept as a keyed hash."""

    digest: str
    member_id: int
    expires_at: datetime
    used: bool = False


_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SURNAME_FIRST = re.compile(r"^(?P<surname>[^,]+),\s*(?P<first>[^,\s]+)(?P<rest>.*)$")


def tidy_name(shown: str) -> str:
    """A first guess at a person's name from a chat's display name, for them to correct.

    NHS directories write "WARD, Ana (NORTHGATE TRUST) Consultant": the surname in capitals first,
    then brackets with the organisation, then a role, which is not for us to show.
    """
    shown = shown[:SHOWN_LONGEST]
    bare = _BRACKETS.split(shown)[0] if _BRACKETS.search(shown) else shown
    bare = re.split(r"\s[-–|]\s", bare)[0]
    found = _SURNAME_FIRST.match(bare.strip())
    if found:
        bare = f"{found['first']} {found['surname']}"
    words = [
        word.capitalize() if word.isupper() and len(word) > 2 else word for word in bare.split()
    ]
    return " ".join(words)[:NAME_LONGEST]
