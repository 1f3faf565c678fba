"""Giving through the engine: understood, looked at, moved once, told."""

from __future__ import annotations

import pytest

from core.ledger.intents import ConfirmGift, Give
from core.ledger.model import AccountKind
from core.ledger.oneline import understood
from core.ui.forms import ChoiceField
from tests.ledger.pots import pot
from tests.world import Person, World


@pytest.mark.parametrize(
    ("typed", "minutes", "who", "note"),
    [
        ("1 hour to Ana Ward", "1h", "Ana Ward", ""),
        ("30 mins to community", "30m", "community", ""),
        ("1h30 to pot", "1h 30m", "pot", ""),
        ("Ana Ward 1 hour", "1h", "Ana Ward", ""),
        ("an hour and a half to Ana Ward, Northgate", "1h 30m", "Ana Ward, Northgate", ""),
        ("1 hour to Ana Ward: thank you", "1h", "Ana Ward", "thank you"),
        ("Ana Ward", "", "Ana Ward", ""),
        ("2 hours", "2h", "", ""),
        ("1 awr i Ana Ward", "1h", "Ana Ward", ""),
    ],
)
def test_one_line_is_understood(typed: str, minutes: str, who: str, note: str) -> None:
    read = understood(Give(words=typed))
    assert (read.minutes, read.who, read.note) == (minutes, who, note)


def test_hours_are_given_after_are_you_sure_and_the_receiver_is_told(
    world: World, ana: Person, ben: Person
) -> None:
    shown = ana.types("give 1 hour to Ben Okoro: thank you for the run charts")
    assert "Give 1 hour to Ben Okoro, Westshire Council?" in shown
    assert "Your balance after it: 1 hour" in shown
    assert (ana.balance, ben.balance) == (120, 120)
    assert "You gave 1 hour to Ben Okoro." in ana.presses("Yes, give it")
    assert (ana.balance, ben.balance) == (60, 180)
    world.deliver()
    (notice,) = ben.told("ledger.gift")
    assert "1 hour for you, from Ana Ward." in notice.text
    assert "thank you for the run charts" in notice.text
    assert "You gave to Ben Okoro" in ana.types("statement")
    assert "From Ana Ward" in ben.types("statement")
    assert world.audit() == []


def test_a_second_press_shows_what_the_first_one_did(
    world: World, ana: Person, ben: Person
) -> None:
    ana.types("give 1 hour to Ben Okoro")
    button = ana.button("Yes, give it")
    ana.presses_button(button)
    again = ana.presses_button(button)
    assert "You gave 1 hour to Ben Okoro." in again
    assert "Nothing more has moved" in again
    assert ana.types(button.typed) == again
    assert (ana.balance, ben.balance) == (60, 180)
    world.deliver()
    assert len(ben.told("ledger.gift")) == 1


def test_yes_and_no_can_be_typed(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 30 mins to Ben Okoro")
    yes, no = ana.button("Yes, give it"), ana.button("No")
    assert "Nothing was given." in ana.types(no.typed)
    assert "Nothing was given." in ana.types(yes.typed)
    assert (ana.balance, ben.balance) == (120, 120)
    ana.types("give 30 mins to Ben Okoro")
    ana.types(ana.button("Yes, give it").typed)
    assert (ana.balance, ben.balance) == (90, 150)


def test_somebody_elses_gift_cannot_be_confirmed(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 1 hour to Ben Okoro")
    intent = ana.button("Yes, give it").intent
    assert isinstance(intent, ConfirmGift)
    assert ben.does(intent) == "Nothing was given."
    assert ana.balance == 120


def test_a_bare_give_opens_a_form_that_does_the_same(
    world: World, ana: Person, ben: Person
) -> None:
    ana.types("give")
    ana.fills(minutes="45 mins", who="ben okoro", note="")
    assert "Give 45 minutes to Ben Okoro" in ana.text
    ana.presses("Yes, give it")
    assert ben.balance == 165


def test_what_was_typed_comes_back_in_the_form(ana: Person) -> None:
    ana.types("give Ben Okoro")
    values = {field.name: field.value for field in ana.form.fields}
    assert values["who"] == "Ben Okoro"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("pot", "the pot of Northgate Hospital Trust"), ("our pot", "the pot of Northgate")],
)
def test_pot_is_the_pot_of_ones_own_organisation(
    world: World, ana: Person, typed: str, told: str
) -> None:
    assert told in ana.types(f"give 30 mins to {typed}")
    ana.presses("Yes, give it")
    assert (ana.balance, pot(world, "NGH")) == (90, 30)
    assert world.audit() == []


def test_hours_go_to_another_organisations_pot_and_to_the_community(
    world: World, ana: Person
) -> None:
    assert "the pot of Willow Hospice" in ana.types("give 15 mins to willow hospice pot")
    ana.presses("Yes, give it")
    assert "the community pot" in ana.types("give 30 mins to the community")
    ana.presses("Yes, give it")
    assert (ana.balance, pot(world, "HOS"), pot(world)) == (75, 15, 30)
    assert "You gave to the community pot" in ana.types("statement")


def test_words_for_a_pot_are_not_kept_and_the_card_says_so(world: World, ana: Person) -> None:
    shown = ana.types("give 15 mins to community: for the choir")
    assert "Nobody reads words that go to a pot" in shown
    ana.presses("Yes, give it")
    assert world.holds("for the choir") == []


