"""Looking at posts: one card, or my own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.kernel.desk import Desk, Office
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.model import HERE_OR_AWAY, Member, MemberState
from core.posts.intents import MyPosts, ShowPost
from core.posts.list_views import PAGE, mine_view
from core.posts.model import Post, PostKind, PostState
from core.posts.views import Shown, post_view
from core.ui.paging import pages
from core.ui.replies import Replace, Reply

NOT_FOUND = _("I cannot find that.")


def shown_to(office: Office, posts: Sequence[Post], reader_id: int) -> list[Shown]:
    """Posts with the names around them, as one reader sees them."""
    members = office.books.members.many([post.member_id for post in posts])
    return [_shown(office, post, members[post.member_id], reader_id) for post in posts]


def _shown(office: Office, post: Post, author: Member, reader_id: int) -> Shown:
    return Shown(
        post,
        author.name,
        office.books.organisations.get(post.organisation_id).name,
        office.books.organisations.site(post.site_id) if post.site_id else None,
        post.member_id == reader_id,
        author.state is MemberState.AWAY,
    )


def shown(desk: Desk, post: Post) -> Shown:
    """One post as the acting member sees it."""
    mine = post.member_id == desk.me.id
    if mine:
        found = _shown(desk, post, desk.me, desk.me.id)
    else:
        found = shown_to(desk, [post], desk.me.id)[0]
    source, caller = post.source, desk.caller
    if source is not None and (mine or source.is_in(caller.platform, caller.tenant)):
        return replace(found, link=source.link)
    return found


def shown_in_notice(office: Office, post: Post, reader: Member) -> Shown:
    """One post as a member sees it in a notice, whichever of their chats it goes to."""
    found = shown_to(office, [post], reader.id)[0]
    source = post.source
    if source is not None and source.is_where_all_are(office.books.members.identities(reader.id)):
        return replace(found, link=source.link)
    return found


def visible(desk: Desk, post_id: int) -> Post:
    """A post that the acting member may see; refuses the rest all in the same words."""
    post = desk.books.posts.get(post_id)
    if post is None:
        raise Refusal(NOT_FOUND, code="not-found")
    if post.member_id == desk.me.id:
        return post
    if post.state is PostState.HIDDEN:
        raise Refusal(NOT_FOUND, code="not-found")
    if post.member_id in desk.books.members.blocked_either_way(desk.me.id):
        raise Refusal(NOT_FOUND, code="not-found")
    if desk.books.members.get(post.member_id).state not in HERE_OR_AWAY:
        raise Refusal(NOT_FOUND, code="not-found")
    return post


def own(desk: Desk, post_id: int) -> Post:
    """The acting member's own post, held until the transaction ends."""
    post = desk.books.posts.lock(post_id)
    if post is None or post.member_id != desk.me.id:
        raise Refusal(NOT_FOUND, code="not-found")
    return post


def chosen(desk: Desk, post_id: int) -> Post | Reply:
    """The own post that a verb means, held: the one named, else (0) the only open one. Lists
    them where there are several."""
    if post_id:
        return own(desk, post_id)
    posts = desk.books.posts.of_member(desk.me.id)
    if not posts:
        raise Refusal(
            _("You have no open posts. Type offer or ask to post something."), code="nothing-fits"
        )
    return own(desk, posts[0].id) if len(posts) == 1 else my_posts(desk, MyPosts())


def post_number(words: str) -> int:
    """The id behind a typed reference of a post; 0 for no words, -1 for words that are none."""
    if not words:
        return 0
    found = read_reference(words)
    if found is None or found[0] not in {kind.letter for kind in PostKind}:
        return -1
    return found[1]


def show_post(desk: Desk, intent: ShowPost) -> Reply:
    """One post's card, in place of the list it was opened from."""
    return Replace(post_view(shown(desk, visible(desk, intent.post))))


def my_posts(desk: Desk, intent: MyPosts) -> Reply:
    """The acting member's own posts, a page at a time, open ones first."""
    posts = [
        post
        for post in desk.books.posts.of_member(desk.me.id, open_only=False)
        if post.state is not PostState.HIDDEN
    ]
    posts.sort(key=lambda post: post.state is not PostState.OPEN)
    page = min(max(0, intent.page), pages(len(posts), PAGE) - 1)
    found = shown_to(desk, posts[page * PAGE :][:PAGE], desk.me.id)
    return Replace(mine_view(found, len(posts), page))
