"""What a post will say: read from a typed line or a filled form, screened, and kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from core.drafts.model import Draft
from core.kernel.dates import read_day
from core.kernel.desk import Desk, Office
from core.kernel.durations import read_duration
from core.kernel.minutes import checked, typed_minutes
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.posts.intents import FillPost
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST, PostKind
from core.posts.oneline import Line
from core.posts.places import Place, place_typed, read_place
from core.posts.source import Source
from core.safety.free_text import screened_words
from core.skills.finder import find
from core.skills.model import Findings

LONGEST_SKILLS = 12
TAGS_LONGEST = 200


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
    source: Source | None = None

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
            "source": asdict(self.source) if self.source else None,
        }


def content_of(draft: Draft) -> Content:
    """The content that a draft keeps."""
    data: Mapping[str, Any] = draft.data
    source = data.get("source")
    return Content(
        PostKind(draft.kind),
        data["title"],
        data["details"],
        data["minutes"],
        tuple(data["skills"]),
        data["online"],
        data["site_id"],
        date.fromisoformat(data["closes"]),
        Source(**source) if source else None,
    )


def kind_of(words: str) -> PostKind:
    """The kind of post that a client named."""
    try:
        return PostKind(words)
    except ValueError:
        raise Refusal(_("I cannot find that."), code="not-found") from None


def read_content(desk: Desk, intent: FillPost) -> tuple[Content, Findings]:
    """A filled form as content: every word screened, every number and date checked."""
    sure = intent.not_about_a_patient
    title = screened_words(intent.title, "title", TITLE_LONGEST, confirmed=sure)
    details = screened_words(
        intent.details, "details", DETAILS_LONGEST, required=False, confirmed=sure
    )
    tags = screened_words(intent.skills, "skills", TAGS_LONGEST, required=False, confirmed=sure)
    minutes = checked(read_duration(intent.minutes), desk.policy.step_minutes)
    place = read_place(desk, intent.place)
    closes = read_day(intent.closes, desk.today) if intent.closes.strip() else _usual_end(desk)
    return _composed(kind_of(intent.kind), title, details, minutes, closes, place, _as_tags(tags))


def read_typed(desk: Desk, kind: PostKind, line: Line) -> tuple[Content, Findings] | None:
    """A typed line as content, screened; None where it does not say enough for a post."""
    if line.minutes is not None:
        checked(line.minutes, desk.policy.step_minutes)
    tags = " ".join(f"#{tag}" for tag in line.tags)
    screened_words(tags, "skills", TAGS_LONGEST, required=False)
    if line.minutes is None or not 0 < len(line.title_words) <= TITLE_LONGEST:
        # Screened all the same: nothing that has to be stopped comes back in a form.
        screened_words(line.title_words, "title", DETAILS_LONGEST, required=False)
        return None
    title = screened_words(_capital(line.title_words), "title", TITLE_LONGEST)
    place = Place(line.online, int(line.site) if line.site else None)
    closes = line.closes or _usual_end(desk)
    return _composed(kind, title, "", line.minutes, closes, place, tags)


def form_of_line(office: Office, kind: PostKind, line: Line) -> FillPost:
    """The form's fields as a typed line fills them."""
    site = office.books.organisations.site(int(line.site)) if line.site else None
    title = _capital(line.title_words)
    fits = len(title) <= TITLE_LONGEST
    return FillPost(
        kind=kind.value,
        title=title if fits else "",
        details="" if fits else title,
        minutes=typed_minutes(line.minutes) if line.minutes is not None else "",
        skills=", ".join(line.tags),
        place=place_typed(line.online, site),
        closes=line.closes.isoformat() if line.closes else "",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _usual_end(desk: Desk) -> date:
    return desk.today + timedelta(days=desk.policy.post_days)


def _composed(
    kind: PostKind,
    title: str,
    details: str,
    minutes: int,
    closes: date,
    place: Place,
    tags: str,
) -> tuple[Content, Findings]:
    """Screened words with the skills found in them; ``tags`` ("#spc") are named outright."""
    findings = find(f"{tags} {title} {details}")
    skills = (*findings.skills, *findings.free)[:LONGEST_SKILLS]
    content = Content(kind, title, details, minutes, skills, place.online, place.site_id, closes)
    return content, findings


def _as_tags(words: str) -> str:
    """The form's skills, separated by commas, as the finder's explicit tags."""
    parts = (part.strip().lstrip("#") for part in words.split(","))
    return " ".join(f"#{'-'.join(part.split())}" for part in parts if part)


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
        from_message=content.source is not None,
    )