def test_several_people_of_one_name_are_offered_to_choose_from(world: World, ana: Person) -> None:
    one = world.person("Ben Okoro", "COU", user="ben-1")
    other = world.person("Ben Okoro", "HOS", user="ben-2")
    ana.types("give 1 hour to Ben Okoro: well done")
    (choice,) = [field for field in ana.form.fields if isinstance(field, ChoiceField)]
    labels = ana.text
    assert "Ben Okoro, Westshire Council" in labels
    assert "Ben Okoro, Willow Hospice" in labels
    ana.fills(chosen=choice.options[1].value)
    assert "Willow Hospice" in ana.text
    assert "well done" in ana.text
    ana.presses("Yes, give it")
    assert (one.balance, other.balance) == (120, 180)


def test_the_organisation_tells_people_of_one_name_apart(world: World, ana: Person) -> None:
    world.person("Ben Okoro", "COU", user="ben-1")
    world.person("Ben Okoro", "HOS", user="ben-2")
    for words in ("Ben Okoro, Willow", "Ben Okoro at Willow Hospice", "Ben Okoro (Willow)"):
        assert "Give 1 hour to Ben Okoro, Willow Hospice?" in ana.types(f"give 1 hour to {words}")


def test_whoever_blocked_or_is_blocked_is_not_found(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 1 hour to Ben Okoro")
    confirm = ana.button("Yes, give it")
    mine, other = ana.member.id, ben.member.id
    with world.store.begin() as books:
        books.members.block(other, mine)
    ana.types("give 1 hour to Ben Okoro")
    assert ana.refused == "nobody"
    ana.does(Give(minutes="1h", chosen=f"member:{other}"))
    assert ana.refused == "nobody"
    ana.presses_button(confirm)
    assert ana.refused == "receiver-gone"
    assert (ana.balance, ben.balance) == (120, 120)
    ben.types("give 1 hour to Ana Ward")
    assert ben.refused == "nobody"


@pytest.mark.parametrize(
    "forged",
    ["member:9999", "member:x", "source", "organisation:9999", "community:4", "", "member"],
)
def test_a_forged_receiver_is_refused_and_nothing_is_stored(
    world: World, ana: Person, forged: str
) -> None:
    ana.does(Give(minutes="1h", who="-" if not forged else "", chosen=forged))
    assert ana.refused == "nobody"
    assert world.rows("drafts") == 0


def test_nobody_gives_to_themselves(ana: Person) -> None:
    ana.types("give 1 hour to Ana Ward")
    assert ana.refused == "to-yourself"
    assert "That is you" in ana.text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0 hours", "more than 0"),
        ("7 mins", "steps of 15 minutes"),
        ("500 hours", "more than 40 hours"),
        ("-1 hour", "0"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_stored(
    world: World, ana: Person, ben: Person, typed: str, reason: str
) -> None:
    ana.types(f"give {typed} to Ben Okoro")
    assert ana.refused
    assert reason in ana.text
    assert world.rows("drafts") == 0
    assert ben.balance == 120


def test_nobody_gives_more_than_the_floor_allows(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 12 hours 15 minutes to Ben Okoro")
    assert ana.refused == "floor"
    assert "You can give 12 hours at most" in ana.text
    ana.types("give 12 hours to Ben Okoro")
    first = ana.button("Yes, give it")
    ana.types("give 15 mins to Ben Okoro")
    second = ana.button("Yes, give it")
    ana.presses_button(first)
    ana.presses_button(second)
    assert ana.refused == "floor"
    assert (ana.balance, ben.balance) == (-600, 840)
    assert world.rows("gifts") == 1
    assert world.audit() == []


def test_hours_that_are_set_aside_cannot_be_given(world: World, ana: Person, ben: Person) -> None:
    member = ana.member
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.MEMBER, member.id)
        assert account is not None
        books.ledger.reserve(account.id, 600)
    ana.types("give 2 hours 15 minutes to Ben Okoro")
    assert ana.refused == "floor"
    assert "You can give 2 hours at most" in ana.text


def test_a_note_with_an_nhs_number_stops_the_gift_and_is_not_kept(
    world: World, ana: Person, ben: Person
) -> None:
    ana.types("give 1 hour to Ben Okoro: for NHS number 943 476 5919")
    assert ana.refused
    assert world.holds("943 476") == []
    assert world.rows("drafts") == 0


def test_strange_words_are_kept_as_they_are(world: World, ana: Person, ben: Person) -> None:
    words = "<b>you</b> & *me* <!channel>"
    ana.types("give")
    ana.fills(minutes="15m", who="Ben Okoro", note=words)
    ana.presses("Yes, give it")
    world.deliver()
    assert words in ben.told("ledger.gift")[0].text


def test_a_leavers_words_are_blanked_in_the_notice(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 15 mins to Ben Okoro: from the heart")
    ana.presses("Yes, give it")
    member = ana.member.id
    with world.store.begin() as books:
        books.ledger.gifts.forget_words_of(member)
    world.deliver()
    assert "from the heart" not in ben.told("ledger.gift")[0].text
    assert "15 minutes for you" in ben.told("ledger.gift")[0].text
