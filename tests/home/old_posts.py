"""Old buttons of drafts and posts."""

from __future__ import annotations

from collections.abc import Callable

from tests.exchanges.story import ask, met, offer
from tests.home.old import Case, Old
from tests.world import Person, World


def _draft(label: str, moved: str, said: str, line: str = "offer 1 hour easy read") -> Case:
    def make(world: World) -> Old:
        ana = world.person("Ana Ward")
        ana.types(line)
        button = ana.button(label)
        ana.types(moved)
        return Old(ana, button, said)

    return make


def _own_post(label: str, moved: tuple[str, ...], said: str) -> Case:
    def make(world: World) -> Old:
        ana = world.person("Ana Ward")
        offer(ana)
        button = ana.button(label)
        for words in moved:
            ana.types(words)
        return Old(ana, button, said)

    return make


POSTED, DROPPED = "This is posted already.", "Nothing was posted."
DRAFTS = {
    f"{name}-after-{moved}": _draft(label, moved, POSTED if moved == "post" else DROPPED)
    for name, label in (("post", "Post it"), ("change", "Change it"), ("drop", "Do not post it"))
    for moved in ("post", "drop")
}
POSTS = {
    "skill-after-post": _draft(
        "Project management", "post", POSTED, "ask 1 hour help with PM, online"
    ),
    "edit-after-close": _own_post("Change it", ("close",), "This is closed already."),
    "close-after-close": _own_post("Close it", ("close",), "This is closed already."),
    "close-after-extend": _own_post("Close it", ("extend",), "This has changed since."),
    "extend-after-close": _own_post("Keep it open longer", ("close",), "This has changed since."),
    **{
        f"{name}-after-undo": _own_post(label, ("undo",), "You have taken this back.")
        for name, label in (
            ("edit", "Change it"),
            ("close", "Close it"),
            ("extend", "Keep it open longer"),
        )
    },
}


def _answer(make_post: Callable[[Person], str], listing: str, label: str) -> Case:
    def make(world: World) -> Old:
        two = met(world)
        ref = make_post(two.ben)
        two.ana.types(listing)
        button = two.ana.button(label)
        two.ben.types(f"close {ref}")
        return Old(two.ana, button, "This post has closed.")

    return make


def _post_of_someone_whose_last_day_is_over(world: World) -> Old:
    two = met(world)
    ask(two.ben)
    two.ana.types("asks")
    button = two.ana.button("I can help")
    world.later(days=62)
    return Old(two.ana, button, "This post has closed.")


def _answered_already(world: World) -> Old:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types("asks")
    button = two.ana.button("I can help")
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    return Old(two.ana, button, "You have already proposed this.")


CASES: dict[str, Case] = {
    **DRAFTS,
    **POSTS,
    "help-with-a-closed-ask": _answer(ask, "asks", "I can help"),
    "take-up-a-closed-offer": _answer(offer, "offers", "I would like this"),
    "help-after-the-last-day": _post_of_someone_whose_last_day_is_over,
    "help-twice": _answered_already,
}
