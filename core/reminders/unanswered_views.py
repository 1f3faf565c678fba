"""Asks that nobody has answered, to their author."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.texts import Text, Words, _, plural
from core.posts.intents import Find, MyPosts, OpenEdit, ShowPost
from core.posts.model import Post
from core.posts.views import post_ref
from core.reminders.stopping import last_buttons
from core.skills.taxonomy import SKILLS
from core.ui.views import Button, Heading, Item, Items, Note, Paragraph, View, view

PAGE = 3


def unanswered_view(first: Sequence[tuple[Post, Sequence[Text]]], total: int) -> View:
    """The ``first`` asks, each with what may help, the way to change it, and the way to look for
    people."""
    if not first:
        return view(Note(_("All your asks have an answer, or are closed."), "success"))
    news = plural(
        "{count} ask of yours waits for an answer",
        "{count} asks of yours wait for an answer",
        total,
    )
    everything = Button(_("See all your posts"), MyPosts(), "posts")
    return view(
        Heading(news),
        Paragraph(_("It can take a while for the right person to see an ask. This may help:")),
        Items(tuple(_item(ask, ideas) for ask, ideas in first)),
        last_buttons(*([everything] if total > len(first) else [])),
        summary=news,
    )


def _item(ask: Post, ideas: Sequence[Text]) -> Item:
    ref = post_ref(ask)
    lines: tuple[Words, ...] = tuple(ideas) or (_("Ask people directly who offer this."),)
    look_for = words_to_find(ask)
    return Item(
        _("{title}, {ref}", title=ask.title, ref=ref),
        lines,
        (
            Button(_("Change it"), OpenEdit(post=ask.id), f"edit {ref}", "primary"),
            Button(
                _("Find people who could help"),
                Find(kind="offer", words=look_for),
                f"offers {look_for}",
            ),
            Button(_("See it"), ShowPost(post=ask.id), f"show {ref}"),
        ),
    )


def words_to_find(ask: Post) -> str:
    """What to look for among offers: its skills by name, else its title."""
    named = [SKILLS[one].label_en if one in SKILLS else one for one in ask.skills[:3]]
    return " ".join(named) or ask.title
