"""What a giver may ask for with a group, as data that buttons and forms carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenGroup(Intent):
    """The form for a new group: as typed, or for those who are at an event."""

    name: ClassVar[str] = "groups.form"
    opens_form: ClassVar[bool] = True

    words: str = ""
    event: int = 0


@dataclass(frozen=True, kw_only=True)
class ProposeGroup(Intent):
    """The form, filled in. ``people`` are names; ``members`` ids of those at the event."""

    name: ClassVar[str] = "groups.propose"
    opens_form: ClassVar[bool] = True

    event: int = 0
    key: str = ""
    title: str = ""
    minutes: str = ""
    most: str = ""
    people: str = ""
    members: tuple[str, ...] = ()
    when: str = ""
    time: str = "work"
    manager: str = "not-needed"
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class OnGroup(Intent):
    """Something done to one group. ``version`` is what the card showed, 0 for typed words."""

    group: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowGroup(OnGroup):
    """The group as it stands: for its giver all of it, for a receiver their share."""

    name: ClassVar[str] = "groups.show"


@dataclass(frozen=True, kw_only=True)
class ListGroups(Intent):
    """My groups, newest first."""

    name: ClassVar[str] = "groups.list"

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenMorePeople(OnGroup):
    """The form for more people."""

    name: ClassVar[str] = "groups.more-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class MorePeople(OnGroup):
    """More people, by name."""

    name: ClassVar[str] = "groups.more"
    opens_form: ClassVar[bool] = True

    people: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenGroupDone(OnGroup):
    """The form for "It is done": how long it took, and who was there."""

    name: ClassVar[str] = "groups.done-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class GroupDone(OnGroup):
    """It is done. Each who was there is asked to confirm a share."""

    name: ClassVar[str] = "groups.done"
    opens_form: ClassVar[bool] = True

    minutes: str = ""
    came: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CancelGroup(OnGroup):
    """It will not happen, for anybody."""

    name: ClassVar[str] = "groups.cancel"
