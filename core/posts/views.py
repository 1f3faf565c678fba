"""What people see of a post: the preview, and the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.exchanges.intents import OpenPropose, ShowExchange
from core.exchanges.safety_intents import OpenReport
from core.kernel.minutes import spoken
from core.kernel.references import reference
from core.kernel.texts import NOTHING, Text, Words, _
from core.organisations.model import Site
from core.posts.intents import (
    AddSkill,
    ClosePost,
    DropDraft,
    ExtendPost,
    OpenDraft,
    OpenEdit,
    OpenPostForm,
    Publish,
)
from core.posts.model import Post, PostKind, PostState
from core.posts.places import place_words
from core.skills.model import Findings
from core.skills.taxonomy import SKILLS, label
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    View,
    view,
)

if TYPE_CHECKING:
    from core.posts.content import Content


@dataclass(frozen=True, slots=True)
class Shown:
    """A post with the names around it. ``mine``: the reader wrote it. ``away``: its author cannot
    be reached for now, so nobody can answer it."""

    post: Post
    author: str
    organisation: str
    site: Site | None
    mine: bool
    away: bool = False
    link: str = ""
    """The way to the chat message it was made from, where this reader may have it."""


def skill_words(skills: Sequence[str]) -> Words:
    """Skills by name, separated by commas; a free tag is its own name."""
    said: Words = NOTHING
    for skill in skills:
        one: Words = label(skill) if skill in SKILLS else skill.replace("-", " ")
        said = _("{first}, {second}", first=said, second=one) if said else one
    return said


def _facts(
    minutes: int, skills: Sequence[str], online: bool, site: Site | None, closes: date
) -> list[Fact]:
    facts = [Fact(_("Time"), spoken(minutes))]
    if skills:
        facts.append(Fact(_("Skills"), skill_words(skills)))
    facts.append(Fact(_("Where"), place_words(online, site)))
    facts.append(Fact(_("Open until"), _("{day}", day=closes)))
    return facts


def preview_view(
    draft_id: int, content: Content, site: Site | None, findings: Findings, note: Text = NOTHING
) -> View:
    """What was understood, before it is posted."""
    offer = content.kind is PostKind.OFFER
    kind = content.kind.value
    questions = _questions(draft_id, content, findings)
    link = content.source.link if content.source else ""
    return view(
        Note(note, "warning") if note else None,
        Heading(_("Check your offer") if offer else _("Check your ask")),
        Paragraph(content.title),
        Paragraph(content.details) if content.details else None,
        Facts(tuple(_facts(content.minutes, content.skills, content.online, site, content.closes))),
        Items(questions) if questions else None,
        Actions(
            (
                Button(_("Post it"), Publish(draft=draft_id, kind=kind), "post", "primary"),
                Button(_("Change it"), OpenDraft(draft=draft_id, kind=kind), "change"),
                Button(_("Do not post it"), DropDraft(draft=draft_id, kind=kind), "drop"),
                *_message_link(link),
            )
        ),
        Paragraph(
            _(
                "Members in every organisation will see it, with your name and organisation. They "
                "can show it to colleagues in a chat."
            ),
            quiet=True,
        ),
    )


def _message_link(link: str) -> tuple[Link, ...]:
    return (Link(_("See the message"), link),) if link else ()


def _questions(draft_id: int, content: Content, findings: Findings) -> tuple[Item, ...]:
    asked = [(one.word, one.candidates) for one in findings.questions]
    asked += [(near.word, (near.skill,)) for near in findings.near]
    items = []
    for word, candidates in asked[:3]:
        left = [skill for skill in candidates if skill not in content.skills]
        if not left or len(left) < len(candidates):
            continue
        items.append(
            Item(
                _("What is meant by {word}?", word=word)
                if len(left) > 1
                else _("Is {word} about this?", word=word),
                (),
                tuple(
                    Button(
                        label(skill),
                        AddSkill(draft=draft_id, kind=content.kind.value, skill=skill),
                        f"skill {skill}",
                    )
                    for skill in left[:4]
                ),
            )
        )
    return tuple(items)


def dropped_view(kind: PostKind) -> View:
    """The draft is gone, by choice or by time."""
    return view(
        Note(_("Nothing was posted.")),
        Actions((Button(_("Start again"), OpenPostForm(kind=kind.value), kind.value),)),
    )


def post_ref(post: Post) -> str:
    """The post's reference, such as O-7K2."""
    return reference(post.kind.letter, post.id)


