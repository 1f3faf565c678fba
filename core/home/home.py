"""``home``: what needs you now, what is under way, your posts and your hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.commands import Hello
from core.exchanges import intents as exchange
from core.exchanges.model import OPEN, Exchange, ExchangeState
from core.exchanges.moves import waits_for
from core.exchanges.seeing import seen
from core.exchanges.views import standing
from core.home.help import Help
from core.home.tasks import tasks
from core.home.views import Hours, Part, home_view
from core.kernel.desk import Desk
from core.kernel.references import reference
from core.kernel.texts import Words, _
from core.ledger.intents import Give
from core.ledger.model import AccountKind
from core.members.settings import OpenSettings
from core.posts.intents import MyPosts, OpenFind, OpenPostForm
from core.posts.show import shown_to
from core.posts.views import post_item
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply
from core.ui.views import Button, Item

LISTED = 5
"""How many things each list shows before "see all"."""
_MANY = 200
BUTTONS = (
    Button(_("Offer help"), OpenPostForm(kind="offer"), "offer", "primary"),
    Button(_("Ask for help"), OpenPostForm(kind="ask"), "ask", "primary"),
    Button(_("Find"), OpenFind(), "find"),
    Button(_("Give hours"), Give(), "give"),
    Button(_("Settings"), OpenSettings(), "settings"),
    Button(_("Help"), Help(), "help"),
)


@dataclass(frozen=True, kw_only=True)
class Home(Intent):
    """Where I stand."""

    name: ClassVar[str] = "home.home"
    kept_for_joining: ClassVar[bool] = False


def home(desk: Desk, _intent: Home | Hello) -> Reply:
    """The actor's own page; nobody else ever sees it."""
    account = desk.books.ledger.account(AccountKind.MEMBER, desk.me.id)
    hours = Hours(account.balance, account.reserved) if account else Hours(0, 0)
    parts = (*_exchange_parts(desk), _post_part(desk))
    return Replace(home_view(desk.me.name, hours, parts, tasks(desk), BUTTONS))


def _exchange_parts(desk: Desk) -> tuple[Part, Part]:
    """What waits for me, then what waits for others or for the work to be done."""
    under_way, _total = desk.books.exchanges.of_member(desk.me.id, tuple(OPEN), 0, _MANY)
    mine = [one for one in under_way if waits_for(one) == desk.me.id]
    others = [one for one in under_way if waits_for(one) != desk.me.id]
    everything = Button(_("See all your exchanges"), exchange.ListExchanges(), "exchanges")
    return (
        Part(_("Waiting for you"), _items(desk, mine), len(mine), everything),
        Part(_("Your exchanges"), _items(desk, others), len(others), everything),
    )


def _items(desk: Desk, exchanges: Sequence[Exchange]) -> tuple[Item, ...]:
    return tuple(_item(desk, one) for one in exchanges[:LISTED])


def _item(desk: Desk, one: Exchange) -> Item:
    shown = seen(desk, one, desk.me.id)
    with_whom = _("With {name}, {reference}", name=shown.other_name, reference=shown.ref)
    title: Words = one.title or _("An exchange")
    show = Button(
        _("Open"), exchange.ShowExchange(exchange=one.id), f"show {reference('E', one.id)}"
    )
    main = _main_button(desk, one)
    return Item(title, (with_whom, standing(shown)), (main, show) if main else (show,))


def _main_button(desk: Desk, one: Exchange) -> Button | None:
    """The likeliest next step for the actor, if it is theirs to take."""
    ref = reference("E", one.id)
    if one.state is ExchangeState.AGREED:
        done = exchange.OpenClaim(exchange=one.id, version=one.version)
        return Button(_("It is done"), done, f"done {ref}", "primary")
    if waits_for(one) != desk.me.id:
        return None
    if one.state is ExchangeState.PROPOSED:
        accept = exchange.OpenAccept(exchange=one.id, version=one.version)
        return Button(_("Accept"), accept, f"accept {ref}", "primary")
    confirm = exchange.Confirm(exchange=one.id, version=one.version)
    return Button(_("Confirm"), confirm, f"confirm {ref}", "primary")


def _post_part(desk: Desk) -> Part:
    posts = desk.books.posts.of_member(desk.me.id)
    items = tuple(post_item(one) for one in shown_to(desk, posts[:LISTED], desk.me.id))
    everything = Button(_("See all your posts"), MyPosts(), "posts")
    return Part(_("Your offers and asks"), items, len(posts), everything)
