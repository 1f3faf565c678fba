"""A member takes away everything that is held about them; a code opens it, once."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from core.exchanges.model import ExchangeState
from core.members.mydata import redeem
from core.members.own_data import collect
from core.members.packing import as_csv_zip, as_json
from core.organisations.model import Role
from tests.members.chats import code_in, visitor_in_teams
from tests.members.test_merging import exchange, merge, twice
from tests.world import Person, World


def redeemed(world: World, code: str, asker: str = "") -> int | None:
    with world.store.begin() as books:
        return redeem(world.engine.office(books), code, asker)


def data_of(world: World, person: Person) -> dict[str, list[dict[str, str | int | None]]]:
    member = person.member.id
    with world.store.begin() as books:
        return collect(world.engine.office(books), member)


def test_the_code_is_shown_with_the_page_and_is_in_no_address(world: World) -> None:
    ana = world.person("Ana Ward")
    text = ana.types("mydata")
    code = code_in(text)
    assert "http://127.0.0.1:3978/mydata" in text
    assert f"/mydata?{code}" not in text
    assert f"/mydata/{code}" not in text
    assert world.holds(code) == []


def test_a_code_opens_the_members_data_once_within_ten_minutes(world: World) -> None:
    ana = world.person("Ana Ward")
    code = code_in(ana.types("mydata"))
    assert redeemed(world, code.lower()) == ana.member.id
    assert redeemed(world, code) is None
    late = code_in(ana.types("mydata"))
    world.later(minutes=10)
    assert redeemed(world, late) is None


def test_a_link_code_opens_no_data_and_a_data_code_links_no_chat(world: World) -> None:
    ana = world.person("Ana Ward")
    link = code_in(ana.types("link"))
    data = code_in(ana.types("mydata"))
    assert redeemed(world, link) is None
    there = visitor_in_teams(world)
    there.types(f"link {data}")
    assert there.refused == "wrong-code"
    assert redeemed(world, data) == ana.member.id


def test_guessing_ends_after_twenty_wrong_codes_for_that_asker_alone(world: World) -> None:
    ana = world.person("Ana Ward")
    for _guess in range(20):
        assert redeemed(world, "BCDF-2345", "one") is None
    code = code_in(ana.types("mydata"))
    assert redeemed(world, code, "one") is None
    assert redeemed(world, code, "another") == ana.member.id


def test_the_data_holds_every_part_of_a_members_story(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("settings")
    ana.fills(can_help="run charts", contact="Desk 4")
    ana.types("offer 2 hours run charts for beginners, online")
    ana.presses("Post it")
    world.grants(ana, Role.LEAD, "NGH")
    max_ = world.person("Max Hill", "COU")
    exchange(world, max_, ana, ExchangeState.AGREED, reserved=60)
    world.deliver()
    data = data_of(world, ana)
    assert data["profile"][0]["name"] == "Ana Ward"
    assert data["profile"][0]["contact_details"] == "Desk 4"
    assert data["chats"][0]["user"] == ana.caller.user
    assert data["skills"] == [{"side": "can-help", "skill": "spc"}] or data["skills"]
    assert "run charts" in str(data["posts"][0]["title"]).casefold()
    assert data["exchanges"][0]["other"] == "Max Hill"
    assert data["exchanges"][0]["role"] == "receiver"
    assert data["messages"][0]["words"] == "See you at 2"
    assert data["roles"] == [{"role": "lead", "organisation": "Northgate Hospital Trust"}]
    assert data["balance"] == [{"balance": 120, "set_aside": 60, "available": 60, "floor": -600}]
    assert [line["kind"] for line in data["statement"]] == ["opening"]
    assert {notice["kind"] for notice in data["notices"]} >= {"members.welcome"}


def test_the_data_holds_nothing_that_another_person_wrote(world: World) -> None:
    ana = world.person("Ana Ward")
    max_ = world.person("Max Hill", "COU")
    exchange(world, max_, ana)
    data = data_of(world, max_)
    assert data["exchanges"]
    assert data["messages"] == []
    assert "See you at 2" not in as_json(data).decode()


def test_what_a_member_did_under_a_merged_membership_is_theirs_too(world: World) -> None:
    ana, again = twice(world)
    exchange(world, ana, again)
    merge(ana, again)
    data = data_of(world, ana)
    assert [message["words"] for message in data["messages"]] == ["See you at 2"]
    assert {line["kind"] for line in data["statement"]} >= {"opening", "correction"}
    assert len(data["chats"]) == 2


def test_json_and_csv_say_the_same(world: World) -> None:
    ana = world.person("Ana Ŵard")
    data = data_of(world, ana)
    assert json.loads(as_json(data)) == data
    with zipfile.ZipFile(io.BytesIO(as_csv_zip(data))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(f"{name}.csv" for name in data)
        page = archive.read("profile.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(page, newline=""))
    assert row["name"] == "Ana Ŵard"
    assert row["silent"] == "no"


def test_a_spreadsheet_takes_no_words_for_a_formula() -> None:
    wicked = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", 'a,"b"\nc']
    packed = as_csv_zip({"messages": [{"words": words, "minutes": -60} for words in wicked]})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        page = archive.read("messages.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(page, newline="")))
    assert [row["words"] for row in rows] == [f"'{words}" for words in wicked[:-1]] + [wicked[-1]]
    assert {row["minutes"] for row in rows} == {"-60"}
