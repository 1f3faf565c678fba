from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams.courier import TeamsCourier, outcome_of
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.ui.views import Paragraph, view
from core.words import Speech
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
        (401, Refused),
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
    assert outcome == Later(17.0, "429 Error", whole_tenant=True)


def test_a_wait_may_be_a_date_and_nonsense_is_a_few_seconds() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    dated = outcome_of(503, at, {})
    assert isinstance(dated, Later)
    assert 80 < dated.seconds <= 90
    for header in (None, "soon", "Thu, 99 Nov"):
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


async def test_a_token_that_is_refused_is_fetched_once_more(teams: FakeTeams, bo: Person) -> None:
    fetched = iter(["old", "new", "newer"])

    def acquire() -> dict[str, Any]:
        return {"access_token": next(fetched), "expires_in": 3600}

    courier = TeamsCourier(TeamsSettings("app"), Tokens(acquire))
    teams.fail(401)
    assert isinstance(await courier.deliver(parcel(bo)), Sent)
    assert isinstance(await courier.deliver(parcel(bo)), Sent)
    await courier.close()
    assert teams.authorizations == ["Bearer old", "Bearer new", "Bearer new"]


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
