"""The chat message that a post was made from: where it stands, and who is shown the way to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.callers import Caller
from core.members.model import Identity

LINK_LONGEST = 500
_QUERY = r"(?:\?[\w%&.:=@~-]*)?"
MESSAGE_LINKS = {
    "slack": rf"https://(?:[a-z0-9-]+\.)+slack\.com/archives/[\w-]+/p\d+{_QUERY}",
    "teams": rf"https://teams\.(?:microsoft\.com|cloud\.microsoft)/l/message/[\w%:@.-]+/\d+{_QUERY}",
}
"""The links to messages that each platform makes. A client hands the link in and other members
press it, so no other host passes, and no other page of these: some lead elsewhere."""
_LINKS = {platform: re.compile(link, re.ASCII) for platform, link in MESSAGE_LINKS.items()}


@dataclass(frozen=True, slots=True)
class Source:
    """A message in one chat: its platform, its tenant there, and the link to it."""

    platform: str
    tenant: str
    link: str

    def is_in(self, platform: str, tenant: str) -> bool:
        """Whether it stands in this chat."""
        return (self.platform, self.tenant) == (platform, tenant)

    def is_where_all_are(self, identities: Sequence[Identity]) -> bool:
        """Whether it stands in every one of these chats, which are some."""
        chats = {(one.platform, one.tenant) for one in identities}
        return chats == {(self.platform, self.tenant)}


def source_of(caller: Caller, link: str) -> Source | None:
    """The message behind ``link`` in the caller's own chat; None where it is no such link."""
    known = _LINKS.get(caller.platform)
    if known is None or len(link) > LINK_LONGEST or not known.fullmatch(link):
        return None
    return Source(caller.platform, caller.tenant, link)
