"""Leaving: the person goes, the hours stay, and the books still sum to zero."""

from __future__ import annotations

import pytest

from core.exchanges.model import ExchangeState
from core.kernel.references import reference
from core.ledger.model import AccountKind
from core.members.leave import LeaveNow
from core.members.model import Member, MemberState
from core.organisations.model import Role
from core.posts.model import PostState
from tests.members.chats import code_in, visitor_in_teams
from tests.members.test_merging import exchange, give, merge, state_of, twice
from tests.world import Person, World


def pot(world: World, code: str) -> int:
    """Minutes in an organisation's pot."""
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.ORGANISATION, world.organisations[code].id)
    return account.balance if account else 0


def shell(world: World, member_id: int) -> Member:
    with world.store.begin() as books:
        return books.members.get(member_id)


def leaves(person: Person) -> int:
    """Leave by the button; the id of the member who was."""
    member = person.member.id
    person.types("leave")
    assert "You have left" in person.presses("Yes, leave Hourbridge")
    return member


def test_leave_lists_what_is_open_and_does_nothing_yet(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    ana.types("offer 2 hours run charts for beginners, online")
    ana.presses("Post it")
    exchange(world, max_, ana)
    text = ana.types("leave")
    assert "1 exchange is still open" in text
    assert "1 offer or ask will be closed" in text
    assert "Your balance is 2 hours. It goes to the shared pot of Northgate" in text
    assert ana.member.state is MemberState.ACTIVE
    ana.presses("No, stay")
    assert ana.member.state is MemberState.ACTIVE


def test_leaving_deletes_who_it_was_and_passes_the_hours_on(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    ana.types("settings")
    ana.fills(can_help="run charts", contact="Desk 4, ext 1234")
    ana.types("offer 2 hours rhubarb charts for beginners, online")
    ana.presses("Post it")
    world.grants(ana, Role.LEAD, "NGH")
    agreed = exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    user = ana.caller.user
    member = leaves(ana)
    tombstone = shell(world, member)
    assert (tombstone.state, tombstone.name, tombstone.contact) == (MemberState.LEFT, "", "")
    for words in ("Ana Ward", "Desk 4", "rhubarb", "See you at 2", user):
        assert world.holds(words) == [], words
    assert state_of(world, agreed).state is ExchangeState.CANCELLED
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.MEMBER, member)
        assert books.posts.of_member(member) == []
        (post,) = books.posts.of_member(member, open_only=False)
    assert account is not None
    assert (account.balance, account.reserved) == (0, 0)
    assert post.state is PostState.CLOSED
    assert pot(world, "NGH") == 120
    assert world.total() == 0
    assert [world.rows(table) for table in ("member_skills", "roles", "drafts", "deeds")] == [0] * 4


def test_a_balance_below_zero_goes_to_the_pot_as_well(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    give(world, ana, max_, 300)
    text = ana.types("leave")
    assert "minus 3 hours" in text
    leaves(ana)
    assert pot(world, "NGH") == -180
    assert world.total() == 0


def test_a_claim_that_waits_for_the_leaver_goes_to_a_lead_with_the_minutes_set_aside(
    world: World,
) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    lead = world.person("Lea Lead")
    world.grants(lead, Role.LEAD, "NGH")
    ana.types("offer 1 hour run charts, online")
    ana.presses("Post it")
    agreed = exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    max_.types("done 1 hour")
    leaves(ana)
    assert state_of(world, agreed).state is ExchangeState.CLAIMED
    assert state_of(world, agreed).escalated
    assert pot(world, "NGH") == 60
    assert "1 exchange to settle" in lead.types("home")
    lead.presses("See them")
    lead.presses("Open")
    lead.presses("Settle it")
    lead.fills(minutes="1 hour")
    assert max_.balance == 180
    assert world.total() == 0


def test_joining_again_gets_no_second_opening_credit(world: World) -> None:
    ana = world.person("Ana Ward")
    leaves(ana)
    ana.joins()
    assert ana.balance == 0
    assert "You start with" not in ana.text
    assert world.total() == 0


def test_no_linked_chat_gets_a_second_opening_credit_either(world: World) -> None:
    ana = world.person("Ana Ward")
    there = visitor_in_teams(world)
    there.types(f"link {code_in(ana.types('link'))}")
    leaves(ana)
    there.joins()
    assert there.balance == 0


def test_a_second_press_after_leaving_does_nothing_more(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("leave")
    yes = ana.button("Yes, leave Hourbridge")
    ana.presses_button(yes)
    text = ana.presses_button(yes)
    assert "nothing to leave" in text
    assert pot(world, "NGH") == 120


def test_an_old_button_does_not_make_a_new_member_leave(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("leave")
    yes = ana.button("Yes, leave Hourbridge")
    ana.presses_button(yes)
    ana.joins()
    assert "Something changed" in ana.presses_button(yes)
    assert ana.member.state is MemberState.ACTIVE


def test_someone_elses_button_does_not_make_me_leave(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    ana.does(LeaveNow(member=max_.member.id, version=max_.member.version))
    assert "Something changed" in ana.text
    assert ana.member.state is MemberState.ACTIVE
    assert max_.member.state is MemberState.ACTIVE


def test_a_changed_setting_asks_again_before_leaving(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("leave")
    yes = ana.button("Yes, leave Hourbridge")
    ana.types("stop")
    assert "Something changed" in ana.presses_button(yes)
    assert "You have left" in ana.presses("Yes, leave Hourbridge")


@pytest.mark.parametrize("words", ["leave now", "gadael nawr", "leave NOW"])
def test_leaving_can_be_typed(world: World, words: str) -> None:
    ana = world.person("Ana Ward")
    assert "You have left" in ana.types(words)


def test_a_visitor_who_leaves_is_forgotten_and_is_not_made_to_leave_on_joining(
    world: World,
) -> None:
    ana = world.person("Ana Ward", joined=False)
    ana.types("offer 2 hours run charts")
    assert world.rows("visitors") == 1
    assert "nothing to leave" in ana.types("leave now")
    assert world.rows("visitors") == 0
    ana.joins()
    assert ana.member.state is MemberState.ACTIVE


def test_a_leaver_is_told_nothing_more(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    leaves(ana)
    world.deliver()
    assert ana.told() == []
    assert len(max_.told("members.welcome")) == 1


def test_after_leaving_the_next_words_are_greeted_like_anyones(world: World) -> None:
    ana = world.person("Ana Ward")
    leaves(ana)
    assert "Welcome to Hourbridge" in ana.types("home")


def test_leaving_forgets_what_was_written_under_a_merged_membership(world: World) -> None:
    ana, again = twice(world)
    exchange(world, ana, again)
    merge(ana, again)
    leaves(ana)
    assert world.holds("See you at 2") == []
    assert world.holds("Ana W") == []
    assert world.total() == 0


@pytest.mark.parametrize("settled", ["15 mins", "0"])
def test_what_a_lead_leaves_over_of_a_leavers_minutes_goes_to_the_pot_too(
    world: World, settled: str
) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    lead = world.person("Lea Lead")
    world.grants(lead, Role.LEAD, "NGH")
    agreed = exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    max_.types("done 1 hour")
    member = leaves(ana)
    lead.types(f"settle {reference('E', agreed)} {settled}")
    with world.store.begin() as books:
        account = books.ledger.account(AccountKind.MEMBER, member)
    assert account is not None
    assert (account.balance, account.reserved) == (0, 0)
    assert pot(world, "NGH") + max_.balance == 240
    assert world.total() == 0


def test_cancelling_a_claim_after_the_other_side_left_passes_their_minutes_on(
    world: World,
) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    agreed = exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    max_.types("done 1 hour")
    leaves(ana)
    max_.types(f"cancel {reference('E', agreed)}")
    assert state_of(world, agreed).state is ExchangeState.CANCELLED
    assert pot(world, "NGH") == 120


def test_a_time_that_the_leaver_suggested_goes_with_them(world: World) -> None:
    ana, max_ = world.person("Ana Ward"), world.person("Max Hill", "COU")
    proposal = exchange(world, ana, max_)
    ana.types(f"suggest {reference('E', proposal)}")
    ana.fills(minutes="45 mins", when="After my clinic on Tuesdays")
    assert world.holds("my clinic")
    leaves(ana)
    assert not world.holds("my clinic")
