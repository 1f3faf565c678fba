"""From a champion's words to an announced event."""

from __future__ import annotations

from datetime import UTC, datetime

from core.events.intents import Announce, DropEventDraft, FillEvent, OpenEventDraft
from core.events.model import EventKind, Open
from core.organisations.model import Role, Sector
from tests.events.gatherings import LINE, announced, champion, delivered, newest
from tests.world import World


def test_a_champion_types_a_line_looks_at_it_and_announces_it(world: World) -> None:
    ana = champion(world)
    text = ana.types(
        "event learning run charts for beginners, 12 June 2pm, 1 hour, online "
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
    )
    assert "Check your event" in text
    assert "2pm on Friday 12 June 2026, for 1 hour" in text
    assert world.rows("events") == 0
    text = ana.presses("Announce it")
    assert "Announced. People see it when they type events." in text
    event = newest(world, ana)
    assert (event.kind, event.title) == (EventKind.LEARNING, "Run charts for beginners")
    assert event.starts_at == datetime(2026, 6, 12, 13, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 6, 12, 14, tzinfo=UTC)
    assert event.link == "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
    assert (event.open_to, event.zone, event.capacity) == (Open.ALL, "Europe/London", None)
    assert event.host_id == ana.member.id
    assert event.organisation_id == world.organisations["NGH"].id


def test_what_the_form_says_is_what_is_announced(world: World) -> None:
    ana = champion(world)
    ana.types("event")
    ana.fills(
        kind="visit",
        title="See the pharmacy robot",
        details="Wear flat shoes.",
        starts="6 August 2.30pm",
        minutes="90 mins",
        place="Pharmacy, Northgate Hospital",
        access=("step-free", "parking"),
        access_words="Ring the bell",
        capacity="12",
        open_to="sector",
    )
    assert "Staff of NHS trusts and health boards" in ana.text
    ana.presses("Announce it")
    event = newest(world, ana)
    assert (event.kind, event.capacity) == (EventKind.VISIT, 12)
    assert (event.open_to, event.sector) == (Open.SECTOR, Sector.NHS_TRUST)
    assert event.access == "step-free parking\nRing the bell"
    assert "Step-free access, Blue Badge parking, Ring the bell" in ana.text
    assert event.starts_at == datetime(2026, 8, 6, 13, 30, tzinfo=UTC)


def test_a_line_without_a_time_or_a_place_opens_the_form_with_the_rest(world: World) -> None:
    ana = champion(world)
    ana.types("event run charts for beginners, 1 hour")
    values = {field.name: field.value for field in ana.form.fields}
    assert (values["title"], values["minutes"]) == ("Run charts for beginners", "1h")
    assert values["starts"] == ""
    ana.types("event run charts, 12 June 2pm, 1 hour")
    values = {field.name: field.value for field in ana.form.fields}
    assert values["starts"] == "12 June 2026, 2pm"
    assert world.rows("drafts") == 0


def test_a_draft_may_be_changed_or_dropped_before_anybody_sees_it(world: World) -> None:
    ana = champion(world)
    ana.types(f"event {LINE}")
    ana.presses("Change it")
    ana.fills(title="Control charts")
    assert "Control charts" in ana.text
    assert world.rows("drafts") == 1
    assert "Nothing was announced." in ana.presses("Do not announce it")
    assert "Nothing was announced." in ana.types("announce")
    assert world.rows("events") == 0


def test_typed_words_do_what_the_buttons_of_a_draft_do(world: World) -> None:
    ana = champion(world)
    ana.types(f"event {LINE}")
    ana.types("event change")
    ana.fills(capacity="5")
    assert "5 places" in ana.text
    assert "Announced." in ana.types("announce")
    ana.types(f"event {LINE}")
    assert "Nothing was announced." in ana.types("event drop")


def test_pressing_announce_twice_announces_once(world: World) -> None:
    ana = champion(world)
    ana.types(f"event {LINE}")
    button = ana.button("Announce it")
    ana.presses_button(button)
    assert "This is announced already." in ana.presses_button(button)
    assert world.rows("events") == 1


def test_an_event_whose_start_has_passed_meanwhile_is_not_announced(world: World) -> None:
    ana = champion(world)
    ana.types("event run charts, tomorrow 2pm, 1 hour, at Northgate Library")
    world.later(days=2)
    assert "Its start has passed. Change it first." in ana.presses("Announce it")
    assert world.rows("events") == 0


def test_nobody_announces_the_draft_of_somebody_else(world: World) -> None:
    ana, eve = champion(world), champion(world, "Eve Rhys")
    ana.types(f"event {LINE}")
    draft = ana.button("Announce it").intent
    assert isinstance(draft, Announce)
    assert "Nothing was announced." in eve.does(draft)
    assert "Nothing was announced." in eve.does(OpenEventDraft(draft=draft.draft))
    assert "Nothing was announced." in eve.does(DropEventDraft(draft=draft.draft))
    assert (world.rows("events"), world.rows("drafts")) == (0, 1)


def test_who_has_no_role_is_told_kindly_who_announces(world: World) -> None:
    ben = world.person("Ben Lowe")
    for words in ("event", f"event {LINE}", "event drop-in"):
        text = ben.types(words)
        assert "Champions and organisation leads announce events." in text
        assert ben.refused == "not-a-champion"
    ben.does(FillEvent(title="Run charts", starts="12 June 2pm", minutes="1h", place="Library"))
    assert ben.refused == "not-a-champion"
    assert world.rows("drafts") == 0


def test_leads_and_admins_announce_too_and_sponsors_do_not(world: World) -> None:
    for role, code in ((Role.LEAD, "NGH"), (Role.ADMIN, ""), (Role.CHAMPION, "")):
        person = world.person(f"{role.name} {code}")
        world.grants(person, role, code)
        assert "Check your event" in person.types(f"event {LINE}"), role
    sponsor = world.person("Sam Poole")
    world.grants(sponsor, Role.SPONSOR, "NGH")
    sponsor.types(f"event {LINE}")
    assert sponsor.refused == "not-a-champion"


def test_a_champion_of_another_organisation_announces_for_that_one_alone(world: World) -> None:
    ana = world.person("Ana Ward", "NGH")
    world.grants(ana, Role.CHAMPION, "COU")
    ana.types(f"event {LINE}")
    ana.presses("Announce it")
    assert newest(world, ana).organisation_id == world.organisations["COU"].id


def test_a_champion_of_two_chooses_which_one_announces(world: World) -> None:
    ana = champion(world)
    world.grants(ana, Role.CHAMPION, "COU")
    council, hospice = (str(world.organisations[code].id) for code in ("COU", "HOS"))
    gathering = announced(world, ana, organisation=council, open_to="organisation")
    assert gathering.event.organisation_id == world.organisations["COU"].id
    assert "Staff of Westshire Council" in ana.text
    ana.types(f"event {LINE}")
    ana.presses("Change it")
    ana.fills(organisation=hospice)
    assert "You cannot announce events for that organisation." in ana.text


def test_a_role_taken_away_between_the_look_and_the_press_counts(world: World) -> None:
    ana = champion(world)
    ana.types(f"event {LINE}")
    member_id = ana.member.id
    with world.store.begin() as books:
        for grant in books.roles.held_by(member_id):
            books.roles.revoke(grant)
    assert "Champions and organisation leads" in ana.presses("Announce it")
    assert world.rows("events") == 0


def test_nobody_gets_a_message_of_their_own_about_a_new_event(world: World) -> None:
    ben = world.person("Ben Lowe")
    delivered(world)
    before = len(ben.inbox)
    announced(world)
    delivered(world)
    assert len(ben.inbox) == before
