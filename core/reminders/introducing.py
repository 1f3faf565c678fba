"""``introduce``: showing an ask to somebody who could answer it."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.model import Notice, Withheld
from core.kernel.desk import Desk, Office
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.receivers import people_named
from core.members.model import HERE_OR_AWAY, NAME_LONGEST, Member, MemberState
from core.posts.model import Post, PostState
from core.posts.show import NOT_FOUND, shown, shown_in_notice, visible
from core.posts.views import answered_view
from core.reminders.broker_views import LETTER, introduce_form, introduced_view, thought_of_view
from core.reminders.brokers import helps_with
from core.reminders.intents import Introduce, ListUnanswered, OpenIntroduce
from core.reminders.model import About, Reminded
from core.reminders.unanswered import is_open_ask
from core.safety.words import checked_words
from core.ui.intents import Intent
from core.ui.replies import Open, Replace, Reply
from core.ui.views import View

KIND = "reminders.thought-of"
_MOST = 10
_LONGEST = 2 * NAME_LONGEST


def read_introduce(rest: str) -> Intent:
    """``introduce A-7K2`` opens the form, ``introduce A-7K2 Ben Lowe`` does it."""
    first, _space, who = rest.partition(" ")
    if not first:
        return ListUnanswered()
    found = read_reference(first)
    post = found[1] if found is not None and found[0] == LETTER else -1
    return Introduce(post=post, who=who.strip()) if who.strip() else OpenIntroduce(post=post)


def open_introduce(desk: Desk, intent: OpenIntroduce) -> Reply:
    """Whom do you know?"""
    post = _ask(desk, intent.post)
    return Open(introduce_form(shown(desk, post), Introduce(post=post.id), ()))


def introduce(desk: Desk, intent: Introduce) -> Reply:
    """Show the ask to the one who is meant, once; ask which of several it is."""
    post = _ask(desk, intent.post)
    who = checked_words(intent.who, "who", _LONGEST, required=not intent.chosen)
    fitting = _fitting(desk, post, who, intent.chosen)
    if len(fitting) > 1:
        places = [(one, desk.books.organisations.get(one.organisation_id).name) for one in fitting]
        return Open(introduce_form(shown(desk, post), Introduce(post=post.id, who=who), places))
    again = not _tell(desk, post, fitting[0])
    return Replace(introduced_view(shown(desk, post), fitting[0].name, again=again))


def _tell(desk: Desk, post: Post, member: Member) -> bool:
    """Tell them; False where they were told of this ask before, by whomever."""
    told = desk.books.reminders.step(About.INTRODUCED, post.id, member.id)
    if told is not None:
        return False
    reminded = Reminded(About.INTRODUCED, post.id, member.id, desk.now)
    desk.books.reminders.remember(reminded, desk.now)
    data = {"post": post.id, "by": desk.me.id}
    desk.tell(KIND, f"post:{post.id}", [member.id], data)
    return True


def _ask(desk: Desk, post_id: int) -> Post:
    """The ask, held, where the caller may bring somebody to it. All else is not to be found."""
    post = visible(desk, post_id)
    if not helps_with(desk, desk.me.id, post):
        raise Refusal(NOT_FOUND, code="not-found")
    held = desk.books.posts.lock(post.id)
    if held is None or not is_open_ask(desk, held):
        raise Refusal(_("This ask is closed, or is an offer."), code="nothing-fits")
    return held


def _fitting(desk: Desk, post: Post, who: str, chosen: str) -> Sequence[Member]:
    """Who may be meant and may be told. Raises ``Refusal`` in the same words for all others."""
    found = people_named(desk, who)
    if chosen:
        found = [one for one in found if str(one.id) == chosen]
    apart = desk.books.members.blocked_either_way(post.member_id)
    apart |= desk.books.members.blocked_either_way(desk.me.id) | {post.member_id, desk.me.id}
    may = [one for one in found if one.state is MemberState.ACTIVE and one.id not in apart]
    if not may:
        raise Refusal(
            _("I cannot find that name. Write a first name and surname."), "who", "nobody"
        )
    return may[:_MOST]


def render(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """The ask, and who thought of the reader for it."""
    post = office.books.posts.get(int(notice.data["post"]))
    if post is None or post.state is PostState.HIDDEN:
        return Withheld.CANCELLED
    by = office.books.members.get(int(notice.data["by"]))
    blocked = office.books.members.blocked_either_way(member.id)
    if blocked & {post.member_id, by.id}:
        return Withheld.OPTED_OUT
    answer = office.books.exchanges.open_answer(post.id, member.id)
    if answer is not None:
        return answered_view(post, answer.id)
    if by.state not in HERE_OR_AWAY:
        return Withheld.CANCELLED
    return thought_of_view(shown_in_notice(office, post, member), by.name)
