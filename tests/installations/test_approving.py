"""System admins let workspaces in, for organisations that they choose, or turn them away."""

from __future__ import annotations

import pytest

from core.installations.intents import ApproveTenant, DeclineTenant, OpenApproval, ShowTenant
from core.organisations.model import Organisation, Role, Sector, TenantState
from core.ui.forms import LongTextField, ManyChoicesField
from tests.installations.samples import granted, install, news, tenant_of
from tests.world import Person, World


@pytest.fixture
def ana(world: World) -> Person:
    """An administrator of the system, who was told of a workspace that waits."""
    ana = world.person("Ana Ward")
    world.grants(ana, Role.ADMIN)
    install(world)
    world.deliver()
    return ana


def served(world: World, tenant: str = "T-NEW", platform: str = "slack") -> set[str]:
    ids = tenant_of(world, tenant, platform).organisation_ids
    return {code for code, one in world.organisations.items() if one.id in ids}


def test_an_admin_lets_a_workspace_in_for_the_organisations_chosen(
    world: World, ana: Person
) -> None:
    form = ana.presses("Let it in")
    assert "Which organisations does it serve?" in form
    assert "Westshire Council (COU)" in form
    text = ana.fills(organisations=("COU", "HOS"))
    assert "It is let in" in text
    assert "Serves: Westshire Council, Willow Hospice" in text
    assert tenant_of(world).state is TenantState.APPROVED
    assert served(world) == {"COU", "HOS"}
    newcomer = world.someone("slack", "T-NEW", "U1", "Eve Hill", joined=False)
    assert "not set up" not in newcomer.types("join")


def test_an_admin_turns_a_workspace_away(world: World, ana: Person) -> None:
    assert "It is turned away" in ana.presses("Turn it away")
    assert tenant_of(world).state is TenantState.ENDED
    stranger = world.someone("slack", "T-NEW", "U1", "Eve Hill", joined=False)
    assert "This workspace does not take part" in stranger.types("join")
    assert "hourbridge tenant approve slack T-NEW --org CODE" in ana.types("tenants T-NEW")


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("tenants approve T-NEW NGH COU", {"NGH", "COU"}),
        ("tenants approve t-new ngh, cou", {"NGH", "COU"}),
        ("tenants approve T-NEW Westshire Council", {"COU"}),
        ("tenants approve T-NEW hospice, GPP, gpp", {"HOS", "GPP"}),
        ("/workspaces approve T-NEW NGH", {"NGH"}),
        ("gweithleoedd cymeradwyo T-NEW NGH", {"NGH"}),
    ],
)
def test_all_of_it_can_be_typed(world: World, ana: Person, line: str, codes: set[str]) -> None:
    assert "It is let in" in ana.types(line)
    assert served(world) == codes


@pytest.mark.parametrize("line", ["tenants decline T-NEW", "gweithleoedd gwrthod t-new"])
def test_turning_away_can_be_typed(world: World, ana: Person, line: str) -> None:
    assert "It is turned away" in ana.types(line)
    assert tenant_of(world).state is TenantState.ENDED


def test_an_approval_typed_without_an_organisation_opens_the_form(
    world: World, ana: Person
) -> None:
    assert "Which organisations does it serve?" in ana.types("tenants approve T-NEW")


def test_what_is_no_command_is_left_as_plain_words(world: World, ana: Person) -> None:
    for line in (
        "workspaces are noisy today",
        "tenants decline T-NEW because of noise",
        "tenants approve",
    ):
        ana.types(line)
        assert tenant_of(world).state is TenantState.PENDING
        assert "Workspaces that wait" not in ana.text


