"""What became of an event, as those who look after it see it: counts, never names."""

from __future__ import annotations

from core.couriers import Refused
from core.organisations.model import Role
from tests.events.gatherings import announced, champion, delivered, edits
from tests.world import World


def _count(text: str, label: str) -> int:
    """The number beside a label; 0 where the label is not there."""
    for line in text.splitlines():
        if line.startswith(f"{label}: "):
            return int(line.partition(": ")[2].split()[0])
    return 0


def test_the_announcement_says_what_became_of_it_and_adds_up(world: World) -> None:
    ana = champion(world)
    channels = [world.channel(name, by=ana) for name in ("qi", "nurses", "therapists")]
    gathering = announced(world, ana, channels=tuple(str(one.id) for one in channels))
    text = ana.types(f"funnel {gathering.ref}")
    assert (_count(text, "Announced in"), _count(text, "Waiting to be posted")) == (3, 3)
    world.outcomes = [Refused("no such channel")]
    world.deliver()
    text = ana.types(f"funnel {gathering.ref}")
    assert _count(text, "Announced in") == 3
    assert _count(text, "Posted") == 2
    assert _count(text, "Refused by the chat") == 1
    assert "no such channel" not in text


def test_an_event_that_was_announced_nowhere_says_so(world: World) -> None:
    gathering = announced(world, champion(world))
    assert "Announced in: No channel" in gathering.host.types(f"funnel {gathering.ref}")


def test_it_counts_who_comes_waits_and_left_and_names_nobody(world: World) -> None:
    gathering = announced(world, champion(world), capacity="2")
    names = ("Cai Price", "Dilys Rees", "Ewan Scott", "Fay Green")
    gathering.joined_by(*(world.person(name, "COU") for name in names))
    gathering.guests[0].types(f"leave event {gathering.ref}")
    text = gathering.host.types(f"funnel {gathering.ref}")
    assert _count(text, "Said they were coming") == 2
    assert _count(text, "In the queue") == 1
    assert _count(text, "Cannot come after all") == 1
    assert not any(name in text for name in names)


def test_without_a_reference_it_means_the_only_event_and_lists_several(world: World) -> None:
    ana = champion(world)
    ana.types("funnel")
    assert ana.refused == "nothing-fits"
    announced(world, ana)
    assert "Announced in" in ana.types("funnel")
    announced(world, ana, "easy read, 13 June 2pm, 1 hour, at Northgate Library")
    assert "Which event do you mean?" in ana.types("funnel")
    assert "Announced in" in ana.presses("This one")


def test_the_hosts_card_leads_to_it(world: World) -> None:
    gathering = announced(world, champion(world))
    gathering.host.types(f"event {gathering.ref}")
    assert "Announced in" in gathering.host.presses("See the numbers")
    world.now = gathering.event.ends_at
    gathering.host.types(f"event {gathering.ref}")
    assert "Take attendance" in gathering.host.labels()


def test_only_those_who_come_or_wait_count_as_told(world: World) -> None:
    gathering = announced(world, champion(world))
    lead = world.person("Lee Lead", "NGH")
    world.grants(lead, Role.LEAD, "NGH")
    gathering.host.types(f"earn {gathering.ref}")
    gathering.host.fills()
    gathering.joined_by(world.person("Cai Price", "COU"))
    edits(gathering, place="Ward 9")
    delivered(world)
    delivered(world)
    assert lead.told("events.hours-asked")
    text = gathering.host.types(f"funnel {gathering.ref}")
    assert _count(text, "Told in their own chat") == 1


def test_whoever_walks_in_and_goes_again_never_said_that_they_come(world: World) -> None:
    gathering = announced(world, champion(world))
    fay = world.person("Fay Green", "HOS")
    world.now = gathering.event.starts_at
    gathering.host.types(f"walkup {gathering.ref} Fay Green")
    fay.types(f"leave event {gathering.ref}")
    text = gathering.host.types(f"funnel {gathering.ref}")
    assert "Said they were coming: 0" in text
    assert _count(text, "Came") == 1
