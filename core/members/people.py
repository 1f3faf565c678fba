"""What a chat reports of a person's account: closed, open again, another name or time zone.

A member with no open chat in which they may act is away. Nothing of theirs is taken from them:
their posts and exchanges wait, what they would be told is kept back, and all of it goes on when
they are back.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from core.events.leaving import come_back_to
from core.exchanges.pausing import pause_all_for, resume_all_for
from core.happenings import PersonChanged
from core.kernel.desk import Office
from core.kernel.refusals import Refusal
from core.kernel.stale import Stale
from core.members.model import (
    NAME_LONGEST,
    USUAL_ZONE,
    Identity,
    Member,
    MemberState,
    tidy_name,
)
from core.safety.free_text import Doubtful, screened_words


def person_changed(office: Office, happening: PersonChanged) -> None:
    """Take note of it where the person has joined; of anybody else nothing is kept.

    It says how things are now, so saying it again changes nothing.
    """
    found = _held(office, happening.platform, happening.tenant, happening.user)
    if found is None:
        return
    member, identity = found
    if happening.active:
        member, identity = come_back(office, member, identity)
        member = _in_zone(office, member, happening.zone)
        _named(office, member, identity, happening.name)
    elif identity.closed_at is None:
        office.books.members.mark(replace(identity, closed_at=office.now))
        _left_their_last_chat(office, member)


def _held(office: Office, platform: str, tenant: str, user: str) -> tuple[Member, Identity] | None:
    """The member and identity, held. Raises ``Stale`` where the two were parted meanwhile."""
    members = office.books.members
    found = members.by_identity(platform, tenant, user)
    if found is None:
        return None
    held = members.lock(found[0].id)
    again = members.by_identity(platform, tenant, user)
    if again is None or again[0].id != held.id:
        raise Stale
    return again


def _left_their_last_chat(office: Office, member: Member) -> None:
    """Away, where they may act in no other chat. A member who is suspended stays so."""
    chats = office.books.members.identities(member.id)
    if member.state is not MemberState.ACTIVE or any(one.may_act for one in chats):
        return
    office.books.members.save(replace(member, state=MemberState.AWAY))
    _show_posts_anew(office, member)
    pause_all_for(office, member.id)


def come_back(office: Office, member: Member, identity: Identity) -> tuple[Member, Identity]:
    """The identity open again, and its member here; both as they were where they are already. One
    that has yet to be confirmed brings nobody back.

    Raises ``Stale`` where the person has left meanwhile.
    """
    waits = identity.confirmation_id is not None
    if identity.closed_at is None and (waits or member.state is not MemberState.AWAY):
        return member, identity
    # What was read before they were held may be out of date: another name, or open by now.
    held = _held(office, identity.platform, identity.tenant, identity.user)
    if held is None:
        raise Stale
    member, identity = held[0], replace(held[1], closed_at=None)
    office.books.members.mark(identity)
    if identity.may_act or member.state is MemberState.WAITING:
        member = be_here(office, member)
    return member, identity


def be_here(office: Office, member: Member) -> Member:
    """Go on with everything that waited for a member one of whose chats has opened. For who waits
    to be confirmed, that is the answer alone."""
    if member.state is MemberState.AWAY:
        member = office.books.members.save(
            replace(member, state=MemberState.ACTIVE, back_at=office.now)
        )
        _show_posts_anew(office, member)
        resume_all_for(office, member.id)
        come_back_to(office, member.id)
    office.books.deliveries.wake(member.id, office.now)
    return member


def _show_posts_anew(office: Office, member: Member) -> None:
    for post in office.books.posts.of_member(member.id):
        office.changed(f"post:{post.id}")


def zone_of(words: str) -> str:
    """The time zone that a chat names, where it is one; else where the system is."""
    return words if words in _zones() else USUAL_ZONE


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _in_zone(office: Office, member: Member, zone: str) -> Member:
    """Settings do not ask for a time zone, so it is always what the chats say."""
    if zone == member.zone or zone not in _zones():
        return member
    return office.books.members.save(replace(member, zone=zone))


def _named(office: Office, member: Member, identity: Identity, shown: str) -> None:
    """Remember what the chat shows. The member takes that name only if they went by the one
    that it showed before: another name is what they chose."""
    name = name_shown(shown)
    if not name or name == identity.shown_name:
        return
    office.books.members.mark(replace(identity, shown_name=name))
    if identity.shown_name and member.name == identity.shown_name:
        office.books.members.save(replace(member, name=name))


def name_shown(words: str) -> str:
    """The name that a chat shows, tidied up; nothing where it holds what must never be here."""
    try:
        return screened_words(tidy_name(words), "name", NAME_LONGEST, required=False)
    except (Refusal, Doubtful):
        return ""
