"""Days that go by, as the clock and the pump have them."""

from __future__ import annotations

from tests.world import Person, World

JOBS = (
    "reminders.exchanges",
    "reminders.closing",
    "reminders.unanswered",
    "reminders.broker-list",
)


def passes(world: World, days: int = 1) -> None:
    """So many days go by, with everything that the clock does in them."""
    for _day in range(days):
        world.later(days=1)
        for job in JOBS:
            world.runs(job)
        world.deliver()


def reminders(person: Person) -> list[str]:
    """The kinds of reminder that somebody has had, oldest first."""
    return [one.kind for one in person.inbox if one.kind.startswith("reminders.")]
