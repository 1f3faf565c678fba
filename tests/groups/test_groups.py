"""One member helps several at once: each accepts a share, confirms it, and pays no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.groups.intents import GroupDone, ShowGroup
from core.groups.model import even_share, shares
from core.kernel.references import reference
from tests.world import Person, World

TITLE = "Run charts workshop"


class Town:
    """Ana, who gives, and four who are asked, in three chats."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ana = world.person("Ana Ward", "NGH")
        self.others = [
            world.person("Ben Lowe", "COU"),
            world.person("Cai Evans", "HOS"),
            world.person("Dee Okoro", "SGH"),
            world.person("Eve Shaw", "GPP"),
        ]

    def asks(self, words: str = "1 hour run charts workshop", **given: str) -> str:
        """Ana proposes; what she sees."""
        names = "; ".join(one.caller.name for one in self.others)
        self.ana.types(f"group {words} with {names}")
        shown = self.ana.fills(**given)
        self.world.deliver()
        return shown

    @property
    def ref(self) -> str:
        giver = self.ana.member.id
        with self.world.store.begin() as books:
            found, _total = books.groups.of_giver(giver)
        return reference("T", found[0].id)

    def accepts(self, *people: Person) -> None:
        for person in people or self.others:
            person.presses("Accept")
            person.fills()
        self.world.deliver()

    def confirms(self, *people: Person) -> None:
        for person in people or self.others:
            person.screen = None
            person.presses_in(person.told("exchange.claimed")[-1], "Confirm")
        self.world.deliver()


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)


def test_the_giver_earns_the_time_once_and_the_receivers_share_it(town: Town) -> None:
    before = [one.balance for one in town.others]
    assert "Sent to 4 people" in town.asks()
    assert "a share of 15 minutes at most" in town.others[0].told("exchange.proposed")[0].text
    town.accepts()
    assert "Everybody you asked has answered" in town.ana.told("groups.answered")[0].text
    town.ana.types(f"done {town.ref} 1 hour")
    town.world.deliver()
    town.confirms()
    assert [one.balance for one in town.others] == [credit - 15 for credit in before]
    assert town.ana.balance == 120 + 60
    assert all(one.reserved == 0 for one in town.others)
    assert town.world.total() == 0
    assert "All is settled. You gave 1 hour." in town.ana.types(f"show {town.ref}")


def test_a_remainder_goes_a_minute_each_to_the_first_who_were_asked(town: Town) -> None:
    before = [one.balance for one in town.others]
    town.asks(minutes="45 mins", most="")
    town.accepts()
    town.ana.types(f"done {town.ref} 45 mins")
    town.world.deliver()
    town.confirms()
    assert [was - one.balance for was, one in zip(before, town.others, strict=True)] == [
        12,
        11,
        11,
        11,
    ]


def test_nobody_pays_what_they_did_not_accept(town: Town) -> None:
    ben, cai, dee, eve = town.others
    town.asks()
    town.accepts(ben, cai)
    dee.presses("Decline")
    town.ana.types(f"done {town.ref}")
    town.ana.fills()
    town.world.deliver()
    assert "15 minutes" in ben.told("exchange.claimed")[0].text
    town.confirms(ben, cai)
    assert (ben.balance, cai.balance, dee.balance, eve.balance) == (105, 105, 120, 120)
    assert town.ana.balance == 120 + 30
    assert "taken the proposal back" in eve.told("exchange.withdrawn")[0].text


def test_a_larger_share_can_be_accepted_so_that_few_make_up_the_whole(town: Town) -> None:
    ben, cai, *_others = town.others
    town.asks(most="30 mins")
    town.accepts(ben, cai)
    assert ben.reserved == 30
    town.ana.types(f"done {town.ref}")
    town.ana.fills()
    town.world.deliver()
    town.confirms(ben, cai)
    assert (ben.balance, cai.balance, town.ana.balance) == (90, 90, 180)


def test_whoever_was_not_there_is_not_asked_and_has_their_minutes_free_again(town: Town) -> None:
    ben = town.others[0]
    town.asks()
    town.accepts()
    town.ana.types(f"done {town.ref}")
    came = town.ana.form.fields[1].value
    assert isinstance(came, tuple)
    town.ana.fills(came=came[1:])
    town.world.deliver()
    assert ben.reserved == 0
    assert ben.told("exchange.claimed") == []
    assert "cancelled" in ben.told("exchange.cancelled")[0].text


def test_a_receiver_can_correct_their_own_share_and_the_giver_confirms_it(town: Town) -> None:
    ben = town.others[0]
    town.asks()
    town.accepts()
    town.ana.types(f"done {town.ref} 1 hour")
    town.world.deliver()
    ben.screen = None
    ben.presses_in(ben.told("exchange.claimed")[0], "It took another time")
    ben.fills(minutes="30 mins")
    town.world.deliver()
    town.ana.screen = None
    town.ana.presses_in(town.ana.told("exchange.corrected")[0], "Confirm")
    assert ben.balance == 90


def test_the_giver_cannot_say_of_one_share_alone_that_it_is_done(town: Town) -> None:
    ben = town.others[0]
    town.asks()
    town.accepts(ben)
    receiver = ben.member.id
    with town.world.store.begin() as books:
        exchange, _total = books.exchanges.of_member(receiver)
    ref = reference("E", exchange[0].id)
    assert "cannot say that this is done" in town.ana.types(f"done {ref} 45 mins")
    assert "cannot say that this is done" in ben.types(f"done {ref} 45 mins")
    assert (
        "nothing here for you to answer"
        in town.others[1].types(f"suggest {reference('E', exchange[0].id + 1)} 30 mins")
        or town.others[1].refused
    )


