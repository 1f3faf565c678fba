"""What hosts and those who decide are told about a host's hours, from what is true when sent."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.events.host_hours_rights import may_decide, seen_by
from core.events.host_hours_views import hours_card
from core.events.model import HoursState
from core.kernel.desk import Office
from core.kernel.texts import _
from core.members.model import Member
from core.ui.views import Note, View


def render_to_decider(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To somebody who looks after the pot: the card as it stands."""
    return _card(office, notice, member)


def render_low(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To the same: the event was held, and the pot does not hold what was approved."""
    low = _("The pot does not hold enough for these hours. They move once it does.")
    return _card(office, notice, member, Note(low, "warning"))


def render_to_host(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """To the host: what was decided, and later that the hours have moved."""
    return _card(office, notice, member)


def _card(
    office: Office, notice: Notice, member: Member, while_approved: Note | None = None
) -> View | Withheld:
    event = office.books.events.get(int(notice.data["event"]))
    hours = office.books.host_hours.of_event(event.id) if event else None
    if event is None or hours is None:
        return Withheld.EMPTY
    if member.id != event.host_id and not may_decide(office, event, hours, member.id):
        return Withheld.CANCELLED
    news = while_approved if hours.state is HoursState.APPROVED else None
    return hours_card(seen_by(office, event, hours, member.id), news)