@pytest.mark.parametrize("role", [None, Role.LEAD, Role.CHAMPION, Role.EVALUATOR, Role.SPONSOR])
def test_whoever_is_no_admin_is_refused_everything(
    world: World, ana: Person, role: Role | None
) -> None:
    bo = world.person("Bo Hart")
    if role is not None:
        world.grants(bo, role, "NGH")
    wanted = {"platform": "slack", "tenant": "T-NEW"}
    for intent in (
        ShowTenant(**wanted),
        OpenApproval(**wanted),
        ApproveTenant(**wanted, organisations=("NGH",)),
        DeclineTenant(**wanted),
    ):
        bo.does(intent)
        assert bo.refused == "not-allowed"
    for line in ("tenants", "tenants T-NEW", "tenants approve T-NEW NGH", "tenants T-NOBODY"):
        assert "Only the administrators of Hourbridge" in bo.types(line)
        assert "Westshire Voices" not in bo.text
    assert tenant_of(world).state is TenantState.PENDING
    assert "waits for approval" not in bo.types("home")


def test_a_visitor_is_refused_too(world: World, ana: Person) -> None:
    visitor = world.person("Vi Stone", joined=False)
    visitor.does(ApproveTenant(platform="slack", tenant="T-NEW", organisations=("NGH",)))
    assert tenant_of(world).state is TenantState.PENDING


def test_a_form_that_was_open_is_refused_once_its_admin_is_none(world: World, ana: Person) -> None:
    ana.presses("Let it in")
    with world.store.begin() as books:
        for grant in books.roles.all():
            books.roles.revoke(grant)
    ana.fills(organisations=("NGH",))
    assert ana.refused == "not-allowed"
    assert tenant_of(world).state is TenantState.PENDING


@pytest.mark.parametrize(
    ("platform", "tenant"),
    [("slack", "T-NOBODY"), ("teams", "T-NEW"), ("slack", "t-new"), ("", ""), ("irc", "T-NEW")],
)
def test_a_forged_workspace_is_not_found(
    world: World, ana: Person, platform: str, tenant: str
) -> None:
    before = world.rows("tenants")
    for intent in (
        ApproveTenant(platform=platform, tenant=tenant, organisations=("NGH",)),
        DeclineTenant(platform=platform, tenant=tenant),
    ):
        ana.does(intent)
        assert ana.refused == "not-found"
    assert world.rows("tenants") == before
    assert tenant_of(world).state is TenantState.PENDING


@pytest.mark.parametrize(
    ("organisations", "said"),
    [
        ((), "Choose at least one organisation"),
        (("", " , "), "Choose at least one organisation"),
        (("NOBODY",), "I know no organisation called NOBODY"),
        (("NGH", "1"), "I know no organisation called 1"),
        (("hospital trust",), "More than one organisation fits hospital trust"),
        (("END",), "Ended Trust does not take part today"),
        (("x" * 5_000,), "I know no organisation called xxx"),
    ],
)
def test_an_organisation_that_cannot_be_meant_is_refused_at_its_field(
    world: World, ana: Person, organisations: tuple[str, ...], said: str
) -> None:
    with world.store.begin() as books:
        gone = books.organisations.add(Organisation("END", "Ended Trust", Sector.NHS_TRUST))
        books.organisations.end(gone.id, world.now.date(), None)
    assert "Ended Trust" not in ana.presses("Let it in")
    assert said in ana.fills(organisations=organisations)
    assert ana.refused == "no-organisation"
    assert getattr(ana.reply, "field", "") == "organisations"
    assert len(ana.text) < 200
    assert tenant_of(world).state is TenantState.PENDING


def test_when_one_admin_has_decided_the_cards_of_the_others_show_it(world: World) -> None:
    ana, bo = world.person("Ana Ward"), world.person("Bo Hart", "COU")
    for admin in (ana, bo):
        world.grants(admin, Role.ADMIN)
    install(world)
    world.deliver()
    ana.presses("Let it in")
    ana.fills(organisations=("COU",))
    world.later(minutes=1)
    world.deliver()
    for admin in (ana, bo):
        [card] = news(admin)
        assert "Where it stands: Approved" in card.text
        assert "Let it in" not in card.text


