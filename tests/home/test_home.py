"""Home shows what needs me, and only to me."""

from __future__ import annotations

from core.commands import Hello
from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import SendReport
from core.organisations.model import Role
from core.ui.views import Items, View
from tests.members.test_merging import exchange, give
from tests.world import Person, World


def offers(person: Person, words: str) -> None:
    person.types(f"offer {words}")
    person.presses("Post it")


def agree(helper: Person, helped: Person, title: str) -> None:
    """``helped`` offers their thanks by taking up an offer of ``helper``."""
    offers(helper, title)
    helped.types("offers")
    helped.presses("I would like this")
    helped.fills()


def test_an_empty_home_names_three_things_to_do_first(world: World) -> None:
    ana = world.person("Ana Ward")
    text = ana.types("home")
    assert "Hello Ana Ward" in text
    assert "3 things to do first" in text
    assert "Your balance: 2 hours" in text
    assert ana.labels() == [
        "Offer help", "Ask for help", "Find", "Give hours", "Settings", "Help",
    ]  # fmt: skip


def test_saying_nothing_at_all_is_home(world: World) -> None:
    ana = world.person("Ana Ward")
    assert ana.types("") == ana.types("cartref") == ana.does(Hello())


def test_every_button_of_home_opens_what_it_says(world: World) -> None:
    ana = world.person("Ana Ward")
    for label in ("Offer help", "Ask for help", "Find", "Give hours", "Settings", "Help"):
        ana.types("home")
        ana.presses(label)
        assert not ana.refused, label


def test_a_proposal_to_me_waits_for_me_and_not_for_the_one_who_made_it(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    agree(ana, max_, "1 hour run charts, online")
    text = ana.types("home")
    assert "Waiting for you" in text
    assert "With Max Hill" in text
    assert "Accept" in ana.labels()
    theirs = max_.types("home")
    assert "Waiting for you" not in theirs
    assert "Waiting for Ana Ward to answer." in theirs
    ana.presses("Accept")
    assert not ana.refused


def test_a_claim_waits_for_the_other_side_with_confirm_as_its_main_button(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    exchange(world, ana, max_, ExchangeState.AGREED, reserved=60)
    assert "It is done" in ana.types("home")
    ana.types("done 1 hour")
    assert "Waiting for you" not in ana.types("home")
    assert "Waiting for you" in max_.types("home")
    max_.presses("Confirm")
    assert (ana.balance, max_.balance) == (180, 60)
    assert "Waiting for you" not in max_.types("home")


def test_my_balance_shows_what_is_set_aside_and_what_is_free(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    give(world, ana, max_, 90)
    text = ana.types("home")
    assert "Your balance: 30 minutes" in text
    assert "Set aside for what you agreed: 1 hour" in text
    assert "Free to use: minus 30 minutes" in text


def test_each_list_shows_a_few_how_many_there_are_and_the_way_to_the_rest(
    world: World,
) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    for number in range(6):
        offers(ana, f"1 hour run charts part {number}, online")
        exchange(world, ana, max_)
    text = ana.types("home")
    assert "Waiting for you: 6" in text
    assert "Your offers and asks: 6" in text
    assert isinstance(ana.screen, View)
    lists = [block for block in ana.screen.blocks if isinstance(block, Items)]
    assert [len(block.items) for block in lists] == [3, 2]
    ana.presses("See all your posts")
    assert "part" in ana.text
    ana.types("home")
    ana.presses("See all your exchanges")
    assert not ana.refused


def test_home_shows_nothing_of_what_belongs_to_others(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    bea = world.person("Bea Cole", "HOS")
    offers(ana, "1 hour rhubarb charts, online")
    exchange(world, ana, max_)
    text = bea.types("home")
    for words in ("rhubarb", "Ana", "Max", "Run charts"):
        assert words not in text


def test_leads_see_what_waits_for_them_and_no_one_else_does(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    lead, elsewhere = world.person("Lea Lead"), world.person("Ed Else", "HOS")
    world.grants(lead, Role.LEAD, "NGH")
    world.grants(elsewhere, Role.LEAD, "HOS")
    exchange(world, ana, max_, ExchangeState.AGREED, reserved=60)
    ana.types("done 1 hour")
    max_.types("dispute")
    max_.fills(words="It took half an hour")
    assert "1 exchange to settle" in lead.types("home")
    lead.presses("See them")
    assert not lead.refused
    for person in (ana, max_, elsewhere):
        assert "to settle" not in person.types("home").replace("asked to settle", "")


def test_a_lead_is_not_asked_to_settle_their_own_exchange(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    world.grants(ana, Role.LEAD, "NGH")
    exchange(world, ana, max_, ExchangeState.AGREED, reserved=60)
    ana.types("done 1 hour")
    max_.types("dispute")
    max_.fills(words="It took half an hour")
    assert "For you as a lead" not in ana.types("home")


def test_a_visitor_is_greeted_and_not_shown_home(world: World) -> None:
    max_ = world.person("Max Hill", "COU", joined=False)
    assert "Welcome to Hourbridge" in max_.types("home")


def test_a_leads_home_reads_of_each_report_no_more_than_what_it_is_about(
    world: World,
) -> None:
    lead, ana, max_ = world.person("Lea Lead"), world.person("Ana Ward"), world.person("Max Hill")
    world.grants(lead, Role.LEAD, "NGH")
    shared = exchange(world, ana, max_)

    def reads() -> int:
        with world.asked() as asked:
            lead.types("home")
        return len(asked)

    max_.does(SendReport(about=f"exchange:{shared}", words="They did not come"))
    lead.types("home")
    one = reads()
    for _number in range(4):
        max_.does(SendReport(about=f"exchange:{shared}", words="They did not come"))
    assert reads() <= one + 4
    assert "5 reports to read" in lead.text
