"""What becomes of a registered channel: the app taken out, archived, its people leaving."""

from __future__ import annotations

from dataclasses import replace

from core.conversations.posting import LEFT_BEHIND, UNPOSTED, WELCOME
from core.couriers import Refused, Unreachable
from core.happenings import ConversationChanged
from core.members.own_data import collect
from core.organisations.model import Role, TenantState
from tests.conversations.registered import registered, registration
from tests.conversations.reports import ROTA, ROTA_IS_IN, TEAM_IS_IN, TENANT, reports
from tests.world import Channel, Person, World


def test_where_the_app_is_not_whoever_registered_it_reads_how_to_add_it(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.outcomes.append(Unreachable("not_in_channel"))
    world.deliver()
    (told,) = ana.told(UNPOSTED)
    assert "Hourbridge could not post in #improvement" in told.text
    assert "/invite @Hourbridge" in told.text
    assert room.inbox == []
    assert registered(world) == set()
    back = ConversationChanged(
        "slack",
        "T-NORTHGATE",
        room.conversation.external_id,
        room.conversation.kind,
        present=True,
    )
    world.later(minutes=5)
    world.engine.happened(back)
    world.deliver()
    assert len(room.told(WELCOME)) == 1
    assert "can post in #improvement (Slack) again" in told.text
    assert registered(world) == {room.id}


def test_a_workspace_that_took_the_app_out_is_no_fault_of_the_channel(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    world.outcomes.append(Refused("app_not_installed"))
    world.deliver()
    assert registered(world) == {room.id}
    assert ana.told(UNPOSTED) == []


def test_an_archived_channel_rests_and_comes_back(world: World, ana: Person, room: Channel) -> None:
    ana.at(room).types("here")
    world.deliver()
    of = room.conversation
    told = ConversationChanged("slack", of.tenant, of.external_id, of.kind, only_known=True)
    world.later(minutes=5)
    world.engine.happened(replace(told, present=False))
    assert registered(world) == set()
    world.later(minutes=5)
    world.engine.happened(replace(told, present=True))
    assert registered(world) == {room.id}


def test_news_of_a_channel_the_app_was_never_in_is_not_kept(world: World) -> None:
    room = world.channel("improvement").conversation
    told = ConversationChanged("slack", room.tenant, "C-OTHER", room.kind, only_known=True)
    world.engine.happened(replace(told, present=False, name="secret-plans"))
    assert world.rows("conversations") == 1
    assert world.holds("secret-plans") == []


def test_a_channel_of_a_suspended_tenant_is_not_posted_to(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    with world.store.begin() as books:
        books.tenants.set_state("slack", "T-NORTHGATE", TenantState.SUSPENDED)
    assert registered(world) == set()
    world.deliver()
    assert room.inbox == []


def test_a_channel_goes_on_when_its_registrant_leaves_and_the_leads_are_told(
    world: World, ana: Person, room: Channel
) -> None:
    lead = world.person("Bo")
    world.grants(lead, Role.LEAD, "NGH")
    ana.at(room).types("here")
    world.deliver()
    ana.types("leave now")
    world.deliver()
    (told,) = lead.told(LEFT_BEHIND)
    assert "has left. You look after it now" in told.text
    assert "Ana" not in told.text
    (welcome,) = room.told(WELCOME)
    assert "Ana" not in welcome.text
    assert registered(world) == {room.id}
    lead.presses_in(told, "Stop")
    assert registered(world) == set()


def test_a_lead_who_said_stop_is_not_told_that_a_registrant_left(
    world: World, ana: Person, room: Channel
) -> None:
    lead = world.person("Bo")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types("stop")
    ana.at(room).types("here")
    ana.types("leave now")
    world.deliver()
    assert lead.told(LEFT_BEHIND) == []
    assert "has left" not in lead.types("channels")
    assert registered(world) == {room.id}


def test_two_members_who_are_one_look_after_the_channels_of_both(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    bo = world.person("Bo")
    gone, kept = ana.member.id, bo.member.id
    with world.store.begin() as books:
        books.conversations.hand_over(gone, kept)
    found = registration(world, room)
    assert found is not None
    assert found.by_member_id == kept


def test_ones_own_data_names_the_channels_that_one_registered(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here digests")
    bo, member_id = world.person("Bo").member.id, ana.member.id
    with world.store.begin() as books:
        office = world.engine.office(books)
        (row,) = collect(office, member_id)["channels"]
        assert collect(office, bo)["channels"] == []
    assert (row["channel"], row["digests"], row["announcements"]) == ("improvement", "yes", "no")


def test_a_registered_channel_rests_with_its_team_and_is_welcomed_back_with_it(
    world: World,
) -> None:
    reports(world, ROTA_IS_IN, team_name="Ward 7")
    with world.store.begin() as books:
        rota = books.conversations.hold("teams", TENANT, ROTA)
    assert rota is not None
    world.channels["teams", TENANT, ROTA] = room = Channel(rota)
    meg = world.person("Meg", "SGH")
    world.grants(meg, Role.CHAMPION, "SGH")
    elsewhere = world.channel("board", "COU", by=meg)
    assert "Hourbridge now posts in Rota in Ward 7" in meg.at(room).types("here")
    world.deliver()
    reports(world, TEAM_IS_IN, 1, present=False)
    assert registered(world) == {elsewhere.id}
    assert "Hourbridge is not in this channel now." in meg.types("channels")
    reports(world, TEAM_IS_IN, 2)
    assert registered(world) == {room.id, elsewhere.id}
    world.deliver()
    assert len(room.told(WELCOME)) == 2
    assert elsewhere.inbox == []


def test_a_renamed_channel_goes_by_its_new_name_and_is_posted_to_as_before(
    world: World, ana: Person, room: Channel
) -> None:
    ana.at(room).types("here")
    of = room.conversation
    renamed = ConversationChanged(
        "slack", of.tenant, of.external_id, of.kind, name="quality", only_known=True
    )
    world.later(minutes=5)
    world.engine.happened(renamed)
    assert "#quality (Slack)" in ana.types("channels")
    assert "improvement" not in ana.text
    assert registered(world) == {room.id}
    world.deliver()
    assert len(room.told(WELCOME)) == 1
