"""Posts that are about to close, to their author."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.texts import Text, _, plural
from core.posts.intents import ClosePost, ExtendPost, MyPosts, ShowPost
from core.posts.model import PostKind
from core.posts.views import Shown, post_ref
from core.reminders.stopping import last_buttons
from core.ui.views import Button, Confirm, Heading, Item, Items, Note, Paragraph, View, view

PAGE = 5


def closing_view(closing: Sequence[Shown]) -> View:
    """Each with "keep it open" and "close it"."""
    if not closing:
        return view(Note(_("None of your posts closes in the next few days."), "success"))
    news = plural(
        "{count} post is about to close", "{count} posts are about to close", len(closing)
    )
    everything = Button(_("See all your posts"), MyPosts(), "posts")
    return view(
        Heading(news),
        Paragraph(_("After its last day a post can no longer be found.")),
        Items(tuple(_item(shown) for shown in closing[:PAGE])),
        last_buttons(*([everything] if len(closing) > PAGE else [])),
        summary=news,
    )


def _item(shown: Shown) -> Item:
    post, ref = shown.post, post_ref(shown.post)
    offer = post.kind is PostKind.OFFER
    title = _("Offer: {title}", title=post.title) if offer else _("Ask: {title}", title=post.title)
    last_day: Text = _("Open until {day}. {ref}", day=post.closes, ref=ref)
    keep = ExtendPost(post=post.id, version=post.version)
    close = ClosePost(post=post.id, version=post.version)
    sure = Confirm(_("Nobody will find it any more. Close it?"), _("Close it"))
    return Item(
        title,
        (last_day,),
        (
            Button(_("Keep it open"), keep, f"extend {ref}", "primary"),
            Button(_("Close it"), close, f"close {ref}", "danger", sure),
            Button(_("See it"), ShowPost(post=post.id), f"show {ref}"),
        ),
    )
