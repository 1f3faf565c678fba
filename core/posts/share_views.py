"""A post's card for a conversation: whoever reads along there sees it, a member or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.kernel.minutes import spoken
from core.kernel.texts import Words, _
from core.posts.intents import ShowPost
from core.posts.list_views import post_item
from core.posts.model import PostKind
from core.posts.places import place_words
from core.posts.views import Shown, by_whom, post_ref, propose_button
from core.ui.views import (
    Actions,
    Button,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    View,
    view,
)


def shared_view(shown: Shown) -> View:
    """The post as it reads to everybody, whoever looked for it. Its details and the way to the
    message it was made from are left to members, behind "See it"."""
    post = shown.post
    offer, ref = post.kind is PostKind.OFFER, post_ref(post)
    return view(
        Heading(
            _("Offer: {title}", title=post.title) if offer else _("Ask: {title}", title=post.title)
        ),
        Facts(
            (
                Fact(_("From"), by_whom(replace(shown, mine=False))),
                Fact(_("Time"), spoken(post.minutes)),
                Fact(_("Where"), place_words(post.online, shown.site)),
                Fact(_("Open until"), _("{day}", day=post.closes)),
                Fact(_("Reference"), ref),
            )
        ),
        Actions(
            (
                propose_button(post),
                Button(_("See it"), ShowPost(post=post.id), f"show {ref}"),
            )
        ),
        Paragraph(
            _(
                "Hourbridge is the timebank for staff across our health and care system: help "
                "someone for an hour, and someone helps you for an hour."
            ),
            quiet=True,
        ),
        summary=_("Offer {ref}", ref=ref) if offer else _("Ask {ref}", ref=ref),
    )


def to_share_view(found: Sequence[Shown], asked_for: Words) -> View:
    """What was found, each with the card that may be put into a conversation."""
    if found:
        items = [replace(post_item(shown), actions=(), card=shared_view(shown)) for shown in found]
        return view(Heading(_("Choose one to put into your message")), Items(tuple(items)))
    nothing = _("There is nothing open to show here yet.")
    if asked_for:
        nothing = _("Nothing found for {words}. Try other words.", words=asked_for)
    return view(Paragraph(nothing))
