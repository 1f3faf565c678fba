"""What people and channels are told of an event, always from its state at the moment of sending."""

from __future__ import annotations

from core.conversations.choosing import reads_it
from core.conversations.model import Conversation
from core.delivery.model import Notice, Withheld
from core.events.model import Event
from core.events.seeing import seen, seen_by_all
from core.events.seen import Seen
from core.events.telling import ANNOUNCED, CANCELLED, CHANGED, PLACE_FREE
from core.events.views import cancelled_words, channel_view, event_view
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.kernel.texts import NOTHING, Text, _
from core.members.model import USUAL_ZONE, Member
from core.ui.views import View


def _event(office: Office, notice: Notice) -> Event | None:
    return office.books.events.get(int(notice.data["event"]))


def _card(office: Office, notice: Notice, conversation: Conversation) -> View | Withheld:
    """The card in a channel, as the event now is; it goes where readers may not come any more."""
    event = _event(office, notice)
    if event is None:
        return Withheld.CANCELLED
    registration = office.books.conversations.registration(conversation.id)
    if registration is not None and not reads_it(
        office, registration, event.organisation_id, event.open_to, event.sector
    ):
        return Withheld.CANCELLED
    zone = registration.zone if registration is not None else USUAL_ZONE
    return channel_view(seen_by_all(office, event, zone))


def _nobody(_office: Office, _notice: Notice, _member: Member) -> Withheld:
    """A new event is for channels and digests; nobody gets a message of their own about it."""
    return Withheld.CANCELLED


def _still_ahead(office: Office, notice: Notice) -> bool:
    event = _event(office, notice)
    return event is not None and seen_by_all(office, event, USUAL_ZONE).ahead


def _standing(office: Office, notice: Notice, member: Member) -> Seen | None:
    """The event as this member sees it, where it is still theirs: they host it or have or await a
    place."""
    event = _event(office, notice)
    if event is None:
        return None
    shown = seen(office, event, member)
    return shown if shown.hosting or shown.is_coming or shown.is_waiting else None


def _changed(office: Office, notice: Notice, member: Member) -> View | Withheld:
    shown = _standing(office, notice, member)
    if shown is None:
        return Withheld.CANCELLED
    return event_view(shown, _news(shown, notice), "info")


def _news(shown: Seen, notice: Notice) -> Text:
    """The news stands as long as nothing newer has happened."""
    if not shown.ahead or shown.event.sequence != notice.data["sequence"]:
        return NOTHING
    return _("The time or the place has changed. This is how it is now.")


def _cancelled(office: Office, notice: Notice, member: Member) -> View | Withheld:
    shown = _standing(office, notice, member)
    if shown is None:
        return Withheld.CANCELLED
    return event_view(shown, cancelled_words(shown), "info")


def _place_free(office: Office, notice: Notice, member: Member) -> View | Withheld:
    shown = _standing(office, notice, member)
    if shown is None:
        return Withheld.CANCELLED
    if not (shown.ahead and shown.is_coming):
        return event_view(shown)
    return event_view(shown, _("A place is free and it is yours. You are coming."))


def _still_told(office: Office, notice: Notice) -> bool:
    """A cancellation is in time until the event would have been over."""
    event = _event(office, notice)
    return event is not None and event.ends_at > office.now


NOTICES = (
    NoticeKind(ANNOUNCED, _nobody, in_time=_still_ahead, in_channel=_card),
    # They said that they come: a room that has moved, or is locked, reaches them after "stop" too,
    # and so does a place that is theirs and nobody else's.
    NoticeKind(CHANGED, _changed, essential=True, in_time=_still_ahead),
    NoticeKind(CANCELLED, _cancelled, essential=True, in_time=_still_told),
    NoticeKind(PLACE_FREE, _place_free, essential=True, in_time=_still_ahead),
)
