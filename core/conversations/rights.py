"""Who may say what is posted in a channel: champions, leads and admins."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversations.model import Registration
from core.kernel.desk import Office
from core.organisations.model import Role

_SPEAKING = frozenset((Role.CHAMPION, Role.LEAD))


@dataclass(frozen=True, slots=True)
class Rights:
    """For whom a member may speak in channels: some organisations, or the whole system."""

    organisation_ids: frozenset[int] = frozenset()
    everywhere: bool = False

    @property
    def any(self) -> bool:
        """Whether they may at all."""
        return self.everywhere or bool(self.organisation_ids)

    def may_change(self, registration: Registration) -> bool:
        """Whether what a channel is registered for is theirs to change."""
        return self.everywhere or registration.organisation_id in self.organisation_ids

    def may_announce(self, registration: Registration) -> bool:
        """Whether they may announce something there: a channel of the whole system is open to
        the champions of every organisation."""
        return self.may_change(registration) or (
            registration.organisation_id is None and bool(self.organisation_ids)
        )


def rights_of(office: Office, member_id: int) -> Rights:
    """What a member's roles let them say in channels."""
    grants = [
        grant
        for grant in office.books.roles.held_by(member_id)
        if grant.role in _SPEAKING or grant.role is Role.ADMIN
    ]
    return Rights(
        frozenset(
            grant.organisation_id
            for grant in grants
            if grant.role in _SPEAKING and grant.organisation_id is not None
        ),
        any(grant.role is Role.ADMIN or grant.organisation_id is None for grant in grants),
    )
