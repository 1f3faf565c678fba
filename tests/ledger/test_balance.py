"""A member's own hours: the balance in words, the statement in pages, and nobody else's."""

from __future__ import annotations

from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.organisations.model import Role
from tests.ledger.histories import confirmed
from tests.world import Person, World


def spend(world: World, giver: Person, receiver: Person, minutes: int, number: int = 1) -> None:
    """Move minutes from ``giver`` without a floor."""
    members = [giver.member.id, receiver.member.id]
    with world.store.begin() as books:
        accounts = [books.ledger.open(AccountKind.MEMBER, one, -600) for one in members]
        entries = (Entry(accounts[0].id, -minutes), Entry(accounts[1].id, minutes))
        books.ledger.post(
            Posting(
                PostingKind.GIFT, f"test:{giver.caller.user}:{number}", entries, world.now,
                bound=False,
            )
        )  # fmt: skip


def test_a_new_member_sees_the_opening_hours_and_how_far_they_go(world: World) -> None:
    ana = world.person("Ana Ward")
    shown = ana.types("balance")
    assert "Your balance: 2 hours" in shown
    assert "You can receive 12 hours of help" in shown
    assert "minus 10 hours" in shown
    assert "Set aside" not in shown
    assert ana.types("balans") == shown


def test_hours_that_are_set_aside_are_shown_apart(world: World) -> None:
    ana = world.person("Ana Ward")
    member = ana.member
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.MEMBER, member.id)
        assert account is not None
        books.ledger.reserve(account.id, 90)
    shown = ana.types("balance")
    assert "Set aside for what you have agreed: 1 hour 30 minutes" in shown
    assert "Left when that is done: 30 minutes" in shown
    assert "You can receive 10 hours 30 minutes of help" in shown


def test_low_and_high_balances_get_a_friendly_word(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro", "COU")
    spend(world, ana, ben, 1200)
    low = ana.types("balance")
    assert "that is what this is for" in low
    assert "You have received as much help as you can for now" in low
    assert "You have a lot of hours to use" in ben.types("balance")


def test_nobody_else_can_ask_for_a_balance_whatever_their_role(world: World) -> None:
    ana, lead = world.person("Ana Ward"), world.person("Cai Rees")
    world.grants(lead, Role.LEAD, "NGH")
    world.grants(lead, Role.ADMIN)
    spend(world, ana, lead, 45)
    assert "Your balance: 2 hours 45 minutes" in lead.types("balance Ana Ward")
    assert "1 hour 15 minutes" not in lead.text
    assert "1 hour 15 minutes" not in lead.types("statement Ana Ward")


def test_a_statement_names_the_exchange_the_other_side_and_the_balance_after(
    world: World,
) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro", "COU")
    reference = confirmed(world, giver=ana, receiver=ben, minutes=90)
    shown = ana.types("statement")
    assert f"What: You helped Ben Okoro ({reference})" in shown
    assert "Time: 1 hour 30 minutes; Balance after: 3 hours 30 minutes" in shown
    assert "What: Hours to start with; Time: 2 hours; Balance after: 2 hours" in shown
    assert shown.index("You helped") < shown.index("Hours to start with")
    assert "Date: 5 May 2026" in shown
    assert f"What: Helped by Ana Ward ({reference})" in ben.types("datganiad")
    assert "minus 1 hour 30 minutes; Balance after: 30 minutes" in ben.text


def test_a_statement_pages_by_ten_by_button_and_by_word(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Okoro", "COU")
    for number in range(20):
        spend(world, ben, ana, 15, number)
    first = ana.types("statement")
    assert first.count("Balance after:") == 10
    assert "Page 1 of 3" in first
    assert "Newer" not in ana.labels()
    second = ana.presses("Older")
    assert "Page 2 of 3" in second
    third = ana.presses("Older")
    assert third.count("Balance after:") == 1
    assert "Hours to start with" in third
    assert "Older" not in ana.labels()
    assert ana.types("statement 3") == third
    assert ana.types("statement 99") == third
    assert ana.types("statement -2 0") == first
    assert ana.types("statement nonsense") == first
