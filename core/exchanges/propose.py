"""From an open post to a proposal: "I can help" and "I would like this"."""

from __future__ import annotations

from dataclasses import replace

from core.exchanges.forms import (
    MESSAGE_LONGEST,
    WHEN_LONGEST,
    Answers,
    propose_form,
)
from core.exchanges.intents import OpenPropose, Propose
from core.exchanges.model import Exchange, Terms
from core.exchanges.reading import first_use, last_terms, minutes_of, terms_of
from core.exchanges.seeing import as_it_stands, name_of, not_found, seen
from core.exchanges.telling import keep_words, tell_other
from core.exchanges.views import exchange_card
from core.kernel.desk import Desk
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, Text, _
from core.ledger.model import AccountKind
from core.members.model import HERE_OR_AWAY, MemberState
from core.posts.model import Post, PostKind, PostState
from core.posts.show import shown as shown_post
from core.posts.views import post_view
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form, filled
from core.ui.intents import Unreadable
from core.ui.replies import Open, Replace, Reply
from core.ui.views import Note

__all__ = ["OpenPropose", "Propose", "open_propose", "propose", "read_propose"]


def read_propose(rest: str) -> OpenPropose:
    """``A-7K2 1 hour`` as typed."""
    first, _space, after = rest.partition(" ")
    found = read_reference(first)
    if found is None:
        return OpenPropose(minutes=rest)
    letter, number = found
    return OpenPropose(post=number, letter=letter, minutes=after.strip())


def open_propose(desk: Desk, intent: OpenPropose) -> Reply:
    """The form, or the proposal that this member has already made on the post."""
    if not intent.post:
        raise Refusal(
            _(
                "Say which post you mean by its reference, for example answer A-7K2. "
                "Type find to see what is open."
            ),
            code="no-reference",
        )
    post = _open_post(desk, intent.post, intent.letter)
    if not isinstance(post, Post):
        return post
    already = _already(desk, post)
    if already is not None:
        return as_it_stands(desk, already, _("You have already proposed this."))
    if _waits_for_author(desk, post):
        return Replace(post_view(shown_post(desk, post)))
    minutes = intent.minutes or typed_minutes(post.minutes)
    answers = Answers(minutes, last_terms(desk))
    return Open(_form(desk, post, desk.keys.nonce(), answers))


def _form(desk: Desk, post: Post, key: str, answers: Answers) -> Form:
    return propose_form(post, name_of(desk.books.members.get(post.member_id)), key, answers)


def _open_post(desk: Desk, post_id: int, letter: str = "") -> Post | Reply:
    """The post, held, if this member may answer it; its card, where it has closed."""
    post = desk.books.posts.lock(post_id)
    if post is None or post.state is PostState.HIDDEN or letter not in ("", post.kind.letter):
        raise not_found()
    if post.member_id == desk.me.id:
        raise Refusal(_("This is your own post. Someone else has to answer it."), code="own-post")
    if post.member_id in desk.books.members.blocked_either_way(desk.me.id):
        raise Refusal(_("This is not open to you."), code="blocked")
    if desk.books.members.get(post.member_id).state not in HERE_OR_AWAY:
        raise not_found()
    if post.state is not PostState.OPEN or post.closes < desk.today:
        closed = shown_post(desk, replace(post, state=PostState.CLOSED))
        news = _("This post has closed. Type find to see what is open now.")
        return Replace(post_view(closed, news, "info"))
    return post


def _waits_for_author(desk: Desk, post: Post) -> bool:
    """Nobody makes a proposal to somebody who could not read it: the post's card says why."""
    return desk.books.members.get(post.member_id).state is MemberState.AWAY


def _already(desk: Desk, post: Post) -> Exchange | None:
    """The open exchange that this member has on the post."""
    return next(
        (
            exchange
            for exchange in desk.books.exchanges.between(desk.me.id, post.member_id)
            if exchange.post_id == post.id and exchange.proposed_by == desk.me.id
        ),
        None,
    )


