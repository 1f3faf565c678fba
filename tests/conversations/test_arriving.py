"""The app put into somebody's own chat: what could not be delivered there waits again."""

from __future__ import annotations

import threading

import pytest

from core.couriers import Unreachable
from core.happenings import PersonChanged
from tests.exchanges.story import Two, ask, met
from tests.members.accounts import closes, opens, outcomes
from tests.world import Person, World

NOT_IN = Unreachable("403 BotNotInConversationRoster")


def arrives(person: Person, *, user: str = "") -> None:
    """Teams reports that the app was put into their chat."""
    caller = person.caller
    who = user or caller.user
    person.world.engine.happened(PersonChanged(caller.platform, caller.tenant, who, arrived=True))


def states(person: Person, kind: str) -> list[tuple[str, str]]:
    """Where each notice of that kind stands, with the reason, oldest first."""
    return [(state, reason) for one, state, reason in outcomes(person) if one == kind]


@pytest.fixture
def two(world: World) -> Two:
    """Ana has answered Ben's ask, and Ben's chat refuses every message."""
    found = met(world)
    ref = ask(found.ben)
    world.deliver()
    found.ana.types(f"answer {ref}")
    found.ana.fills()
    world.outcomes = [NOT_IN]
    world.deliver()
    assert states(found.ben, "exchange.proposed") == [("unreachable", NOT_IN.reason)]
    return found


def test_what_was_given_up_is_delivered_once_the_app_is_in(two: Two) -> None:
    arrives(two.ben)
    two.world.deliver()
    assert states(two.ben, "exchange.proposed") == [("sent", "")]
    assert len(two.ben.told("exchange.proposed")) == 1


def test_it_does_not_matter_whether_the_removal_was_reported_after_the_refusal(two: Two) -> None:
    closes(two.ben)
    arrives(two.ben)
    two.world.deliver()
    assert states(two.ben, "exchange.proposed") == [("sent", "")]


def test_a_chat_that_still_refuses_ends_as_unreachable_again(two: Two) -> None:
    arrives(two.ben)
    two.world.outcomes = [NOT_IN]
    two.world.deliver()
    assert states(two.ben, "exchange.proposed") == [("unreachable", NOT_IN.reason)]


def test_any_other_news_of_a_person_lets_nothing_wait_again(two: Two) -> None:
    opens(two.ben)
    arrives(two.ben, user="U-nobody")
    two.world.deliver()
    assert states(two.ben, "exchange.proposed") == [("unreachable", NOT_IN.reason)]


def test_of_several_notices_about_one_thing_the_newest_alone_waits_again(two: Two) -> None:
    two.ana.types(f"withdraw {two.ref}")
    two.world.outcomes = [NOT_IN]
    two.world.deliver()
    arrives(two.ben)
    two.world.deliver()
    assert states(two.ben, "exchange.proposed") == [("unreachable", NOT_IN.reason)]
    assert states(two.ben, "exchange.withdrawn") == [("sent", "")]


def test_what_was_given_up_long_ago_stays_so(two: Two) -> None:
    two.world.later(days=14, minutes=1)
    arrives(two.ben)
    assert states(two.ben, "exchange.proposed") == [("unreachable", NOT_IN.reason)]


def test_two_reports_of_one_installation_deliver_once(two: Two) -> None:
    raised: list[BaseException] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            arrives(two.ben)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
    two.world.deliver()
    arrives(two.ben)
    two.world.deliver()
    assert len(two.ben.told("exchange.proposed")) == 1
