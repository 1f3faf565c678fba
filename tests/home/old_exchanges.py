"""Old buttons of exchanges, disputes and reports."""

from __future__ import annotations

from collections.abc import Callable

from core.exchanges.safety_intents import CloseReport, SendReport
from core.organisations.model import Role
from tests.exchanges.story import Two, agreed, claimed, confirmed, disputed, proposed
from tests.home.old import Case, Old
from tests.world import Person, World


def _exchange(
    begin: Callable[[World], Two], who: str, label: str, mover: str, moved: str, said: str
) -> Case:
    """``who`` presses ``label`` after ``mover`` typed ``moved``, or filled a form with it."""

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


def leads(world: World) -> tuple[Person, Person]:
    """The leads of both sides."""
    lou, may = world.person("Lou Finch", "NGH"), world.person("May Reed", "COU")
    world.grants(lou, Role.LEAD, "NGH")
    world.grants(may, Role.LEAD, "COU")
    return lou, may


def _attach_after_it_was_settled(world: World) -> Old:
    lou, _may = leads(world)
    two = disputed(world)
    two.ana.types(f"show {two.ref}")
    button = two.ana.button("Let the lead read my messages")
    lou.types(f"settle {two.ref} 45 mins")
    return Old(two.ana, button, "No lead is looking at this now.")


def _settle_after_the_other_lead_did(world: World) -> Old:
    lou, may = leads(world)
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


CASES: dict[str, Case] = {
    **EXCHANGES,
    "manager-agreed": _manager_agreed,
    "message-a-month-later": _message_a_month_after_the_end,
    "send-after-a-block": _send_after_a_block,
    "do-not-send-after-sending": _do_not_send_after_sending,
    "attach-after-settling": _attach_after_it_was_settled,
    "settle-twice": _settle_after_the_other_lead_did,
    "dealt-with-twice": _dealt_with_by_the_other_lead,
    "unblock-twice": _unblock_twice,
}
