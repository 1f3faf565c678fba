"""From words to a draft: what was typed is understood, screened and shown before it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from core.drafts.model import Draft
from core.kernel.dates import read_day
from core.kernel.desk import Desk, Office
from core.kernel.durations import read_duration
from core.kernel.minutes import checked
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.posts.forms import post_form, typed_minutes
from core.posts.intents import AddSkill, DropDraft, FillPost, OpenDraft, OpenPostForm, TypePost
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST, PostKind
from core.posts.oneline import Line, read_line
from core.posts.places import place_typed, read_place, site_names
from core.posts.views import dropped_view, preview_view
from core.safety.free_text import Doubtful, asking_first, screened_words, with_tick
from core.skills.finder import find
from core.skills.model import Findings
from core.skills.taxonomy import SKILLS
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply, Say

LONGEST_SKILLS = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What a post will say. ``minutes`` and ``closes`` are already fit to be posted."""

    kind: PostKind
    title: str
    details: str
    minutes: int
    skills: tuple[str, ...]
    online: bool
    site_id: int | None
    closes: date

    def data(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "title": self.title,
            "details": self.details,
            "minutes": self.minutes,
            "skills": list(self.skills),
            "online": self.online,
            "site_id": self.site_id,
            "closes": self.closes.isoformat(),
        }


def content_of(draft: Draft) -> Content:
    """The content that a draft keeps."""
    data: Mapping[str, Any] = draft.data
    return Content(
        PostKind(draft.kind),
        data["title"],
        data["details"],
        data["minutes"],
        tuple(data["skills"]),
        data["online"],
        data["site_id"],
        date.fromisoformat(data["closes"]),
    )


def kind_of(words: str) -> PostKind:
    """The kind of post that a client named."""
    try:
        return PostKind(words)
    except ValueError:
        raise Refusal(_("I cannot find that."), code="not-found") from None


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
    if line.minutes is not None:
        checked(line.minutes, desk.policy.step_minutes)
    form = _form_of_line(desk, kind, line)
    if len(line.title_words) > TITLE_LONGEST:
        form = replace(form, title="", details=line.title_words)
    if line.minutes is None or not form.title:
        # Screened all the same: nothing that has to be stopped comes back in a form.
        try:
            screened_words(line.title_words, "title", DETAILS_LONGEST, required=False)
        except Doubtful as doubt:
            return Open(with_tick(post_form(form), doubt.reason))
        return Open(post_form(form))
    return fill_post(desk, form)


def _form_of_line(desk: Desk, kind: PostKind, line: Line) -> FillPost:
    site = desk.books.organisations.site(int(line.site)) if line.site else None
    return FillPost(
        kind=kind.value,
        title=line.title_words[:1].upper() + line.title_words[1:],
        minutes=typed_minutes(line.minutes) if line.minutes is not None else "",
        skills=", ".join(line.tags),
        place=place_typed(line.online, site),
        closes=line.closes.isoformat() if line.closes else "",
    )


def _fill_post(desk: Desk, intent: FillPost) -> Reply:
    """The form, read and screened, as a draft to look at."""
    content, findings = read_content(desk, intent)
    draft = None
    if intent.draft:
        draft = desk.books.drafts.mine(intent.draft, desk.me.id, content.kind.value)
    if draft is not None and draft.became is None:
        draft = replace(draft, data=content.data())
        desk.books.drafts.save(draft)
    else:
        draft = desk.books.drafts.add(
            Draft(desk.me.id, content.kind.value, content.data(), desk.now)
        )
    return Say(_preview(desk, draft, findings))


def _again(_desk: Desk, intent: FillPost) -> Form:
    return post_form(intent)


fill_post = asking_first(_fill_post, _again)


def read_content(desk: Desk, intent: FillPost) -> tuple[Content, Findings]:
    """A filled form as content: every word screened, every number and date checked."""
    sure = intent.not_about_a_patient
    title = screened_words(intent.title, "title", TITLE_LONGEST, confirmed=sure)
    details = screened_words(
        intent.details, "details", DETAILS_LONGEST, required=False, confirmed=sure
    )
    tags = screened_words(intent.skills, "skills", 200, required=False, confirmed=sure)
    minutes = checked(read_duration(intent.minutes), desk.policy.step_minutes)
    place = read_place(desk, intent.place)
    closes = desk.today + timedelta(days=desk.policy.post_days)
    if intent.closes.strip():
        closes = read_day(intent.closes, desk.today)
    findings = find(f"{_as_tags(tags)} {title} {details}")
    content = Content(
        kind_of(intent.kind),
        title,
        details,
        minutes,
        (*findings.skills, *findings.free)[:LONGEST_SKILLS],
        place.online,
        place.site_id,
        closes,
    )
    return content, findings


def _as_tags(words: str) -> str:
    """The form's skills, separated by commas, as the finder's explicit tags."""
    parts = (part.strip().lstrip("#") for part in words.split(","))
    return " ".join(f"#{'-'.join(part.split())}" for part in parts if part)


def open_draft(desk: Desk, intent: OpenDraft) -> Reply:
    """The form with what the draft holds."""
    draft = my_draft(desk, intent.draft, intent.kind)
    if draft is None or draft.became is not None:
        return Replace(dropped_view(kind_of(intent.kind)))
    return Open(post_form(form_of_content(desk, content_of(draft), FillPost(draft=draft.id))))


def form_of_content(office: Office, content: Content, into: FillPost) -> FillPost:
    """``into`` with the fields that show ``content``."""
    site = office.books.organisations.site(content.site_id) if content.site_id else None
    return replace(
        into,
        kind=content.kind.value,
        title=content.title,
        details=content.details,
        minutes=typed_minutes(content.minutes),
        skills=", ".join(content.skills),
        place=place_typed(content.online, site),
        closes=content.closes.isoformat(),
    )


def add_skill(desk: Desk, intent: AddSkill) -> Reply:
    """Add a skill that was asked about, and show the preview again."""
    draft = my_draft(desk, intent.draft, intent.kind)
    if draft is None or draft.became is not None:
        return Replace(dropped_view(kind_of(intent.kind)))
    content = content_of(draft)
    known = intent.skill in SKILLS
    if known and intent.skill not in content.skills and len(content.skills) < LONGEST_SKILLS:
        content = replace(content, skills=(*content.skills, intent.skill))
        draft = replace(draft, data=content.data())
        desk.books.drafts.save(draft)
    findings = find(f"{content.title} {content.details}")
    return Replace(_preview(desk, draft, findings))


def drop_draft(desk: Desk, intent: DropDraft) -> Reply:
    """Forget a draft."""
    draft = my_draft(desk, intent.draft, intent.kind)
    if draft is not None and draft.became is None:
        desk.books.drafts.forget(draft.id)
    return Replace(dropped_view(kind_of(intent.kind)))


def my_draft(desk: Desk, draft_id: int, kind: str) -> Draft | None:
    """The acting member's draft: the one a button names, or for typed words (0) the newest."""
    if draft_id == 0:
        return desk.books.drafts.newest(desk.me.id, [one.value for one in PostKind])
    return desk.books.drafts.mine(draft_id, desk.me.id, kind_of(kind).value)


def _preview(desk: Desk, draft: Draft, findings: Findings) -> Any:
    content = content_of(draft)
    site = desk.books.organisations.site(content.site_id) if content.site_id else None
    return preview_view(draft.id, content, site, findings)
