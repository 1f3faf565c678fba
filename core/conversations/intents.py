"""What champions, leads and admins may ask for about channels, as data that buttons carry.

``conversation`` is our id of one that is registered; 0 is the channel that they speak in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class Here(Intent):
    """Let Hourbridge post in a channel, or change what it posts. ``words`` say what, as typed
    after "here": "digests off", "Friday 10am", "stop"; without any it is as it stands, or
    everything where nothing was posted yet."""

    name: ClassVar[str] = "conversations.here"
    kept_for_joining: ClassVar[bool] = False
    """Joining is answered elsewhere, where "here" is another place."""

    conversation: int = 0
    words: str = ""

    @property
    def posts_there(self) -> bool:
        """Not where it names a channel: of one that is registered it is known who reads it."""
        return self.conversation == 0


@dataclass(frozen=True, kw_only=True)
class ListChannels(Intent):
    """The channels that the actor looks after."""

    name: ClassVar[str] = "conversations.list"
    repeatable: ClassVar[bool] = True

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenChannel(Intent):
    """The form with everything about one channel."""

    name: ClassVar[str] = "conversations.change-form"
    opens_form: ClassVar[bool] = True

    conversation: int = 0


@dataclass(frozen=True, kw_only=True)
class SaveChannel(Intent):
    """That form, filled in. ``organisation`` is a code, or empty for the whole system."""

    name: ClassVar[str] = "conversations.change"

    conversation: int = 0
    posts: tuple[str, ...] = ()
    language: str = ""
    weekday: str = ""
    hour: str = ""
    organisation: str = ""
