"""Two members who proved to be one person become one: hours and history move, one credit stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from core.events.leaving import become_one
from core.exchanges.leaving import cancel_between, open_of
from core.exchanges.model import OPEN, Exchange, ExchangeState
from core.exchanges.settling import account_of, end, locked
from core.exchanges.telling import subject_of
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.members.confirming_merge import join_confirmations
from core.members.model import HERE_OR_AWAY, LINKED, LinkCode, Member, MemberState, SkillSide
from core.members.people import be_here
from core.members.views import merge_question_view, merged_view, same_member_view
from core.ui.intents import Intent
from core.ui.replies import Reply, Say


@dataclass(frozen=True, kw_only=True)
class Merge(Intent):
    """Yes, both are me. ``proof`` is the keyed hash of the other member's one-time code."""

    name: ClassVar[str] = "members.merge"

    proof: str = ""


def ask_to_merge(desk: Desk, code: LinkCode, typed: str) -> Reply:
    """Ask before anything moves. The code stays good until it is pressed or too old."""
    other = desk.books.members.get(code.member_id)
    between = len(desk.books.exchanges.between(desk.me.id, other.id))
    return Say(merge_question_view(other.name, between, Merge(proof=code.digest), typed))


def merge(desk: Desk, intent: Merge) -> Reply:
    """Merge the acting member into the one whose code they typed; the code is used up."""
    members = desk.books.members
    code = members.link_code(intent.proof)
    if code is None:
        raise Refusal(_("I cannot find that."), code="not-found")
    if code.member_id == desk.me.id:  # a second press: the first one made them this member
        return Say(same_member_view(desk.me.name))
    both = {one: members.lock(one) for one in sorted((desk.me.id, code.member_id))}
    kept, gone = both[code.member_id], both[desk.me.id]
    if kept.state is MemberState.WAITING and gone.state in HERE_OR_AWAY:
        # What moves is stamped with the organisation that knows them.
        kept = replace(kept, organisation_id=gone.organisation_id)
    alive = kept.state in LINKED and gone.state in LINKED
    if not alive or code.expires_at <= desk.now or not members.use_link_code(code.digest):
        raise Refusal(
            _("That code no longer works. Make a new one in your other chat."), code="old-code"
        )
    cancelled = _exchanges(desk, gone, kept)
    _hours(desk, gone, kept)
    _belongings(desk, gone, kept)
    desk.member = join_confirmations(desk, gone, _tombstone(desk, gone, kept))
    if any(one.may_act for one in members.identities(kept.id)):
        desk.member = be_here(desk, desk.member)
    return Say(merged_view(kept.name, cancelled))


def _exchanges(desk: Desk, gone: Member, kept: Member) -> int:
    """Cancel open exchanges between the two and doubles on one post; move the others. How many
    were cancelled between the two."""
    books = desk.books
    between = cancel_between(desk, gone.id, kept.id)
    for doubled in _doubled(desk, gone, kept):
        exchange = locked(desk, doubled.id, OPEN)
        if exchange is not None:
            desk.changed(subject_of(end(desk, exchange, ExchangeState.CANCELLED)))
    moved = open_of(desk, gone.id)
    books.exchanges.move(gone.id, kept.id)
    books.groups.move(gone.id, kept.id)
    books.posts.move(gone.id, kept.id)
    for one in moved:
        desk.changed(subject_of(one))
    return between


def _doubled(desk: Desk, gone: Member, kept: Member) -> list[Exchange]:
    """Open exchanges of the merged member on a post, or in a group, that the kept one has an open
    exchange on too: one person has one. What is agreed already weighs more than what is only
    proposed."""
    kept_on = {_what(one, kept.id): one for one in open_of(desk, kept.id)}
    doubled: list[Exchange] = []
    for one in open_of(desk, gone.id):
        what = _what(one, gone.id)
        twin = kept_on.get(what)
        if what is None or twin is None:
            continue
        twin_is_less = (
            twin.state is ExchangeState.PROPOSED and one.state is not ExchangeState.PROPOSED
        )
        doubled.append(twin if twin_is_less else one)
    return doubled


