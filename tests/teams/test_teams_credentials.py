"""The three ways in which the bot signs in, over MSAL itself to logins on this machine."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.teams.courier import TeamsCourier
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens, TokenUnavailable, msal_acquire, tokens_for
from tests.teams import pem
from tests.teams.fake_login import APP, SECRET, TENANT, FakeEntra, FakeMetadataEndpoint


@pytest_asyncio.fixture
async def entra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeEntra]:
    entra = FakeEntra(tmp_path)
    await entra.start()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(entra.authority_file))
    yield entra
    await entra.stop()


@pytest_asyncio.fixture
async def machine(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeMetadataEndpoint]:
    machine = FakeMetadataEndpoint()
    await machine.start()
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", machine.url)
    yield machine
    await machine.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.pem"


def settings(entra: FakeEntra, *, secret: str = "", certificate: str = "") -> TeamsSettings:
    cloud = Cloud(login_url=entra.url)
    return TeamsSettings(
        APP, secret, "SingleTenant", TENANT, cloud=cloud, app_certificate=certificate
    )


async def test_a_client_secret_signs_in_at_the_bots_own_tenant(entra: FakeEntra) -> None:
    tokens = tokens_for(settings(entra, secret=SECRET))
    assert await tokens.headers() == {"Authorization": "Bearer e1"}
    assert entra.given == [TENANT]


async def test_a_bot_of_many_tenants_signs_in_at_the_bot_frameworks(entra: FakeEntra) -> None:
    many = replace(settings(entra, secret=SECRET), app_type="MultiTenant", app_tenant_id="")
    await tokens_for(many).headers()
    assert entra.given == ["botframework.com"]


async def test_a_wrong_secret_is_named_by_microsofts_codes_and_quoted_nowhere(
    entra: FakeEntra, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = tokens_for(settings(entra, secret="not-the-secret"))
    with caplog.at_level(logging.DEBUG), pytest.raises(TokenUnavailable) as raised:
        await tokens.headers()
    assert str(raised.value) == "invalid_client AADSTS7000215"
    assert "not-the-secret" not in caplog.text


async def test_a_certificate_signs_in_and_no_sha_1_is_used(
    entra: FakeEntra, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entra.registered = pem.certificate("bot")
    path = pem.written(file, pem.key_pem("bot"), pem.as_pem(entra.registered))
    with caplog.at_level(logging.DEBUG):
        headers = await tokens_for(settings(entra, certificate=path)).headers()
    assert headers == {"Authorization": "Bearer e1"}
    assert entra.refused == []
    (header,) = entra.headers
    assert header["alg"] == "PS256"
    assert "x5t" not in header
    for line in pem.key_pem("bot").splitlines():
        assert line not in caplog.text


async def test_an_assertion_that_another_key_signed_gets_no_token(
    entra: FakeEntra, file: Path
) -> None:
    entra.registered = pem.certificate("somebody else's")
    path = pem.written(file, pem.key_pem("bot"), pem.certificate_pem("bot"))
    with pytest.raises(TokenUnavailable, match=r"^invalid_client AADSTS7000215$"):
        await tokens_for(settings(entra, certificate=path)).headers()
    assert entra.refused == ["another certificate"]


async def test_a_certificate_that_was_replaced_signs_in_without_a_restart(
    entra: FakeEntra, file: Path
) -> None:
    clock = [0.0]
    old, new = pem.certificate("old"), pem.certificate("new")
    path = pem.written(file, pem.key_pem("old"), pem.as_pem(old))
    entra.registered = old
    tokens = Tokens(msal_acquire(settings(entra, certificate=path)), lambda: clock[0])
    await tokens.headers()
    pem.written(file, pem.key_pem("new"), pem.as_pem(new))
    entra.registered = new
    clock[0] = 3_400
    assert await tokens.headers() == {"Authorization": "Bearer e2"}
    assert entra.refused == []


async def test_a_certificate_that_was_spoilt_says_so_and_the_token_serves_to_its_end(
    entra: FakeEntra, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = [0.0]
    entra.registered = pem.certificate("bot")
    path = pem.written(file, pem.key_pem("bot"), pem.as_pem(entra.registered))
    tokens = Tokens(msal_acquire(settings(entra, certificate=path)), lambda: clock[0])
    await tokens.headers()
    pem.written(file, pem.key_pem("bot"))
    clock[0] = 3_400
    assert await tokens.headers() == {"Authorization": "Bearer e1"}
    assert "has no certificate" in caplog.text
    clock[0] = 3_700
    with pytest.raises(TokenUnavailable, match="MICROSOFT_APP_CERTIFICATE"):
        await tokens.headers()


async def test_a_certificate_about_to_end_is_warned_about(
    entra: FakeEntra, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entra.registered = pem.certificate("bot", days=20)
    path = pem.written(file, pem.key_pem("bot"), pem.as_pem(entra.registered))
    await tokens_for(settings(entra, certificate=path)).headers()
    assert "the certificate that signs in to Microsoft ends on" in caplog.text


async def test_a_token_asked_for_again_is_a_new_one(entra: FakeEntra) -> None:
    tokens = tokens_for(settings(entra, secret=SECRET))
    first = await tokens.headers()
    assert tokens.forget(first)
    assert await tokens.headers() == {"Authorization": "Bearer e2"}


async def test_a_login_that_is_down_is_no_token(entra: FakeEntra) -> None:
    entra.down = True
    with pytest.raises(TokenUnavailable):
        await tokens_for(settings(entra, secret=SECRET)).headers()


def managed(client: str = APP) -> TeamsSettings:
    return TeamsSettings(client, "", "UserAssignedMSI", TENANT)


async def test_a_managed_identity_is_asked_for_by_its_own_id(
    machine: FakeMetadataEndpoint,
) -> None:
    assert await tokens_for(managed()).headers() == {"Authorization": "Bearer m1"}
    (asked,) = machine.asked
    assert asked["client_id"] == APP
    assert asked["resource"] == "https://api.botframework.com"


async def test_an_identity_that_this_machine_does_not_have_is_no_token(
    machine: FakeMetadataEndpoint,
) -> None:
    machine.assigned = "another-identity"
    with pytest.raises(TokenUnavailable, match=r"^invalid_request$"):
        await tokens_for(managed()).headers()


async def test_nothing_secret_shows_with_what_holds_it(entra: FakeEntra, file: Path) -> None:
    entra.registered = pem.certificate("bot")
    path = pem.written(file, pem.key_pem("bot"), pem.as_pem(entra.registered))
    held = settings(entra, certificate=path)
    tokens = tokens_for(held)
    courier = TeamsCourier(held, tokens)
    headers = await tokens.headers()
    shown = f"{held!r} {tokens!r} {courier!r} {settings(entra, secret=SECRET)!r}"
    for secret in (headers["Authorization"], SECRET, *pem.key_pem("bot").splitlines()):
        assert secret not in shown
