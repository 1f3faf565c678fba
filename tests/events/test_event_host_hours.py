"""The host's hours: asked for, approved by somebody else, paid once after the event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.events.attending_intents import ApproveHours, AskHours, DeclineHours
from core.events.model import HoursState
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.members.own_data import collect
from core.organisations.model import Role
from tests.events.gatherings import Gathering, announced, champion
from tests.together import together
from tests.world import Person, World


def funded(world: World, minutes: int, code: str = "NGH", *, community: bool = False) -> None:
    """Put time into a pot, out of the source."""
    holder = None if community else world.organisations[code].id
    kind = AccountKind.COMMUNITY if community else AccountKind.ORGANISATION
    with world.store.begin() as books:
        pot = books.ledger.open(kind, holder, 0)
        source = books.ledger.open(AccountKind.SOURCE, None, None)
        entries = (Entry(source.id, -minutes), Entry(pot.id, minutes, holder))
        reason = f"test-fund:{next(world.counter)}"
        books.ledger.post(Posting(PostingKind.GRANT, reason, entries, world.now))


def _pot(world: World, code: str = "NGH", *, community: bool = False) -> int:
    kind = AccountKind.COMMUNITY if community else AccountKind.ORGANISATION
    with world.store.begin() as books:
        account = books.ledger.account(kind, None if community else world.organisations[code].id)
    return account.balance if account else 0


def _gathering(world: World, pot: int = 300) -> tuple[Gathering, Person]:
    """An event of a champion, and a lead of her organisation, whose pot holds something."""
    gathering = announced(world, champion(world))
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    if pot:
        funded(world, pot)
    return gathering, lead


def _asks(gathering: Gathering, **given: str) -> str:
    gathering.host.types(f"earn {gathering.ref}")
    return gathering.host.fills(**given)


def _state(gathering: Gathering) -> HoursState | None:
    with gathering.world.store.begin() as books:
        hours = books.host_hours.of_event(gathering.event_id)
    return hours.state if hours else None


def _over(gathering: Gathering) -> None:
    gathering.world.now = gathering.event.ends_at


def test_the_host_asks_a_lead_approves_and_the_hours_move_when_it_is_over(world: World) -> None:
    gathering, lead = _gathering(world)
    before = gathering.host.balance
    shown = _asks(gathering)
    assert "Time: 1 hour" in shown
    world.deliver()
    message = lead.told("events.hours-asked")[0]
    assert "Ana Ward" in message.text
    shown = lead.presses_in(message, "Approve")
    assert "Approved. The hours move when the event is over." in shown
    world.runs("events.pay-hosts")
    assert (gathering.host.balance, _state(gathering)) == (before, HoursState.APPROVED)
    _over(gathering)
    world.runs("events.pay-hosts")
    world.runs("events.pay-hosts")
    assert (gathering.host.balance, _pot(world)) == (before + 60, 240)
    assert _state(gathering) is HoursState.PAID
    world.deliver()
    assert "The hours have moved." in gathering.host.told("events.hours-paid")[0].text
    assert world.total() == 0
    assert world.audit() == []


def test_approved_after_the_event_they_move_at_once(world: World) -> None:
    gathering, lead = _gathering(world)
    before = gathering.host.balance
    _over(gathering)
    _asks(gathering)
    shown = lead.types(f"hosting approve {gathering.ref}")
    assert "Approved. The hours have moved." in shown
    assert gathering.host.balance == before + 60
    world.deliver()
    assert len(gathering.host.told("events.hours-decided")) == 0


def test_people_who_come_pay_nothing(world: World) -> None:
    gathering, lead = _gathering(world)
    guest = world.person("Cai Price", "COU")
    before = guest.balance
    gathering.joined_by(guest)
    _asks(gathering)
    lead.types(f"hosting approve {gathering.ref}")
    _over(gathering)
    world.runs("events.pay-hosts")
    assert guest.balance == before


def test_pressing_again_and_again_pays_once(world: World) -> None:
    gathering, lead = _gathering(world)
    before = gathering.host.balance
    _over(gathering)
    _asks(gathering)
    world.deliver()
    button = lead.button("Approve")
    for _each in range(3):
        lead.presses_button(button)
        world.runs("events.pay-hosts")
    assert "This has changed since." in lead.text
    assert (gathering.host.balance, _pot(world)) == (before + 60, 240)
    assert "The hours have moved." in _again(gathering)
    assert world.rows("postings WHERE kind = 'grant' AND subject_id IS NOT NULL") == 1


def _again(gathering: Gathering) -> str:
    """Ask once more, for other minutes."""
    return gathering.host.does(AskHours(event=gathering.event_id, minutes="2h"))


def test_two_leads_and_the_job_at_once_pay_once(world: World) -> None:
    gathering, lead = _gathering(world)
    other = world.person("Mo Second", "NGH")
    world.grants(other, Role.LEAD, "NGH")
    before = gathering.host.balance
    _asks(gathering)
    _over(gathering)
    approve = ApproveHours(event=gathering.event_id)
    decline = DeclineHours(event=gathering.event_id)
    work: list[Callable[[], object]] = [
        lambda: lead.does(approve),
        lambda: other.does(approve),
        lambda: lead.does(approve),
        lambda: world.runs("events.pay-hosts"),
        lambda: other.does(decline),
        lambda: world.runs("events.pay-hosts"),
    ]
    together(*work)
    world.runs("events.pay-hosts")
    paid = _state(gathering) is HoursState.PAID
    assert _state(gathering) in (HoursState.PAID, HoursState.DECLINED)
    assert gathering.host.balance == before + 60 * paid
    assert _pot(world) == 300 - 60 * paid
    assert world.total() == 0
    assert world.audit() == []


def test_nobody_approves_their_own_hours(world: World) -> None:
    gathering, _lead = _gathering(world)
    world.grants(gathering.host, Role.LEAD, "NGH")
    _asks(gathering)
    gathering.host.types(f"hosting approve {gathering.ref}")
    assert gathering.host.refused == "not-allowed"
    assert _state(gathering) is HoursState.ASKED
    assert "No host waits for your decision." in gathering.host.types("hosting")


def test_where_nobody_else_looks_after_the_pot_the_host_is_told_and_nothing_is_kept(
    world: World,
) -> None:
    gathering = announced(world, champion(world))
    _asks(gathering)
    assert gathering.host.refused == "nobody-decides"
    assert _state(gathering) is None


def test_leads_of_other_organisations_and_members_see_nothing(world: World) -> None:
    gathering, _lead = _gathering(world)
    _asks(gathering)
    other = world.person("Olu Other", "COU")
    world.grants(other, Role.LEAD, "COU")
    for person in (other, world.person("Cai Price", "COU")):
        for words in ("hosting", "hosting approve", "hosting decline"):
            person.types(f"{words} {gathering.ref}")
            assert person.refused == "not-found", words
    assert _state(gathering) is HoursState.ASKED


def test_the_community_pot_is_decided_by_an_admin(world: World) -> None:
    gathering, lead = _gathering(world)
    admin = world.person("Addy Admin", "SGH")
    world.grants(admin, Role.ADMIN)
    funded(world, 600, community=True)
    _asks(gathering, pot="community", minutes="8h")
    lead.types(f"hosting approve {gathering.ref}")
    assert lead.refused == "not-found"
    home = admin.types("home")
    assert "1 host waits for hours" in home
    admin.types("hosting")
    admin.presses("Open")
    admin.presses("Approve")
    _over(gathering)
    world.runs("events.pay-hosts")
    assert _pot(world, community=True) == 120
    assert _pot(world) == 300


def test_a_pot_that_is_too_low_is_said_to_the_lead_and_nothing_is_approved(world: World) -> None:
    gathering, lead = _gathering(world, pot=30)
    _asks(gathering)
    shown = lead.types(f"hosting approve {gathering.ref}")
    assert "The pot holds 30 minutes, and this needs 1 hour." in shown
    assert _state(gathering) is HoursState.ASKED
    funded(world, 30)
    lead.types(f"hosting approve {gathering.ref}")
    assert _state(gathering) is HoursState.APPROVED


def test_a_pot_that_was_spent_meanwhile_pays_once_it_holds_enough(world: World) -> None:
    gathering, lead = _gathering(world, pot=60)
    before = gathering.host.balance
    _asks(gathering)
    lead.types(f"hosting approve {gathering.ref}")
    funded(world, -60)
    _over(gathering)
    world.runs("events.pay-hosts")
    world.runs("events.pay-hosts")
    world.deliver()
    assert _state(gathering) is HoursState.APPROVED
    assert len(lead.told("events.hours-low")) == 1
    assert "once the pot holds enough" in gathering.host.types(f"hosting {gathering.ref}")
    funded(world, 60)
    world.runs("events.pay-hosts")
    assert (gathering.host.balance, _pot(world)) == (before + 60, 0)


def test_declined_hours_do_not_move_and_can_be_asked_for_again(world: World) -> None:
    gathering, lead = _gathering(world)
    _asks(gathering)
    lead.types(f"hosting decline {gathering.ref}")
    world.deliver()
    message = gathering.host.told("events.hours-decided")[0]
    assert "Declined by Lee Lead. No hours have moved." in message.text
    _over(gathering)
    world.runs("events.pay-hosts")
    assert _pot(world) == 300
    gathering.host.presses_in(message, "Ask again")
    gathering.host.fills(minutes="30m")
    assert _state(gathering) is HoursState.ASKED
    lead.types(f"hosting approve {gathering.ref}")
    assert _pot(world) == 270


def test_a_cancelled_event_earns_nothing(world: World) -> None:
    gathering, lead = _gathering(world)
    _asks(gathering)
    lead.types(f"hosting approve {gathering.ref}")
    gathering.host.types(f"cancel {gathering.ref} flu")
    _over(gathering)
    world.runs("events.pay-hosts")
    assert _pot(world) == 300
    assert "cancelled, so no hours move" in gathering.host.types(f"hosting {gathering.ref}")


@pytest.mark.parametrize(
    ("minutes", "code"), [("9h", "too-long"), ("0", "refused"), ("7m", "refused"), ("x", "refused")]
)
def test_time_that_cannot_be_earned_is_refused(world: World, minutes: str, code: str) -> None:
    gathering, _lead = _gathering(world)
    _asks(gathering, minutes=minutes)
    assert gathering.host.refused
    assert code in (gathering.host.refused, "refused")
    assert _state(gathering) is None


def test_only_the_host_asks(world: World) -> None:
    gathering, lead = _gathering(world)
    lead.does(AskHours(event=gathering.event_id, minutes="1h"))
    assert lead.refused == "not-the-host"
    stranger = world.person("Cai Price", "COU")
    stranger.does(AskHours(event=gathering.event_id, minutes="1h"))
    assert stranger.refused == "not-yours"
    assert _state(gathering) is None


def test_undo_leaves_hours_that_moved_where_they_are(world: World) -> None:
    gathering, lead = _gathering(world)
    _over(gathering)
    _asks(gathering)
    lead.types(f"hosting approve {gathering.ref}")
    lead.types("undo")
    gathering.host.types("undo")
    assert _pot(world) == 240
    assert _state(gathering) is HoursState.PAID


def test_a_host_who_has_left_earns_nothing_more(world: World) -> None:
    gathering, lead = _gathering(world)
    _asks(gathering)
    lead.types(f"hosting approve {gathering.ref}")
    world.now = gathering.event.ends_at + timedelta(minutes=5)
    gathering.host.types("leave")
    gathering.host.presses("Yes, leave Hourbridge")
    before = _pot(world)
    world.runs("events.pay-hosts")
    assert _pot(world) == before
    assert world.audit() == []


def test_what_is_asked_for_is_in_the_hosts_own_data(world: World) -> None:
    gathering, _lead = _gathering(world)
    _asks(gathering)
    member_id = gathering.host.member.id
    with world.store.begin() as books:
        data = collect(world.engine.office(books), member_id)
    (event,) = data["events"]
    assert (event["minutes_for_hosting"], event["hours_for_hosting"]) == (60, "asked")


def test_the_audit_finds_hours_that_are_called_paid_and_did_not_move(world: World) -> None:
    gathering, _lead = _gathering(world)
    _asks(gathering)
    with world.store.begin() as books:
        hours = books.host_hours.of_event(gathering.event_id)
        assert hours is not None
        books.host_hours.keep(replace(hours, state=HoursState.PAID))
    assert world.audit() == ["host-hours-not-posted-once"]


def test_the_card_says_which_pot_as_the_beginning_of_a_line(world: World) -> None:
    gathering, lead = _gathering(world)
    shown = _asks(gathering)
    assert "From: The pot of Northgate Hospital Trust" in shown
    assert "From the pot of Northgate Hospital Trust" in lead.types("hosting")
