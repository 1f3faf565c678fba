"""Giving hours of one's own, and granting them from a pot: always looked at before they move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.drafts.model import Draft
from core.kernel.desk import Desk
from core.kernel.durations import read_duration
from core.kernel.minutes import checked, spoken
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.book import FloorReached
from core.ledger.gift_views import (
    NOTE_LONGEST,
    dropped_view,
    gift_form,
    given_view,
    sure_view,
)
from core.ledger.holders import Holder, account_of, holder_line, holder_name, organisation_of
from core.ledger.holders import read_holder as read_key
from core.ledger.intents import ConfirmGift, DropGift, Give, Grant
from core.ledger.model import Account, AccountKind, Entry, Gift, Posting, PostingKind
from core.ledger.oneline import understood
from core.ledger.pots import chosen_pot, pots_of
from core.ledger.receivers import find_receivers, may_receive, nobody
from core.members.model import MemberState
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say

DRAFT = "gift"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gives how many minutes to whom, with which words."""

    giver: Holder
    receiver: Holder
    minutes: int
    note: str

    def data(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "giver": self.giver.key,
            "receiver": self.receiver.key,
            "minutes": self.minutes,
            "note": self.note,
        }


def plan_of(draft: Draft) -> Plan:
    """The plan that a draft keeps."""
    giver, receiver = read_key(draft.data["giver"]), read_key(draft.data["receiver"])
    assert giver is not None
    assert receiver is not None
    return Plan(giver, receiver, draft.data["minutes"], draft.data["note"])


def _give(desk: Desk, intent: Give) -> Reply:
    """Understand, screen, and ask "are you sure?"; open the form where something is missing."""
    intent = understood(intent)
    giver = _giver(desk, intent)
    note = screened_words(
        intent.note,
        "note",
        NOTE_LONGEST,
        kind="private",
        required=False,
        confirmed=intent.not_about_a_patient,
    )
    if giver is None or not intent.minutes.strip() or not (intent.who or intent.chosen).strip():
        return Open(_form(desk, intent))
    minutes = checked(read_duration(intent.minutes), desk.policy.step_minutes)
    receivers = _receivers(desk, intent)
    if len(receivers) > 1:
        matches = [(one.key, holder_line(desk, one)) for one in receivers]
        # The name is carried along, to be chosen for again if the choice fails.
        return Open(gift_form(replace(intent, chosen=""), matches, _sources(desk, intent)))
    to_a_person = receivers[0].kind is AccountKind.MEMBER
    plan = Plan(giver, receivers[0], minutes, note if to_a_person else "")
    account = _accounts(desk, plan)[0]
    if account.floor is not None and account.available - minutes < account.floor:
        raise _too_much(account)
    draft = desk.books.drafts.add(Draft(desk.me.id, DRAFT, plan.data(), desk.now))
    return Say(
        sure_view(
            draft.id,
            _pot_name(desk, plan),
            holder_line(desk, plan.receiver),
            minutes,
            plan.note,
            account.balance - minutes,
            unread=note != plan.note,
        )
    )


def _form(desk: Desk, intent: Give) -> Form:
    return gift_form(understood(intent), (), _sources(desk, intent))


give = asking_first(_give, _form)


def _sources(desk: Desk, intent: Give) -> list[tuple[str, Any]]:
    """The pots to choose from, for a grant."""
    if not isinstance(intent, Grant):
        return []
    return [(pot.key, holder_name(desk, pot)) for pot in pots_of(desk)]


def _giver(desk: Desk, intent: Give) -> Holder | None:
    """The caller, or the pot; None where they have yet to say which."""
    if isinstance(intent, Grant):
        return chosen_pot(desk, intent.source)
    return Holder(AccountKind.MEMBER, desk.me.id)


def _receivers(desk: Desk, intent: Give) -> list[Holder]:
    if not intent.chosen:
        return list(find_receivers(desk, intent.who))
    chosen = read_key(intent.chosen)
    if chosen is None or not may_receive(desk, chosen):
        raise nobody()
    return [chosen]


