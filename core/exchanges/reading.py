"""What people type or choose in the forms of an exchange, checked and turned into values."""

from __future__ import annotations

from core.exchanges.model import Exchange, Manager, Terms, WhoseTime
from core.kernel.desk import Desk
from core.kernel.durations import read_duration
from core.kernel.minutes import checked
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.intents import Unreadable

_LATEST = 5
_KEY_LONGEST = 40


def minutes_of(desk: Desk, words: str, agreed: int = 0, *, step: int = 0) -> int:
    """Minutes that may be exchanged. Refuses, on the field ``minutes``, anything else.

    The minutes ``agreed`` before are fine even where the steps have been changed since. ``step``
    stands in for the one of the policy.
    """
    if not words.strip():
        raise Refusal(_("Say how long, for example 1h30 or 45 mins."), "minutes")
    minutes = read_duration(words)
    if minutes == agreed:
        return minutes
    return checked(minutes, step or desk.policy.step_minutes)


def minutes_taken(desk: Desk, words: str, exchange: Exchange) -> int:
    """The same for what an exchange took; a share of a group's time is in whole minutes."""
    step = 1 if exchange.group_id is not None else 0
    return minutes_of(desk, words, exchange.minutes, step=step)


def terms_of(time: str, manager: str) -> Terms:
    """The terms chosen in a form; a choice that was never offered is a forgery."""
    try:
        return Terms(WhoseTime(time), Manager(manager))
    except ValueError:
        raise Unreadable from None


def last_terms(desk: Desk) -> Terms:
    """What this member said when last agreeing, to start the next form with."""
    latest, _total = desk.books.exchanges.of_member(desk.me.id, (), 0, _LATEST)
    for exchange in latest:
        given = exchange.giver_id == desk.me.id
        terms = exchange.giver_terms if given else exchange.receiver_terms
        if terms is not None:
            return terms
    return Terms()


def first_use(desk: Desk, key: str, what: str) -> bool:
    """Use a form's key up: False where this form was sent before. No key: typed, always new."""
    if not key:
        return True
    if len(key) > _KEY_LONGEST:
        raise Unreadable
    return desk.books.journal.claim(f"{what}:{desk.me.id}:{key}", desk.now)