def test_an_old_button_after_the_decision_shows_how_it_stands(world: World, ana: Person) -> None:
    bo = world.person("Bo Hart", "COU")
    world.grants(bo, Role.ADMIN)
    bo.does(OpenApproval(platform="slack", tenant="T-NEW"))
    ana.presses("Turn it away")
    bo.fills(organisations=("COU",))
    for text in (
        bo.text,
        bo.types("tenants approve T-NEW"),
        ana.presses("Turn it away"),
        ana.presses("Let it in"),
    ):
        assert "This has been decided already" in text
        assert "Does not take part" in text
    assert not ana.refused
    assert not bo.refused
    assert tenant_of(world).state is TenantState.ENDED
    assert served(world) == set()


def test_what_an_operator_decided_is_not_changed_by_an_old_button(
    world: World, ana: Person
) -> None:
    with world.store.begin() as books:
        council = world.organisations["COU"].id
        books.tenants.approve("slack", "T-NEW", [council], world.now)
    assert "Serves: Westshire Council" in ana.presses("Turn it away")
    assert tenant_of(world).state is TenantState.APPROVED


def test_home_says_how_many_wait_and_leads_to_them(world: World, ana: Person) -> None:
    assert "1 workspace waits for approval" in ana.types("home")
    for number in range(6):
        install(world, granted(f"T-{number}", name=f"Workspace {number}"))
    world.someone("teams", "guid-of-a-tenant", "U1", "Eve", joined=False).types("hello")
    assert "8 workspaces wait for approval" in ana.types("home")
    first = ana.types("tenants")
    second = ana.presses("Next (2 of 2)")
    assert second == ana.types("tenants page 2") == ana.types("tenants page 9")
    names = ["Westshire Voices", "guid-of-a-tenant", *[f"Workspace {n}" for n in range(6)]]
    assert all(sum(name in page for page in (first, second)) == 1 for name in names)
    assert "Microsoft Teams tenant" in first + second
    for line in ("T-NEW", *[f"T-{n}" for n in range(6)], "guid-of-a-tenant"):
        ana.types(f"tenants decline {line}")
    assert "approval" not in ana.types("home")
    assert "No workspace waits for approval" in ana.types("tenants")


def test_a_teams_tenant_that_wrote_is_let_in_the_same_way(world: World, ana: Person) -> None:
    world.someone("teams", "guid-of-a-tenant", "U1", "Eve", joined=False).types("hello")
    assert "A Microsoft Teams tenant asks to take part" in ana.types("tenants GUID-of-a-tenant")
    ana.presses("Let it in")
    ana.fills(organisations=("SGH",))
    assert served(world, "guid-of-a-tenant", "teams") == {"SGH"}


def test_with_more_organisations_than_a_list_takes_their_names_are_typed(
    world: World, ana: Person
) -> None:
    ana.presses("Let it in")
    [field] = ana.form.fields
    assert isinstance(field, ManyChoicesField)
    with world.store.begin() as books:
        for number in range(100):
            books.organisations.add(
                Organisation(f"P{number}", f"Practice number {number}", Sector.PRIMARY_CARE)
            )
    ana.types("tenants approve T-NEW")
    [typed] = ana.form.fields
    assert isinstance(typed, LongTextField)
    assert "with commas between" in ana.text
    assert "Choose at least one" in ana.fills(organisations="")
    ana.types("tenants approve T-NEW")
    assert "It is let in" in ana.fills(organisations="p99, Westshire Council")
    assert len(tenant_of(world).organisation_ids) == 2


def test_an_organisation_that_ended_is_not_offered(world: World, ana: Person) -> None:
    with world.store.begin() as books:
        council = world.organisations["COU"].id
        books.organisations.end(council, world.now.date(), world.organisations["NGH"].id)
    assert "Northgate Hospital Trust (NGH)" in ana.presses("Let it in")
    assert "Westshire Council" not in ana.text


def test_no_decision_names_the_person_who_made_it(
    world: World, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    ana.presses("Turn it away")
    said = [f"{record.getMessage()}{vars(record)}" for record in caplog.records]
    assert said
    assert not any("Ana" in line or "Westshire Voices" in line for line in said)
