"""Every view of home and help, at its edges."""

from __future__ import annotations

from collections.abc import Iterator

from core.exchanges.intents import Confirm, ListExchanges, OpenPropose, ShowExchange
from core.exchanges.safety_intents import ListDisputes, ListReports
from core.home.home import BUTTONS
from core.home.parts import FITTING, OWN, WAITING
from core.home.views import (
    Group,
    Hours,
    Known,
    Part,
    Task,
    command_view,
    help_view,
    home_view,
    not_undone_view,
)
from core.installations.intents import ListTenants
from core.kernel.minutes import spoken
from core.kernel.texts import Text, _
from core.ledger.intents import ListCorrections
from core.members.confirming_intents import ListJoiners
from core.posts.intents import Find, MyPosts, ShowPost
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button, Fact, Item


def examples() -> Iterator[Example]:
    """Home empty, full and for a lead; help whole, for visitors, for one word and for no word."""
    none, one, many = _waiting(0), _waiting(1), _waiting(40)
    yield Example("home.empty", home_view("Ana Ward", Hours(120, 0), none, (), (), BUTTONS))
    fits = _parts(2, "Run charts for beginners", "Ben Lowe")[:2]
    yield Example("home.fits", home_view("Ana Ward", Hours(120, 0), none, (), fits, BUTTONS))
    yield Example("home.one", home_view("Ana Ward", Hours(-330, 60), one, (), _parts(1), BUTTONS))
    yield Example(
        "home.full", home_view(HOSTILE, Hours(615, 135), many, _tasks(), _parts(40), BUTTONS)
    )
    yield Example(
        "home.help", help_view((_group("offer", 9), _group("give", 4)), (), visitor=False)
    )
    contact = Fact("Northgate Hospitals NHS Trust", "Sam Reed, hourbridge@northgate.example")
    yield Example(
        "home.help-visitor",
        help_view((_group("ask", 12),), (contact, Fact(HOSTILE, HOSTILE)), visitor=True),
    )
    yield Example(
        "home.help-unknown",
        help_view((_group("ask", 1),), (contact,), visitor=False, unknown=HOSTILE[:40]),
    )
    yield Example(
        "home.help-nearest",
        help_view((_group("ask", 1),), (), visitor=False, unknown="ofer", nearest="offer"),
    )
    yield Example(
        "home.help-unconfirmed",
        help_view((_group("ask", 1),), (contact,), visitor=False, unconfirmed=True),
    )
    moved_on = _("Your settings have changed again since then. Type settings to change them.")
    yield Example("home.not-undone", not_undone_view(moved_on))
    known = Known("offer", _("Offer help with something"), "offer 2 hours easy read")
    yield Example("home.help-command", command_view(known, ("cynnig",)))
    yield Example("home.help-command-bare", command_view(Known("home", known.help), ()))


def _waiting(count: int) -> Part:
    items = tuple(_exchange(n, "Ana Ward") for n in range(min(count, WAITING)))
    return Part(_("Waiting for you"), items, count, _SEE_EXCHANGES)


def _parts(count: int, title: str = "W" * 150, name: str = HOSTILE) -> tuple[Part, ...]:
    see_asks = Button(_("See all asks"), Find(kind="ask"), "asks")
    see_offers = Button(_("See all offers"), Find(kind="offer"), "offers")
    posts = Button(_("See all your posts"), MyPosts(), "posts")
    fitting = range(min(count, FITTING))
    asks = tuple(_ask(n, title, name) for n in fitting)
    offers = tuple(_offer(n, title, name) for n in fitting)
    mine = tuple(_post(n) for n in range(min(count, OWN)))
    exchanges = tuple(_exchange(n, name) for n in range(min(count, OWN)))
    return (
        Part(_("People you could help"), asks, count, see_asks, always=True),
        Part(_("Offers that fit you"), offers, count, see_offers, always=True),
        Part(_("Your offers and asks"), mine, count, posts),
        Part(_("Your exchanges"), exchanges, count, _SEE_EXCHANGES),
    )


_SEE_EXCHANGES = Button(_("See all your exchanges"), ListExchanges(), "exchanges")


def _ask(number: int, title: str, name: str) -> Item:
    answer = Button(_("I can help"), OpenPropose(post=number), "answer A-7K2", "primary")
    see = Button(_("See it"), ShowPost(post=number), "show A-7K2")
    return Item(_("Ask: {title}", title=title), _lines(name), (answer, see))


def _offer(number: int, title: str, name: str) -> Item:
    want = Button(_("I would like this"), OpenPropose(post=number), "want O-7K2", "primary")
    see = Button(_("See it"), ShowPost(post=number), "show O-7K2")
    return Item(_("Offer: {title}", title=title), _lines(name), (want, see))


def _lines(name: str) -> tuple[Text, Text]:
    return (_("{name}, {organisation}", name=name, organisation="Westshire Council"), spoken(90))


def _exchange(number: int, name: str) -> Item:
    return Item(
        "W" * 150,
        (_("With {name}, {reference}", name=name, reference="E-7K2"), spoken(90)),
        (
            Button(_("Confirm"), Confirm(exchange=number, version=3), "confirm E-7K2", "primary"),
            Button(_("Open"), ShowExchange(exchange=number), "show E-7K2"),
        ),
    )


def _post(number: int) -> Item:
    return Item(HOSTILE, (_("You"),), (Button(_("See it"), ShowPost(post=number), "show O-7K2"),))


def _tasks() -> tuple[Task, ...]:
    see = _("See them")
    return (
        Task(_("2 exchanges to settle"), Button(see, ListDisputes(), "disputes")),
        Task(_("1 report to read"), Button(see, ListReports(), "reports")),
        Task(_("3 corrections to decide"), Button(see, ListCorrections(), "corrections")),
        Task(_("1 workspace waits for approval"), Button(see, ListTenants(), "tenants")),
        Task(_("2 people wait to be confirmed"), Button(see, ListJoiners(), "joiners")),
    )


def _group(word: str, count: int) -> Group:
    said: Text = _("Offer help with something")
    return Group(_("Offer, ask and find"), tuple(Known(word, said) for _n in range(count)))
