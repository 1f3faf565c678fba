"""What members are told about posts: a new ask they could answer, a new offer they could use."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.kernel.desk import Office
from core.kernel.texts import Text, _
from core.members.model import Member, MemberState
from core.posts.model import Post, PostState
from core.posts.show import shown_in_notice
from core.posts.views import answered_view, told_view
from core.ui.views import View


def render_new_ask(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """Somebody asks for a skill that this member has."""
    return _render(office, notice, member, _("Could you help with this?"))


def render_new_offer(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """Somebody offers a skill that this member would like."""
    return _render(office, notice, member, _("This may be what you would like."))


def still_open(office: Office, notice: Notice) -> bool:
    """Whether the post can still be answered."""
    post = office.books.posts.get(notice.data["post"])
    if post is None or post.state is not PostState.OPEN:
        return False
    return office.books.members.get(post.member_id).state is not MemberState.AWAY


def _render(office: Office, notice: Notice, member: Member, why: Text) -> View | Withheld:
    post: Post | None = office.books.posts.get(notice.data["post"])
    if post is None or post.state is PostState.HIDDEN:
        return Withheld.CANCELLED
    if post.member_id in office.books.members.blocked_either_way(member.id):
        return Withheld.OPTED_OUT
    answer = office.books.exchanges.open_answer(post.id, member.id)
    if answer is not None:
        return answered_view(post, answer.id)
    return told_view(shown_in_notice(office, post, member), why)