def _what(exchange: Exchange, member_id: int) -> tuple[str, int] | None:
    """What one person has one exchange of: a post that they answered, a group that they are in."""
    if exchange.post_id is not None and exchange.proposed_by == member_id:
        return "post", exchange.post_id
    if exchange.group_id is not None and exchange.receiver_id == member_id:
        return "group", exchange.group_id
    return None


def _hours(desk: Desk, gone: Member, kept: Member) -> None:
    """Take the second opening credit back, then move what is left and what is set aside."""
    ledger = desk.books.ledger
    if ledger.account(AccountKind.MEMBER, gone.id) is None:
        return  # they waited to be let in, and never had any
    second, first = _credit(desk, gone), _credit(desk, kept)
    if first is not None and second is not None:
        _reverse_credit(desk, gone, second)
    new = account_of(desk, kept.id)
    old = ledger.hold(account_of(desk, gone.id).id)
    if old.balance:
        ledger.post(
            Posting(
                PostingKind.MERGE,
                f"merge:{gone.id}",
                (
                    Entry(old.id, -old.balance, gone.organisation_id),
                    Entry(new.id, old.balance, kept.organisation_id),
                ),
                desk.now,
                gone.id,
                bound=False,
            )
        )
    ledger.move_reserved(old.id, new.id)


def _credit(desk: Desk, member: Member) -> Posting | None:
    """The opening credit that this person still has, their own or one that came with a merge."""
    ledger = desk.books.ledger
    for one in (member, *desk.books.members.merged_from(member.id)):
        posting = ledger.by_reason(f"opening:{one.id}")
        if posting is not None and ledger.by_reason(f"merge-credit:{one.id}") is None:
            return posting
    return None


def _reverse_credit(desk: Desk, gone: Member, opening: Posting) -> None:
    ledger = desk.books.ledger
    source = ledger.open(AccountKind.SOURCE, None, None)
    minutes = sum(entry.minutes for entry in opening.entries if entry.minutes > 0)
    ledger.post(
        Posting(
            PostingKind.CORRECTION,
            f"merge-credit:{opening.subject_id}",
            (
                Entry(account_of(desk, gone.id).id, -minutes, gone.organisation_id),
                Entry(source.id, minutes),
            ),
            desk.now,
            gone.id,
            reverses_id=opening.id,
            bound=False,
        )
    )


def _belongings(desk: Desk, gone: Member, kept: Member) -> None:
    """Chats, skills, blocks, what they are still to be told and when they may be."""
    members = desk.books.members
    for side in SkillSide:
        both = dict.fromkeys((*members.skills(kept.id, side), *members.skills(gone.id, side)))
        members.set_skills(kept.id, side, tuple(both))
        members.set_skills(gone.id, side, ())
    members.move_blocks(gone.id, kept.id)
    members.forget_codes(gone.id)
    desk.books.ledger.corrections.move(gone.id, kept.id)
    become_one(desk, gone.id, kept.id)
    desk.books.conversations.hand_over(gone.id, kept.id)
    desk.books.deliveries.move(gone.id, kept.id)
    desk.books.preferences.move(gone.id, kept.id)
    desk.books.digests.forget(gone.id)
    desk.books.reminders.move(gone.id, kept.id)
    desk.books.drafts.forget_of(gone.id)
    desk.books.journal.forget_of(gone.id)


def _tombstone(desk: Desk, gone: Member, kept: Member) -> Member:
    """The kept member, with what the other chose where they had not; the other becomes a shell."""
    members = desk.books.members
    for earlier in members.merged_from(gone.id):
        members.save(replace(earlier, merged_into=kept.id))
    members.save(
        replace(
            gone,
            name="",
            contact="",
            chat_id=None,
            back_at=None,
            state=MemberState.MERGED,
            merged_into=kept.id,
        )
    )
    members.move_identities(gone.id, kept.id)
    return members.save(replace(kept, contact=kept.contact or gone.contact))