def by_whom(shown: Shown) -> Words:
    """The author and their organisation."""
    if shown.mine:
        return _("You")
    name: Words = shown.author or _("A former member")
    return _("{name}, {organisation}", name=name, organisation=shown.organisation)


def post_view(shown: Shown, note: Text = NOTHING, tone: str = "success") -> View:
    """A post's card, with what the reader may do."""
    post = shown.post
    offer = post.kind is PostKind.OFFER
    ref = post_ref(post)
    facts = [Fact(_("From"), by_whom(shown))]
    facts += _facts(post.minutes, post.skills, post.online, shown.site, post.closes)
    facts.append(Fact(_("Reference"), ref))
    actions: list[Button | Link] = [*_buttons(shown, ref), *_message_link(shown.link)]
    return view(
        _note(note, tone),
        Heading(
            _("Offer: {title}", title=post.title) if offer else _("Ask: {title}", title=post.title)
        ),
        Paragraph(post.details) if post.details else None,
        Facts(tuple(facts)),
        Note(_("This is closed.")) if post.state is not PostState.OPEN else _away(shown),
        Actions(tuple(actions)) if actions else None,
        summary=_("Offer {ref}", ref=ref) if offer else _("Ask {ref}", ref=ref),
    )


def told_view(shown: Shown, why: Text) -> View:
    """A post's card as a notice, saying why this reader is told."""
    because = _("You are told because it fits your skills. Type stop to hear less.")
    blocks = (Paragraph(why), *post_view(shown).blocks, Paragraph(because, quiet=True))
    return View(blocks, why)


def answered_view(post: Post, exchange_id: int) -> View:
    """The same notice once its reader has answered: the exchange is what matters now."""
    see = Button(
        _("See the exchange"),
        ShowExchange(exchange=exchange_id),
        f"show {reference('E', exchange_id)}",
    )
    answered = _("You have answered this.")
    return view(Heading(post.title), Note(answered), Actions((see,)), summary=answered)


def _note(note: Text, tone: str) -> Note | None:
    if not note:
        return None
    return Note(note, "success" if tone == "success" else "info")


def _away(shown: Shown) -> Note | None:
    if not shown.away:
        return None
    words = _("{name} is away at the moment. You can answer when they are back.", name=shown.author)
    return Note(words)


def _buttons(shown: Shown, ref: str) -> list[Button]:
    post = shown.post
    if shown.mine:
        if post.state is PostState.HIDDEN:
            return []
        extend = Button(
            _("Keep it open longer") if post.state is PostState.OPEN else _("Open it again"),
            ExtendPost(post=post.id, version=post.version),
            f"extend {ref}",
        )
        if post.state is PostState.CLOSED:
            return [extend]
        return [
            Button(_("Change it"), OpenEdit(post=post.id), f"edit {ref}"),
            extend,
            Button(
                _("Close it"),
                ClosePost(post=post.id, version=post.version),
                f"close {ref}",
                "danger",
                Confirm(_("Nobody will find it any more. Close it?"), _("Close it")),
            ),
        ]
    if post.state is not PostState.OPEN:
        return []
    report = Button(_("Report"), OpenReport(about=f"post:{post.id}"), f"report {ref}")
    return [report] if shown.away else [propose_button(post), report]


def propose_button(post: Post) -> Button:
    """The button "I can help", or "I would like this"."""
    ref = post_ref(post)
    if post.kind is PostKind.OFFER:
        return Button(_("I would like this"), OpenPropose(post=post.id), f"want {ref}", "primary")
    return Button(_("I can help"), OpenPropose(post=post.id), f"answer {ref}", "primary")
