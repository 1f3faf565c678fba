"""An old button, pressed after somebody moved things on, brings its card up to date; no more.

Each case captures a button from a card as it stood, then lets somebody else, or the same person
in another window, move things on.
"""

from __future__ import annotations

import pytest

from core.home.undo import Undo
from core.organisations.model import Role
from core.ui.replies import Replace
from tests.exchanges.story import confirmed
from tests.home import old_exchanges, old_posts
from tests.home.old import Case, Old
from tests.home.old_exchanges import SINCE, leads
from tests.world import World

UNTOUCHED = ("accounts", "blocks", "corrections", "drafts", "entries", "exchanges", "messages",
             "members", "postings", "posts", "reports", "deliveries", "notices")  # fmt: skip


def _kept(world: World) -> dict[str, list[str]]:
    return {name: rows for name, rows in world.contents().items() if name in UNTOUCHED}


# Hours.


def _gift(label: str, moved: str, said: str) -> Case:
    def make(world: World) -> Old:
        ana = world.person("Ana Ward")
        world.person("Ben Okoro", "COU")
        ana.types("give 1 hour to Ben Okoro")
        button, other = ana.button(label), ana.button(moved)
        ana.presses_button(other)
        return Old(ana, button, said)

    return make


GIVEN = "You gave 1 hour to Ben Okoro."
GIFTS = {
    "give-after-no": _gift("Yes, give it", "No", "Nothing was given."),
    "give-twice": _gift("Yes, give it", "Yes, give it", GIVEN),
    "do-not-give-after-yes": _gift("No", "Yes, give it", GIVEN),
}


def _correction(label: str, who: int, moved: str) -> Case:
    def make(world: World) -> Old:
        lou, may = leads(world)
        admin = world.person("Dilys Hart", "HOS")
        world.grants(admin, Role.ADMIN)
        two = confirmed(world)
        lou.types(f"reverse {two.ref} the time was counted twice")
        world.deliver()
        person = (lou, may)[who]
        button = person.button(label)
        admin.presses(moved)
        return Old(person, button, SINCE)

    return make


CORRECTIONS = {
    "approve": _correction("Put the hours back", 1, "Leave them as they are"),
    "leave-as-it-is": _correction("Leave them as they are", 1, "Put the hours back"),
    "withdraw-correction": _correction("Withdraw", 0, "Put the hours back"),
}


# Settings.


def _undo_after_another_change(world: World) -> Old:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(contact="Desk 4")
    button = ana.button("Undo")
    assert isinstance(button.intent, Undo)
    ana.types("stop")
    return Old(ana, button, "There is nothing to undo.")


def _leave_after_a_change(world: World) -> Old:
    ana = world.person("Ana Ward")
    ana.types("leave")
    button = ana.button("Yes, leave Hourbridge")
    ana.types("stop")
    return Old(ana, button, "changed")


CASES: dict[str, Case] = {
    **old_posts.CASES,
    **old_exchanges.CASES,
    **GIFTS,
    **CORRECTIONS,
    "undo-settings": _undo_after_another_change,
    "leave": _leave_after_a_change,
}


@pytest.mark.parametrize("make", CASES.values(), ids=CASES.keys())
def test_an_old_button_brings_its_card_up_to_date_and_changes_nothing(
    world: World, make: Case
) -> None:
    old = make(world)
    before = _kept(world)
    text = old.person.presses_button(old.button)
    assert isinstance(old.person.reply, Replace), text
    assert old.said in text
    assert _kept(world) == before


def test_the_form_of_a_draft_that_was_posted_meanwhile_changes_the_post_instead(
    world: World,
) -> None:
    ana = world.person("Ana Ward")
    ana.types("offer 1 hour easy read")
    ana.presses("Change it")
    form = ana.form
    ana.types("post")
    ana.screen = form
    assert "This is posted already. Save to change what others see." in ana.fills(title="Slides")
    assert (world.rows("posts"), world.rows("drafts")) == (1, 1)
    assert "Your post is changed." in ana.fills()
    assert "Offer: Slides" in ana.text
    ana.types("close")
    ana.screen = form
    assert "This is posted already." in ana.fills(title="Posters")
    assert "Offer: Slides" in ana.text


def test_a_draft_whose_last_day_has_passed_is_shown_again_and_not_posted(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("offer 1 hour easy read until 10 May")
    button = ana.button("Post it")
    world.later(days=7)
    text = ana.presses_button(button)
    assert isinstance(ana.reply, Replace)
    assert "Its closing date has passed. Change it first." in text
    assert "Check your offer" in text
    assert world.rows("posts") == 0
