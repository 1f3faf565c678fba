"""A second chat joins the same member by a one-time code, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.kernel.keys import Keys
from core.members.link import UseLink
from core.members.model import MemberState
from core.ui.forms import ChoiceField
from core.ui.replies import Refuse
from tests.members.chats import SHARED, code_in, share_a_tenant, visitor_in_teams
from tests.world import World


def test_a_code_from_one_chat_joins_the_second_to_the_same_member(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    there = visitor_in_teams(world)
    there.types("")
    there.presses("I already use Hourbridge elsewhere")
    assert "Welcome back, Ana Ward" in there.fills(code=code.lower().replace("-", " "))
    assert there.member.id == ana.member.id
    assert there.balance == 120
    assert world.rows("members") == 1


def test_only_a_keyed_hash_of_the_code_is_kept(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    assert world.holds(code) == []
    assert world.holds(code.replace("-", "")) == []
    assert world.holds(Keys(("secret",)).digest("link", code)) == ["codes"]


def test_what_was_typed_before_linking_is_then_carried_out(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    there = visitor_in_teams(world)
    there.types("offer 2 hours run charts for beginners, online")
    text = there.types(f"link {code}")
    assert "Welcome back" in text
    assert "Check your offer" in text
    assert world.rows("visitors") == 0


def test_a_wrong_code_is_refused_on_its_field_and_counted(world: World) -> None:
    there = visitor_in_teams(world)
    there.does(UseLink(code="BCDF-2345"))
    assert there.refused == "wrong-code"
    assert world.rows("wrong_codes") == 1
    assert world.rows("identities") == 0


def test_a_code_works_once_only(world: World) -> None:
    code = code_in(world.person("Ana Ward").types("link"))
    visitor_in_teams(world).types(f"link {code}")
    stranger = world.person("Max Hill", "COU", joined=False)
    stranger.types(f"link {code}")
    assert stranger.refused == "used-code"
    assert world.rows("identities") == 2
    assert world.rows("wrong_codes") == 1


def test_a_second_press_of_the_same_form_says_that_it_is_done(world: World) -> None:
    code = code_in(world.person("Ana Ward").types("link"))
    there = visitor_in_teams(world)
    there.types(f"link {code}")
    assert "joined to your membership already" in there.types(f"link {code}")
    assert world.rows("wrong_codes") == 0


def test_a_code_is_too_old_after_ten_minutes(world: World) -> None:
    code = code_in(world.person("Ana Ward").types("link"))
    world.later(minutes=10)
    there = visitor_in_teams(world)
    assert "A code works for 10 minutes" in there.types(f"link {code}")
    assert there.refused == "old-code"
    assert world.rows("identities") == 1


def test_a_newer_code_ends_the_older_one(world: World) -> None:
    ana = world.person("Ana Ward")
    older = code_in(ana.types("link"))
    newer = code_in(ana.types("link"))
    there = visitor_in_teams(world)
    there.types(f"link {older}")
    assert there.refused == "used-code"
    assert "Welcome back" in there.types(f"link {newer}")


def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(world: World) -> None:
    ana = world.person("Ana Ward")
    there = visitor_in_teams(world)
    for attempt in range(4):
        there.types(f"link BCDF-234{attempt + 2}")
        assert there.refused == "wrong-code"
    there.types("link BCDF-2349")
    assert there.refused == "too-many-codes"
    there.types(f"link {code_in(ana.types('link'))}")
    assert there.refused == "too-many-codes"
    assert world.rows("identities") == 1
    world.later(minutes=61)
    assert "Welcome back" in there.types(f"link {code_in(ana.types('link'))}")


def test_one_person_guessing_does_not_lock_another_out(world: World) -> None:
    guesser = world.person("Max Hill", "COU", joined=False)
    for _attempt in range(6):
        guesser.types("link BCDF-2345")
    code = code_in(world.person("Ana Ward").types("link"))
    assert "Welcome back" in visitor_in_teams(world).types(f"link {code}")


@pytest.mark.parametrize("words", ["🙂🙂🙂🙂", "<!channel>", "' OR 1=1 --", "B" * 5000, "\u202e"])
def test_nonsense_for_a_code_is_refused_like_any_wrong_one(world: World, words: str) -> None:
    there = visitor_in_teams(world)
    there.does(UseLink(code=words))
    assert there.refused == "wrong-code"
    assert world.rows("identities") == 0


def test_an_empty_code_shows_the_form_and_counts_nothing(world: World) -> None:
    there = visitor_in_teams(world)
    there.does(UseLink(code="  "))
    assert there.form.intent.name == "members.link"
    assert world.rows("wrong_codes") == 0


def test_a_shared_tenant_asks_which_organisation_and_takes_only_its_own(world: World) -> None:
    share_a_tenant(world)
    code = code_in(world.person("Ana Ward").types("link"))
    there = world.someone("teams", SHARED, "ana", "Ana Ward", joined=False)
    there.types(f"link {code}")
    choice = there.form.fields[1]
    assert isinstance(choice, ChoiceField)
    assert [one.value for one in choice.options] == ["NGH", "GPP"]
    assert there.form.fields[0].value == code
    there.does(UseLink(code=code, organisation="HOS"))
    assert isinstance(there.reply, Refuse)
    assert there.reply.field == "organisation"
    assert world.rows("identities") == 1
    assert "Welcome back" in there.does(UseLink(code=code, organisation="GPP"))
    assert there.member.organisation_id == world.organisations["NGH"].id
    there.types("home")
    assert there.member.organisation_id == world.organisations["GPP"].id


def test_a_code_of_someone_who_has_left_is_dead(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    ana.types("leave now")
    there = visitor_in_teams(world)
    there.types(f"link {code}")
    assert there.refused == "wrong-code"


def test_a_code_of_a_suspended_member_does_not_work(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("link"))
    suspended = replace(ana.member, state=MemberState.SUSPENDED)
    with world.store.begin() as books:
        books.members.save(suspended)
    there = visitor_in_teams(world)
    there.types(f"link {code}")
    assert there.refused
    assert world.rows("identities") == 1


def test_old_visitors_and_codes_are_forgotten_by_the_clock(world: World) -> None:
    world.person("Ana Ward").types("link")
    there = visitor_in_teams(world)
    there.types("link BCDF-2345")
    there.types("")
    assert (world.rows("codes"), world.rows("wrong_codes"), world.rows("visitors")) == (1, 1, 1)
    world.later(days=31)
    world.runs("upkeep.tidy")
    assert (world.rows("codes"), world.rows("wrong_codes"), world.rows("visitors")) == (0, 0, 0)