def _form_again(desk: Desk, intent: Propose) -> Form:
    """The form as it was filled in."""
    post = _open_post(desk, intent.post)
    assert isinstance(post, Post)
    terms = terms_of(intent.time, intent.manager)
    form = _form(desk, post, intent.key, Answers(intent.minutes, terms))
    return filled(form, {"when": intent.when, "message": intent.message})


def _propose(desk: Desk, intent: Propose) -> Reply:
    """Propose an exchange on an open post, with what goes with it, and tell the author."""
    if not intent.post:
        raise Unreadable
    post = _open_post(desk, intent.post)
    if not isinstance(post, Post):
        return post
    sure = intent.not_about_a_patient
    terms = terms_of(intent.time, intent.manager)
    minutes = minutes_of(desk, intent.minutes, post.minutes)
    when = screened_words(intent.when, "when", WHEN_LONGEST, required=False, confirmed=sure)
    words = screened_words(
        intent.message, "message", MESSAGE_LONGEST, required=False, confirmed=sure
    )
    already = _already(desk, post)
    if already is None and _waits_for_author(desk, post):
        return Replace(post_view(shown_post(desk, post)))
    if already is not None or not first_use(desk, intent.key, "propose"):
        return _sent_before(desk, post, already)
    exchange = desk.books.exchanges.add(_proposed(desk, post, minutes, when, terms))
    if exchange is None:
        return _sent_before(desk, post, _already(desk, post))
    tell_other(desk, "exchange.proposed", exchange, keep_words(desk, exchange, words))
    desk.did("exchange.proposal", exchange.id, exchange.version)
    return _sent(desk, exchange)


def _proposed(desk: Desk, post: Post, minutes: int, when: str, terms: Terms) -> Exchange:
    """The proposal: on an ask the proposer gives, on an offer the author does."""
    mine = desk.identity.organisation_id
    ask = post.kind is PostKind.ASK
    return Exchange(
        giver_id=desk.me.id if ask else post.member_id,
        receiver_id=post.member_id if ask else desk.me.id,
        proposed_by=desk.me.id,
        suggested_by=desk.me.id,
        title=post.title,
        minutes=minutes,
        giver_organisation_id=mine if ask else post.organisation_id,
        receiver_organisation_id=post.organisation_id if ask else mine,
        proposed_at=desk.now,
        suggested_at=desk.now,
        post_id=post.id,
        when=when,
        giver_terms=terms if ask else None,
        receiver_terms=None if ask else terms,
    )


def _sent_before(desk: Desk, post: Post, already: Exchange | None) -> Reply:
    """What the first press made: the open proposal, or whatever became of it."""
    if already is None:
        latest, _total = desk.books.exchanges.of_member(desk.me.id)
        already = next((one for one in latest if one.post_id == post.id), None)
    if already is None:
        raise Unreadable
    return as_it_stands(desk, already, _("You have already proposed this."))


def _sent(desk: Desk, exchange: Exchange) -> Reply:
    shown = seen(desk, exchange, desk.me.id)
    news = _("Sent. {name} can accept, decline or suggest other minutes.", name=shown.other_name)
    warning = _short(desk, exchange)
    if warning:
        return Replace(
            exchange_card(shown, Note(_("{news} {warning}", news=news, warning=warning)))
        )
    return Replace(exchange_card(shown, Note(news, "success")))


def _short(desk: Desk, exchange: Exchange) -> Text:
    """A word to a receiver who could not agree to this now; nothing about anybody else."""
    if exchange.receiver_id != desk.me.id:
        return NOTHING
    account = desk.books.ledger.account(AccountKind.MEMBER, desk.me.id)
    if account is None or account.available - exchange.minutes >= desk.policy.floor_minutes:
        return NOTHING
    return _(
        "You have too few free hours for this now: it needs {time}. Give some time, or cancel "
        "another exchange, before it is accepted.",
        time=spoken(exchange.minutes),
    )


propose = asking_first(_propose, _form_again)
