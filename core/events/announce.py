"""Announcing a draft: once, to everybody's list at once, and in the chosen channels."""

from __future__ import annotations

from dataclasses import replace

from core.drafts.model import Draft
from core.events.content import Content, content_of
from core.events.draft import preview, waiting_draft
from core.events.intents import Announce
from core.events.model import Event
from core.events.reading import read_channels
from core.events.rights import announces_for
from core.events.seeing import card
from core.events.telling import announce
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, plural
from core.ui.replies import Replace, Reply


def announce_event(desk: Desk, intent: Announce) -> Reply:
    """Announce the draft. A second press shows what the first one announced."""
    draft = waiting_draft(desk, intent.draft)
    if not isinstance(draft, Draft):
        return draft
    content = content_of(draft)
    try:
        _check_again(desk, content)
    except Refusal as refusal:
        return Replace(preview(desk, draft, refusal.reason))
    event = desk.books.events.add(_event(desk, content))
    desk.books.drafts.save(replace(draft, became=event.id))
    return card(desk, event, _announced(announce(desk, event, content.channels)))


def _check_again(desk: Desk, content: Content) -> None:
    """Refuse what was fine when it was written and is not any more."""
    if content.organisation_id not in {one.id for one in announces_for(desk)}:
        raise Refusal(_("You can no longer announce events for this organisation."))
    if content.starts_at <= desk.now:
        raise Refusal(_("Its start has passed. Change it first."))
    chosen = tuple(str(one) for one in content.channels)
    read_channels(desk, chosen, content.organisation_id, content.open_to, content.sector)


def _event(desk: Desk, content: Content) -> Event:
    blank = Event(
        content.kind,
        content.title,
        desk.me.id,
        content.organisation_id,
        content.starts_at,
        content.ends_at,
        desk.now,
        f"{desk.keys.nonce()}@hourbridge",
        desk.keys.nonce(),
        zone=desk.zone.key,
        copied_from=content.copied_from,
    )
    return content.laid_over(blank)


def _announced(channels: int) -> Text:
    if not channels:
        return _("Announced. People see it when they type events.")
    return plural(
        "Announced. {count} channel gets it now.",
        "Announced. {count} channels get it now.",
        channels,
    )
