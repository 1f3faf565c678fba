"""What tests of members share: reading a code out of a chat, and a tenant of two organisations."""

from __future__ import annotations

import re

from tests.world import Person, World

_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
SHARED = "shared-mail"


def code_in(text: str) -> str:
    """The one-time code that a reply shows."""
    found = _CODE.search(text)
    assert found, text
    return found.group()


def share_a_tenant(world: World) -> None:
    """A Teams tenant that serves the trust and the practice."""
    served = [world.organisations[code].id for code in ("NGH", "GPP")]
    with world.store.begin() as books:
        books.tenants.approve("teams", SHARED, served, world.now)


def visitor_in_teams(world: World, name: str = "Ana Ward") -> Person:
    """The same person in another organisation's chat, not joined there."""
    return world.person(name, "SGH", user=f"teams-{name}", joined=False)
