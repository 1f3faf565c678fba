"""From words to a draft: what was typed is understood, screened and shown before it is posted."""

from __future__ import annotations

from dataclasses import replace

from core.conversations.naming import where
from core.drafts.model import Draft
from core.events.choices import choices_for
from core.events.content import DRAFT, Content, content_of, form_of, typed_moment
from core.events.draft_views import dropped_view, preview_view
from core.events.forms import event_form
from core.events.intents import (
    DropEventDraft,
    FillEvent,
    OpenEventDraft,
    OpenEventForm,
    TypeEvent,
)
from core.events.oneline import EventLine, read_event_line
from core.events.reading import DETAILS_LONGEST, TITLE_LONGEST, kind_of, read_content
from core.events.rights import announces_for
from core.events.seeing import card, visible
from core.kernel.desk import Desk
from core.kernel.minutes import typed_minutes
from core.kernel.texts import NOTHING, Text, _
from core.safety.free_text import Doubtful, asking_first, screened_words, with_tick
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import View
from core.words import Speech

ANNOUNCED_ALREADY = _("This is announced already.")


def open_event_form(desk: Desk, intent: OpenEventForm) -> Reply:
    """An empty form, for whoever may announce."""
    kind = kind_of(intent.kind)
    return Open(event_form(FillEvent(kind=kind.value), choices_for(desk)))


def type_event(desk: Desk, intent: TypeEvent) -> Reply:
    """One typed line: a preview where it says enough, else the form with what was understood."""
    announces_for(desk)
    sites = {one.name.casefold(): one.name for one in desk.books.organisations.sites()}
    line = read_event_line(intent.words, desk.now, desk.zone, sites)
    fill = _form_of_line(line, desk.speech)
    enough = fill.title and fill.starts and fill.minutes and (fill.place or fill.link)
    try:
        if enough:
            return _kept(desk, read_content(desk, fill))
        # Screened all the same: nothing that has to be stopped comes back in a form.
        for field in ("title", "details", "place"):
            screened_words(getattr(fill, field), field, DETAILS_LONGEST, required=False)
    except Doubtful as doubt:
        return Open(with_tick(event_form(fill, choices_for(desk)), doubt.reason))
    return Open(event_form(fill, choices_for(desk)))


def _form_of_line(line: EventLine, speech: Speech) -> FillEvent:
    title = line.title[:1].upper() + line.title[1:]
    fits = len(title) <= TITLE_LONGEST
    return FillEvent(
        kind=line.kind.value,
        title=title if fits else "",
        details="" if fits else title,
        starts=typed_moment(line.starts_at, speech) if line.starts_at else "",
        minutes=typed_minutes(line.minutes) if line.minutes is not None else "",
        place=line.place,
        link=line.link,
        capacity=line.capacity,
    )


def _fill_draft(desk: Desk, intent: FillEvent) -> Reply:
    """The form, read and screened, as a draft to look at."""
    content = read_content(desk, intent)
    draft = desk.books.drafts.mine(intent.draft, desk.me.id, DRAFT) if intent.draft else None
    if draft is not None and draft.became is not None:
        return card(desk, visible(desk, draft.became), ANNOUNCED_ALREADY, tone="info")
    return _kept(desk, content, draft)


def _again(desk: Desk, intent: FillEvent) -> Form:
    return event_form(intent, choices_for(desk))


fill_draft = asking_first(_fill_draft, _again)


def _kept(desk: Desk, content: Content, draft: Draft | None = None) -> Reply:
    """The content in its draft, or in a new one, to look at before it is announced."""
    if draft is not None:
        draft = replace(draft, data=content.data())
        desk.books.drafts.save(draft)
    else:
        draft = desk.books.drafts.add(Draft(desk.me.id, DRAFT, content.data(), desk.now))
    return Say(preview(desk, draft))


def open_draft(desk: Desk, intent: OpenEventDraft) -> Reply:
    """The form with what the draft holds."""
    draft = waiting_draft(desk, intent.draft)
    if not isinstance(draft, Draft):
        return draft
    fill = form_of(content_of(draft), FillEvent(draft=draft.id), desk.speech)
    return Open(event_form(fill, choices_for(desk)))


def drop_draft(desk: Desk, intent: DropEventDraft) -> Reply:
    """Forget a draft."""
    draft = waiting_draft(desk, intent.draft)
    if not isinstance(draft, Draft):
        return draft
    desk.books.drafts.forget(draft.id)
    return Replace(dropped_view())


def waiting_draft(desk: Desk, draft_id: int) -> Draft | Reply:
    """The acting member's draft: the one a button names, or for typed words (0) the newest.
    Where it is gone, or is announced already, the answer that says so."""
    if draft_id == 0:
        draft = desk.books.drafts.newest(desk.me.id, [DRAFT])
    else:
        draft = desk.books.drafts.mine(draft_id, desk.me.id, DRAFT)
    if draft is None:
        return Replace(dropped_view())
    if draft.became is None:
        return draft
    return card(desk, visible(desk, draft.became), ANNOUNCED_ALREADY, tone="info")


def preview(desk: Desk, draft: Draft, note: Text = NOTHING) -> View:
    """What the draft says, before it is announced."""
    content = content_of(draft)
    found = (desk.books.conversations.get(one) for one in content.channels)
    channels = tuple(where(one) for one in found if one is not None)
    organisation = desk.books.organisations.get(content.organisation_id).name
    return preview_view(draft.id, content, organisation, channels, note)
