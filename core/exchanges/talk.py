"""Words between the two sides, wherever each of them is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.commands import PlainWords
from core.drafts.model import Draft
from core.exchanges.forms import MESSAGE_LONGEST, message_form
from core.exchanges.intents import DropDraft, OpenMessage, SendDraft, SendMessage
from core.exchanges.model import Exchange, Message
from core.exchanges.moves import talk_is_open
from core.exchanges.reading import first_use
from core.exchanges.seeing import as_it_stands, chosen, done, mine, named, seen
from core.exchanges.talk_views import (
    doubtful_view,
    not_sent_view,
    preview_view,
    unknown_view,
)
from core.exchanges.views import exchange_card
from core.kernel.desk import Desk
from core.kernel.references import reference
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.safety.free_text import Doubtful, Kind, asking_first, screened_words
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Button, Note

_GUESSED_WITHIN = timedelta(days=7)
"""How long after a relayed message plain words are taken for an answer to it."""
_CARRIED = 500
"""How many bytes of words a button carries into a form."""
_DRAFT = "message"


def read_message(rest: str) -> Intent:
    """``E-7K2 see you at 2`` as typed; without words it opens the form."""
    exchange, words = named(rest)
    return SendMessage(exchange=exchange, words=words) if words else OpenMessage(exchange=exchange)


def open_message(desk: Desk, intent: OpenMessage) -> Reply:
    """The form for a message."""
    exchange = _conversation(desk, intent.exchange, intent.words)
    if not isinstance(exchange, Exchange):
        return exchange
    try:
        other = _other_side(desk, exchange)
    except Refusal as closed:
        return as_it_stands(desk, exchange, closed.reason)
    return Open(message_form(exchange.id, other, desk.keys.nonce(), intent.words))


def _conversation(desk: Desk, exchange_id: int, words: str) -> Exchange | Reply:
    """The exchange that is meant, where the two may write to each other."""
    among = None
    if not exchange_id:
        blocked = desk.books.members.blocked_either_way(desk.me.id)
        latest, _total = desk.books.exchanges.of_member(desk.me.id, (), 0, 50)
        talking = [
            one
            for one in latest
            if talk_is_open(one, desk.now) and one.other(desk.me.id) not in blocked
        ]
        among = [one for one in talking if one.state.open] or talking
    carried = words if len(words.encode()) <= _CARRIED else ""
    return chosen(
        desk,
        exchange_id,
        lambda _one: True,
        _("You have nobody to write to yet. First agree an exchange: type find to look around."),
        lambda one: Button(
            _("This one"),
            OpenMessage(exchange=one.id, words=carried),
            f"message {reference('E', one.id)}",
        ),
        among,
    )


def _other_side(desk: Desk, exchange: Exchange) -> Words:
    """The name of the other side. Refuses where the two may not write to each other."""
    shown = seen(desk, exchange, desk.me.id)
    if exchange.other(desk.me.id) in desk.books.members.blocked_by(desk.me.id):
        raise Refusal(
            _("You have blocked this person. Type blocked to change that."), code="talk-closed"
        )
    if shown.closed:
        raise Refusal(_("This conversation is closed."), code="talk-closed")
    if not talk_is_open(exchange, desk.now):
        raise Refusal(
            _("This exchange ended more than 30 days ago, so its conversation is closed."),
            code="talk-closed",
        )
    if shown.away:
        raise Refusal(
            _(
                "{name} is away at the moment, so a message cannot reach them. "
                "Write again when they are back.",
                name=shown.other_name,
            ),
            code="away",
        )
    return shown.other_name


def _kind(exchange: Exchange) -> Kind:
    """Contact details may pass between the two once they have agreed."""
    return "private" if exchange.agreed_at is not None else "public"


def _form_again(desk: Desk, intent: SendMessage) -> Form:
    """The form as it was filled in; it then belongs to the exchange that was meant."""
    exchange = _conversation(desk, intent.exchange, intent.words)
    assert isinstance(exchange, Exchange)
    key = intent.key or desk.keys.nonce()
    return message_form(exchange.id, _other_side(desk, exchange), key, intent.words)


def _send_message(desk: Desk, intent: SendMessage) -> Reply:
    """Pass words on."""
    exchange = _conversation(desk, intent.exchange, intent.words)
    if not isinstance(exchange, Exchange):
        return exchange
    other = _other_side(desk, exchange)
    words = screened_words(
        intent.words,
        "words",
        MESSAGE_LONGEST,
        kind=_kind(exchange),
        confirmed=intent.not_about_a_patient,
    )
    if first_use(desk, intent.key, "message"):
        relay(desk, exchange, words)
    return done(desk, exchange, _("Your message is on its way to {name}.", name=other))


send_message = asking_first(_send_message, _form_again)


def relay(desk: Desk, exchange: Exchange, words: str, *, thanks: bool = False) -> Message:
    """Keep words, already screened, and tell the other side."""
    message = desk.books.exchanges.add_message(
        Message(exchange.id, desk.me.id, words, desk.now, thanks=thanks)
    )
    desk.tell(
        "exchange.thanked" if thanks else "exchange.message",
        f"message:{message.id}",
        [exchange.other(desk.me.id)],
        {"exchange": exchange.id, "message": message.id},
    )
    return message


def plain_words(desk: Desk, intent: PlainWords) -> Reply:
    """Words that are no command: an answer to a relayed message, or a slip.

    An answer is sent only after a press that says to whom it goes.
    """
    exchange = None if intent.words.startswith("/") else _answered(desk)
    if exchange is None:
        return Say(unknown_view(desk.house.commands, intent))
    other = _other_side(desk, exchange)
    try:
        words = screened_words(intent.words, "", MESSAGE_LONGEST, kind=_kind(exchange))
    except Doubtful as doubt:
        carried = intent.words if len(intent.words.encode()) <= _CARRIED else ""
        return Say(doubtful_view(doubt.reason, OpenMessage(exchange=exchange.id, words=carried)))
    draft = desk.books.drafts.add(
        Draft(desk.me.id, _DRAFT, {"exchange": exchange.id, "words": words}, desk.now)
    )
    return Say(preview_view(draft.id, words, other, exchange.title, intent.nearest))


def _answered(desk: Desk) -> Exchange | None:
    """The exchange of the message replied to, else of the last one in the past week."""
    caller, books = desk.caller, desk.books
    if caller.reply_to:
        notice = books.deliveries.by_handle(
            caller.platform, caller.tenant, caller.reply_to, desk.me.id
        )
        return _mine_or_none(desk, notice.data.get("exchange")) if notice else None
    if not caller.private:
        return None
    notice = books.deliveries.last_sent(desk.me.id, "exchange.message")
    if notice is None or desk.now - notice.at > _GUESSED_WITHIN:
        return None
    exchange = _mine_or_none(desk, notice.data.get("exchange"))
    if exchange is None or seen(desk, exchange, desk.me.id).closed:
        return None
    return exchange if talk_is_open(exchange, desk.now) else None


def _mine_or_none(desk: Desk, exchange_id: object) -> Exchange | None:
    if not isinstance(exchange_id, int):
        return None
    exchange = desk.books.exchanges.get(exchange_id)
    return exchange if exchange is not None and exchange.has(desk.me.id) else None


def _my_draft(desk: Desk, draft_id: int) -> Draft | None:
    """The draft that a button names, or for typed words (0) the newest that waits."""
    if draft_id == 0:
        return desk.books.drafts.newest(desk.me.id, [_DRAFT])
    return desk.books.drafts.mine(draft_id, desk.me.id, _DRAFT)


def send_draft(desk: Desk, intent: SendDraft) -> Reply:
    """Pass on what was typed, once."""
    draft = _my_draft(desk, intent.draft)
    if draft is None:
        return Replace(not_sent_view())
    exchange = mine(desk, int(draft.data["exchange"]))
    try:
        other = _other_side(desk, exchange)
    except Refusal as closed:
        sent = _("Your message has been sent already.")
        return as_it_stands(desk, exchange, closed.reason if draft.became is None else sent)
    if draft.became is None:
        message = relay(desk, exchange, str(draft.data["words"]))
        kept = {"exchange": exchange.id}
        desk.books.drafts.save(replace(draft, data=kept, became=message.id))
    shown = seen(desk, exchange, desk.me.id)
    news = _("Your message is on its way to {name}.", name=other)
    return Replace(exchange_card(shown, Note(news, "success")))


def drop_draft(desk: Desk, intent: DropDraft) -> Reply:
    """Forget what was typed."""
    draft = _my_draft(desk, intent.draft)
    if draft is not None and draft.became is not None:
        exchange = mine(desk, int(draft.data["exchange"]))
        return done(desk, exchange, _("Your message has been sent already."))
    if draft is not None:
        desk.books.drafts.forget(draft.id)
    return Replace(not_sent_view())
