"""Which channels somebody may choose from to announce something in."""

from __future__ import annotations

import pytest

from core.conversations.choosing import choosable
from core.events.model import Open
from core.organisations.model import Role, Sector
from tests.world import Person, World


def names(
    world: World, person: Person, open_to: Open = Open.ALL, sector: Sector | None = None
) -> list[str]:
    member_id = person.member.id
    with world.store.begin() as books:
        own = world.organisations["NGH"].id
        found = choosable(world.engine.office(books), member_id, own, open_to, sector)
    return [one.conversation.name for one in found.values()]


@pytest.fixture
def channels(world: World, ana: Person) -> None:
    """Channels of two trusts, of the council, of the whole system, and one for digests alone."""
    cai = world.person("Cai", "COU")
    world.channel("board", "COU", by=cai)
    world.channel("south", "SGH", by=cai)
    world.channel("everyone", by=cai, organisation_id=None)
    world.channel("own", by=ana)
    world.channel("digests-alone", by=ana, announcements=False)
    world.channel("unregistered")


@pytest.mark.usefixtures("channels")
def test_a_champion_announces_in_their_organisations_channels_and_the_systems(
    world: World, ana: Person
) -> None:
    assert names(world, ana) == ["everyone", "own"]


@pytest.mark.usefixtures("channels")
def test_an_admin_announces_anywhere_and_a_member_nowhere(world: World) -> None:
    admin = world.person("Dee")
    world.grants(admin, Role.ADMIN)
    assert names(world, admin) == ["board", "everyone", "own", "south"]
    assert names(world, world.person("Eli")) == []


@pytest.mark.usefixtures("channels")
def test_what_is_for_one_organisation_stays_in_its_channels(world: World, ana: Person) -> None:
    world.grants(ana, Role.LEAD, "COU")
    assert names(world, ana, Open.ORGANISATION) == ["own"]


@pytest.mark.usefixtures("channels")
def test_what_is_for_a_sector_goes_to_channels_of_its_organisations(world: World) -> None:
    admin = world.person("Dee")
    world.grants(admin, Role.ADMIN)
    assert names(world, admin, Open.SECTOR, Sector.NHS_TRUST) == ["own", "south"]
    assert names(world, admin, Open.SECTOR, Sector.COUNCIL) == ["board"]
    assert names(world, admin, Open.SECTOR, Sector.VOLUNTARY) == []
