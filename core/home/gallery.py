"""Every view of home and help, at its edges."""

from __future__ import annotations

from collections.abc import Iterator

from core.exchanges.intents import Confirm, ListExchanges, ShowExchange
from core.exchanges.safety_intents import ListDisputes, ListReports
from core.home.home import BUTTONS, LISTED
from core.home.views import Group, Hours, Known, Part, Task, command_view, help_view, home_view
from core.kernel.minutes import spoken
from core.kernel.texts import Text, _
from core.posts.intents import MyPosts, ShowPost
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button, Fact, Item


def examples() -> Iterator[Example]:
    """Home empty, full and for a lead; help whole, for visitors, for one word and for no word."""
    everything = Button(_("See all your exchanges"), ListExchanges(), "exchanges")
    none = Part(_("Waiting for you"), (), 0, everything)
    yield Example("home.empty", home_view("Ana Ward", Hours(120, 0), (none,), (), BUTTONS))
    yield Example("home.one", home_view("Ana Ward", Hours(-330, 60), _parts(1), (), BUTTONS))
    yield Example("home.full", home_view(HOSTILE, Hours(615, 135), _parts(40), _tasks(), BUTTONS))
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
    known = Known("offer", _("Offer help with something"), "offer 2 hours easy read")
    yield Example("home.help-command", command_view(known, ("cynnig",)))
    yield Example("home.help-command-bare", command_view(Known("home", known.help), ()))


def _parts(count: int) -> tuple[Part, ...]:
    see_all = Button(_("See all your exchanges"), ListExchanges(), "exchanges")
    posts = Button(_("See all your posts"), MyPosts(), "posts")
    shown = min(count, LISTED)
    return (
        Part(
            _("Waiting for you"),
            tuple(_exchange(n, "Ana Ward") for n in range(shown)),
            count,
            see_all,
        ),
        Part(
            _("Your exchanges"), tuple(_exchange(n, HOSTILE) for n in range(shown)), count, see_all
        ),
        Part(_("Your offers and asks"), tuple(_post(n) for n in range(shown)), count, posts),
    )


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
    )


def _group(word: str, count: int) -> Group:
    said: Text = _("Offer help with something")
    return Group(_("Offer, ask and find"), tuple(Known(word, said) for _n in range(count)))
