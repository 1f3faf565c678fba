"""What Teams reports of one team, of its channels, and of a group chat."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from core.conversations.model import Conversation, ConversationKind
from core.happenings import ConversationChanged
from tests.world import START, World

TENANT = "tenant-southgate"
TEAM = "19:team@thread.tacv2"
ROTA = "19:rota@thread.tacv2"
GROUP = "19:group@thread.v2"
URL = "https://smba.trafficmanager.net/uk/"

TEAM_IS_IN = ConversationChanged(
    "teams",
    TENANT,
    TEAM,
    ConversationKind.CHANNEL,
    present=True,
    team=TEAM,
    team_name="Ward 7",
    service_url=URL,
    bot="28:bot",
    locale="en-GB",
)
ROTA_IS_IN = replace(TEAM_IS_IN, conversation=ROTA, name="Rota", team_name="")
GROUP_IS_IN = ConversationChanged(
    "teams", TENANT, GROUP, ConversationKind.GROUP, present=True, service_url=URL, bot="28:bot"
)


def reports(world: World, what: ConversationChanged, minutes: float = 0, **changes: Any) -> None:
    """Teams reports ``what``, which became so ``minutes`` after the start."""
    at = START + timedelta(minutes=minutes)
    world.now = max(world.now, at)
    world.engine.happened(replace(what, at=at, **changes))


def kept(world: World) -> dict[str, Conversation]:
    """Every conversation by its id."""
    with world.store.begin() as books:
        found = books.conversations.all()
    assert len({one.external_id for one in found}) == len(found)
    return {one.external_id: one for one in found}


def live(world: World) -> set[str]:
    """The ids of those that the app is in."""
    return {name for name, one in kept(world).items() if one.live}


def somebody_waits(world: World, patience: float = 5.0) -> None:
    """Until somebody waits for a lock; SQLite lets nobody else begin in the first place."""
    until = time.monotonic() + patience
    with world.store.engine.connect() as connection:
        while not world.store.sqlite:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if connection.execute(waiting).scalar_one():
                return
            assert time.monotonic() < until, "nobody waited"
