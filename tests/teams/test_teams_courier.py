from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams.courier import TeamsCourier
from adapters.teams.limits import CONNECTIONS
from adapters.teams.outcomes import outcome_of
from adapters.teams.pacing import Pace
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.teams.clock import Clock
from tests.teams.connector import connector_service
from tests.teams.fake_teams import TENANT, FakeTeams, Person


async def _unused(_activity: dict[str, Any]) -> Any:
    raise AssertionError("nobody speaks to the bot here")


@pytest.fixture
def bo(teams: FakeTeams) -> Person:
    return Person(teams, _unused, "Bo Ek")


@pytest_asyncio.fixture
async def courier(teams: FakeTeams) -> AsyncIterator[TeamsCourier]:
    settings = TeamsSettings("", anonymous=True, cloud=Cloud(service_url=teams.url))
    courier = TeamsCourier(settings, Tokens(None))
    yield courier
    await courier.close()


def parcel(person: Person, words: str = "A new ask", **changes: Any) -> Parcel:
    address = Address(person.chat_id, person.teams.url, "28:bot", person.user)
    one = Parcel(1, TENANT, person.object_id, address, view(Paragraph(words)), Speech())
    return replace(one, **changes)


async def test_a_notice_stands_in_the_chat_and_its_handle_edits_it(
    courier: TeamsCourier, bo: Person
) -> None:
    sent = await courier.deliver(parcel(bo))
    assert isinstance(sent, Sent)
    again = await courier.deliver(parcel(bo, "It is taken", handle=sent.handle))
    assert again == Sent(sent.handle)
    assert (bo.screen, bo.messages[0].edits) == ("It is taken", 1)


@pytest.mark.parametrize("known", [Address(), Address(user="29:bo-ek")])
async def test_somebody_known_by_id_alone_gets_a_chat_and_an_address_to_remember(
    courier: TeamsCourier, bo: Person, known: Address
) -> None:
    sent = await courier.deliver(parcel(bo, address=known))
    assert isinstance(sent, Sent)
    assert sent.address is not None
    assert sent.address.conversation == bo.chat_id
    assert sent.handle == f"{bo.chat_id}|m1"
    assert bo.screen == "A new ask"


async def test_a_notice_that_was_deleted_is_sent_afresh(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    sent = await courier.deliver(parcel(bo))
    assert isinstance(sent, Sent)
    teams.delete(sent.handle)
    again = await courier.deliver(parcel(bo, "It is taken", handle=sent.handle))
    assert isinstance(again, Sent)
    assert again.handle != sent.handle
    assert bo.screen == "It is taken"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (401, Later),
        (413, Refused),
        (403, Unreachable),
        (404, Unreachable),
        (412, Later),
        (429, Later),
        (500, Later),
        (502, Later),
        (503, Later),
        (504, Later),
    ],
)
async def test_each_answer_of_teams_is_one_outcome(
    courier: TeamsCourier, teams: FakeTeams, bo: Person, status: int, kind: type[Outcome]
) -> None:
    teams.fail(status, code="Why<b>")
    teams.fail(status, code="Why<b>")
    outcome = await courier.deliver(parcel(bo))
    assert isinstance(outcome, kind)
    assert not isinstance(outcome, Sent)
    assert outcome.reason == f"{status} Whyb"
    assert bo.messages == []


async def test_too_many_requests_hold_the_whole_tenant_for_as_long_as_asked(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    teams.fail(429, Retry_After="17")
    outcome = await courier.deliver(parcel(bo))
    assert isinstance(outcome, Later)
    assert 17 <= outcome.seconds <= 18
    assert outcome == Later(outcome.seconds, "429 Error", whole_tenant=True)


def test_a_wait_may_be_a_date_and_nonsense_is_a_few_seconds() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    dated = outcome_of(503, at, {})
    assert isinstance(dated, Later)
    assert 80 < dated.seconds <= 91
    for header in (None, "soon", "Thu, 99 Nov", "nan", "inf", "-inf"):
        vague = outcome_of(502, header, {})
        assert isinstance(vague, Later)
        assert 1 <= vague.seconds <= 4
        assert not vague.whole_tenant


async def test_a_connector_that_is_not_there_is_tried_later(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    one = parcel(bo)
    await teams.stop()
    outcome = await courier.deliver(one)
    assert isinstance(outcome, Later)
    assert outcome.reason.startswith("network: ")


async def test_a_notice_too_big_for_a_card_is_refused_and_nothing_is_sent(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    outcome = await courier.deliver(parcel(bo, "😀" * 8_000))
    assert isinstance(outcome, Refused)
    assert teams.requests == 0


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "BotNotInConversationRoster"),
        (403, "ForbiddenOperationException"),
        (403, "BotDisabledByAdmin"),
        (403, "MessageWritesBlocked"),
        (404, "ConversationNotFound"),
    ],
)
async def test_whoever_cannot_be_reached_is_named_with_the_reason_of_teams(
    courier: TeamsCourier, teams: FakeTeams, bo: Person, status: int, code: str
) -> None:
    teams.fail(status, code=code)
    assert await courier.deliver(parcel(bo)) == Unreachable(f"{status} {code}")
    assert teams.requests == 1


async def test_a_wait_without_measure_ends_within_a_day() -> None:
    outcome = outcome_of(429, "1e300", {})
    assert isinstance(outcome, Later)
    assert outcome.seconds <= 24 * 60 * 60 + 1


