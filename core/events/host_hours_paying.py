"""Moving a host's hours from the pot, once, when the event was held."""

from __future__ import annotations

from dataclasses import replace

from core.events.host_hours_rights import deciders, pot_of
from core.events.model import Event, EventState, HostHours, HoursState
from core.events.telling import subject_of
from core.kernel.desk import Office
from core.kernel.minutes import spoken
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.holders import Holder, account_of, person_now
from core.ledger.model import Account, AccountKind, Entry, Gift, Posting, PostingKind
from core.members.model import HERE_OR_AWAY

ASKED = "events.hours-asked"
LOW = "events.hours-low"
PAID = "events.hours-paid"
BATCH = 200


def approve_room(office: Office, hours: HostHours) -> None:
    """Refuses to approve what the pot does not hold, and says so to whoever looks after it."""
    pot = account_of(office, pot_of(hours))
    if _holds(pot, hours.minutes):
        return
    room = max(0, pot.available)
    raise Refusal(
        _(
            "The pot holds {room}, and this needs {time}. Approve it once the pot holds enough.",
            room=spoken(room),
            time=spoken(hours.minutes),
        ),
        code="floor",
    )


def _holds(pot: Account, minutes: int) -> bool:
    return pot.available - minutes >= (pot.floor or 0)


def pay(office: Office, event: Event, hours: HostHours) -> HostHours | None:
    """Move approved hours, if the event was held and the pot holds enough; else None. ``event``
    and ``hours`` are held by this transaction, so that whatever is pressed, they move once."""
    if (
        hours.state is not HoursState.APPROVED
        or event.state is not EventState.OPEN
        or event.ends_at > office.now
    ):
        return None
    host = office.books.members.get(event.host_id)
    if host.state not in HERE_OR_AWAY:
        return None
    if hours.decided_by is not None and person_now(office, hours.decided_by).id == host.id:
        # Whoever approved has turned out to be the host.
        _ask_again(office, event, hours)
        return None
    pot = office.books.ledger.hold(account_of(office, pot_of(hours)).id)
    if not _holds(pot, hours.minutes):
        _tell_low(office, event, hours)
        return None
    account = account_of(office, Holder(AccountKind.MEMBER, host.id))
    by = hours.decided_by or host.id
    gift = office.books.ledger.gifts.add(Gift(pot.id, account.id, by, hours.minutes, office.now))
    office.books.ledger.post(
        Posting(
            PostingKind.GRANT,
            f"host-hours:{event.id}",
            (
                Entry(pot.id, -hours.minutes, hours.organisation_id),
                Entry(account.id, hours.minutes, event.organisation_id),
            ),
            office.now,
            gift.id,
        )
    )
    paid = office.books.host_hours.keep(replace(hours, state=HoursState.PAID))
    office.tell(PAID, subject_of(event), [host.id], {"event": event.id})
    office.changed(subject_of(event))
    return paid


def ask_again_if_shorter(office: Office, before: Event, event: Event) -> None:
    """Hours are decided about anew where ``event``, which is held, takes less time than it did:
    what was approved was meant for more."""
    found = office.books.host_hours.of_event(event.id)
    hours = office.books.host_hours.lock(found.id) if found else None
    if hours is None or event.ends_at - event.starts_at >= before.ends_at - before.starts_at:
        return
    if hours.state is HoursState.APPROVED:
        _ask_again(office, event, hours)
    elif hours.state is HoursState.ASKED:
        office.books.host_hours.keep(hours)  # cards that show the longer event decide nothing


def _ask_again(office: Office, event: Event, hours: HostHours) -> None:
    """What was approved counts no more; whoever looks after the pot is asked to decide."""
    asked = replace(hours, state=HoursState.ASKED, decided_by=None, decided_at=None)
    office.books.host_hours.keep(asked)
    office.tell(ASKED, subject_of(event), deciders(office, event, asked), {"event": event.id})
    office.changed(subject_of(event))


def _tell_low(office: Office, event: Event, hours: HostHours) -> None:
    """Tell whoever looks after the pot that it does not hold enough, once in a while."""
    if office.books.journal.claim(f"{LOW}:{hours.id}", office.now):
        office.tell(LOW, subject_of(event), deciders(office, event, hours), {"event": event.id})
        office.changed(subject_of(event))


def pay_due(office: Office) -> int:
    """Pay the hosts of events that were held; how many."""
    paid, last = 0, 0
    while due := office.books.host_hours.due(office.now, last, BATCH):
        for found in due:
            event = office.books.events.lock(found.event_id)
            hours = office.books.host_hours.lock(found.id)
            if event is not None and hours is not None:
                paid += pay(office, event, hours) is not None
        last = due[-1].id
    return paid
