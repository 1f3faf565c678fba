"""What people see of leaving."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Hello
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _, plural
from core.ui.intents import Intent
from core.ui.views import Actions, Button, Heading, Item, Items, Note, Paragraph, View, view

LISTED = 5
"""How many open things of a kind are named."""


@dataclass(frozen=True, slots=True)
class OpenThings:
    """What a leaver would leave behind: a few titles of each, and how many there are."""

    exchanges: tuple[str, ...]
    exchange_count: int
    posts: tuple[str, ...]
    post_count: int
    balance: int
    organisation: str
    event_count: int = 0


def leave_view(things: OpenThings, leave: Intent, *, changed: bool = False) -> View:
    """What leaving means, with what is still open, before anything is done."""
    return view(
        Note(_("Something changed in the meantime. Check this again."), "info")
        if changed
        else None,
        Heading(_("Leave Hourbridge?")),
        *_left_behind(things),
        Paragraph(_balance(things)),
        Paragraph(
            _(
                "Your name, your words and your chats are deleted. The hours you gave and received "
                "stay in the books under your organisation, without your name. To keep a copy, "
                "type mydata first."
            )
        ),
        Note(_("This cannot be undone. If you join again, you start with no hours."), "warning"),
        Actions(
            (
                Button(_("Yes, leave Hourbridge"), leave, "leave now", "danger"),
                Button(_("No, stay"), Hello(), "home"),
            )
        ),
        summary=_("Leave Hourbridge?"),
    )


def _left_behind(things: OpenThings) -> tuple[Paragraph | Items, ...]:
    """What becomes of all that is open."""
    return (
        *_listed(
            plural(
                "{count} exchange is still open. It will be cancelled, or go to a lead if the "
                "other side waits for hours.",
                "{count} exchanges are still open. They will be cancelled, or go to a lead if the "
                "other side waits for hours.",
                things.exchange_count,
            ),
            things.exchanges,
            things.exchange_count,
        ),
        *_listed(
            plural(
                "{count} offer or ask will be closed.",
                "{count} offers and asks will be closed.",
                things.post_count,
            ),
            things.posts,
            things.post_count,
        ),
        *_listed(
            plural(
                "{count} event that you host will be cancelled, and everybody who comes is told.",
                "{count} events that you host will be cancelled, and everybody who comes is told.",
                things.event_count,
            ),
            (),
            things.event_count,
        ),
    )


def _listed(heading: Text, titles: tuple[str, ...], count: int) -> tuple[Paragraph | Items, ...]:
    if not count:
        return ()
    if not titles:
        return (Paragraph(heading),)
    shown: list[Words] = list(titles)
    if count > len(titles):
        shown.append(plural("and {count} more", "and {count} more", count - len(titles)))
    return (Paragraph(heading), Items(tuple(Item(title) for title in shown)))


def _balance(things: OpenThings) -> Text:
    if things.balance == 0:
        return _("Your balance is 0 hours, so no hours move.")
    return _(
        "Your balance is {time}. It goes to the shared pot of {organisation}.",
        time=spoken(things.balance),
        organisation=things.organisation,
    )


def left_view() -> View:
    """Goodbye."""
    return view(
        Note(_("You have left Hourbridge. Your name and your words are deleted."), "success"),
        Paragraph(_("Thank you for the time you shared. You can join again at any time.")),
    )


def nothing_to_leave_view() -> View:
    """To a visitor who asks to leave."""
    return view(
        Note(_("You have not joined, so there is nothing to leave. Nothing is kept about you."))
    )
