"""An installation to test with, secrets to seal it with, and the tokens that must not be seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.installations import arriving
from core.installations.model import Installation
from core.organisations.model import Tenant
from storage.store import Store
from tests.world import START, Message, Person, World

OLD = "the-first-secret-of-this-system-0001"
NEW = "the-second-secret-of-this-system-002"
TOKEN = "xoxe.xoxb-1-token-that-nobody-may-read" * 8
REFRESH = "xoxe-1-refresh-that-nobody-may-read" * 6
TOKENS = ("that-nobody-may-read",)


def granted(tenant: str = "T-NEW", name: str = "Westshire Voices", **given: Any) -> Installation:
    """What Slack grants: tokens of 12 hours, for a workspace that nobody has heard of."""
    values: dict[str, Any] = {
        "platform": "slack",
        "tenant": tenant,
        "name": name,
        "app": "A1",
        "bot": "B1",
        "bot_user": "UB1",
        "scopes": ("chat:write", "commands"),
        "token": TOKEN,
        "installed_at": START,
        "refresh": REFRESH,
        "expires_at": START + timedelta(hours=12),
    }
    return Installation(**{**values, **given})


def url_of(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)


def keep(store: Store, installation: Installation) -> Installation:
    with store.begin() as books:
        return books.installations.keep(installation)


def find(store: Store, tenant: str = "T-NEW") -> Installation | None:
    with store.begin() as books:
        return books.installations.find("slack", tenant)


def install(world: World, installation: Installation | None = None) -> Installation:
    """Install as the web page does, in one transaction."""
    with world.store.begin() as books:
        return arriving.installed(world.engine.office(books), installation or granted())


def remove(world: World, tenant: str = "T-NEW") -> bool:
    with world.store.begin() as books:
        return arriving.removed(world.engine.office(books), "slack", tenant)


def tenant_of(world: World, external_id: str = "T-NEW", platform: str = "slack") -> Tenant:
    with world.store.begin() as books:
        found = books.tenants.find(platform, external_id)
    assert found is not None
    return found


def news(person: Person) -> list[Message]:
    """What an admin was told of tenants."""
    return [one for one in person.inbox if one.kind.startswith("installations.")]
