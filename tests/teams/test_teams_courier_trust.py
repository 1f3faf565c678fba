"""What the courier sends is for the one address that it was given."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.teams.courier import TeamsCourier
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from core.callers import Address
from core.couriers import Outcome, Refused, Sent
from tests.teams.fake_teams import Failure, FakeTeams

MESSAGE = {"type": "message", "text": "for one address alone"}


def _courier() -> TeamsCourier:
    given = {"access_token": "a token", "expires_in": 3600}
    return TeamsCourier(TeamsSettings("app", "secret"), Tokens(lambda: given))


async def _sends(courier: TeamsCourier, url: str, tenant: str) -> Outcome:
    return await courier.send(tenant, "29:ana", Address("a:ana", url, "28:bot", "29:ana"), MESSAGE)


async def test_a_message_and_its_token_do_not_follow_to_another_address(teams: FakeTeams) -> None:
    other = FakeTeams()
    await other.start()
    teams.failures.append(Failure(307, {"Location": f"{other.url}/v3/conversations/x/activities"}))
    courier = _courier()
    outcome = await _sends(courier, teams.url, "northgate")
    await courier.close()
    await other.stop()
    assert isinstance(outcome, Refused)
    assert other.requests == 0


async def test_what_one_tenants_service_sets_is_not_sent_for_another_tenant() -> None:
    cookies: list[str | None] = []

    async def take(request: web.Request) -> web.Response:
        cookies.append(request.headers.get("Cookie"))
        answer = web.json_response({"id": "m1"}, status=201)
        answer.set_cookie("tenant", "northgate")
        return answer

    app = web.Application()
    app.router.add_post("/v3/conversations/{chat}/activities", take)
    # By name: cookies of a bare IP address are not kept by anybody.
    async with TestServer(app, host="localhost") as server:
        courier = _courier()
        for tenant in ("northgate", "southgate"):
            assert isinstance(await _sends(courier, str(server.make_url("")), tenant), Sent)
        await courier.close()
    assert cookies == [None, None]
