"""Chat accounts that close and open again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from core.happenings import PersonChanged
from core.members.model import MemberState
from core.members.own_data import collect
from core.organisations.model import Role
from core.ui.forms import ChoiceField, Form
from tests.exchanges.story import ask, offer
from tests.members.accounts import closes, identity_of, linked, opens, reports, state_of
from tests.members.chats import code_in, visitor_in_teams
from tests.together import together
from tests.world import Person, World


def test_a_member_whose_only_account_closes_is_away_and_keeps_everything(world: World) -> None:
    ana = world.person("Ana Ward")
    closes(ana)
    assert state_of(ana) is MemberState.AWAY
    assert identity_of(ana).closed_at == world.now
    assert (ana.member.name, ana.balance) == ("Ana Ward", 120)


def test_a_member_who_is_suspended_stays_so_whatever_their_chat_says(world: World) -> None:
    ana = world.person("Ana Ward")
    suspended = replace(ana.member, state=MemberState.SUSPENDED)
    with world.store.begin() as books:
        books.members.save(suspended)
    for report in (closes, opens):
        report(ana)
        assert state_of(ana) is MemberState.SUSPENDED
    assert "Your membership is paused" in ana.types("home")


def test_a_report_about_somebody_unknown_keeps_nothing_at_all(world: World) -> None:
    world.person("Ana Ward")
    world.person("Max Hill", "COU", joined=False).types("")
    stranger = world.person("Zoe Nobody", joined=False)
    before = world.contents()
    for active in (True, False):
        reports(stranger, active=active, name="Zoe Nobody", zone="Europe/Paris")
    world.engine.happened(PersonChanged("slack", "T-ELSEWHERE", "U-Ana Ward", active=False))
    visitor = world.person("Max Hill", "COU", joined=False)
    reports(visitor, active=False, name="Max Hill")
    assert world.contents() == before


def test_saying_it_again_changes_nothing_more(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    offer(ana)
    world.deliver()
    for report in (closes, opens):
        report(ana)
        world.deliver()
        after = world.contents()
        world.later(hours=1)
        report(ana)
        report(ana)
        assert world.contents() == after
    assert len(ben.inbox) == 1


def test_who_has_another_chat_open_stays_and_nobody_is_told(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    linked(ana)
    ben.types(f"want {offer(ana)}")
    ben.fills()
    world.deliver()
    before = world.rows("notices")
    closes(ana)
    assert state_of(ana) is MemberState.ACTIVE
    assert world.rows("notices") == before
    assert "Paused" not in ben.types("exchanges")


def test_the_last_of_several_chats_to_close_makes_a_member_away(world: World) -> None:
    ana = world.person("Ana Ward")
    there = linked(ana)
    closes(ana)
    closes(there)
    assert state_of(ana) is MemberState.AWAY
    opens(there)
    assert state_of(ana) is MemberState.ACTIVE
    assert identity_of(ana).closed_at is not None


def test_who_is_away_is_not_offered_where_people_are_looked_for(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    closes(ana)
    assert "I cannot find that name" in ben.types("give 1 hour to Ana Ward")
    opens(ana)
    assert "Ana Ward" in ben.types("give 1 hour to Ana Ward")


def test_a_gift_that_was_being_looked_at_does_not_reach_who_is_away_now(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ben.types("give 1 hour to Ana Ward")
    closes(ana)
    ben.presses("Yes, give it")
    assert ben.refused == "receiver-gone"
    assert (ana.balance, ben.balance) == (120, 120)


def test_posts_of_who_is_away_are_not_found_and_come_back_with_them(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    short = offer(ana, "1 hour of help with run charts, online, until 10 May")
    long = offer(ana, "1 hour of help with run charts and graphs, online")
    closes(ana)
    assert "Nothing found" in ben.types("find run charts")
    world.later(days=10)
    world.runs("posts.close")
    opens(ana)
    found = ben.types("find run charts")
    assert long in found
    assert short not in found


def test_the_card_of_a_post_says_that_its_author_is_away(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = offer(ana)
    ben.types(f"show {ref}")
    want = ben.button("I would like this")
    closes(ana)
    assert "Ana Ward is away at the moment" in ben.types(f"show {ref}")
    assert ben.labels() == ["Report"]
    assert "You can answer when they are back" in ben.presses_button(want)
    assert "You can answer when they are back" in ben.types(f"want {ref}")
    assert world.rows("exchanges") == 0
    opens(ana)
    ben.types(f"show {ref}")
    assert "I would like this" in ben.labels()


def test_a_form_that_was_open_when_the_author_went_away_proposes_nothing(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ben.types(f"want {offer(ana)}")
    form = ben.form
    closes(ana)
    assert "Ana Ward is away at the moment" in ben.fills()
    assert world.rows("exchanges") == 0
    opens(ana)
    ben.screen = form
    assert "Sent. Ana Ward can accept" in ben.fills()
    assert world.rows("exchanges") == 1


def test_who_has_proposed_already_sees_that_and_no_refusal(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = offer(ana)
    ben.types(f"want {ref}")
    ben.fills()
    closes(ana)
    said = ben.types(f"want {ref}")
    assert "You have already proposed this" in said
    assert "Paused: Ana Ward is away for now" in said


def test_a_member_who_acts_though_their_chat_never_said_so_is_back(world: World) -> None:
    ana, ben = world.person("Ana Ward"), world.person("Ben Lowe", "COU")
    ref = offer(ana)
    closes(ana)
    world.later(days=3)
    assert "Hello Ana Ward" in ana.types("home")
    assert state_of(ana) is MemberState.ACTIVE
    assert ana.member.back_at == world.now
    assert identity_of(ana).closed_at is None
    assert ref in ben.types("find run charts")


def test_two_reports_and_an_action_at_once_agree_in_the_end(world: World) -> None:
    ana = world.person("Ana Ward")
    ask(ana)
    acts: list[Callable[[Person], object]] = [closes, opens, lambda who: who.types("posts")]

    def work(act: Callable[[Person], object]) -> None:
        for _turn in range(4):
            act(ana)

    together(*(partial(work, act) for act in acts * 2))
    away = state_of(ana) is MemberState.AWAY
    assert away is (identity_of(ana).closed_at is not None)
    opens(ana)
    assert state_of(ana) is MemberState.ACTIVE


def test_own_data_lists_the_closed_account_and_the_name_shown(world: World) -> None:
    ana = world.person("Ana Ward")
    there = linked(ana)
    closes(there)
    member_id = ana.member.id
    with world.store.begin() as books:
        chats = collect(world.engine.office(books), member_id)["chats"]
    rows = {row["platform"]: (row["closed_at"], row["shown_name"]) for row in chats}
    assert rows == {
        "slack": (None, "Ana Ward"),
        "teams": (world.now.isoformat(), "Ana Ward"),
    }


def test_a_role_rests_while_the_account_it_was_granted_to_is_closed(world: World) -> None:
    ana = world.person("Ana Ward")
    world.grants(ana, Role.ADMIN)
    there = linked(ana)
    member_id = ana.member.id

    def holders() -> list[int]:
        with world.store.begin() as books:
            held = [grant.role for grant in books.roles.held_by(member_id)]
            found = list(books.roles.holders(Role.ADMIN))
        assert held == ([Role.ADMIN] if member_id in found else [])
        return found

    assert holders() == [member_id]
    closes(ana)
    assert state_of(there) is MemberState.ACTIVE
    assert holders() == []
    opens(ana)
    assert holders() == [member_id]
    closes(ana)
    there.types("leave now")
    assert world.rows("roles") == 0


def test_leaving_clears_the_closed_accounts_too(world: World) -> None:
    ana = world.person("WARD, Ana", joined=False).joins(shown_name="Annie")
    there = linked(ana)
    closes(there)
    ana.types("leave now")
    assert world.rows("identities") == 0
    assert not world.holds("Ana Ward")
    opens(there)
    assert world.rows("identities") == 0


def test_a_code_made_before_the_account_closed_brings_its_member_back(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    closes(ana)
    there = visitor_in_teams(world)
    assert "Welcome back" in there.types(f"link {code}")
    assert state_of(there) is MemberState.ACTIVE
    assert identity_of(ana).closed_at is not None


def test_merging_keeps_which_accounts_are_closed(world: World) -> None:
    ana, twin = world.person("Ana Ward"), world.person("Ana Ward", "COU")
    there = linked(twin)
    closes(there)
    code = code_in(ana.types("link"))
    assert "now one" in twin.types(f"link {code} yes")
    assert identity_of(there).closed_at is not None
    assert identity_of(there).member_id == ana.member.id
    assert state_of(ana) is MemberState.ACTIVE


def test_merging_with_oneself_who_is_away_brings_them_back(world: World) -> None:
    ana, twin = world.person("Ana Ward"), world.person("Ana Ward", "COU")
    code = code_in(ana.types("link"))
    closes(ana)
    assert "now one" in twin.types(f"link {code} yes")
    assert state_of(ana) is MemberState.ACTIVE
    assert twin.member.id == ana.member.id
    closes(twin)
    assert state_of(ana) is MemberState.AWAY


def test_settings_offer_only_the_chats_that_are_open(world: World) -> None:
    ana = world.person("Ana Ward")
    first, second = linked(ana), world.someone("local", "willow", "ana", "Ana Ward", joined=False)
    second.types(f"link {code_in(ana.types('link'))}")
    ana.types("settings")
    ana.fills(chat=str(identity_of(first).id))
    closes(first)
    ana.types("settings")
    chat = next(one for one in ana.form.fields if one.name == "chat")
    assert isinstance(chat, ChoiceField)
    assert chat.value == "last"
    assert str(identity_of(first).id) not in [one.value for one in chat.options]
    assert isinstance(ana.screen, Form)
    ana.fills(chat=str(identity_of(first).id))
    assert "Choose one of your chats" in ana.text
