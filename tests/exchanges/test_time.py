"""What the clock does, and what becomes of exchanges when somebody leaves."""

from __future__ import annotations

from core.exchanges.leaving import cancel_between, close_all_for
from core.exchanges.model import ExchangeState
from core.ledger.model import AccountKind
from core.organisations.model import Role
from tests.exchanges.story import Two, agreed, ask, claimed, disputed, proposed
from tests.world import World


def test_a_proposal_that_nobody_answers_lapses_after_14_days(world: World) -> None:
    two = proposed(world)
    world.later(days=14)
    assert world.runs("exchanges.lapse-proposals") == 0
    world.later(minutes=1)
    assert world.runs("exchanges.lapse-proposals") == 1
    assert world.runs("exchanges.lapse-proposals") == 0
    assert two.exchange.state is ExchangeState.LAPSED
    world.deliver()
    for person in (two.ana, two.ben):
        assert "not answered in time" in person.told("exchange.lapsed")[0].text


def test_a_suggestion_starts_the_14_days_again(world: World) -> None:
    two = proposed(world)
    world.later(days=13)
    two.ben.types(f"suggest {two.ref} 45 mins")
    two.ben.fills()
    world.later(days=13)
    assert world.runs("exchanges.lapse-proposals") == 0
    assert two.exchange.state is ExchangeState.PROPOSED


def test_an_agreement_that_nobody_claims_lapses_after_60_days_and_frees_the_minutes(
    world: World,
) -> None:
    two = agreed(world)
    world.later(days=60, minutes=1)
    assert world.runs("exchanges.lapse-agreements") == 1
    assert two.exchange.state is ExchangeState.LAPSED
    assert (two.ben.reserved, two.ben.balance) == (0, 120)


def test_a_claim_never_lapses_but_goes_to_a_lead_after_21_days(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = claimed(world)
    world.later(days=21, minutes=1)
    assert world.runs("exchanges.escalate-claims") == 1
    assert world.runs("exchanges.escalate-claims") == 0
    world.deliver()
    assert two.exchange.state is ExchangeState.CLAIMED
    assert two.ben.reserved == 60
    assert "Nobody has confirmed" in lead.told("exchange.escalated")[0].text
    assert "waits so long" in two.ana.told("exchange.with-a-lead")[0].text
    lead.types(f"settle {two.ref} 1 hour")
    assert (two.ana.balance, two.ben.balance) == (180, 60)


def test_the_two_sides_may_still_settle_a_claim_that_went_to_a_lead(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = claimed(world)
    world.later(days=21, minutes=1)
    world.runs("exchanges.escalate-claims")
    world.deliver()
    two.ben.types("confirm")
    assert two.ana.balance == 180
    world.deliver()
    assert lead.types(f"settle {two.ref} 2 hours") == "I cannot find that."
    assert two.ana.balance == 180


def test_a_job_that_runs_twice_at_once_does_its_work_once(world: World) -> None:
    two = agreed(world)
    world.later(days=61)
    with world.store.begin() as books:
        office = world.engine.office(books)
        first = world.house.jobs["exchanges.lapse-agreements"].run(office)
        second = world.house.jobs["exchanges.lapse-agreements"].run(office)
    assert (first, second) == (1, 0)
    assert two.ben.reserved == 0


def _leave(two: Two, member_id: int) -> int:
    with two.world.store.begin() as books:
        return close_all_for(two.world.engine.office(books), member_id)


def test_leaving_ends_what_is_open_and_tells_the_other_side(world: World) -> None:
    two = agreed(world)
    ref = ask(two.ben, "1 hour of help with easy read, online")
    two.ana.types(f"answer {ref}")
    two.ana.fills()
    assert _leave(two, two.ana.member.id) == 2
    assert two.ben.reserved == 0
    world.deliver()
    told = [message.text for message in two.ben.told("exchange.closed")]
    assert len(told) == 2
    assert all("the other side has left" in text for text in told)
    assert two.exchange.state is ExchangeState.WITHDRAWN


def test_leaving_hands_the_claims_of_others_to_a_lead(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = claimed(world)
    assert _leave(two, two.ben.member.id) == 0
    assert two.exchange.state is ExchangeState.CLAIMED
    assert two.ben.reserved == 60
    world.deliver()
    assert lead.told("exchange.escalated")
    lead.types(f"settle {two.ref} 1 hour")
    assert two.ana.balance == 180


def test_leaving_for_good_keeps_the_books_whole(world: World) -> None:
    lead = world.person("Lou Finch", "COU")
    world.grants(lead, Role.LEAD, "COU")
    two = disputed(world)
    ref = two.ref
    two.ana.types("leave now")
    lead.types(f"settle {ref} 1 hour")
    assert "Settled" in lead.text
    assert (two.ben.balance, two.ben.reserved, world.total()) == (60, 0, 0)
    northgate = world.organisations["NGH"].id
    with world.store.begin() as books:
        pot = books.ledger.account(AccountKind.ORGANISATION, northgate)
    assert pot is not None
    assert pot.balance == 120 + 60
    assert "Someone who has left" in two.ben.types(f"show {ref}")


def test_what_is_open_between_two_members_who_prove_to_be_one_is_cancelled(
    world: World,
) -> None:
    two = agreed(world)
    ana, ben = two.ana.member.id, two.ben.member.id
    with world.store.begin() as books:
        assert cancel_between(world.engine.office(books), ana, ben) == 1
    assert two.exchange.state is ExchangeState.CANCELLED
    assert two.ben.reserved == 0
