"""Posts in lists: what was found, and one's own."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.minutes import spoken
from core.kernel.texts import Words, _, plural
from core.posts.intents import Find, MyPosts, OpenFind, OpenPostForm, ShowPost
from core.posts.model import PostKind, PostState
from core.posts.places import place_words
from core.posts.views import Shown, by_whom, post_ref, propose_button
from core.ui.paging import pages, turn
from core.ui.views import Actions, Button, Heading, Item, Items, Paragraph, View, view

PAGE = 5


def post_item(shown: Shown) -> Item:
    """A post as one of a list."""
    post = shown.post
    offer = post.kind is PostKind.OFFER
    title = _("Offer: {title}", title=post.title) if offer else _("Ask: {title}", title=post.title)
    where = place_words(post.online, shown.site)
    lines: list[Words] = [] if shown.mine else [by_whom(shown)]
    lines.append(
        _("{time}. {where}. {ref}", time=spoken(post.minutes), where=where, ref=post_ref(post)),
    )
    if post.state is not PostState.OPEN:
        lines.append(_("Closed"))
    see = Button(_("See it"), ShowPost(post=post.id), f"show {post_ref(post)}")
    can_answer = not (shown.mine or shown.away) and post.state is PostState.OPEN
    return Item(title, tuple(lines), (propose_button(post), see) if can_answer else (see,))


def found_view(found: Sequence[Shown], total: int, intent: Find, asked_for: Words) -> View:
    """A page of what was found."""
    if not found:
        return _nothing_found(intent, asked_for)
    heading = plural("{count} found", "{count} found", total)
    if asked_for:
        heading = plural(
            "{count} found for {words}", "{count} found for {words}", total, words=asked_for
        )
    return view(
        Heading(heading),
        Items(tuple(post_item(shown) for shown in found)),
        turn(
            intent,
            intent.page,
            pages(total, PAGE),
            _typed_find(intent),
            OpenFind(words=intent.words),
        ),
    )


def _typed_find(intent: Find) -> str:
    """The words that look for the same; none where the form's filters have no typed form."""
    if intent.organisation or intent.place or intent.online:
        return ""
    verb = f"{intent.kind}s" if intent.kind else "find"
    return f"{verb} {intent.words}".strip() if intent.words or intent.kind else ""


def _nothing_found(intent: Find, asked_for: Words) -> View:
    return view(
        Heading(
            _("Nothing found for {words}", words=asked_for) if asked_for else _("Nothing found")
        ),
        Paragraph(_("Try other words, or ask: members with the skill will be told.")),
        Actions(
            (
                Button(_("Ask for help"), OpenPostForm(kind="ask"), "ask", "primary"),
                Button(_("Look again"), OpenFind(words=intent.words), "find"),
            )
        ),
    )


def mine_view(found: Sequence[Shown], total: int, page: int) -> View:
    """A page of the reader's own posts."""
    new = (
        Button(_("Offer help"), OpenPostForm(kind="offer"), "offer"),
        Button(_("Ask for help"), OpenPostForm(kind="ask"), "ask"),
    )
    if not found:
        return view(
            Heading(_("Your offers and asks")),
            Paragraph(_("You have not posted anything yet.")),
            Actions(new),
        )
    return view(
        Heading(_("Your offers and asks")),
        Items(tuple(post_item(shown) for shown in found)),
        turn(MyPosts(page=page), page, pages(total, PAGE), "posts"),
        Actions(new),
    )
