"""The lists of home: what waits, what fits, and what is one's own. None reads once per item."""

from __future__ import annotations

from collections.abc import Sequence

from core.events.intents import MyEvents
from core.events.list_views import event_item
from core.events.seeing import seen_many
from core.exchanges import intents as exchange
from core.exchanges.model import OPEN, Exchange, ExchangeState
from core.exchanges.moves import waits_for
from core.exchanges.seeing import name_of
from core.exchanges.views import Seen, standing
from core.home.views import Part
from core.kernel.desk import Desk, Office
from core.kernel.texts import NOTHING, Text, Words, _
from core.members.model import MemberState, SkillSide
from core.posts.book import Search
from core.posts.intents import Find, MyPosts
from core.posts.list_views import post_item
from core.posts.model import PostKind
from core.posts.show import shown_to
from core.ui.views import Button, Item

WAITING, FITTING, OWN = 3, 3, 2
"""How many things each kind of list shows before "see all": home is read on a phone, and with all
that can wait for an administrator it still has to fit in one message."""
_MANY = 200


def under_way(desk: Desk) -> Sequence[Exchange]:
    """The member's exchanges in which something may still happen, newest first."""
    found, _total = desk.books.exchanges.of_member(desk.me.id, tuple(OPEN), 0, _MANY)
    return found


def waiting_part(desk: Desk, exchanges: Sequence[Exchange]) -> Part:
    """What waits for the member's answer."""
    mine = [one for one in exchanges if waits_for(one) == desk.me.id]
    return _exchange_part(desk, _("Waiting for you"), mine, WAITING)


def exchange_part(desk: Desk, exchanges: Sequence[Exchange]) -> Part:
    """What waits for others, or for the work to be done."""
    others = [one for one in exchanges if waits_for(one) != desk.me.id]
    return _exchange_part(desk, _("Your exchanges"), others, OWN)


def _exchange_part(desk: Desk, title: Text, exchanges: Sequence[Exchange], most: int) -> Part:
    everything = Button(_("See all your exchanges"), exchange.ListExchanges(), "exchanges")
    items = tuple(exchange_item(one) for one in briefly(desk, desk.me.id, exchanges[:most]))
    return Part(title, items, len(exchanges), everything)


def briefly(office: Office, me: int, exchanges: Sequence[Exchange]) -> list[Seen]:
    """What one line says of each exchange; its card says, and reads, more."""
    others = office.books.members.many([one.other(me) for one in exchanges])
    return [
        Seen(one, me, office.now, name_of(other), NOTHING, away=_is_away(other.state))
        for one in exchanges
        for other in (others[one.other(me)],)
    ]


def _is_away(state: MemberState) -> bool:
    return state is MemberState.AWAY


def exchange_item(shown: Seen) -> Item:
    """An exchange as one of a list, with the likeliest next step."""
    one = shown.exchange
    with_whom = _("With {name}, {reference}", name=shown.other_name, reference=shown.ref)
    title: Words = one.title or _("An exchange")
    show = Button(_("Open"), exchange.ShowExchange(exchange=one.id), f"show {shown.ref}")
    main = _main_button(shown) if _may_go_on(shown) else None
    return Item(title, (with_whom, standing(shown)), (main, show) if main else (show,))


def _may_go_on(shown: Seen) -> bool:
    """Nothing is agreed with somebody who is away."""
    return not (shown.away and shown.exchange.state is ExchangeState.PROPOSED)


def _main_button(shown: Seen) -> Button | None:
    """The likeliest next step for the member, if it is theirs to take."""
    one, ref = shown.exchange, shown.ref
    if one.state is ExchangeState.AGREED:
        done = exchange.OpenClaim(exchange=one.id, version=one.version)
        return Button(_("It is done"), done, f"done {ref}", "primary")
    if waits_for(one) != shown.me:
        return None
    if one.state is ExchangeState.PROPOSED:
        accept = exchange.OpenAccept(exchange=one.id, version=one.version)
        return Button(_("Accept"), accept, f"accept {ref}", "primary")
    confirm = exchange.Confirm(exchange=one.id, version=one.version)
    return Button(_("Confirm"), confirm, f"confirm {ref}", "primary")


def fitting_parts(desk: Desk, exchanges: Sequence[Exchange]) -> tuple[Part, Part]:
    """The newest asks that the member's skills fit, and offers of what they would like, leaving
    out their own and those that they have answered."""
    without = desk.books.members.blocked_either_way(desk.me.id) | {desk.me.id}
    answered = frozenset(one.post_id for one in exchanges if one.post_id is not None)

    def part(title: Text, kind: PostKind, side: SkillSide, everything: Button) -> Part:
        skills = desk.books.members.skills(desk.me.id, side)
        search = Search(
            desk.today,
            kind,
            skills=skills,
            without=without,
            without_posts=answered,
            newest=True,
            limit=FITTING,
        )
        posts, total = desk.books.posts.search(search) if skills else ((), 0)
        items = tuple(post_item(one) for one in shown_to(desk, posts, desk.me.id))
        return Part(title, items, total, everything, always=True)

    asks = Button(_("See all asks"), Find(kind="ask"), "asks")
    offers = Button(_("See all offers"), Find(kind="offer"), "offers")
    return (
        part(_("People you could help"), PostKind.ASK, SkillSide.CAN_HELP, asks),
        part(_("Offers that fit you"), PostKind.OFFER, SkillSide.WOULD_LIKE, offers),
    )


def post_part(desk: Desk) -> Part:
    """The member's own open posts."""
    posts = desk.books.posts.of_member(desk.me.id)
    items = tuple(post_item(one) for one in shown_to(desk, posts[:OWN], desk.me.id))
    everything = Button(_("See all your posts"), MyPosts(), "posts")
    return Part(_("Your offers and asks"), items, len(posts), everything)


def event_part(desk: Desk) -> Part:
    """The next events that the member comes to, waits for or hosts."""
    events, total = desk.books.events.ahead(desk.me.id, desk.now, 0, OWN)
    items = tuple(event_item(one) for one in seen_many(desk, events, desk.me))
    everything = Button(_("See all your events"), MyEvents(), "my events")
    return Part(_("Your events"), items, total, everything)