async def test_one_tenant_that_has_to_wait_holds_up_no_other(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    teams.fail(429, Retry_After="17")
    first = await courier.deliver(parcel(bo))
    cai = Person(teams, _unused, "Cai Rees")
    second = await courier.deliver(parcel(cai))
    elsewhere = Person(teams, _unused, "Dee Moss", tenant="another-tenant")
    third = await courier.deliver(parcel(elsewhere, tenant="another-tenant"))
    assert isinstance(first, Later)
    assert isinstance(second, Later)
    assert second.whole_tenant
    assert 16 < second.seconds <= first.seconds
    assert isinstance(third, Sent)
    assert (teams.requests, cai.messages, elsewhere.screen) == (2, [], "A new ask")


async def test_what_waits_its_turn_does_not_go_once_the_tenant_is_held(
    teams: FakeTeams, bo: Person
) -> None:
    clock = Clock()

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        pace.hold(TENANT, 30)

    pace = Pace(clock, sleep)
    courier = TeamsCourier(TeamsSettings("", anonymous=True), Tokens(None), pace)
    outcomes = await _in_a_row(courier, bo, 8)
    await courier.close()
    assert all(isinstance(one, Sent) for one in outcomes[:7])
    assert outcomes[7] == Later(30.0, "Teams has asked to wait", whole_tenant=True)
    assert len(bo.messages) == 7


async def test_more_than_a_conversation_takes_comes_back_at_the_right_moment(
    teams: FakeTeams, bo: Person
) -> None:
    clock = Clock(0.0)
    pace = Pace(clock, clock.sleep)
    courier = TeamsCourier(TeamsSettings("", anonymous=True), Tokens(None), pace)
    outcomes = await _in_a_row(courier, bo, 61)
    await courier.close()
    assert all(isinstance(one, Sent) for one in outcomes[:60])
    assert outcomes[60] == Later(30 - clock.now, "as fast as Teams allows")
    assert len(bo.messages) == 60


async def _in_a_row(courier: TeamsCourier, person: Person, many: int) -> list[Outcome]:
    return [await courier.deliver(parcel(person)) for _n in range(many)]


async def test_many_sends_share_the_pool_of_connections() -> None:
    courier = TeamsCourier(TeamsSettings("", anonymous=True), Tokens(None))
    async with connector_service() as connector:
        outcomes = await asyncio.gather(
            *(
                courier.deliver(
                    Parcel(
                        number,
                        f"tenant-{number % 20}",
                        f"user-{number}",
                        Address(f"a:{number}", connector.url),
                        view(Paragraph("A new ask")),
                        Speech(),
                    )
                )
                for number in range(200)
            )
        )
        await courier.close()
        assert all(isinstance(one, Sent) for one in outcomes)
        assert len(connector.taken) == connector.taken.total() == 200
        assert connector.opened == connector.most_open == CONNECTIONS


def _numbered() -> Iterator[dict[str, Any]]:
    for number in itertools.count(1):
        yield {"access_token": f"t{number}", "expires_in": 3600}


async def test_a_token_that_is_refused_is_fetched_once_more(teams: FakeTeams, bo: Person) -> None:
    login = _numbered()
    courier = TeamsCourier(TeamsSettings("app"), Tokens(lambda: next(login)))
    teams.fail(401)
    assert isinstance(await courier.deliver(parcel(bo)), Sent)
    assert isinstance(await courier.deliver(parcel(bo)), Sent)
    await courier.close()
    assert teams.authorizations == ["Bearer t1", "Bearer t2", "Bearer t2"]


async def test_a_service_that_refuses_every_token_is_tried_later_and_gets_no_stream_of_them(
    teams: FakeTeams, bo: Person
) -> None:
    login = _numbered()
    courier = TeamsCourier(TeamsSettings("app"), Tokens(lambda: next(login)))
    for _n in range(3):
        teams.fail(401, code="Unauthorized")
    first, second = [await courier.deliver(parcel(bo)) for _n in range(2)]
    await courier.close()
    assert first == second == Later(60.0, "401 Unauthorized")
    assert teams.authorizations == ["Bearer t1", "Bearer t2", "Bearer t2"]


async def test_without_a_token_a_notice_waits(teams: FakeTeams, bo: Person) -> None:
    courier = TeamsCourier(TeamsSettings("app"), Tokens(lambda: {"error": "invalid_client"}))
    outcome = await courier.deliver(parcel(bo))
    await courier.close()
    assert outcome == Later(60.0, "no token: invalid_client")
    assert teams.requests == 0


async def test_an_anonymous_bot_sends_no_token(
    courier: TeamsCourier, teams: FakeTeams, bo: Person
) -> None:
    await courier.deliver(parcel(bo))
    assert teams.authorizations == [None]


async def test_the_threads_of_a_channel_are_paced_as_the_one_conversation_that_they_are(
    teams: FakeTeams,
) -> None:
    clock = Clock(0.0)
    courier = TeamsCourier(TeamsSettings("app"), Tokens(None), Pace(clock, clock.sleep))
    for thread in range(8):
        where = f"19:rota@thread.tacv2;messageid={thread}"
        sent = await courier.post(teams.url, where, {"type": "message"}, tenant=TENANT)
        assert isinstance(sent, Sent)
    await courier.close()
    assert clock.slept == [1.0]