def _accounts(desk: Desk, plan: Plan) -> tuple[Account, Account]:
    if plan.giver == plan.receiver:
        raise Refusal(_("That is the same pot. Choose another, or a person."), "who", "same-pot")
    return account_of(desk, plan.giver), account_of(desk, plan.receiver)


def _pot_name(desk: Desk, plan: Plan) -> Any:
    return None if plan.giver.kind is AccountKind.MEMBER else holder_name(desk, plan.giver)


def confirm_gift(desk: Desk, intent: ConfirmGift) -> Reply:
    """Move the hours, once; a second press shows what the first one did."""
    draft = desk.books.drafts.mine(intent.draft, desk.me.id, DRAFT)
    if draft is None:
        return Replace(dropped_view())
    plan = plan_of(draft)
    if draft.became is not None:
        return _given(desk, plan, again=True)
    if plan.giver.kind is not AccountKind.MEMBER and plan.giver not in pots_of(desk):
        raise Refusal(_("You no longer look after this pot."), code="not-allowed")
    if not may_receive(desk, plan.receiver):
        raise _receiver_gone()
    giver, receiver = _accounts(desk, plan)
    gift = desk.books.ledger.gifts.add(
        Gift(giver.id, receiver.id, desk.me.id, plan.minutes, desk.now, plan.note)
    )
    desk.books.drafts.save(replace(draft, became=gift.id))
    _move(desk, plan, gift, giver)
    # Asked again, now that the accounts are held: who left meanwhile has passed their hours on.
    giving = desk.books.members.get(desk.me.id).state is MemberState.ACTIVE
    if not (giving and may_receive(desk, plan.receiver)):
        raise _receiver_gone()
    if plan.receiver.kind is AccountKind.MEMBER and plan.receiver.id is not None:
        desk.tell("ledger.gift", f"gift:{gift.id}", [plan.receiver.id], {"gift": gift.id})
    return _given(desk, plan)


def _receiver_gone() -> Refusal:
    return Refusal(_("You cannot give to them now. Nothing has moved."), code="receiver-gone")


def _move(desk: Desk, plan: Plan, gift: Gift, giver: Account) -> None:
    own = plan.giver.kind is AccountKind.MEMBER
    stamp = desk.identity.organisation_id if own else plan.giver.id
    posting = Posting(
        PostingKind.GIFT if own else PostingKind.GRANT,
        f"gift:{gift.id}",
        (
            Entry(giver.id, -plan.minutes, stamp),
            Entry(gift.receiver_account_id, plan.minutes, organisation_of(desk, plan.receiver)),
        ),
        desk.now,
        gift.id,
    )
    try:
        desk.books.ledger.post(posting)
    except FloorReached:
        raise _too_much(giver) from None


def _given(desk: Desk, plan: Plan, *, again: bool = False) -> Reply:
    left = account_of(desk, plan.giver).balance
    receiver = holder_name(desk, plan.receiver)
    return Replace(given_view(_pot_name(desk, plan), receiver, plan.minutes, left, again=again))


def _too_much(account: Account) -> Refusal:
    room = max(0, account.available - (account.floor or 0))
    if account.kind is AccountKind.MEMBER:
        reason = (
            _("You can give {room} at most. Choose a shorter time.", room=spoken(room))
            if room
            else _("You have no hours that you can give now. When you help someone, you will.")
        )
    else:
        reason = (
            _("The pot holds {room}. Choose a shorter time.", room=spoken(room))
            if room
            else _("The pot is empty.")
        )
    return Refusal(reason, "minutes", "floor")


def drop_gift(desk: Desk, intent: DropGift) -> Reply:
    """Forget the plan; what was given already stays given, and is shown."""
    draft = desk.books.drafts.mine(intent.draft, desk.me.id, DRAFT)
    if draft is not None and draft.became is not None:
        return _given(desk, plan_of(draft), again=True)
    if draft is not None:
        desk.books.drafts.forget(draft.id)
    return Replace(dropped_view())
