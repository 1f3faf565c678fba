"""Requests that are forged, too large, badly signed, repeated, or from somebody not let in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from core.ledger.intents import ConfirmGift
from core.members.model import MemberState
from core.organisations.model import TenantState
from core.ui.intents import to_wire
from tests.slack.people import signed
from tests.story.chats import Friend
from tests.story.in_local import LocalFriend
from tests.story.in_slack import SlackFriend
from tests.story.in_teams import TeamsFriend
from tests.story.stage import CHATS, nothing_stored, two_members
from tests.story.town import Town, open_town
from tests.teams.fake_teams import TENANT

chats = pytest.mark.parametrize("chat", CHATS)
MEGABYTE = 1024 * 1024
FORGED: list[dict[str, Any]] = [
    {},
    {"do": "no.such.thing"},
    {"do": 7},
    {"do": "exchange.confirm", "exchange": "E-7K2"},
    {"do": "exchange.confirm", "exchange": [1]},
    {"do": "exchange.confirm", "exchange": 2**70},
    {"do": "members.join", "agree": {"a": 1}},
]
TENANTS = {"slack": ("slack", "T0HOME"), "teams": ("teams", TENANT), "local": ("local", "willow")}


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Town]:
    """A town on SQLite."""
    async with open_town(sqlite_url) as town:
        yield town


@chats
async def test_a_forged_button_is_refused_and_nothing_is_stored(here: Town, chat: str) -> None:
    ana = await (await here.friend(chat, "Ana Ward")).joins()
    await ana.hears("This is where Hourbridge will write to you.")
    async with nothing_stored(here):
        for wire in FORGED:
            await ana.types("help")
            said = await ana.forges(wire)
            assert "This button no longer works." in said, f"{wire}: {said}"


@pytest.mark.parametrize("path", ["/slack/events", "/api/messages", "/local/act"])
async def test_a_body_over_a_megabyte_is_not_read(here: Town, path: str) -> None:
    ana = await here.in_local("Ana Ward")
    body = json.dumps({"type": "message", "text": "x" * MEGABYTE})
    headers = {**signed(body), **ana.proof, "Content-Type": "application/json"}
    sent = here.http.post(here.url + path, data=body, headers=headers)
    async with nothing_stored(here), sent as answer:
        assert answer.status == 413


@pytest.mark.parametrize(
    "headers_of",
    [
        lambda _body: {},
        lambda body: signed(body, secret="not the secret"),
        lambda body: signed(body + "&x=1"),
        lambda body: signed(body, age=600),
        lambda body: {**signed(body), "X-Slack-Request-Timestamp": "9" * 30},
    ],
    ids=["unsigned", "another secret", "another body", "10 minutes old", "no time"],
)
async def test_a_slack_request_with_a_bad_or_old_signature_is_turned_away(
    here: Town, headers_of: Callable[[str], dict[str, str]]
) -> None:
    body = urlencode({"command": "/ask", "text": "help", "user_id": "U1", "team_id": "T0HOME"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", **headers_of(body)}
    sent = here.http.post(f"{here.url}/slack/events", data=body, headers=headers)
    async with nothing_stored(here), sent as answer:
        assert answer.status == 401


async def test_the_local_page_takes_nothing_without_its_token(here: Town) -> None:
    ana = await here.in_local("Ana Ward")
    ana.token = "guessed"
    async with nothing_stored(here):
        status, answer = await ana.posts({"person": ana.key, "words": "home", "delivery": "a" * 9})
        assert status == 403
        assert "Reload the page" in answer["error"]


# Repeats


async def test_a_retried_slack_event_books_once(here: Town) -> None:
    scene = await (await two_members(here, "slack")).claimed()
    ana = scene.ana
    assert isinstance(ana, SlackFriend)
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": here.slack.dm(ana.person.user),
        "user": ana.person.user,
        "team": "T0HOME",
        "text": f"confirm {scene.exchange}",
        "ts": "1800000999.000200",
    }
    await asyncio.gather(*(ana.person.event(event, "Ev0SAME", attempt=again) for again in range(3)))
    answers = [
        one for one in ana.person.messages if "Confirmed. The hours have moved." in one.words
    ]
    assert len(answers) == 1, "a repeat is not answered twice"
    assert here.rows("postings") == {"postings": 3}


async def test_a_retried_teams_activity_books_once(here: Town) -> None:
    ana = (await two_members(here, "teams")).ana
    assert isinstance(ana, TeamsFriend)
    await ana.types("give 30 mins to Bo Lin")
    activity = ana.person.activity("message", text="ask help with run charts, 1 hour")
    await asyncio.gather(*(ana.person.deliver(dict(activity)) for _again in range(3)))
    # The notice of their joining may come in between.
    answers = [one for one in ana.person.messages if "Check your ask" in one.text]
    assert len(answers) == 1, "a repeat is not answered twice"
    assert here.rows("drafts") == {"drafts": 2}


async def test_a_repeated_send_of_the_local_page_books_once(here: Town) -> None:
    ana = (await two_members(here, "local")).ana
    assert isinstance(ana, LocalFriend)
    act = {"words": "ask help with run charts, 1 hour", "replyTo": ""}
    outcomes = await asyncio.gather(*(ana.acts(act, "delivery-of-one-send") for _again in range(3)))
    assert outcomes[0]["messages"] == outcomes[1]["messages"] == outcomes[2]["messages"]
    assert here.rows("drafts") == {"drafts": 1}


@chats
async def test_a_form_sent_again_proposes_once(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).posted()
    await scene.bo.types(f"/answer {scene.ask}")
    replay = scene.bo.replays(message="Gladly")
    await scene.bo.fills(message="Gladly")
    before = here.rows("exchanges", "messages")
    await asyncio.gather(replay(), replay())
    assert here.rows("exchanges", "messages") == before == {"exchanges": 1, "messages": 1}


@chats
async def test_a_gift_is_given_once_however_often_yes_is_pressed(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    await ana.types("give 30 mins to Bo Lin")
    with here.store.begin() as books:
        member = books.members.named("Ana Ward")[0]
        draft = books.drafts.mine(1, member.id, "gift")
    assert draft is not None
    wire = to_wire(ConfirmGift(draft=draft.id))
    await asyncio.gather(*(ana.forges(wire) for _again in range(4)))
    assert (here.balance("Ana Ward"), here.balance("Bo Lin")) == (90, 150)
    assert here.rows("gifts") == {"gifts": 1}
    assert here.audit() == []


# Who is not let in


@chats
async def test_an_unknown_tenant_gets_one_sentence_and_nothing_about_the_person_is_kept(
    here: Town, chat: str
) -> None:
    if chat == "teams":
        ana: Friend = here.in_teams("Ana Ward", tenant="7f000000-0000-4000-8000-00000000dead")
    else:
        # Slack signs for the one workspace of its token, and the local page knows its people.
        ana = await here.friend(chat, "Ana Ward")
        with here.store.begin() as books:
            books.tenants.set_state(*TENANTS[chat], TenantState.PENDING)
    known = frozenset({"tenants", "registry"})
    async with nothing_stored(here, apart_from=known):
        said = await ana.types("ask help with run charts, 1 hour")
        assert "Hourbridge is not set up for this workspace yet." in said
        assert "tenant approve" in said
    assert not here.holds("Ana Ward")
    assert not here.holds("run charts")


@chats
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (TenantState.SUSPENDED, "Hourbridge is paused for this workspace."),
        (TenantState.ENDED, "This workspace does not take part in Hourbridge."),
    ],
)
async def test_a_tenant_that_is_not_let_in_is_told_so(
    here: Town, chat: str, state: TenantState, sentence: str
) -> None:
    ana = (await two_members(here, chat)).ana
    with here.store.begin() as books:
        assert books.tenants.set_state(*TENANTS[chat], state)
    async with nothing_stored(here):
        assert sentence in await ana.types("ask help with run charts, 1 hour")
        assert sentence in await ana.forges({"do": "ledger.balance"}) + ana.reads()


@chats
async def test_a_suspended_member_is_told_so_and_does_nothing(here: Town, chat: str) -> None:
    scene = await (await two_members(here, chat)).claimed()
    with here.store.begin() as books:
        found = books.members.named("Ana Ward")[0]
        books.members.save(replace(found, state=MemberState.SUSPENDED))
    async with nothing_stored(here):
        said = await scene.ana.types(f"confirm {scene.exchange}")
        assert "Your membership is paused." in said


@chats
async def test_a_member_of_an_organisation_that_has_ended_is_told_so(here: Town, chat: str) -> None:
    ana = (await two_members(here, chat)).ana
    today = here.program.engine.clock().date()
    with here.store.begin() as books:
        member = books.members.named("Ana Ward")[0]
        books.organisations.end(member.organisation_id, today - timedelta(days=1), None)
    async with nothing_stored(here):
        said = await ana.types("ask help with run charts, 1 hour")
        assert "no longer takes part in Hourbridge" in said
