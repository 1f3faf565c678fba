"""Requests that no chat sends: parts missing, of the wrong kind, or full of what cannot be kept.

They are properly signed, so nothing but the reading of them stands in the way.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.slack.forms import FIELD, FORM
from adapters.slack.render import PRESS
from adapters.teams.buttons import KEY
from tests.slack.people import signed
from tests.story.town import Town, open_town
from tests.teams.fake_teams import BOT
from tests.teams.fake_teams import Person as TeamsPerson

Json = dict[str, Any]
Path = tuple[str | int, ...]
GONE = object()
WRONG: tuple[Any, ...] = (
    GONE,
    None,
    7,
    -1.5,
    True,
    "",
    "x",
    "a\x00b",
    "half \ud800",
    "\u202e<b>{0}%s" * 50,
    [],
    [None],
    [[{}]],
    {},
    {"a": 1},
)
TRIED = 50
JSON = "application/json"
FORM_KIND = "application/x-www-form-urlencoded"


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Town]:
    async with open_town(sqlite_url) as town:
        yield town


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    if at:
        yield at
    parts: dict[Any, Any] = dict(enumerate(value)) if isinstance(value, list) else {}
    for name, part in (value if isinstance(value, dict) else parts).items():
        yield from _paths(part, (*at, name))


def _spoilt(payload: Json, path: Path, wrong: Any) -> Json:
    """``payload`` with something else at ``path``, or nothing."""
    found = copy.deepcopy(payload)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    if wrong is GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return found


def _spoilings(payload: Json, chance: random.Random, count: int) -> list[Json]:
    every = [(path, wrong) for path in _paths(payload) for wrong in WRONG]
    chosen = chance.sample(every, min(count, len(every)))
    return [_spoilt(payload, path, wrong) for path, wrong in chosen]


_A_VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": FORM,
    "private_metadata": json.dumps({"wire": {"do": "posts.fill", "kind": "offer"}}),
    "title": {"type": "plain_text", "text": "x"},
    "blocks": [],
    "state": {
        "values": {
            "b": {f"{FIELD}title": {"type": "plain_text_input", "value": "x"}},
            "c": {
                f"{FIELD}place": {
                    "type": "static_select",
                    "selected_option": {"value": "online"},
                }
            },
        }
    },
}


def _slack_payloads(user: str, channel: str) -> Iterator[Json]:
    who = {"id": user, "name": "ana", "team_id": "T0HOME"}
    press = {"action_id": f"{PRESS}0", "block_id": "b", "type": "button"}
    container = {"type": "message", "channel_id": channel, "message_ts": "1.2"}
    common = {"team": {"id": "T0HOME"}, "user": who, "trigger_id": "1.2.3"}
    yield {
        **common,
        "type": "block_actions",
        "container": container,
        "channel": {"id": channel},
        "response_url": "http://127.0.0.1:1/",
        "actions": [{**press, "value": json.dumps({"do": "ledger.balance"})}],
    }
    yield {
        **common,
        "type": "view_submission",
        "view": _A_VIEW,
    }
    yield {
        "type": "event_callback",
        "team_id": "T0HOME",
        "event_id": "Ev1",
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": channel,
            "user": user,
            "team": "T0HOME",
            "text": "home",
            "ts": "1800000999.0002",
            "thread_ts": "1800000900.0002",
        },
    }


def _as_slack_sends(payload: Json) -> tuple[str, dict[str, str]]:
    if payload.get("type") == "event_callback" or "event" in payload:
        body, kind = json.dumps(payload), JSON
    else:
        body = urlencode({"payload": json.dumps(payload)})
        kind = FORM_KIND
    return body, {**signed(body), "Content-Type": kind}


async def _posts(here: Town, path: str, body: str, headers: dict[str, str]) -> int:
    async with here.http.post(f"{here.url}{path}", data=body, headers=headers) as answer:
        return answer.status


async def test_slack_requests_with_spoilt_parts_move_nothing_and_are_lived_through(
    here: Town,
) -> None:
    ana = here.in_slack("Ana Ward")
    await ana.joins()
    user = ana.person.user
    chance = random.Random(7)
    for payload in _slack_payloads(user, here.slack.dm(user)):
        for spoilt in _spoilings(payload, chance, TRIED):
            body, headers = _as_slack_sends(spoilt)
            status = await _posts(here, "/slack/events", body, headers)
            assert status in {200, 400, 401, 404, 500}, spoilt
    assert here.audit() == []
    assert here.balance("Ana Ward") == 120
    assert "2 hours" in await ana.types("balance")


def _teams_payloads(person: TeamsPerson) -> Iterator[Json]:
    mention = {"type": "mention", "text": "<at>Hb</at>", "mentioned": {"id": BOT}}
    yield person.activity("message", text="home", replyToId="1:x", entities=[mention])
    ours = {
        "intent": {"do": "posts.fill", "kind": "offer"},
        "fields": {"title": "text", "place": "one", "not_about_a_patient": "many"},
        "opened_by": {"do": "posts.form"},
    }
    data = {KEY: ours, "title": "x", "place": "online", "not_about_a_patient": "false"}
    action = {"type": "Action.Execute", "verb": "x", "data": data}
    yield person.activity("message", value=data)
    yield person.activity("invoke", name="adaptiveCard/action", value={"action": action})
    yield person.activity("invoke", name="task/fetch", value={"data": data})
    yield person.activity("invoke", name="task/submit", value={"data": data})
    yield person.activity("installationUpdate", action="add")


async def test_teams_activities_with_spoilt_parts_are_answered_and_nothing_fails(
    here: Town, caplog: pytest.LogCaptureFixture
) -> None:
    ana = here.in_teams("Ana Ward")
    await ana.joins()
    chance = random.Random(7)
    for payload in _teams_payloads(ana.person):
        for number, spoilt in enumerate(_spoilings(payload, chance, TRIED)):
            if spoilt.get("id") == payload["id"]:
                spoilt["id"] = f"{payload['id']}-{number}"
            caplog.clear()
            body = json.dumps(spoilt)
            status = await _posts(here, "/api/messages", body, {"Content-Type": JSON})
            assert status in {200, 400}, spoilt
            failed = [one for one in caplog.records if one.getMessage() == "action failed"]
            assert not failed, spoilt
    assert here.audit() == []
    assert here.balance("Ana Ward") == 120


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 415),
        (b"junk", "multipart/form-data", 415),
        (b"{}", JSON, 415),
        (b"code=1", f"{FORM_KIND}; charset=nonsense", 400),
        (b"\xff\xfe{}", FORM_KIND, 400),
        (b"code=%ED%A0%80", FORM_KIND, 200),
        (b"code=a%00b&code=c", FORM_KIND, 200),
        (b"code=" + b"x" * 1_100_000, FORM_KIND, 413),
    ],
)
async def test_the_download_page_turns_away_what_is_not_its_form(
    here: Town, body: bytes, kind: str, status: int
) -> None:
    url = f"{here.url}/mydata"
    async with here.http.post(url, data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == status
        assert "attachment" not in answer.headers.get("Content-Disposition", "")
