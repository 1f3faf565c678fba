"""What somebody may do while their organisation is still to confirm them.

The rule: what a visitor may do, and what concerns nobody but themselves. It is kept at the gate
alone, so a new verb is closed to them until somebody opens it here.
"""

from __future__ import annotations

from dataclasses import replace

from core.commands import PlainWords
from core.kernel.desk import Desk
from core.kernel.stale import Stale
from core.kernel.texts import NOTHING, Text
from core.members.belonging import living, succession
from core.members.confirmation import Confirmation, ConfirmationState
from core.members.confirming import asks, held, let_in
from core.members.confirming_intents import ChooseOrganisation, OpenOrganisation
from core.members.greeting import why_not_kept
from core.members.link import GiveLinkCode
from core.members.merge import Merge
from core.members.model import Identity, Member
from core.members.mydata import MyData
from core.members.settings import SetLanguage
from core.members.standing import standing
from core.members.stop import Start, Stop
from core.ui.intents import Intent, to_wire
from core.ui.replies import Reply, Say

OPEN_TO_THEM: frozenset[type[Intent]] = frozenset(
    (
        ChooseOrganisation,
        GiveLinkCode,
        Merge,
        MyData,
        OpenOrganisation,
        SetLanguage,
        Start,
        Stop,
    )
)
"""Nothing that others see, and nothing that moves hours."""
_STANDS = frozenset((ConfirmationState.WAITING, ConfirmationState.DECLINED))


def let_in_unasked(desk: Desk, identity: Identity) -> bool:
    """Let an identity in that waits for what nobody asks any more: policy has changed, or the
    tenant is left to one organisation. An organisation's "no" stands, and one that has ended or has
    gone from the tenant is not theirs to act for: they choose again."""
    if asks(desk):
        return False
    question = held(desk, identity.confirmation_id or 0)
    if question is None or not question.waits or not _served(desk, question):
        return False
    let_in(desk, question, ConfirmationState.UNNEEDED)
    return True


def _served(desk: Desk, question: Confirmation) -> bool:
    line = {one.id for one in succession(desk, question.organisation_id)}
    runs = living(desk, question.organisation_id) is not None
    return runs and not line.isdisjoint(desk.organisation_ids)


def wait_here(
    desk: Desk, intent: Intent, member: Member, identity: Identity, *, visitors: bool
) -> Reply | None:
    """How it stands, in place of what was asked for; nothing where that is open to them. The desk
    knows who is acting either way."""
    address = desk.caller.address.after(identity.address)
    if address != identity.address:
        identity = replace(identity, address=address)
        desk.books.members.touch(identity)
    desk.member, desk.identity_or_none = member, identity
    if visitors or type(intent) in OPEN_TO_THEM:
        return None
    question = held(desk, identity.confirmation_id or 0)
    if question is None or question.state not in _STANDS:
        raise Stale  # decided, or chosen anew, a moment ago
    question, unkept = _kept(desk, question, intent)
    return Say(standing(desk, question, unkept))


def _kept(desk: Desk, question: Confirmation, intent: Intent) -> tuple[Confirmation, Text]:
    """The question with what was typed last; where it may not be kept, why."""
    if not intent.kept_for_joining or isinstance(intent, PlainWords):
        return question, NOTHING
    unkept = why_not_kept(intent)
    if unkept:
        return question, unkept
    kept = replace(question, pending=to_wire(intent))
    return desk.books.members.confirmations.save(kept), NOTHING
