"""What is kept of the group chats, teams and channels that the app is in."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from core.conversations.model import Conversation, ConversationKind
from core.happenings import ConversationChanged, NotLetIn
from core.organisations.model import TenantState
from tests.conversations.reports import (
    GROUP,
    GROUP_IS_IN,
    ROTA,
    ROTA_IS_IN,
    TEAM,
    TEAM_IS_IN,
    TENANT,
    URL,
    kept,
    live,
    reports,
    somebody_waits,
)
from tests.world import START, World

NHS_NUMBER = "NHS number 943 476 5919"


def test_of_a_team_everything_is_kept_that_posting_there_needs(world: World) -> None:
    reports(world, TEAM_IS_IN)
    (found,) = kept(world).values()
    assert replace(found, id=0) == Conversation(
        "teams",
        TENANT,
        TEAM,
        ConversationKind.CHANNEL,
        installed_at=START,
        seen_at=START,
        told_at=START,
        team=TEAM,
        team_name="Ward 7",
        service_url=URL,
        bot="28:bot",
        locale="en-GB",
    )


def test_a_group_chat_is_kept_without_a_name_or_a_team(world: World) -> None:
    reports(world, GROUP_IS_IN)
    (found,) = kept(world).values()
    assert (found.kind, found.external_id) == (ConversationKind.GROUP, GROUP)
    assert (found.team, found.team_name, found.name) == ("", "", "")


def test_a_channel_goes_by_the_name_that_its_team_has_now(world: World) -> None:
    reports(world, TEAM_IS_IN)
    reports(world, ROTA_IS_IN, 1)
    reports(world, TEAM_IS_IN, 2, present=None, team_name="Ward 8")
    assert {one.team_name for one in kept(world).values()} == {"Ward 8"}
    assert kept(world)[ROTA].name == "Rota"


def test_the_first_word_of_a_channel_makes_its_team_known(world: World) -> None:
    reports(world, ROTA_IS_IN)
    assert live(world) == {TEAM, ROTA}


def test_the_app_taken_out_of_a_team_is_out_of_every_channel_and_back_in_with_it(
    world: World,
) -> None:
    reports(world, TEAM_IS_IN)
    reports(world, ROTA_IS_IN, 1)
    reports(world, ROTA_IS_IN, 2, conversation="19:closed", name="Old rota")
    reports(world, ROTA_IS_IN, 3, conversation="19:closed", present=False)
    reports(world, GROUP_IS_IN, 3)
    assert live(world) == {TEAM, ROTA, GROUP}
    reports(world, TEAM_IS_IN, 4, present=False)
    assert live(world) == {GROUP}
    assert kept(world)[ROTA].removed_at == START + timedelta(minutes=4)
    reports(world, TEAM_IS_IN, 5)
    assert live(world) == {TEAM, ROTA, GROUP}
    assert kept(world)[TEAM].installed_at == START + timedelta(minutes=5)


def test_a_channel_that_is_deleted_says_nothing_of_its_team(world: World) -> None:
    reports(world, TEAM_IS_IN)
    reports(world, ROTA_IS_IN, 1, present=False)
    assert live(world) == {TEAM}


def test_a_new_name_does_not_bring_back_what_was_archived(world: World) -> None:
    reports(world, ROTA_IS_IN)
    reports(world, TEAM_IS_IN, 1, present=False)
    reports(world, TEAM_IS_IN, 2, present=None, team_name="Ward 8")
    reports(world, ROTA_IS_IN, 3, present=None, name="Shifts")
    assert live(world) == set()
    assert (kept(world)[ROTA].team_name, kept(world)[ROTA].name) == ("Ward 8", "Shifts")


def test_what_is_said_in_a_channel_says_that_the_app_is_in_its_team(world: World) -> None:
    reports(world, TEAM_IS_IN, present=False)
    reports(world, ROTA_IS_IN, 1)
    assert live(world) == {TEAM, ROTA}


def test_the_same_report_twice_changes_nothing(world: World) -> None:
    reports(world, ROTA_IS_IN)
    before = kept(world)
    reports(world, ROTA_IS_IN)
    assert kept(world) == before
    reports(world, TEAM_IS_IN, 1, present=False)
    before = kept(world)
    reports(world, TEAM_IS_IN, 1, present=False)
    assert kept(world) == before


def test_since_when_the_app_is_out_is_the_first_word_of_it(world: World) -> None:
    reports(world, TEAM_IS_IN)
    for minutes in (1, 2):
        reports(world, TEAM_IS_IN, minutes, present=False)
        assert kept(world)[TEAM].removed_at == START + timedelta(minutes=1)
    for minutes in (3, 4):
        reports(world, TEAM_IS_IN, minutes)
        assert kept(world)[TEAM].installed_at == START + timedelta(minutes=3)


def test_reports_end_the_same_in_whatever_order_they_come(world: World) -> None:
    story: tuple[tuple[ConversationChanged, int, dict[str, Any]], ...] = (
        (TEAM_IS_IN, 1, {}),
        (ROTA_IS_IN, 2, {"service_url": "https://smba.trafficmanager.net/emea/"}),
        (TEAM_IS_IN, 3, {"present": None, "team_name": "Ward 8"}),
        (TEAM_IS_IN, 4, {"present": False, "team_name": "Ward 8"}),
    )
    world.now = START + timedelta(hours=1)
    ends = set()
    for number, order in enumerate(permutations(story)):
        team, rota = f"19:team{number}", f"19:rota{number}"
        for what, minutes, changes in order:
            here = team if what.conversation == TEAM else rota
            reports(world, what, minutes, team=team, conversation=here, **changes)
        found = kept(world)
        ends.add(
            tuple(
                replace(found[name], id=0, external_id="", team="", installed_at=START)
                for name in (team, rota)
            )
        )
    ((team_end, rota_end),) = ends
    assert (team_end.team_name, rota_end.team_name, rota_end.name) == ("Ward 8", "Ward 8", "Rota")
    assert not team_end.live
    assert not rota_end.live


def test_a_late_word_of_an_app_that_is_out_again_does_not_bring_it_back(world: World) -> None:
    reports(world, GROUP_IS_IN, 2, present=False)
    reports(world, GROUP_IS_IN, 1)
    assert live(world) == set()
    reports(world, GROUP_IS_IN, 3)
    assert live(world) == {GROUP}


def test_a_late_removal_is_taken_in_though_the_team_has_a_new_name_since(world: World) -> None:
    reports(world, TEAM_IS_IN)
    reports(world, TEAM_IS_IN, 2, present=None, team_name="Ward 8")
    reports(world, TEAM_IS_IN, 1, present=False, team_name="Ward 7")
    assert live(world) == set()
    assert kept(world)[TEAM].team_name == "Ward 8"


def test_what_an_activity_leaves_open_stays_as_it_was(world: World) -> None:
    reports(world, ROTA_IS_IN)
    reports(world, ROTA_IS_IN, 1, name="", locale="", bot="", service_url="")
    found = kept(world)[ROTA]
    assert (found.name, found.locale, found.bot) == ("Rota", "en-GB", "28:bot")
    assert found.service_url == URL
    assert found.seen_at == START + timedelta(minutes=1)


def test_without_a_time_it_is_so_now_and_no_time_is_later_than_now(world: World) -> None:
    world.engine.happened(GROUP_IS_IN)
    assert kept(world)[GROUP].seen_at == START
    world.engine.happened(replace(GROUP_IS_IN, at=START + timedelta(days=400), present=False))
    assert kept(world)[GROUP].removed_at == START
    reports(world, GROUP_IS_IN, 1)
    assert live(world) == {GROUP}


def test_the_same_id_in_two_tenants_is_two_conversations(world: World) -> None:
    reports(world, TEAM_IS_IN)
    reports(world, TEAM_IS_IN, tenant="tenant-westshire", present=False)
    with world.store.begin() as books:
        found = {one.tenant: one.live for one in books.conversations.all()}
    assert found == {TENANT: True, "tenant-westshire": False}


def _suspend(world: World, state: TenantState = TenantState.SUSPENDED) -> None:
    with world.store.begin() as books:
        books.tenants.set_state("teams", TENANT, state)


@pytest.mark.parametrize("what", [TEAM_IS_IN, ROTA_IS_IN, GROUP_IS_IN])
@pytest.mark.parametrize(
    "state", [None, *(one for one in TenantState if one is not TenantState.APPROVED)]
)
def test_of_a_tenant_that_is_not_let_in_nothing_is_kept(
    world: World, what: ConversationChanged, state: TenantState | None
) -> None:
    tenant = TENANT if state else "unknown-tenant"
    if state:
        _suspend(world, state)
    for present in (True, None):
        with pytest.raises(NotLetIn):
            reports(world, what, tenant=tenant, present=present)
    reports(world, what, tenant=tenant, present=False)
    assert kept(world) == {}
    assert not world.holds(what.conversation)
    assert not world.holds("unknown-tenant")
    if state:
        _suspend(world, TenantState.APPROVED)
        reports(world, what)
        assert what.conversation in live(world)


def test_while_a_tenant_is_suspended_only_that_the_app_was_taken_out_is_noted(
    world: World,
) -> None:
    reports(world, ROTA_IS_IN)
    _suspend(world)
    reports(world, TEAM_IS_IN, 1, present=False, team_name="Ward 9", locale="cy-GB")
    assert live(world) == set()
    assert not world.holds("Ward 9")
    assert not world.holds("cy-GB")
    with pytest.raises(NotLetIn):
        reports(world, TEAM_IS_IN, 2)
    assert live(world) == set()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("  Ward\n 7\t", "Ward 7"),
        ("Ward\u202e 7\x07", "Ward 7"),
        ("Patient flow", "Patient flow"),
        ("w" * 100, "w" * 100),
        ("w" * 101, "w" * 99 + "…"),
        (NHS_NUMBER, ""),
    ],
)
def test_a_name_is_kept_on_one_line_and_without_what_must_never_be_here(
    world: World, said: str, name: str
) -> None:
    reports(world, ROTA_IS_IN, name=said, team_name=said)
    found = kept(world)
    assert (found[ROTA].name, found[TEAM].team_name) == (name, name)
    assert not world.holds("943 476 5919")


def test_many_reports_at_once_agree_in_the_end(world: World) -> None:
    raised: list[BaseException] = []
    start = threading.Barrier(6)
    world.now = START + timedelta(hours=1)

    def work(number: int) -> None:
        start.wait()
        try:
            for turn in range(4):
                minutes = number * 4 + turn
                present = minutes % 3 != 0
                reports(world, ROTA_IS_IN, minutes, conversation=f"19:{turn}")
                reports(world, TEAM_IS_IN, minutes + 0.5, present=present)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
    found = kept(world)
    assert set(found) == {TEAM, *(f"19:{turn}" for turn in range(4))}
    assert found[TEAM].live
    assert found[TEAM].told_at == START + timedelta(minutes=23.5)


def test_a_report_waits_for_the_one_under_way_and_sees_what_it_said(world: World) -> None:
    reports(world, TEAM_IS_IN)
    world.now = START + timedelta(hours=1)
    late = threading.Thread(target=reports, args=(world, TEAM_IS_IN, 5), kwargs={"present": False})
    with world.store.begin() as books:
        before = books.conversations.hold("teams", TENANT, TEAM)
        assert before is not None
        late.start()
        somebody_waits(world)
        told = replace(before, seen_at=world.now, told_at=world.now, team_name="Ward 8")
        books.conversations.keep(told)
    late.join(60)
    assert (kept(world)[TEAM].live, kept(world)[TEAM].team_name) == (True, "Ward 8")
