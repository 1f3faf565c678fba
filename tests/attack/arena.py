"""A small town with something of everything in it, and what must hold whatever is done to it.

Ana, Ben and Cai are members of three organisations in three chats; Dee leads two organisations, Eve
is an administrator, Vic has typed something and not joined, and Out is from an unknown tenant.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.kernel.references import reference
from core.organisations.model import Role
from storage.audit import audit_ledger
from storage.audit_deliveries import audit_deliveries
from tests.exchanges.story import ask, offer
from tests.world import Person, World

SECRET = "Zebrafinch"
"""Stands in every word that Ana and Ben wrote for each other alone."""


@dataclass
class Arena:
    """Everybody in the town."""

    world: World
    ana: Person = field(init=False)
    ben: Person = field(init=False)
    cai: Person = field(init=False)
    dee: Person = field(init=False)
    eve: Person = field(init=False)
    vic: Person = field(init=False)
    out: Person = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        self.ana = world.person("Ana Ward", "NGH")
        self.ben = world.person("Ben Lowe", "COU")
        self.cai = world.person("Cai Evans", "HOS")
        self.dee = world.person("Dee Shah", "GPP")
        self.eve = world.person("Eve Moss", "SGH")
        for code in ("NGH", "COU"):
            world.grants(self.dee, Role.LEAD, code)
        world.grants(self.eve, Role.ADMIN)
        self.vic = world.person("Vic Penn", "HOS", joined=False)
        self.out = world.someone("slack", "T-ELSEWHERE", "U-Out", "Out Sider", False)

    @property
    def members(self) -> tuple[Person, ...]:
        """Those who have joined."""
        return (self.ana, self.ben, self.cai, self.dee, self.eve)

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Those who have joined and those who have not."""
        return (*self.members, self.vic, self.out)

    @property
    def third_parties(self) -> tuple[Person, ...]:
        """Those whom nothing between Ana and Ben concerns."""
        return (self.cai, self.vic, self.out)

    def fill(self) -> None:
        """An exchange between Ana and Ben in each state, drafts, a report, gifts and a code."""
        for steps in range(6):
            self._exchange(steps)
        offer(self.cai, "30 minutes of easy read, online")
        ask(self.cai, "30 minutes of help with minutes, online")
        self.cai.types("offer 1 hour of spreadsheets, online")
        self.ana.types(f"give 15 minutes to Ben Lowe because {SECRET}")
        self.ana.types("give 15 minutes to community")
        self.ana.presses("Yes, give it")
        self.cai.types("link")
        self.vic.types("ask 1 hour of help with run charts, online")
        self.world.deliver()

    def _exchange(self, steps: int) -> None:
        """Ben asks, Ana helps: proposed, agreed, claimed, confirmed, disputed, cancelled."""
        ref = ask(self.ben, f"15 minutes of help with audit number {steps}, online")
        self.ana.types(f"answer {ref}")
        self.ana.fills(minutes="15 minutes", message=f"{SECRET} proposes")
        if not steps:
            return
        one = reference("E", self.world.rows("exchanges"))
        self.ben.types(f"accept {one}")
        self.ben.fills()
        if steps == 5:
            self.ana.types(f"cancel {one}")
        if steps in (2, 3, 4):
            self.ana.types(f"message {one} {SECRET} writes")
            self.ana.types(f"done {one} 15 minutes")
        if steps == 3:
            self.ben.types(f"confirm {one}")
            self.ben.types(f"thanks {one} {SECRET} thanks you")
        if steps == 4:
            self.ben.types(f"dispute {one} I remember less of {SECRET}")
            self.ana.types(f"report {one} I do not like {SECRET}")

    def breaches(self) -> list[str]:
        """What the audits find: hours from nowhere, minutes set aside for nothing, somebody below
        the floor, a notice without an outcome."""
        with self.world.store.begin() as books:
            found = audit_ledger(books.connection)
            found += audit_deliveries(books.connection, self.world.now)
        return [str(one) for one in found]