def test_cancelling_for_everybody_frees_what_was_set_aside(town: Town) -> None:
    town.asks()
    town.accepts()
    assert "Cancelled for everybody" in town.ana.types(f"cancel {town.ref}")
    town.world.deliver()
    assert all(one.reserved == 0 for one in town.others)
    assert all(one.told("exchange.cancelled") for one in town.others)
    assert "It is done" not in town.ana.labels()


def test_more_people_can_be_asked_and_nobody_twice(town: Town) -> None:
    town.asks()
    hal = town.world.person("Hal Moss", "NGH")
    town.ana.types(f"group more {town.ref}")
    assert "all been asked" in town.ana.fills(people="Ben Lowe")
    town.ana.types(f"group more {town.ref}")
    assert "Sent to 1 person" in town.ana.fills(people="Ben Lowe; Hal Moss")
    town.world.deliver()
    assert hal.told("exchange.proposed")
    assert len(town.others[0].told("exchange.proposed")) == 1


def test_a_group_never_lists_more_people_than_fit_whatever_they_answered(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.groups.proposing.MOST_PEOPLE", 5)
    town.asks()
    town.others[0].presses("Decline")
    for name, said in (("Hal Moss", "Sent to 1 person"), ("Ida Byrne", "people at most")):
        town.world.person(name, "NGH")
        town.ana.types(f"group more {town.ref}")
        assert said in town.ana.fills(people=name)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": "Ben Lowe"}, "at least 2 people"),
        ({"people": "Ben Lowe; Ana Ward"}, "leave your own name out"),
        ({"people": "Ben Lowe; Nobody Atall"}, "cannot find Nobody Atall"),
        ({"people": "; ".join(f"Some Body{n}" for n in range(31))}, "30 people at most"),
        ({"minutes": "50 mins"}, "15 minutes"),
        ({"minutes": ""}, "how long"),
        ({"minutes": "2 hours", "most": "15 mins"}, "Write a share from 30 minutes"),
        ({"most": "2 hours"}, "to 1 hour"),
        ({"title": ""}, ""),
        ({"title": "For NHS number 943 476 5919"}, "NHS number"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    town: Town, given: dict[str, str], said: str
) -> None:
    assert said in town.asks(**given)
    assert town.world.rows("groups") == 0
    assert town.world.rows("exchanges") == 0


def test_two_people_of_one_name_are_told_apart_by_their_organisation(town: Town) -> None:
    town.world.person("Ben Lowe", "SGH", user="U-other-ben")
    assert "More than one person may be called Ben Lowe" in town.asks()
    shown = town.asks(people="Ben Lowe, Westshire; Cai Evans")
    assert "Sent to 2 people" in shown
    assert town.others[0].told("exchange.proposed")


def test_a_form_sent_twice_asks_once(town: Town) -> None:
    names = "; ".join(one.caller.name for one in town.others)
    town.ana.types(f"group 1 hour run charts workshop with {names}")
    form = town.ana.form
    town.ana.fills()
    town.ana.screen = form
    assert "already sent" in town.ana.fills()
    assert town.world.rows("groups") == 1


def test_nobody_but_the_giver_sees_or_ends_a_group(town: Town) -> None:
    town.asks()
    town.accepts()
    number = 1
    hal = town.world.person("Hal Moss", "NGH")
    assert "cannot find" in hal.does(ShowGroup(group=number))
    ben = town.others[0]
    shown = ben.does(ShowGroup(group=number))
    assert "Cai Evans" not in shown
    assert "You are helped by" in shown
    for verb in ("done", "cancel"):
        assert "cannot find" in ben.types(f"{verb} {town.ref}")
    assert "cannot find" in ben.does(GroupDone(group=number, minutes="1 hour", came=("1",)))
    assert town.ana.balance == 120


def test_an_old_card_shows_how_the_group_stands(town: Town) -> None:
    town.asks()
    town.accepts()
    card = town.ana.told("groups.answered")[0]
    town.ana.types(f"cancel {town.ref}")
    assert "has changed since" in town.ana.presses_in(card, "Cancel for everybody")


def test_when_the_giver_leaves_the_shares_end_and_the_words_go(town: Town) -> None:
    town.asks()
    town.accepts()
    town.ana.types("leave")
    town.ana.presses("Yes, leave Hourbridge")
    assert all(one.reserved == 0 for one in town.others)
    assert "groups" not in town.world.holds(TITLE)


@given(
    st.integers(min_value=1, max_value=2000),
    st.lists(st.integers(min_value=1, max_value=600), min_size=1, max_size=30),
)
def test_shares_are_whole_never_above_what_was_accepted_and_never_more_than_the_time(
    minutes: int, most: list[int]
) -> None:
    found = shares(minutes, tuple(most))
    assert all(share <= accepted for share, accepted in zip(found, most, strict=True))
    assert sum(found) <= minutes
    if min(most) >= even_share(minutes, len(most)):
        assert sum(found) == minutes
        assert max(found) - min(found) <= 1
        assert list(found) == sorted(found, reverse=True)
