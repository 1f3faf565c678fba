"""What a claimed batch has to know of its notices and its readers, read all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.delivery.model import Delivery, Notice
from core.kernel.desk import Office
from core.members.model import Identity, Member, MemberState
from core.respect.model import Preferences


@dataclass(frozen=True, slots=True)
class Facts:
    """Notices by id; members, their chats (the last used first) and preferences by member."""

    notices: Mapping[int, Notice]
    members: Mapping[int, Member]
    chats: Mapping[int, Sequence[Identity]]
    preferences: Mapping[int, Preferences]


def read_facts(office: Office, deliveries: Sequence[Delivery]) -> Facts:
    """What is true now, in a query for each kind of thing."""
    notices = office.books.deliveries.notices([one.notice_id for one in deliveries])
    ids = sorted({one.member_id for one in deliveries if one.member_id is not None})
    if not ids:
        return Facts(notices, {}, {}, {})
    return Facts(
        notices,
        _readers(office, ids),
        office.books.members.identities_of(ids),
        office.books.preferences.many(ids),
    )


def _readers(office: Office, ids: Sequence[int]) -> Mapping[int, Member]:
    """Whoever the notices are for. One who is away is held: they may be coming back right now, and
    then what waits for them is looked at after this, or not withheld at all."""
    members = dict(office.books.members.many(ids))
    for member_id in ids:
        if members[member_id].state is MemberState.AWAY:
            members[member_id] = office.books.members.lock(member_id)
    return members
