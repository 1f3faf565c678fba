"""Installing into Slack: a browser's way there and back, and everything that may stop it."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator

import pytest

from adapters.slack.install_pages import HEADERS, spoken_in
from adapters.slack.manifest import BOT_SCOPES
from core.members.language import language_of
from core.organisations.model import Organisation, Sector
from tests.slack.granting_slack import CLIENT_ID
from tests.slack.installing_site import Processes, Replica, processes, served


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Processes]:
    async with processes(database_url) as running:
        yield running


@pytest.fixture
def one(many: Processes) -> Replica:
    return many.another()


def let_in(many: Processes, tenant: str) -> None:
    with many.store.begin() as books:
        trust = books.organisations.add(Organisation("NGH", "Northgate", Sector.NHS_TRUST))
        books.tenants.approve("slack", tenant, [trust.id], many.clock.now())


async def test_installing_begins_with_a_redirect_to_slack_for_the_bot_alone(one: Replica) -> None:
    async with served(one.site()) as browser:
        page = await browser.start()
    assert page.status == 302
    assert page.location.startswith(f"{one.slack.url}/oauth/v2/authorize?")
    assert page.query["client_id"] == [CLIENT_ID]
    assert page.query["scope"] == [",".join(BOT_SCOPES)]
    assert page.query["redirect_uri"] == ["http://127.0.0.1/slack/oauth_redirect"]
    assert "user_scope" not in page.query


async def test_a_workspace_is_installed_and_waits_for_approval(
    one: Replica, many: Processes
) -> None:
    async with served(one.site()) as browser:
        page = await browser.installs(one.slack.code("T0NORTH", "Northgate <Trust>"))
    assert page.status == 200
    assert "Hourbridge is installed in Northgate &lt;Trust&gt;" in page.text
    assert "hourbridge tenant approve slack T0NORTH --org CODE" in page.text
    assert "/hourbridge help" in page.text
    assert 'href="slack://app?team=T0NORTH&amp;id=A0HOURS&amp;tab=home"' in page.text
    assert f"{one.slack.url}/app_redirect?app=A0HOURS&amp;team=T0NORTH" in page.text
    workspace = await one.workspaces.fresh("T0NORTH")
    assert workspace is not None
    assert workspace.token == one.slack.granted["T0NORTH"]
    assert (workspace.bot, workspace.bot_user) == ("B0HOURS", "U0HOURS")
    assert not await one.installations.approved("T0NORTH")
    with many.store.begin() as books:
        assert [tenant.external_id for tenant in books.tenants.all()] == ["T0NORTH"]


async def test_a_token_that_ends_is_kept_with_its_end_and_its_refresh_token(one: Replica) -> None:
    one.slack.rotating, one.slack.lasts = True, 43_200
    async with served(one.site()) as browser:
        await browser.installs(one.slack.code("T0NORTH"))
    kept = await one.installations.find("T0NORTH")
    assert kept is not None
    assert kept.refresh.startswith("xoxe-T0NORTH")
    assert kept.expires_at is not None
    assert 11.9 < (kept.expires_at - one.clock.now()).total_seconds() / 3600 < 12.1


async def test_an_organisation_wide_installation_has_no_team_and_serves_every_workspace(
    one: Replica,
) -> None:
    async with served(one.site()) as browser:
        page = await browser.installs(one.slack.whole_code("E0WEST", "Westshire"))
    assert "Hourbridge is installed in Westshire" in page.text
    assert "hourbridge tenant approve slack E0WEST --org CODE" in page.text
    assert "add Hourbridge to each workspace" in page.text
    assert "slack://" not in page.text
    found = await one.workspaces.find("T0ANY", "E0WEST")
    assert found is not None
    assert (found.tenant, found.whole) == ("E0WEST", True)


async def test_nothing_of_the_person_who_installs_is_kept(one: Replica, many: Processes) -> None:
    async with served(one.site()) as browser:
        await browser.installs(one.slack.code("T0NORTH", installer="U0SECRETIVE"))
    with many.store.begin() as books:
        rows = books.connection.exec_driver_sql("SELECT * FROM installations").all()
    assert len(rows) == 1
    assert "U0SECRETIVE" not in str(rows)
    assert "xoxp" not in str(rows)
    assert "xoxb" not in str(rows), "the bot's token is sealed"


async def test_a_reinstall_by_somebody_else_replaces_the_token_and_keeps_everybody_working(
    one: Replica, many: Processes
) -> None:
    async with served(one.site()) as browser:
        await browser.installs(one.slack.code("T0NORTH", installer="U0ANA"))
        let_in(many, "T0NORTH")
        before = await one.workspaces.find("T0NORTH")
        page = await browser.installs(one.slack.code("T0NORTH", installer="U0BO"))
    after = await one.workspaces.find("T0NORTH")
    assert before is not None
    assert after is not None
    assert before.token != after.token == one.slack.granted["T0NORTH"]
    assert "It is approved." in page.text
    assert "tenant approve" not in page.text


@pytest.mark.parametrize("rotating", [False, True])
async def test_a_workspace_that_left_is_back_at_once_after_a_reinstall(
    one: Replica, rotating: bool
) -> None:
    one.slack.rotating = rotating
    async with served(one.site()) as browser:
        await browser.installs(one.slack.code("T0NORTH"))
        await one.workspaces.removed("T0NORTH")
        assert await one.workspaces.find("T0NORTH") is None
        await browser.installs(one.slack.code("T0NORTH"))
    assert await one.workspaces.find("T0NORTH") is not None


# The state


async def test_a_state_works_once_over_all_processes(many: Processes) -> None:
    here, there = many.another(), many.another()
    async with served(here.site()) as browser, served(there.site()) as other:
        begun = await browser.start()
        other.cookies = dict(browser.cookies)
        kept = dict(browser.cookies)
        first = await other.come_back(code=here.slack.code("T0NORTH"), state=begun.state)
        browser.cookies = kept
        again = await browser.come_back(code=here.slack.code("T0SOUTH"), state=begun.state)
    assert (first.status, again.status) == (200, 400)
    assert "This page works once" in again.text
    assert await here.installations.find("T0SOUTH") is None


async def test_a_state_older_than_10_minutes_installs_nothing(one: Replica) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        one.clock.later(minutes=10)
        page = await browser.come_back(code=one.slack.code("T0NORTH"), state=begun.state)
    assert page.status == 400
    assert "This took longer than 10 minutes" in page.text
    assert one.slack.asked == [], "the code is not even tried"


@pytest.mark.parametrize("change", ["no cookie", "another's cookie", "no state", "forged"])
async def test_a_state_that_is_not_this_browsers_own_installs_nothing(
    one: Replica, change: str
) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        query = {"code": one.slack.code("T0NORTH"), "state": begun.state}
        name = next(iter(browser.cookies))
        if change == "no cookie":
            browser.cookies = {}
        elif change == "another's cookie":
            await browser.start()
        elif change == "no state":
            del query["state"]
        else:
            nonce, ends, signature = begun.state.split(".")
            query["state"] = f"{nonce}.{int(ends) + 9_999_999}.{signature}"
            browser.cookies[name] = query["state"]
        page = await browser.come_back(**query)
    assert page.status == 400
    assert "The installation began somewhere else" in page.text
    assert one.slack.asked == []
    assert await one.installations.find("T0NORTH") is None


async def test_the_cookie_is_secure_behind_a_proxy_that_ends_tls(one: Replica) -> None:
    # The proxy speaks plain HTTP to us, as this browser does; the address says what people use.
    async with served(one.site(public_url="https://hours.example")) as browser:
        begun = await browser.start()
        page = await browser.come_back(code=one.slack.code("T0NORTH"), state=begun.state)
    assert begun.query["redirect_uri"] == ["https://hours.example/slack/oauth_redirect"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/slack", "Max-Age=600"):
        assert part in begun.cookie
    assert page.status == 200


async def test_on_loopback_without_tls_the_cookie_still_comes_back(one: Replica) -> None:
    async with served(one.site()) as browser:
        assert "Secure" not in (await browser.start()).cookie


async def test_a_chosen_workspace_is_passed_on_and_nothing_else_is(one: Replica) -> None:
    async with served(one.site()) as browser:
        chosen = await browser.start("?team=T0NORTH")
        sneaky = await browser.start("?team=T0%26scope%3Dadmin&scope=admin&redirect_uri=evil")
        broken = await browser.start("?team=T0%0d%0aSet-Cookie:+x")
    assert chosen.query["team"] == ["T0NORTH"]
    for page in (sneaky, broken):
        assert page.status == 302
        assert "team" not in page.query
        assert page.query["scope"] == [",".join(BOT_SCOPES)]


# What Slack says


async def test_somebody_who_declines_reads_what_to_do(one: Replica) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        page = await browser.come_back(error="access_denied", state=begun.state)
    assert page.status == 200
    assert "You did not allow Hourbridge in Slack" in page.text
    assert "http://127.0.0.1/slack/install" in page.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"error": "<script>alert(1)</script>"}, 400, "Slack did not accept"),
        ({"error": "bad_redirect_uri"}, 502, "another app"),
        ({"code": "never-given"}, 400, "Slack did not accept"),
        ({}, 400, "Slack did not accept"),
    ],
)
async def test_whatever_else_comes_back_installs_nothing(
    one: Replica, query: dict[str, str], status: int, said: str
) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        page = await browser.come_back(**query, state=begun.state)
    assert page.status == status
    assert said in page.text
    assert "script" not in page.text


async def test_a_secret_of_another_app_is_named_without_being_shown(one: Replica) -> None:
    async with served(one.site(client_secret="another")) as browser:
        page = await browser.installs(one.slack.code("T0NORTH"))
    assert page.status == 502
    assert "Slack answered for another app" in page.text


async def test_an_app_token_of_another_app_is_noticed(one: Replica) -> None:
    async with served(one.site(app_token="xapp-1-A0OTHER-1-abc")) as browser:
        page = await browser.installs(one.slack.code("T0NORTH"))
    assert page.status == 502
    assert await one.installations.find("T0NORTH") is None


async def test_an_installation_without_a_bot_is_none(one: Replica) -> None:
    async with served(one.site()) as browser:
        page = await browser.installs(one.slack.code("T0NORTH", token_type="user"))
    assert page.status == 502
    assert await one.installations.find("T0NORTH") is None


async def test_a_slack_that_is_down_installs_nothing_and_says_so(one: Replica) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        await one.slack.stop()
        page = await browser.come_back(code="code.1", state=begun.state)
    assert page.status == 503
    assert "Slack cannot be reached" in page.text


async def test_a_database_that_fails_is_an_apology_with_a_reference(
    one: Replica, many: Processes
) -> None:
    async with served(one.site()) as browser:
        begun = await browser.start()
        with many.store.begin() as books:
            books.connection.exec_driver_sql("ALTER TABLE installations RENAME TO gone")
        page = await browser.come_back(code=one.slack.code("T0NORTH"), state=begun.state)
    assert page.status == 500
    assert re.search(r"this reference: [0-9A-F]{8}", page.text)


# The pages


async def test_no_code_state_or_token_is_shown_or_logged(
    one: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with served(one.site()) as browser:
        begun = await browser.start()
        code = one.slack.code("T0NORTH")
        good = await browser.come_back(code=code, state=begun.state)
        begun_again = await browser.start()
        bad = await browser.come_back(code="code.unknown", state=begun_again.state)
    secrets = (code, begun.state, "code.unknown", begun_again.state, "xoxb-", "xoxp-")
    ours = "\n".join(
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("aiohttp.access", "asyncio"))
    )
    for secret in secrets:
        assert secret not in good.text + bad.text
        assert secret not in ours


async def test_a_page_runs_nothing_loads_nothing_and_is_not_kept(one: Replica) -> None:
    async with served(one.site()) as browser:
        page = await browser.installs(one.slack.code("T0NORTH"))
    for name, value in HEADERS.items():
        assert page.headers[name] == value
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text
    assert " style=" not in page.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("cy", "cy"),
        ("cy-GB,cy;q=0.9,en;q=0.8", "cy"),
        ("en-GB,cy;q=0.9", "en"),
        ("fr, en;q=0.2, cy;q=0.5", "cy"),
        ("cy;q=0", "en"),
        ("cy;q=lots", "en"),
        (";;,=,", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_likes_best(
    accepted: str, language: str
) -> None:
    assert spoken_in(accepted).language == language
    assert language_of(language) == language


async def test_a_page_says_which_language_it_is_in(one: Replica) -> None:
    async with served(one.site()) as browser:
        browser._language = "cy"
        page = await browser.come_back(error="access_denied")
    assert '<html lang="cy">' in page.text
