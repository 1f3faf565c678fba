"""Looking an exchange up for one member: whether they may, and all that they then see of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.exchanges.intents import OnExchange
from core.exchanges.list_views import choose_view
from core.exchanges.model import OPEN, Exchange
from core.exchanges.moves import NOT_WHILE_AWAY, Move, moves
from core.exchanges.pausing_views import away_now
from core.exchanges.views import Seen, exchange_card
from core.kernel.desk import Desk, Office
from core.kernel.references import read_reference, reference
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, Words, _
from core.ledger.model import AccountKind
from core.members.model import HERE_OR_AWAY, Member, MemberState
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Button, Note

CHOICES = 10
"""How many candidates are listed where typed words may mean several."""
LATEST_WORDS = 3
"""How many of the latest messages a full card shows: what fits every chat at the longest."""
_MANY = 50


def not_found() -> Refusal:
    """The same words for what is not there and for what is not yours."""
    return Refusal(_("I cannot find that."), code="not-found")


def name_of(member: Member) -> Words:
    """The name others see; a tombstone has none."""
    if member.state in (MemberState.LEFT, MemberState.MERGED) or not member.name:
        return _("Someone who has left")
    return member.name


def mine(desk: Desk, exchange_id: int) -> Exchange:
    """The caller's exchange, held until the transaction ends. Refuses everybody else's."""
    exchange = desk.books.exchanges.lock(exchange_id) if exchange_id > 0 else None
    if exchange is None or not exchange.has(desk.me.id):
        raise not_found()
    return exchange


def seen(office: Office, exchange: Exchange, member_id: int, *, full: bool = False) -> Seen:
    """What one side may know of an exchange now."""
    books = office.books
    other = books.members.get(exchange.other(member_id))
    latest = books.exchanges.messages(exchange.id, LATEST_WORDS + 1) if full else ()
    return Seen(
        exchange,
        member_id,
        office.now,
        name_of(other),
        books.organisations.get(_organisation(exchange, other)).name,
        other.contact,
        closed=other.id in books.members.blocked_either_way(member_id)
        or other.state not in HERE_OR_AWAY,
        away=other.state is MemberState.AWAY,
        thanked=books.exchanges.thanked(exchange.id, member_id),
        messages=tuple(latest[-LATEST_WORDS:]),
        earlier=len(latest) > LATEST_WORDS,
    )


def _organisation(exchange: Exchange, member: Member) -> int:
    """The organisation that this side acted for."""
    if member.id == exchange.giver_id:
        return exchange.giver_organisation_id
    return exchange.receiver_organisation_id


def with_balance(office: Office, shown: Seen) -> Seen:
    """The same with the reader's own balance."""
    account = office.books.ledger.account(AccountKind.MEMBER, shown.me)
    return replace(shown, balance=account.balance) if account else shown


def done(desk: Desk, exchange: Exchange, news: Text) -> Reply:
    """What has just been done, on the card as it now stands."""
    return Replace(exchange_card(seen(desk, exchange, desk.me.id), Note(news, "success")))


def as_it_stands(desk: Desk, exchange: Exchange, why: Text | None = None) -> Reply:
    """The present card, for a button or form from an older one, or a second press."""
    news = why or _("This has changed since. Here is how it stands now.")
    shown = with_balance_after(desk, exchange)
    return Replace(exchange_card(shown, Note(news)))


def with_balance_after(desk: Desk, exchange: Exchange) -> Seen:
    """What the caller sees, with the balance where hours have moved."""
    shown = seen(desk, exchange, desk.me.id)
    return with_balance(desk, shown) if exchange.settled_minutes is not None else shown


def stands(desk: Desk, exchange: Exchange, version: int, move: Move) -> Reply | None:
    """None where the move may be made; else how things stand now, and why it may not."""
    if version and version != exchange.version:
        return as_it_stands(desk, exchange)
    if move not in moves(exchange, desk.me.id):
        return as_it_stands(desk, exchange, _WHY_NOT[move]())
    if move in NOT_WHILE_AWAY:
        shown = seen(desk, exchange, desk.me.id)
        if shown.away:
            return as_it_stands(desk, exchange, away_now(shown.other_name))
    return None


_WHY_NOT: dict[Move, Callable[[], Text]] = {
    Move.ACCEPT: lambda: _("There is nothing here for you to accept. This is how it stands."),
    Move.SUGGEST: lambda: _("There is nothing here for you to answer. This is how it stands."),
    Move.CLAIM: lambda: _("You cannot say that this is done now. This is how it stands."),
    Move.CONFIRM: lambda: _("There is nothing here for you to confirm. This is how it stands."),
    Move.CORRECT: lambda: _("There is nothing here for you to correct. This is how it stands."),
    Move.CANCEL: lambda: _("This can no longer be cancelled. This is how it stands."),
    Move.THANK: lambda: _("You can say thank you when the hours are confirmed."),
    Move.DISPUTE: lambda: _("There is nothing to settle here now. This is how it stands."),
    Move.ATTACH: lambda: _("No lead is looking at this now. This is how it stands."),
    Move.DECLINE: lambda: _("You cannot do that now. This is how it stands."),
    Move.WITHDRAW: lambda: _("You cannot do that now. This is how it stands."),
    Move.MANAGER: lambda: _("You cannot do that now. This is how it stands."),
}


def chosen(
    desk: Desk,
    exchange_id: int,
    fits: Callable[[Exchange], bool],
    none: Text,
    button: Callable[[Exchange], Button],
    among: Sequence[Exchange] | None = None,
) -> Exchange | Reply:
    """The exchange that a verb means: the one named, else the only one that fits.

    Refuses with ``none`` where nothing fits; lists the candidates, each with its ``button``,
    where more than one does.
    """
    if exchange_id:
        return mine(desk, exchange_id)
    if among is None:
        among, _total = desk.books.exchanges.of_member(desk.me.id, tuple(OPEN), 0, _MANY)
    fitting = [exchange for exchange in among if fits(exchange)]
    if not fitting:
        raise Refusal(none, code="nothing-fits")
    if len(fitting) == 1:
        return mine(desk, fitting[0].id)
    rows = tuple((seen(desk, one, desk.me.id), button(one)) for one in fitting[:CHOICES])
    more = len(fitting) > CHOICES
    return Say(choose_view(_("Which one do you mean?"), rows, more=more))


def ready(desk: Desk, intent: OnExchange, move: Move, word: str) -> Exchange | Reply:
    """The exchange that ``intent`` means, held, where this member may make ``move`` now.

    Otherwise the answer: which of several, or how the one named stands. ``word`` is what is
    typed for the verb.
    """
    exchange = chosen(
        desk,
        intent.exchange,
        lambda one: move in moves(one, desk.me.id),
        _("You have no exchange where that can be done now. Type exchanges to see them all."),
        lambda one: Button(
            _("This one"),
            replace(intent, exchange=one.id, version=one.version),
            f"{word} {reference('E', one.id)}",
        ),
    )
    if not isinstance(exchange, Exchange):
        return exchange
    return stands(desk, exchange, intent.version, move) or exchange


def named(rest: str) -> tuple[int, str]:
    """The exchange that typed words start with, or 0, and the words after it.

    What looks like the reference of something else gives -1, which nobody owns.
    """
    first, _space, after = rest.partition(" ")
    found = read_reference(first)
    if found is None:
        return 0, rest
    letter, number = found
    if letter != "E" and "-" not in first:  # "hmmm" is a word, not a reference
        return 0, rest
    return (number if letter == "E" else -1), after.strip()
