"""What a reader may do with an event, as buttons."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.events.attending_views import room_code, share_time, the_numbers, tick_list
from core.events.intents import (
    CopyEvent,
    JoinEvent,
    LeaveEvent,
    ListComing,
    OpenCancelEvent,
    OpenEditEvent,
    ShowEvent,
)
from core.events.model import EventState
from core.events.seen import Seen
from core.exchanges.safety_intents import OpenReport
from core.kernel.texts import _
from core.ui.views import Button, Link


def count_me_in(shown: Seen) -> Button:
    """The button that takes a place, or one in the queue."""
    label = _("Join the queue") if shown.full else _("Count me in")
    return Button(label, JoinEvent(event=shown.event.id), f"join {shown.ref}", "primary")


def see_it(shown: Seen) -> Button:
    """The button that shows the card."""
    return Button(_("See it"), ShowEvent(event=shown.event.id), f"event {shown.ref}")


def more(shown: Seen) -> Button:
    """The button beneath a channel's card that shows what is for the presser alone."""
    return Button(_("More"), ShowEvent(event=shown.event.id), f"event {shown.ref}")


def buttons(shown: Seen) -> tuple[Button | Link, ...]:
    """All of them, the likeliest first."""
    return (*_for_comers(shown), *(_for_hosts(shown) if shown.cares else ()), *_report(shown))


def _for_comers(shown: Seen) -> tuple[Button | Link, ...]:
    found: list[Button | Link] = []
    if shown.ahead and (shown.is_coming or shown.is_waiting):
        label = _("I cannot come") if shown.is_coming else _("Leave the queue")
        leave = LeaveEvent(event=shown.event.id)
        found.append(Button(label, leave, f"leave event {shown.ref}"))
    elif shown.ahead and not shown.hosting:
        found.append(count_me_in(shown))
    if shown.ahead and shown.sees_link:
        site = urlsplit(shown.event.link).hostname or ""
        found.insert(0, Link(_("Join on {site}", site=site), shown.event.link))
    if shown.ahead and shown.calendar:
        found.append(Link(_("Add to my calendar"), shown.calendar))
    return tuple(found)


def _for_hosts(shown: Seen) -> tuple[Button | Link, ...]:
    event, ref = shown.event.id, shown.ref
    coming = Button(_("Who is coming"), ListComing(event=event), f"coming {ref}")
    copy = Button(_("Copy it"), CopyEvent(event=event), f"copy {ref}")
    numbers = the_numbers(shown.event)
    if not shown.ahead:
        if shown.event.state is EventState.CANCELLED:
            return (coming, numbers, copy)
        share = (share_time(shown.event),) if shown.shareable else ()
        return (tick_list(shown.event), numbers, coming, *share, copy)
    due = shown.now >= shown.event.ticked_from
    ticking = (room_code(shown.event), tick_list(shown.event)) if due else ()
    change = Button(_("Change it"), OpenEditEvent(event=event), f"edit {ref}")
    cancel = Button(_("Cancel it"), OpenCancelEvent(event=event), f"cancel {ref}", "danger")
    poster = (Link(_("Poster to print"), shown.poster),) if shown.poster else ()
    return (*ticking, coming, numbers, change, copy, *poster, cancel)


def _report(shown: Seen) -> tuple[Button, ...]:
    if shown.hosting or not shown.event.title:
        return ()
    about = f"event:{shown.event.id}"
    return (Button(_("Report"), OpenReport(about=about), f"report {shown.ref}"),)
