"""Turning a chat message into an ask: its words fill the form, and are kept only once it is sent.

They are mostly somebody else's, so a visitor's are not even kept until they join.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.kernel.desk import Desk
from core.kernel.durations import find_duration
from core.kernel.minutes import checked, typed_minutes
from core.kernel.refusals import Refusal
from core.kernel.texts import _, plural
from core.posts.content import LONGEST_SKILLS
from core.posts.forms import post_form
from core.posts.intents import FillPost, FromMessage
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST, PostKind
from core.posts.source import source_of
from core.safety.free_text import with_tick
from core.safety.screening import AskFirst, Stop, screen
from core.safety.words import clean
from core.skills.finder import find
from core.ui.forms import Form
from core.ui.replies import Open, Reply
from core.ui.views import Note

# A full stop ends a sentence after a word, but not after a title or in "e.g.".
_SENTENCE_ENDS = re.compile(
    r"\n+|(?<=[!?])\s+|(?<=\w\w\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bNo\.)\s+"
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|dear|morning|afternoon|good (?:morning|afternoon|evening)|helo|shwmae"
    r"|bore da|prynhawn da|annwyl)(?:\W+\w+){0,2}\W*",
    re.IGNORECASE,
)
_AROUND = " \t>*_~-\u2022,;:"


@dataclass(frozen=True, slots=True)
class Understood:
    """What the form can hold of a message. ``left_out``: so many characters did not fit."""

    title: str
    details: str
    minutes: str
    skills: str
    left_out: int = 0


def from_message(desk: Desk, intent: FromMessage) -> Reply:
    """The ask form with the words of a message, screened as if they had been typed."""
    words = clean(intent.words)
    verdict = screen(words, kind="public")
    if isinstance(verdict, Stop):
        raise Refusal(verdict.reason, code=verdict.code)
    found = understood(words, desk.policy.step_minutes)
    source = source_of(desk.caller, intent.source)
    fill = FillPost(
        kind=PostKind.ASK.value,
        title=found.title,
        details=found.details,
        minutes=found.minutes,
        skills=found.skills,
        from_message=True,
        source=source.link if source else "",
    )
    form = message_form(fill, found, empty=not words)
    return Open(with_tick(form, verdict.reason) if isinstance(verdict, AskFirst) else form)


def message_form(fill: FillPost, found: Understood, *, empty: bool) -> Form:
    """The ask form, saying what of the message is not in it."""
    form = post_form(fill)
    notes = []
    if empty:
        notes.append(Note(_("This message has no words to start with. Write your ask here.")))
    if found.left_out:
        left_out = plural(
            "The message is longer than an ask can be. Its last {count} character is left out.",
            "The message is longer than an ask can be. Its last {count} characters are left out.",
            found.left_out,
        )
        notes.append(Note(left_out, "warning"))
    return replace(form, before=(*notes, *form.before))


def understood(words: str, step: int) -> Understood:
    """The form's fields as far as the message fills them; what is unclear stays empty."""
    title = _title(words)
    details = "" if title == words else _first(words, DETAILS_LONGEST)
    left_out = len(words) - len(details) if details else 0
    return Understood(title, details, _minutes(words, step), _skills(words), left_out)


def _title(words: str) -> str:
    """The first sentence or line that says something and fits; a greeting says nothing yet."""
    pieces = [piece.strip(_AROUND) for piece in _SENTENCE_ENDS.split(words)]
    said = [piece for piece in pieces if any(letter.isalnum() for letter in piece)]
    telling = [piece for piece in said if not _GREETING.fullmatch(piece)]
    return next((piece for piece in telling or said if len(piece) <= TITLE_LONGEST), "")


def _first(words: str, longest: int) -> str:
    """``words`` up to ``longest`` characters, cut between words where there is a place to."""
    if len(words) <= longest:
        return words
    start = words[: longest + 1]
    kept = re.match(r"(?s)(.*\S)\s", start)
    return kept[1] if kept else words[:longest]


def _minutes(words: str, step: int) -> str:
    """The one length of time that the words name and that can be exchanged, else nothing."""
    try:
        found = find_duration(words)
        another = find_duration(words[found.end :]) if found else None
        if found is None or (another is not None and another.value != found.value):
            return ""
        return typed_minutes(checked(found.value, step))
    except Refusal:
        return ""


def _skills(words: str) -> str:
    """Known skills alone: in a message "#ward-7" names a channel."""
    return ", ".join(find(words).skills[:LONGEST_SKILLS])
