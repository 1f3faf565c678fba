"""What is kept of members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.members.confirmation import Confirmation
from core.members.model import Identity, LinkCode, Member, SkillSide, Visitor


class ConfirmationBook(Protocol):
    """Who works where they say they do. A change of one is made while its member is held."""

    def add(self, confirmation: Confirmation) -> Confirmation:
        """Keep a new confirmation; the id comes back with it."""
        ...

    def get(self, confirmation_id: int) -> Confirmation | None:
        """The confirmation with this id."""
        ...

    def about(self, member_id: int, organisation_id: int) -> Confirmation | None:
        """The one confirmation of this member and this organisation."""
        ...

    def of_member(self, member_id: int) -> Sequence[Confirmation]:
        """All of a member's, the first asked first."""
        ...

    def waiting(self, organisation_ids: Sequence[int] | None = None) -> Sequence[Confirmation]:
        """Everything that is still to be decided, by anybody or by these organisations, the first
        asked first."""
        ...

    def asked(self) -> Sequence[int]:
        """Ids of the organisations that have something to decide."""
        ...

    def save(self, confirmation: Confirmation) -> Confirmation:
        """Keep ``confirmation`` as it is now."""
        ...

    def forget(self, confirmation_id: int) -> None:
        """Delete one."""
        ...


class MemberBook(Protocol):
    """Members, their identities and skills, visitors, and link codes."""

    @property
    def confirmations(self) -> ConfirmationBook:
        """Who has been confirmed, and who waits for it."""
        ...

    def by_identity(self, platform: str, tenant: str, user: str) -> tuple[Member, Identity] | None:
        """The member behind a chat identity, and that identity."""
        ...

    def get(self, member_id: int) -> Member:
        """The member with this id."""
        ...

    def lock(self, member_id: int) -> Member:
        """The same, held until the transaction ends."""
        ...

    def many(self, member_ids: Sequence[int]) -> dict[int, Member]:
        """Members by id."""
        ...

    def add(self, member: Member) -> Member:
        """Keep a new member; the id comes back with it."""
        ...

    def save(self, member: Member) -> Member:
        """Keep ``member`` as the next version; raises ``Stale`` if it changed since it was read."""
        ...

    def named(self, words: str, organisation_words: str = "", limit: int = 10) -> Sequence[Member]:
        """Active members whose name holds every word of ``words``, by name."""
        ...

    def add_identity(self, identity: Identity) -> Identity:
        """Keep a new identity of a member."""
        ...

    def identities(self, member_id: int) -> Sequence[Identity]:
        """A member's identities, the last used first."""
        ...

    def identities_of(self, member_ids: Sequence[int]) -> Mapping[int, Sequence[Identity]]:
        """The same for several members, in one query."""
        ...

    def touch(self, identity: Identity) -> None:
        """Keep an identity's address, organisation and last use."""
        ...

    def mark(self, identity: Identity) -> None:
        """Keep whether an identity is closed, and the name that its chat shows."""
        ...

    def place(self, identity: Identity) -> None:
        """Keep the organisation that an identity acts for, what has to be confirmed before it may
        act, and its last use."""
        ...

    def move_identities(self, from_member: int, to_member: int) -> None:
        """Give all identities of one member to another."""
        ...

    def forget_identities(self, member_id: int) -> None:
        """Delete the identities of a member who leaves."""
        ...

    def skills(self, member_id: int, side: SkillSide) -> tuple[str, ...]:
        """The skills on one side, in the order given."""
        ...

    def set_skills(self, member_id: int, side: SkillSide, skills: Sequence[str]) -> None:
        """Replace the skills on one side."""
        ...

    def visitor(self, platform: str, tenant: str, user: str) -> Visitor | None:
        """Someone who was greeted and has not joined."""
        ...

    def save_visitor(self, visitor: Visitor) -> None:
        """Keep or replace a visitor."""
        ...

    def forget_visitor(self, platform: str, tenant: str, user: str) -> None:
        """Delete a visitor: they joined, or time is up."""
        ...

    def forget_visitors_before(self, moment: datetime) -> int:
        """Delete visitors greeted before ``moment``, and what was kept for people who were let in
        or turned down before then; how many visitors."""
        ...

    def add_link_code(self, code: LinkCode) -> None:
        """Keep a code; the member's older codes end."""
        ...

    def link_code(self, digest: str) -> LinkCode | None:
        """The code with this digest, used or not."""
        ...

    def use_link_code(self, digest: str) -> bool:
        """Use a code up; False where it was used already."""
        ...

    def wrong_codes_since(self, platform: str, tenant: str, user: str, moment: datetime) -> int:
        """How many wrong codes this identity gave since ``moment``."""
        ...

    def count_wrong_code(self, platform: str, tenant: str, user: str, at: datetime) -> None:
        """Count one wrong code."""
        ...

    def remember_leaver(self, digest: str, at: datetime) -> None:
        """Keep the keyed hash of an identity that had an opening credit."""
        ...

    def left_before(self, digest: str) -> bool:
        """Whether an identity with this keyed hash left earlier."""
        ...

    def block(self, blocker: int, blocked: int) -> None:
        """``blocker`` no longer hears from or meets ``blocked``."""
        ...

    def unblock(self, blocker: int, blocked: int) -> None:
        """Take a block back."""
        ...

    def blocked_either_way(self, member_id: int) -> frozenset[int]:
        """Everyone who blocked this member or whom they blocked."""
        ...

    def blocked_by(self, member_id: int) -> Sequence[int]:
        """Whom this member blocked."""
        ...

    def merged_from(self, member_id: int) -> Sequence[Member]:
        """The tombstones of members who proved to be this one."""
        ...

    def move_blocks(self, from_member: int, to_member: int) -> None:
        """Blocks by and of one member become the other's; nobody blocks themselves."""
        ...

    def forget_blocks(self, member_id: int) -> None:
        """Delete the blocks by and of a member who leaves."""
        ...

    def add_download_code(self, code: LinkCode) -> None:
        """Keep a code for the member's own data; their older ones end."""
        ...

    def use_download_code(self, digest: str, now: datetime) -> int | None:
        """Use a download code up: the member's id; None where unknown, used or past its time."""
        ...

    def forget_codes(self, member_id: int) -> None:
        """Delete all codes of a member."""
        ...

    def forget_codes_before(self, moment: datetime) -> int:
        """Delete codes that ended, and wrong codes counted, before ``moment``; how many."""
        ...
