"""Leads and admins grant hours from the pots that they look after."""

from __future__ import annotations

from core.ledger.intents import Grant
from core.ledger.oneline import understood
from core.organisations.model import Role
from tests.ledger.pots import pot
from tests.world import Person, World


def test_one_line_of_a_grant_may_name_the_pot() -> None:
    read = understood(Grant(words="2 hours to Ana Ward from community"))
    assert (read.minutes, read.who, read.source) == ("2h", "Ana Ward", "community")


def test_a_member_without_a_role_grants_nothing(world: World, ana: Person, ben: Person) -> None:
    ana.types("grant 1 hour to Ben Okoro")
    assert ana.refused == "not-allowed"
    ana.does(Grant(minutes="1h", who="Ben Okoro", source="community"))
    assert ana.refused == "not-allowed"


def test_a_lead_grants_from_their_own_pot_down_to_nothing(
    world: World, ana: Person, ben: Person
) -> None:
    ana.types("give 2 hours to pot")
    ana.presses("Yes, give it")
    lead = world.person("Cai Rees")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types("grant 2 hours 15 minutes to Ben Okoro")
    assert lead.refused == "floor"
    assert "The pot holds 2 hours" in lead.text
    assert "From: the pot of Northgate" in lead.types("grant 2 hours to Ben Okoro: for your help")
    assert "The pot now holds 0 minutes" in lead.presses("Yes, grant it")
    assert (pot(world, "NGH"), ben.balance, lead.balance) == (0, 240, 120)
    world.deliver()
    assert "from the pot of Northgate Hospital Trust" in ben.told("ledger.gift")[0].text
    assert "for your help" in ben.told("ledger.gift")[0].text
    assert "From the pot of Northgate Hospital Trust" in ben.types("statement")
    lead.types("grant 15 mins to Ben Okoro")
    assert "The pot is empty." in lead.text
    assert world.audit() == []


def test_a_lead_grants_neither_to_themselves_nor_to_the_same_pot_nor_from_another(
    world: World,
) -> None:
    lead = world.person("Cai Rees")
    world.grants(lead, Role.LEAD, "NGH")
    for typed, code in (
        ("1 hour to Cai Rees", "to-yourself"),
        ("1 hour to pot", "same-pot"),
        ("1 hour to Willow Hospice from community", "not-your-pot"),
        ("1 hour to Willow Hospice from Westshire Council", "not-your-pot"),
    ):
        lead.types(f"grant {typed}")
        assert lead.refused == code, typed
    assert world.rows("drafts") == 0


def test_an_admin_grants_from_the_community_pot(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 1 hour to community")
    ana.presses("Yes, give it")
    admin = world.person("Dilys Hart", "HOS")
    world.grants(admin, Role.ADMIN)
    admin.types("grant 45 mins to Ben Okoro")
    admin.presses("Yes, grant it")
    assert (pot(world), ben.balance) == (15, 165)
    assert world.audit() == []


def test_who_looks_after_two_pots_says_which(world: World, ana: Person, ben: Person) -> None:
    ana.types("give 1 hour to community")
    ana.presses("Yes, give it")
    both = world.person("Dilys Hart", "HOS")
    world.grants(both, Role.ADMIN)
    world.grants(both, Role.LEAD, "HOS")
    both.types("grant 30 mins to Ben Okoro")
    both.fills(source="community")
    both.presses("Yes, grant it")
    assert pot(world) == 30
    assert "From: the community pot" in both.types("grant 15 mins to Ben Okoro from community")


def test_a_lead_who_no_longer_is_one_cannot_finish_a_grant(
    world: World, ana: Person, ben: Person
) -> None:
    ana.types("give 1 hour to pot")
    ana.presses("Yes, give it")
    lead = world.person("Cai Rees")
    world.grants(lead, Role.LEAD, "NGH")
    lead.types("grant 30 mins to Ben Okoro")
    member = lead.member.id
    with world.store.begin() as books:
        for grant in books.roles.held_by(member):
            books.roles.revoke(grant)
    lead.presses("Yes, grant it")
    assert lead.refused == "not-allowed"
    assert pot(world, "NGH") == 60
