"""Posting a draft: once, findable at once, and a few people told."""

from __future__ import annotations

from dataclasses import replace

from core.drafts.model import Draft
from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, plural
from core.posts.content import content_of
from core.posts.draft import found_in, preview, waiting_draft
from core.posts.intents import Publish
from core.posts.model import Post, PostKind, PostState
from core.posts.show import shown
from core.posts.views import post_view
from core.ui.replies import Replace, Reply

POSTED = "posts.publish"


def publish(desk: Desk, intent: Publish) -> Reply:
    """Post the draft. A second press shows what the first one posted."""
    draft = waiting_draft(desk, intent.draft, intent.kind)
    if not isinstance(draft, Draft):
        return draft
    content = content_of(draft)
    if content.closes < desk.today:
        late = _("Its closing date has passed. Change it first.")
        return Replace(preview(desk, draft, found_in(content), late))
    post = desk.books.posts.add(
        Post(
            content.kind,
            desk.me.id,
            desk.identity.organisation_id,
            content.title,
            content.details,
            content.minutes,
            content.skills,
            content.online,
            content.site_id,
            content.closes,
            desk.now,
            source=content.source,
        )
    )
    desk.books.drafts.save(replace(draft, became=post.id))
    desk.did(POSTED, post.id, post.version)
    told = tell_about(desk, post)
    return Replace(post_view(shown(desk, post), _posted(told)))


def _posted(told: int) -> Text:
    if not told:
        return _("Posted. Everyone can find it now.")
    return plural(
        "Posted. {count} person who may be interested is being told.",
        "Posted. {count} people who may be interested are being told.",
        told,
    )


def tell_about(desk: Desk, post: Post) -> int:
    """Tell the few members who opted in and whose skills fit best; how many."""
    without = desk.books.members.blocked_either_way(post.member_id)
    members = desk.books.posts.members_for(post, post.skills, without, desk.policy.told_of_a_post)
    kind = "posts.new-ask" if post.kind is PostKind.ASK else "posts.new-offer"
    desk.tell(kind, f"post:{post.id}", members, {"post": post.id})
    return len(members)


def undo_publish(desk: Desk, deed: Deed) -> Reply:
    """Take a post back that nobody has acted on."""
    post = desk.books.posts.lock(deed.object_id)
    if post is None or post.member_id != desk.me.id or post.state is not PostState.OPEN:
        raise Refusal(_("That post is closed already."))
    if desk.books.exchanges.answers(post.id):
        raise Refusal(_("Somebody has answered that post, so it cannot be taken back."))
    post = desk.books.posts.save(replace(post, state=PostState.HIDDEN))
    desk.changed(f"post:{post.id}")
    return Replace(post_view(shown(desk, post), _("Your post is taken back."), "info"))
