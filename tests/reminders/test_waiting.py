"""Reminders of exchanges: to confirm, to answer, and to say whether they happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.delivery.model import Notice
from core.exchanges.model import ExchangeState
from core.members.model import MemberState
from core.organisations.model import Role
from core.reminders.model import schedule
from core.reminders.subjects import subject_of
from tests.exchanges.story import Two, agreed, ask, claimed, met, proposed
from tests.members.accounts import closes, opens
from tests.reminders.days import passes, reminders
from tests.world import Person, World

KIND = "reminders.exchanges"


def _days_of_reminders(world: World, person: Person, days: int) -> list[int]:
    """The days on which somebody was reminded, counted from now."""
    found = []
    for day in range(1, days + 1):
        before = len(person.told(KIND))
        passes(world)
        found += [day] * (len(person.told(KIND)) - before)
    return found


# to confirm


def test_a_claim_is_remembered_after_2_7_and_14_days_and_then_goes_to_a_lead(
    world: World,
) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = claimed(world)
    assert _days_of_reminders(world, two.ben, 21) == [2, 7, 14]
    assert reminders(two.ana) == []
    world.later(minutes=1)
    assert world.runs("exchanges.escalate-claims") == 1
    assert _days_of_reminders(world, two.ben, 10) == []


def test_the_reminder_shows_the_claim_with_its_buttons(world: World) -> None:
    two = claimed(world)
    passes(world, 2)
    (told,) = two.ben.told(KIND)
    assert "Ana Ward says that this took 1 hour. Is that right?" in told.text
    two.ben.presses_in(told, "Confirm")
    assert two.exchange.state is ExchangeState.CONFIRMED
    world.later(minutes=1)
    world.deliver()
    assert "Nothing waits for you now" in told.text


@pytest.mark.parametrize("typed", ["confirm {ref}", "dispute {ref} It was less.", "cancel {ref}"])
def test_reminders_stop_when_the_claim_is_answered(world: World, typed: str) -> None:
    two = claimed(world)
    passes(world, 2)
    two.ben.types(typed.format(ref=two.ref))
    assert _days_of_reminders(world, two.ben, 20) == []


def test_a_claim_answered_before_the_message_went_out_brings_none(world: World) -> None:
    two = claimed(world)
    world.later(days=2)
    world.runs(KIND)
    two.ben.types("confirm")
    world.deliver()
    assert two.ben.told(KIND) == []


def test_a_new_claim_starts_the_days_again(world: World) -> None:
    two = claimed(world)
    passes(world, 6)
    two.ben.types(f"correct {two.ref} 45 mins")
    assert _days_of_reminders(world, two.ana, 8) == [2, 7]
    assert len(two.ben.told(KIND)) == 1


def test_days_without_the_program_bring_one_reminder_and_not_three(world: World) -> None:
    two = claimed(world)
    world.later(days=15)
    world.runs(KIND)
    world.deliver()
    assert _days_of_reminders(world, two.ben, 5) == []
    assert len(two.ben.told(KIND)) == 1


def test_several_things_come_in_one_message(world: World) -> None:
    two = claimed(world)
    for words in ("1 hour of easy read, online", "2 hours of facilitation, online"):
        ref = ask(two.ben, words)
        two.ana.types(f"answer {ref}")
        two.ana.fills()
    world.deliver()
    assert _days_of_reminders(world, two.ben, 3) == [2, 3]
    told = two.ben.told(KIND)[0].text
    assert "3 things wait for you" in told
    assert "Ana Ward waits for your answer." in told
    two.ben.presses_in(two.ben.told(KIND)[0], "Confirm")
    world.later(minutes=1)
    world.deliver()
    assert "2 things wait for you" in two.ben.told(KIND)[0].text


def test_no_more_than_one_message_a_day_even_where_the_job_runs_every_hour(world: World) -> None:
    two = claimed(world)
    world.later(hours=5)
    ref = ask(two.ben, "1 hour of easy read, online")
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    two.ben.types(f"accept {ref.replace('A', 'E')}")
    world.deliver()
    for _hour in range(60):
        world.later(hours=1)
        world.runs(KIND)
        world.deliver()
    assert len(two.ben.told(KIND)) == 1


def test_a_claim_is_remembered_however_many_newer_exchanges_are_open(world: World) -> None:
    two = claimed(world)
    template = two.exchange
    with world.store.begin() as books:
        for _number in range(60):
            agreed_too = replace(
                template,
                state=ExchangeState.AGREED,
                post_id=None,
                agreed_at=world.now,
                claimed_at=None,
                claimed_by=None,
                claimed_minutes=None,
            )
            books.exchanges.add(agreed_too)
    assert _days_of_reminders(world, two.ben, 3) == [2]


def test_a_long_list_is_read_no_further_than_it_is_shown(world: World) -> None:
    two = claimed(world)
    template, ben = two.exchange, two.ben.member
    world.later(days=2)

    def reads() -> int:
        with world.store.begin() as books, world.asked() as statements:
            office = world.engine.office(books)
            notice = Notice(KIND, subject_of(KIND, ben.id, world.now), world.now)
            world.house.notices[KIND].render(office, notice, ben)
        return len(statements)

    counts = []
    for _time in range(2):
        with world.store.begin() as books:
            for _number in range(8):
                books.exchanges.add(replace(template, post_id=None))
        counts.append(reads())
    assert counts[0] == counts[1]


# to answer


def test_a_proposal_is_remembered_after_3_and_10_days(world: World) -> None:
    two = proposed(world)
    assert _days_of_reminders(world, two.ben, 13) == [3, 10]
    assert "Ana Ward waits for your answer." in two.ben.told(KIND)[0].text
    assert reminders(two.ana) == []


def test_who_has_suggested_something_else_is_no_longer_reminded(world: World) -> None:
    two = proposed(world)
    two.ben.types(f"suggest {two.ref} 45 mins")
    two.ben.fills()
    assert _days_of_reminders(world, two.ana, 4) == [3]
    assert reminders(two.ben) == []


def test_under_a_shorter_policy_the_days_are_fewer(world: World) -> None:
    with world.store.begin() as books:
        books.policy.set("proposal_days", 7)
    two = proposed(world)
    # The fifth day is a Sunday.
    assert _days_of_reminders(world, two.ben, 6) == [2, 6]


# to say that it is done


def _agreed(world: World, when: str) -> Two:
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills(when=when)
    two.ben.types(f"accept {two.ref}")
    two.ben.fills()
    world.deliver()
    return two


def test_an_agreement_without_a_day_is_asked_about_after_14_and_30_days(world: World) -> None:
    two = agreed(world)
    assert _days_of_reminders(world, two.ana, 40) == [14, 30]
    assert len(two.ben.told(KIND)) == 2
    assert "Did this happen?" in two.ben.told(KIND)[0].text


@pytest.mark.parametrize("when", ["Tuesday 12 May at 2pm", "12 May", "Tuesday 12 May, after 2"])
def test_an_agreement_for_a_day_is_asked_about_when_it_is_over(world: World, when: str) -> None:
    two = _agreed(world, when)
    assert _days_of_reminders(world, two.ana, 20) == [8]


def test_an_agreement_is_not_asked_about_before_its_day(world: World) -> None:
    two = _agreed(world, "Tuesday 26 May at 2pm")
    assert _days_of_reminders(world, two.ana, 24) == [22]


def test_of_a_group_the_giver_alone_is_looked_for_when_its_day_may_be_over(world: World) -> None:
    two = _agreed(world, "Tuesday 26 May at 2pm")
    share, giver = two.exchange, two.ana.member.id
    with world.store.begin() as books:
        books.exchanges.save(replace(share, group_id=1))
    world.later(days=2)
    with world.store.begin() as books:
        plan = schedule(world.engine.office(books).policy)
        found = books.reminders.with_exchanges_due(KIND, plan, world.now, 10)
    assert found == [giver]


def test_words_that_name_no_day_are_as_good_as_none(world: World) -> None:
    two = _agreed(world, "whenever the ward is quiet")
    assert _days_of_reminders(world, two.ana, 16) == [14]


def test_it_is_done_cancel_and_not_yet_are_one_press_away(world: World) -> None:
    two = agreed(world)
    passes(world, 14)
    (told,) = two.ana.told(KIND)
    said = two.ana.presses_in(told, "Not yet")
    assert "This stays open until 4 July 2026" in said
    world.later(minutes=1)
    world.deliver()
    assert "Nothing waits for you now" in told.text
    assert _days_of_reminders(world, two.ana, 17) == [16]
    two.ana.presses_in(two.ana.told(KIND)[1], "It is done")
    two.ana.fills()
    assert two.exchange.state is ExchangeState.CLAIMED


def test_not_yet_can_be_typed_and_is_only_for_what_is_agreed(world: World) -> None:
    two = agreed(world)
    assert "This stays open until" in two.ana.types("not yet")
    assert "This stays open until" in two.ana.types(f"ddim-eto {two.ref}")
    two.ana.types(f"done {two.ref} 1 hour")
    assert "confirm" in two.ana.types(f"not-yet {two.ref}")
    assert "You have agreed nothing" in two.ben.types("not-yet")
    stranger = world.person("Eve Marsh", "SGH")
    assert stranger.types(f"not-yet {two.ref}") == "I cannot find that."


# who is not reminded


def test_while_a_side_is_away_nobody_is_reminded(world: World) -> None:
    two = claimed(world)
    closes(two.ana)
    assert _days_of_reminders(world, two.ben, 5) == []
    opens(two.ana)
    assert _days_of_reminders(world, two.ben, 3) == [2]


@pytest.mark.parametrize("state", [MemberState.SUSPENDED, MemberState.AWAY])
def test_who_is_suspended_or_away_is_not_reminded(world: World, state: MemberState) -> None:
    two = claimed(world)
    changed = replace(two.ben.member, state=state)
    with world.store.begin() as books:
        books.members.save(changed)
    passes(world, 15)
    assert reminders(two.ben) == []


def test_people_who_have_blocked_each_other_are_not_reminded(world: World) -> None:
    two = claimed(world)
    ana, ben = two.ana.member.id, two.ben.member.id
    with world.store.begin() as books:
        books.members.block(ana, ben)
    passes(world, 15)
    assert reminders(two.ben) == []


def test_who_has_left_is_not_reminded_and_nothing_is_kept_of_them(world: World) -> None:
    two = claimed(world)
    passes(world, 2)
    member_id = two.ben.member.id
    two.ben.types("leave now")
    passes(world, 14)
    assert len(two.ben.told(KIND)) == 1
    with world.store.begin() as books:
        kept = books.connection.exec_driver_sql(
            f"SELECT count(*) FROM reminders WHERE member_id = {member_id}"
        )
        assert kept.scalar_one() == 0


def test_stop_reminders_is_one_press_and_ends_them(world: World) -> None:
    two = claimed(world)
    passes(world, 2)
    two.ben.presses_in(two.ben.told(KIND)[0], "Stop reminders")
    assert _days_of_reminders(world, two.ben, 15) == []
    two.ben.types("confirm")
    assert two.exchange.state is ExchangeState.CONFIRMED


def test_stop_ends_reminders_too(world: World) -> None:
    two = claimed(world)
    two.ben.types("stop")
    passes(world, 15)
    assert reminders(two.ben) == []


def test_on_leave_reminders_wait_and_come_as_one_message_afterwards(world: World) -> None:
    two = claimed(world)
    two.ben.types("away 5 May to 12 May")
    had = len(two.ben.inbox)
    passes(world, 7)
    assert len(two.ben.inbox) == had
    passes(world, 3)
    (told,) = two.ben.inbox[had:]
    assert "Ana Ward says that this took 1 hour" in told.text
