"""From words to a draft: what was typed is understood, screened and shown before it is posted."""

from __future__ import annotations

from dataclasses import replace

from core.drafts.model import Draft
from core.kernel.desk import Desk
from core.kernel.texts import NOTHING, Text, _
from core.posts.content import (
    LONGEST_SKILLS,
    Content,
    content_of,
    form_of_content,
    form_of_line,
    kind_of,
    read_content,
    read_typed,
)
from core.posts.forms import post_form
from core.posts.intents import AddSkill, DropDraft, FillPost, OpenDraft, OpenPostForm, TypePost
from core.posts.model import PostKind, PostState
from core.posts.oneline import read_line
from core.posts.places import site_names
from core.posts.show import own, shown
from core.posts.source import source_of
from core.posts.views import dropped_view, post_view, preview_view
from core.safety.free_text import Doubtful, asking_first, with_tick
from core.skills.finder import find
from core.skills.model import Findings
from core.skills.taxonomy import SKILLS
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note, View

POSTED_ALREADY = _("This is posted already.")


def open_post_form(_desk: Desk, intent: OpenPostForm) -> Reply:
    """An empty form."""
    return Open(post_form(FillPost(kind=kind_of(intent.kind).value)))


def type_post(desk: Desk, intent: TypePost) -> Reply:
    """One typed line: a preview where it says enough, else the form with what was understood."""
    kind = kind_of(intent.kind)
    if not intent.words:
        return Open(post_form(FillPost(kind=kind.value)))
    sites = site_names(desk.books.organisations.sites())
    line = read_line(intent.words, desk.today, sites)
    try:
        read = read_typed(desk, kind, line)
    except Doubtful as doubt:
        return Open(with_tick(post_form(form_of_line(desk, kind, line)), doubt.reason))
    if read is None:
        return Open(post_form(form_of_line(desk, kind, line)))
    return _kept(desk, *read)


def _fill_post(desk: Desk, intent: FillPost) -> Reply:
    """The form, read and screened, as a draft to look at."""
    content, findings = read_content(desk, intent)
    draft = None
    if intent.draft:
        draft = desk.books.drafts.mine(intent.draft, desk.me.id, content.kind.value)
    if draft is None:
        source = source_of(desk.caller, intent.source)
        return _kept(desk, replace(content, source=source), findings)
    if draft.became is not None:
        return _change_instead(desk, intent, draft.became)
    return _kept(desk, replace(content, source=content_of(draft).source), findings, draft)


def _change_instead(desk: Desk, intent: FillPost, post_id: int) -> Reply:
    """The draft was posted while its form was open: what was typed may change the post."""
    post = own(desk, post_id)
    if post.state is not PostState.OPEN:
        return Replace(post_view(shown(desk, post), POSTED_ALREADY, "info"))
    form = post_form(replace(intent, draft=0, post=post.id, version=post.version))
    news = Note(_("This is posted already. Save to change what others see."))
    return Open(replace(form, before=(news, *form.before)))


def _kept(desk: Desk, content: Content, findings: Findings, draft: Draft | None = None) -> Reply:
    """The content in its draft, or in a new one, to look at before it is posted."""
    if draft is not None:
        draft = replace(draft, data=content.data())
        desk.books.drafts.save(draft)
    else:
        new = Draft(desk.me.id, content.kind.value, content.data(), desk.now)
        draft = desk.books.drafts.add(new)
    return Say(preview(desk, draft, findings))


def _again(_desk: Desk, intent: FillPost) -> Form:
    return post_form(intent)


fill_post = asking_first(_fill_post, _again)


def open_draft(desk: Desk, intent: OpenDraft) -> Reply:
    """The form with what the draft holds."""
    draft = waiting_draft(desk, intent.draft, intent.kind)
    if not isinstance(draft, Draft):
        return draft
    return Open(post_form(form_of_content(desk, content_of(draft), FillPost(draft=draft.id))))


def add_skill(desk: Desk, intent: AddSkill) -> Reply:
    """Add a skill that was asked about, and show the preview again."""
    draft = waiting_draft(desk, intent.draft, intent.kind)
    if not isinstance(draft, Draft):
        return draft
    content = content_of(draft)
    known = intent.skill in SKILLS
    if known and intent.skill not in content.skills and len(content.skills) < LONGEST_SKILLS:
        content = replace(content, skills=(*content.skills, intent.skill))
        draft = replace(draft, data=content.data())
        desk.books.drafts.save(draft)
    return Replace(preview(desk, draft, found_in(content)))


def found_in(content: Content) -> Findings:
    """The skills in the words of a draft."""
    return find(f"{content.title} {content.details}")


def drop_draft(desk: Desk, intent: DropDraft) -> Reply:
    """Forget a draft."""
    draft = waiting_draft(desk, intent.draft, intent.kind)
    if not isinstance(draft, Draft):
        return draft
    desk.books.drafts.forget(draft.id)
    return Replace(dropped_view(kind_of(intent.kind)))


def waiting_draft(desk: Desk, draft_id: int, kind: str) -> Draft | Reply:
    """The acting member's draft: the one a button names, or for typed words (0) the newest.
    Where it is gone, or is posted already, the answer that says so."""
    if draft_id == 0:
        draft = desk.books.drafts.newest(desk.me.id, [one.value for one in PostKind])
    else:
        draft = desk.books.drafts.mine(draft_id, desk.me.id, kind_of(kind).value)
    if draft is None:
        return Replace(dropped_view(kind_of(kind)))
    if draft.became is None:
        return draft
    return Replace(post_view(shown(desk, own(desk, draft.became)), POSTED_ALREADY, "info"))


def preview(desk: Desk, draft: Draft, findings: Findings, note: Text = NOTHING) -> View:
    """What the draft says, before it is posted."""
    content = content_of(draft)
    site = desk.books.organisations.site(content.site_id) if content.site_id else None
    return preview_view(draft.id, content, site, findings, note)
