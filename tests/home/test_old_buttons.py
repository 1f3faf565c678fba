"""An old button, pressed after somebody moved things on, brings its card up to date; no more.

Each case captures a button from a card as it stood, then lets somebody else, or the same person
in another window, move things on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.exchanges.safety_intents import CloseReport, SendReport
from core.home.undo import Undo
from core.organisations.model import Role
from core.ui.replies import Replace
from core.ui.views import Button
from storage.tables import METADATA
from tests.exchanges.story import (
    Two,
    agreed,
    ask,
    claimed,
    confirmed,
    disputed,
    met,
    offer,
    proposed,
)
from tests.world import Person, World

UNTOUCHED = ("accounts", "blocks", "corrections", "drafts", "entries", "exchanges", "messages",
             "members", "postings", "posts", "reports", "deliveries", "notices")  # fmt: skip


@dataclass
class Old:
    """Who presses which button, and what the card then has to say."""

    person: Person
    button: Button
    said: str


Case = Callable[[World], Old]


def _kept(world: World) -> dict[str, list[str]]:
    with world.store.begin() as books:
        return {
            name: sorted(str(tuple(row)) for row in books.connection.execute(table.select()))
            for name, table in METADATA.tables.items()
            if name in UNTOUCHED
        }


# Drafts and posts.


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


# Exchanges: ``who`` presses ``label`` after ``mover`` typed ``moved`` (or filled a form with it).


def _exchange(
    begin: Callable[[World], Two], who: str, label: str, mover: str, moved: str, said: str
) -> Case:
    def make(world: World) -> Old:
        two = begin(world)
        person: Person = getattr(two, who)
        person.types(f"show {two.ref}")
        button = person.button(label)
        other: Person = getattr(two, mover)
        for words in moved.split("; "):
            if words == "fill":
                other.fills()
            else:
                other.types(words.format(ref=two.ref))
        return Old(person, button, said)

    return make


SINCE = "This has changed since."
EXCHANGES = {
    "accept": _exchange(proposed, "ben", "Accept", "ana", "withdraw {ref}", SINCE),
    "accept-other-minutes": _exchange(
        proposed, "ben", "Accept", "ben", "suggest {ref} 45 mins; fill", SINCE
    ),
    "suggest": _exchange(proposed, "ben", "Suggest other minutes", "ana", "withdraw {ref}", SINCE),
    "decline": _exchange(proposed, "ben", "Decline", "ana", "withdraw {ref}", SINCE),
    "withdraw": _exchange(proposed, "ana", "Withdraw", "ben", "accept {ref}; fill", SINCE),
    "done": _exchange(agreed, "ana", "It is done", "ben", "cancel {ref}", SINCE),
    "done-by-both": _exchange(agreed, "ana", "It is done", "ben", "done {ref} 1h", SINCE),
    "cancel": _exchange(agreed, "ana", "Cancel the exchange", "ben", "done {ref} 1h", SINCE),
    "confirm": _exchange(claimed, "ben", "Confirm", "ana", "cancel {ref}", SINCE),
    "correct": _exchange(claimed, "ben", "It took another time", "ana", "cancel {ref}", SINCE),
    "dispute": _exchange(claimed, "ben", "Ask a lead to settle", "ana", "cancel {ref}", SINCE),
    "thanks": _exchange(
        confirmed,
        "ben",
        "Say thank you",
        "ben",
        "thanks {ref} you were brilliant",
        "You have already said thank you.",
    ),
    "thanks-after-a-block": _exchange(
        confirmed, "ben", "Say thank you", "ana", "block {ref}", "This conversation is closed."
    ),
    "message-after-a-block": _exchange(
        agreed, "ana", "Send a message", "ben", "block {ref}", "This conversation is closed."
    ),
    "message-after-my-block": _exchange(
        agreed, "ben", "Send a message", "ben", "block {ref}", "You have blocked this person."
    ),
}


def _manager_agreed(world: World) -> Old:
    two = proposed(world)
    two.ben.types(f"accept {two.ref}")
    two.ben.fills(manager="to-ask")
    button = two.ben.button("My manager has agreed")
    two.ana.types(f"cancel {two.ref}")
    return Old(two.ben, button, SINCE)


def _message_a_month_after_the_end(world: World) -> Old:
    two = confirmed(world)
    two.ana.types(f"show {two.ref}")
    button = two.ana.button("Send a message")
    world.later(days=31)
    return Old(two.ana, button, "its conversation is closed.")


def _send_after_a_block(world: World) -> Old:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Does Tuesday suit you?")
    world.deliver()
    two.ben.types("Yes it does")
    button = two.ben.button("Send")
    two.ana.types(f"block {two.ref}")
    return Old(two.ben, button, "This conversation is closed.")


def _do_not_send_after_sending(world: World) -> Old:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Does Tuesday suit you?")
    world.deliver()
    two.ben.types("Yes it does")
    button = two.ben.button("Do not send")
    two.ben.presses("Send")
    return Old(two.ben, button, "Your message has been sent already.")


def _leads(world: World) -> tuple[Person, Person]:
    lou, may = world.person("Lou Finch", "NGH"), world.person("May Reed", "COU")
    world.grants(lou, Role.LEAD, "NGH")
    world.grants(may, Role.LEAD, "COU")
    return lou, may


def _attach_after_it_was_settled(world: World) -> Old:
    lou, _may = _leads(world)
    two = disputed(world)
    two.ana.types(f"show {two.ref}")
    button = two.ana.button("Let the lead read my messages")
    lou.types(f"settle {two.ref} 45 mins")
    return Old(two.ana, button, "No lead is looking at this now.")


def _settle_after_the_other_lead_did(world: World) -> Old:
    lou, may = _leads(world)
    two = disputed(world)
    button = may.button("Settle it")
    lou.types(f"settle {two.ref} 45 mins")
    return Old(may, button, "This has been settled already.")


def _dealt_with_by_the_other_lead(world: World) -> Old:
    lou, two = world.person("Lou Finch", "NGH"), confirmed(world)
    eve = world.person("Eve Hale", "NGH")
    for lead in (lou, eve):
        world.grants(lead, Role.LEAD, "NGH")
    two.ana.does(SendReport(about=f"exchange:{two.exchange.id}", words="They did not come"))
    lou.types("reports")
    button = lou.button("Dealt with")
    eve.does(CloseReport(report=1))
    return Old(lou, button, "This has been dealt with already.")


def _unblock_twice(world: World) -> Old:
    two = agreed(world)
    two.ben.types(f"block {two.ref}")
    two.ben.types("blocked")
    button = two.ben.button("Unblock")
    two.ben.types(f"unblock {two.ref}")
    return Old(two.ben, button, "You have not blocked this person.")


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
        lou, may = _leads(world)
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
    **DRAFTS,
    **POSTS,
    "help-with-a-closed-ask": _answer(ask, "asks", "I can help"),
    "take-up-a-closed-offer": _answer(offer, "offers", "I would like this"),
    "help-after-the-last-day": _post_of_someone_whose_last_day_is_over,
    "help-twice": _answered_already,
    **EXCHANGES,
    "manager-agreed": _manager_agreed,
    "message-a-month-later": _message_a_month_after_the_end,
    "send-after-a-block": _send_after_a_block,
    "do-not-send-after-sending": _do_not_send_after_sending,
    "attach-after-settling": _attach_after_it_was_settled,
    "settle-twice": _settle_after_the_other_lead_did,
    "dealt-with-twice": _dealt_with_by_the_other_lead,
    "unblock-twice": _unblock_twice,
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
