"""``leave``: what is open first, then goodbye: the person goes, the hours stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from core.conversations.posting import left_behind
from core.delivery.model import Withheld
from core.events.leaving import hosted_ahead, step_back
from core.exchanges.leaving import close_all_for
from core.exchanges.model import OPEN
from core.exchanges.settling import pass_hours_on
from core.kernel.desk import Desk
from core.ledger.model import AccountKind
from core.members.confirming import forget
from core.members.entering import identity_words
from core.members.leaving_views import (
    LISTED,
    OpenThings,
    leave_view,
    left_view,
    nothing_to_leave_view,
)
from core.members.model import Member, MemberState, SkillSide
from core.posts.model import PostState
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply, Say
from core.ui.views import View


@dataclass(frozen=True, kw_only=True)
class Leave(Intent):
    """What leaving would mean; nothing is done yet."""

    name: ClassVar[str] = "members.leave"


@dataclass(frozen=True, kw_only=True)
class LeaveNow(Intent):
    """Yes, leave. A button names the member and version it was shown for; typed words do not."""

    name: ClassVar[str] = "members.leave-now"

    member: int = 0
    version: int = 0


def read_leave(words: str) -> Intent:
    """``leave`` asks; ``leave now`` is sure."""
    return LeaveNow() if words.casefold() in {"now", "nawr", "rwan", "rŵan"} else Leave()


def leave(desk: Desk, _intent: Leave) -> Reply:
    """List what is open and ask. Open to visitors, who have nothing to leave but a greeting."""
    if desk.member is None:
        return _forget_visitor(desk)
    return Say(_question(desk))


def leave_now(desk: Desk, intent: LeaveNow) -> Reply:
    """Close, move and forget, in one transaction."""
    if desk.member is None:
        return _forget_visitor(desk)
    if intent.member and (intent.member, intent.version) != (desk.me.id, desk.me.version):
        return Replace(_question(desk, changed=True))
    member = desk.books.members.lock(desk.me.id)
    close_all_for(desk, member.id)
    _close_posts(desk, member)
    step_back(desk, member.id)
    if member.state is not MemberState.WAITING:  # else there are no hours, and never were
        pass_hours_on(desk, member, f"leaving:{member.id}")
        _remember_keys(desk, member)
    forget(desk, member)
    _forget(desk, member)
    return Replace(left_view())


def _forget_visitor(desk: Desk) -> Reply:
    caller = desk.caller
    desk.books.members.forget_visitor(caller.platform, caller.tenant, caller.user)
    return Say(nothing_to_leave_view())


def _question(desk: Desk, *, changed: bool = False) -> View:
    me, books = desk.me, desk.books
    exchanges, count = books.exchanges.of_member(me.id, tuple(OPEN), limit=LISTED)
    posts = books.posts.of_member(me.id)
    account = books.ledger.account(AccountKind.MEMBER, me.id)
    things = OpenThings(
        tuple(one.title for one in exchanges),
        count,
        tuple(one.title for one in posts[:LISTED]),
        len(posts),
        account.balance if account else 0,
        books.organisations.get(me.organisation_id).name,
        len(hosted_ahead(desk, me.id)),
    )
    return leave_view(things, LeaveNow(member=me.id, version=me.version), changed=changed)


def _close_posts(desk: Desk, member: Member) -> None:
    for post in desk.books.posts.of_member(member.id):
        locked = desk.books.posts.lock(post.id)
        if locked is not None and locked.state is PostState.OPEN:
            desk.books.posts.save(replace(locked, state=PostState.CLOSED))
            desk.changed(f"post:{post.id}")


def _remember_keys(desk: Desk, member: Member) -> None:
    """A keyed hash of each chat identity, so that nobody gets a second opening credit."""
    for one in desk.books.members.identities(member.id):
        digest = desk.keys.digest("leaver", identity_words(one))
        desk.books.members.remember_leaver(digest, desk.now)


def _forget(desk: Desk, member: Member) -> None:
    """Everything that says who this was. The shell that stays keeps the history whole."""
    books = desk.books
    for life in (member, *books.members.merged_from(member.id)):
        books.posts.forget_words_of(life.id)
        books.exchanges.forget_words_of(life.id)
        books.events.forget_words_of(life.id)
        books.groups.forget(life.id)
        books.ledger.gifts.forget_words_of(life.id)
        books.ledger.corrections.forget_words_of(life.id)
        books.deliveries.cancel_for(life.id, Withheld.CANCELLED)
        books.drafts.forget_of(life.id)
        books.journal.forget_of(life.id)
        books.digests.forget(life.id)
        books.reminders.forget(life.id)
    for side in SkillSide:
        books.members.set_skills(member.id, side, ())
    for grant in books.roles.held_by(member.id, resting=True):
        books.roles.revoke(grant)
    books.members.forget_blocks(member.id)
    books.members.forget_codes(member.id)
    books.preferences.forget(member.id)
    desk.member = books.members.save(
        replace(member, name="", contact="", chat_id=None, back_at=None, state=MemberState.LEFT)
    )
    left_behind(desk, member.id)
    books.members.forget_identities(member.id)
