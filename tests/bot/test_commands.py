"""``hourbridge org``, ``tenant``, ``role``, ``member`` and ``policy`` on a fresh database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.delivery.model import Delivery, DeliveryState
from core.happenings import PersonChanged
from core.organisations.model import Role
from tests.bot.terminal import Terminal
from tests.world import World

TRUST = "org add 'Northgate Trust' --code NGH --sector nhs-trust"
COUNCIL = "org add 'Westshire Council' --code COU --sector council"


@pytest.fixture
def two(sqlite_terminal: Terminal) -> Terminal:
    """A terminal on a database with 2 organisations."""
    sqlite_terminal.does(TRUST)
    sqlite_terminal.does(COUNCIL)
    return sqlite_terminal


def test_organisations_are_added_with_places_and_contacts(terminal: Terminal) -> None:
    assert terminal.does(TRUST) == "Added Northgate Trust (NGH).\n"
    terminal.does("org site ngh Northgate Library")
    terminal.does("org site NGH 'Northgate Library'")
    terminal.does("org contact NGH safeguarding 'The safeguarding team,' 'extension 200'")
    terminal.does("org contact NGH help somebody")
    terminal.does("org contact NGH help")
    [trust] = terminal.lists("org list")
    assert (trust["code"], trust["sector"]) == ("NGH", "nhs-trust")
    assert trust["sites"] == ["Northgate Library"]
    assert trust["contacts"] == {"safeguarding": "The safeguarding team, extension 200"}
    heads, row = terminal.does("org list").splitlines()
    assert heads.split()[-2:] == ["SITES", "CONTACTS"]
    assert "Northgate Trust" in row
    assert row.endswith("Northgate Library  safeguarding")


def test_an_organisation_ends_and_another_succeeds_it(two: Terminal) -> None:
    two.does("org end NGH --on 2026-04-01")
    two.does("org succeed NGH --by COU")
    found = {one["code"]: one for one in two.lists("org list")}
    assert (found["NGH"]["ends"], found["NGH"]["successor"]) == ("2026-04-01", "COU")
    assert "circle" in two.fails("org succeed COU --by NGH")
    assert "circle" in two.fails("org succeed COU --by COU")
    assert two.lists("org list")[1]["successor"] is None
    two.does("org add Later --code LAT --sector other --starts 2030-01-01")
    assert "starts on 2030-01-01" in two.fails("org end LAT --on 2030-01-01")
    assert "does not take part" in two.fails("org succeed COU --by LAT --on 2029-12-31")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("org add Other --code ngh --sector other", "ngh already"),
        ("org add '  ' --code X --sector other", "needs a name"),
        (f"org add {'x' * 101} --code X --sector other", "at most 100"),
        ("org add Other --code 'a b' --sector other", "not a code"),
        ("org add 'a\tb\x07' --code X --sector other", "control characters"),
        ("org end XXX --on 2026-01-01", "no organisation with the code 'XXX'"),
        ("org succeed NGH --by XXX", "'XXX'"),
        ("org contact XXX help words", "'XXX'"),
        (f"org contact NGH help {'x' * 301}", "at most 300"),
        ("org site XXX Library", "'XXX'"),
        ("org site NGH ' '", "needs a name"),
        ("tenant approve slack T1 --org XXX", "'XXX'"),
        ("tenant suspend slack T1", "not known"),
        ("tenant restore slack T1", "not known"),
        ("role grant slack:T1:U1 lead", "--org CODE"),
        ("role grant slack:T1:U1 champion", "--org CODE"),
        ("role grant slack:T1:U1 admin --org NGH", "leave --org out"),
        ("role grant slack:T1:U1 lead --org XXX", "'XXX'"),
        ("role revoke slack:T1:U1 lead --org NGH", "not a lead of Northgate Trust"),
        ("member suspend slack:T1:U1", "Nobody has joined as slack:T1:U1"),
        ("member restore slack:T1:U1", "Nobody has joined"),
        ("policy get speed", "no policy called"),
        ("policy set speed 1", "no policy called"),
        ("policy set step_minutes many", "whole number"),
        ("policy set step_minutes 0", "from 1 to 60"),
        ("policy set floor_minutes 1", "from -6000 to 0"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(two: Terminal, line: str, said: str) -> None:
    before = two.lists("org list"), two.lists("role list"), two.lists("tenant list")
    assert said in two.fails(line)
    assert (two.lists("org list"), two.lists("role list"), two.lists("tenant list")) == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "required: COMMAND"),
        ("fly", "invalid choice"),
        ("org", "required: COMMAND"),
        ("org add Other --code X", "--sector"),
        ("org add Other --code X --sector bank", "invalid choice"),
        ("org end NGH", "--on"),
        ("org end NGH --on tomorrow", "like 2026-08-06"),
        ("org contact NGH boss words", "invalid choice"),
        ("tenant approve slack T1", "--org"),
        ("tenant approve irc T1 --org NGH", "invalid choice"),
        ("tenant approve slack 'T 1' --org NGH", "not an id"),
        ("role grant U1 admin", "PLATFORM:TENANT:USER"),
        ("role grant irc:T1:U1 admin", "PLATFORM is one of"),
        ("role grant slack:T1: admin", "PLATFORM:TENANT:USER"),
        ("role grant slack:T1:U1 king", "invalid choice"),
        ("policy set step_minutes", "VALUE"),
        ("deliveries --limit 0", "from 1 to 10000"),
        ("jobs run", "NAME"),
        ("jobs run posts.close --at noon", "like 2026-08-06T09:00"),
        ("demo --port 99999", "port"),
    ],
)
def test_a_line_that_is_not_understood_shows_the_usage(
    empty_terminal: Terminal, line: str, said: str
) -> None:
    assert said in empty_terminal.misused(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        *("demo", "serve", "migrate", "deliveries", "audit", "gallery", "conversations"),
        *("org", "org add", "org list", "org end", "org succeed", "org contact", "org site"),
        *("tenant", "tenant approve", "tenant list", "tenant suspend", "tenant restore"),
        *("role", "role grant", "role revoke", "role list", "member", "member suspend"),
        *("member pending", "member confirm", "member decline", "manifest", "manifest teams"),
        *("policy", "policy get", "policy set", "jobs", "jobs list", "jobs run"),
    ],
)
def test_every_command_explains_itself(empty_terminal: Terminal, line: str) -> None:
    assert empty_terminal.run(f"{line} --help") == 0
    assert f"usage: hourbridge{' ' if line else ''}{line}" in empty_terminal.out
    assert empty_terminal.problem == ""


def test_a_workspace_is_approved_for_several_organisations_suspended_and_restored(
    terminal: Terminal,
) -> None:
    terminal.does(TRUST)
    terminal.does(COUNCIL)
    told = terminal.does("tenant approve slack T1 --org NGH --org cou")
    assert "Northgate Trust, Westshire Council" in told
    [tenant] = terminal.lists("tenant list")
    assert (tenant["state"], sorted(tenant["organisations"])) == ("approved", ["COU", "NGH"])
    terminal.does("tenant suspend slack T1")
    assert terminal.lists("tenant list")[0]["state"] == "suspended"
    assert "suspended" in terminal.fails("tenant approve slack T1 --org NGH")
    terminal.does("tenant restore slack T1")
    terminal.does("tenant approve slack T1 --org NGH")
    assert terminal.lists("tenant list")[0]["organisations"] == ["NGH"]


def test_what_the_people_of_a_suspended_workspace_were_not_told_waits_again_when_it_is_restored(
    terminal: Terminal, world: World
) -> None:
    world.now = datetime.now(UTC)
    ana = world.person("Ana", "NGH").member.id

    def welcomed() -> Delivery:
        with world.store.begin() as books:
            ((delivery, _notice),) = books.deliveries.of_member(ana)
        return delivery

    terminal.does("tenant suspend slack T-NORTHGATE")
    world.deliver()
    assert welcomed().state is DeliveryState.UNREACHABLE
    terminal.does("tenant restore slack T-NORTHGATE")
    assert (welcomed().state, welcomed().reason) == (DeliveryState.WAITING, "")


def test_a_workspace_that_wrote_waits_until_it_is_approved(
    terminal: Terminal, world: World
) -> None:
    stranger = world.someone("teams", "new-tenant", "U1", "A Stranger", joined=False)
    assert "hourbridge tenant approve teams new-tenant --org CODE" in stranger.types("hello")
    [waiting] = terminal.lists("tenant list --pending")
    assert (waiting["id"], waiting["organisations"]) == ("new-tenant", [])
    assert "pending" in terminal.fails("tenant restore teams new-tenant")
    assert "pending" in terminal.fails("tenant suspend teams new-tenant")
    terminal.does("tenant approve teams new-tenant --org COU")
    assert terminal.lists("tenant list --pending") == []
    assert "not set up" not in stranger.types("hello")
    terminal.does("tenant suspend teams new-tenant")
    assert "paused for this workspace" in stranger.types("hello")


def test_a_member_is_suspended_in_every_chat_and_restored(terminal: Terminal, world: World) -> None:
    ana = world.person("Ana", user="UANA")
    terminal.does("member suspend slack:T-NORTHGATE:UANA")
    terminal.does("member suspend slack:T-NORTHGATE:UANA")
    assert "paused" in ana.types("home")
    terminal.does("member restore slack:T-NORTHGATE:UANA")
    assert "paused" not in ana.types("home")


def test_a_member_who_is_away_is_suspended_and_let_in_as_away(
    terminal: Terminal, world: World
) -> None:
    ana = world.person("Ana", user="UANA")
    gone = PersonChanged("slack", "T-NORTHGATE", "UANA", active=False)
    world.engine.happened(gone)
    terminal.does("member suspend slack:T-NORTHGATE:UANA")
    assert ana.member.state.value == "suspended"
    terminal.does("member restore slack:T-NORTHGATE:UANA")
    assert ana.member.state.value == "away"


def test_roles_are_granted_before_first_contact_and_revoked(
    terminal: Terminal, world: World
) -> None:
    terminal.does("role grant slack:T-NORTHGATE:UANA lead --org NGH")
    terminal.does("role grant slack:T-NORTHGATE:UANA lead --org ngh")
    terminal.does("role grant slack:T-NORTHGATE:UANA admin")
    terminal.does("role grant slack:T-NORTHGATE:UANA evaluator")
    roles = terminal.lists("role list")
    assert [(one["role"], one["organisation"]) for one in roles] == [
        ("lead", "NGH"),
        ("admin", None),
        ("evaluator", None),
    ]
    assert not roles[0]["joined"]
    ana = world.person("Ana", user="UANA")
    assert terminal.lists("role list")[0]["joined"]
    member_id = ana.member.id
    with world.store.begin() as books:
        held = [grant.role for grant in books.roles.held_by(member_id)]
    assert held == [Role.LEAD, Role.ADMIN, Role.EVALUATOR]
    terminal.does("role revoke slack:T-NORTHGATE:UANA lead --org NGH")
    assert "not a lead" in terminal.fails("role revoke slack:T-NORTHGATE:UANA lead --org NGH")


def test_ids_of_microsoft_are_known_however_they_are_pasted(two: Terminal) -> None:
    tenant, user = "0A1B2C3D-0000-4444-8888-ABCDEFABCDEF", "1111AAAA-0000-4444-8888-ABCDEFABCDEF"
    two.does(f"tenant approve teams {tenant} --org NGH")
    two.does(f"role grant teams:{tenant}:{user} admin")
    assert two.lists("tenant list")[0]["id"] == tenant.lower()
    assert two.lists("role list")[0]["person"] == f"teams:{tenant}:{user}".lower()


def test_policy_is_shown_with_defaults_and_bounds_and_set(terminal: Terminal) -> None:
    assert terminal.does("policy get step_minutes") == "15\n"
    assert terminal.does("policy set step_minutes 30") == "step_minutes is now 30.\n"
    step = {"name": "step_minutes", "value": 30, "default": 15, "lowest": 1, "highest": 60}
    assert terminal.lists("policy get step_minutes") == step
    assert step in terminal.lists("policy get")
    assert "step_minutes" in terminal.does("policy get")


def test_a_new_floor_binds_the_accounts_that_are_open(terminal: Terminal, world: World) -> None:
    ana = world.person("Ana")
    terminal.does("policy set floor_minutes -60")
    with world.store.begin() as books:
        floors = books.connection.exec_driver_sql(
            "SELECT DISTINCT floor FROM accounts WHERE kind = 'member'"
        ).scalars()
        assert list(floors) == [-60]
    assert ana.balance == 120
    assert world.person("Bo").balance == 120
    assert terminal.does("audit").startswith("Every invariant")
