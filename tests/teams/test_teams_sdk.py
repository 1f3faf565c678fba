"""What is used of the archived SDK, and what is not: see decision 0018."""

from __future__ import annotations

from typing import NoReturn

import msrest.service_client
import msrest.universal_http.requests
import pytest

from adapters.teams.app import TeamsPlatform
from adapters.teams.tokens import Tokens
from core.callers import Address
from core.couriers import Parcel, Sent
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.teams.fake_microsoft import FakeMicrosoft
from tests.teams.fake_teams import TENANT, FakeTeams, Person
from tests.teams.house import House


@pytest.fixture
def no_client_of_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes one of the SDK's clients, or lets one send, fails the test."""

    def refuse(*_given: object, **_named: object) -> NoReturn:
        raise AssertionError("the SDK is about to send")

    monkeypatch.setattr(msrest.service_client.ServiceClient, "__init__", refuse)
    monkeypatch.setattr(msrest.service_client.SDKClient, "__init__", refuse)
    monkeypatch.setattr(msrest.universal_http.requests.ClientRetryPolicy, "__init__", refuse)
    monkeypatch.setattr(msrest.universal_http.requests.BasicRequestsHTTPSender, "send", refuse)


def _without_login(platform: TeamsPlatform) -> None:
    platform.courier._tokens = Tokens(lambda: {"access_token": "t", "expires_in": 3600})


@pytest.mark.usefixtures("no_client_of_the_sdk")
async def test_a_turn_is_checked_and_answered_and_a_notice_sent_without_the_sdks_client(
    teams: FakeTeams, guarded: House, microsoft: FakeMicrosoft
) -> None:
    _without_login(guarded.platform)
    ana = Person(teams, guarded.send)
    activity = ana.activity("message", text="")
    response = await guarded.send(activity, microsoft.token(activity["serviceUrl"]))
    assert response.status == 200
    assert "Welcome to Hourbridge" in ana.last
    address = Address(ana.chat_id, teams.url, "28:bot", ana.user)
    parcel = Parcel(1, TENANT, ana.object_id, address, view(Paragraph("A new ask")), Speech())
    assert isinstance(await guarded.platform.courier.deliver(parcel), Sent)
    assert ana.last == "A new ask"


def test_msrest_still_searches_its_retry_table_as_a_list() -> None:
    """When this fails, msrest is mended: drop the mended SDK from ``teams.send`` and from 0018."""
    assert isinstance(msrest.universal_http.requests.ClientRetryPolicy.safe_codes, list)
