"""Changing a post that stands: its words, its last day, and taking it down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.kernel.desk import Desk
from core.kernel.texts import Text, _
from core.posts.content import Content, form_of_content, read_content
from core.posts.draft import fill_post
from core.posts.forms import post_form
from core.posts.intents import ClosePost, ExtendPost, FillPost, OpenEdit
from core.posts.model import Post, PostState
from core.posts.show import chosen, own, shown
from core.posts.views import post_view
from core.reminders.subjects import CLOSING, UNANSWERED, refresh
from core.safety.free_text import asking_first
from core.ui.forms import Form
from core.ui.replies import Open, Replace, Reply

CHANGED = _("This has changed since. Here is how it is now.")


def _not_open(post: Post) -> Text:
    """Why a post can no longer be changed."""
    if post.state is PostState.HIDDEN:
        return _("You have taken this back.")
    return _("This is closed already.")


def open_edit(desk: Desk, intent: OpenEdit) -> Reply:
    """The form with a post's own words."""
    post = chosen(desk, intent.post)
    if not isinstance(post, Post):
        return post
    if post.state is not PostState.OPEN:
        return Replace(post_view(shown(desk, post), _not_open(post), "info"))
    content = Content(
        post.kind,
        post.title,
        post.details,
        post.minutes,
        post.skills,
        post.online,
        post.site_id,
        post.closes,
    )
    return Open(
        post_form(form_of_content(desk, content, FillPost(post=post.id, version=post.version)))
    )


def fill(desk: Desk, intent: FillPost) -> Reply:
    """The form filled in: a draft to look at, or a post that stands changed."""
    return edit_post(desk, intent) if intent.post else fill_post(desk, intent)


def _edit_post(desk: Desk, intent: FillPost) -> Reply:
    content, _findings = read_content(desk, intent)
    post = own(desk, intent.post)
    if post.version != intent.version:
        return Replace(post_view(shown(desk, post), CHANGED, "info"))
    post = _save(
        desk,
        replace(
            post,
            title=content.title,
            details=content.details,
            minutes=content.minutes,
            skills=content.skills,
            online=content.online,
            site_id=content.site_id,
            closes=content.closes,
        ),
    )
    return Replace(post_view(shown(desk, post), _("Your post is changed.")))


def _again(_desk: Desk, intent: FillPost) -> Form:
    return post_form(intent)


edit_post = asking_first(_edit_post, _again)


def close_post(desk: Desk, intent: ClosePost) -> Reply:
    """Take a post down; exchanges that came of it go on."""
    post = chosen(desk, intent.post)
    if not isinstance(post, Post):
        return post
    if post.state is not PostState.OPEN:
        return Replace(post_view(shown(desk, post), _not_open(post), "info"))
    if intent.version not in (0, post.version):
        return Replace(post_view(shown(desk, post), CHANGED, "info"))
    post = _save(desk, replace(post, state=PostState.CLOSED))
    return Replace(post_view(shown(desk, post), _("Your post is closed.")))


def extend_post(desk: Desk, intent: ExtendPost) -> Reply:
    """Keep a post up for another period of policy from today, opening it again if it was closed."""
    post = chosen(desk, intent.post)
    if not isinstance(post, Post):
        return post
    if post.state is PostState.HIDDEN:
        return Replace(post_view(shown(desk, post), _not_open(post), "info"))
    if intent.version not in (0, post.version):
        return Replace(post_view(shown(desk, post), CHANGED, "info"))
    closes = max(post.closes, desk.today + timedelta(days=desk.policy.post_days))
    post = _save(desk, replace(post, state=PostState.OPEN, closes=closes))
    return Replace(post_view(shown(desk, post), _("Open until {day}.", day=closes)))


def _save(desk: Desk, post: Post) -> Post:
    post = desk.books.posts.save(post)
    desk.changed(f"post:{post.id}")
    refresh(desk, CLOSING, (post.member_id,))
    refresh(desk, UNANSWERED, (post.member_id,))
    return post
