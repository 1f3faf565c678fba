"""Slack's installations as the adapter reaches them: off the event loop, in several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.organisations.model import Organisation, Sector, TenantState
from tests.slack.installing_site import Processes, processes


@pytest.fixture
async def many(database_url: str) -> AsyncIterator[Processes]:
    async with processes(database_url) as running:
        yield running


async def test_a_key_is_used_up_once_however_many_try_at_once(many: Processes) -> None:
    replicas = [many.another() for _each in range(4)]
    used = await asyncio.gather(
        *(one.installations.use_once("a key") for one in replicas for _each in range(3))
    )
    assert used.count(True) == 1
    assert await replicas[0].installations.use_once("another key")


async def test_two_who_install_one_workspace_at_once_leave_one_installation(
    many: Processes,
) -> None:
    replicas = [many.another() for _each in range(4)]
    installed = await asyncio.gather(*(one.put("T0NORTH") for one in replicas))
    kept = await replicas[0].installations.find("T0NORTH")
    assert kept is not None
    assert kept.token in {one.token for one in installed}
    with many.store.begin() as books:
        assert len(books.installations.all("slack")) == 1


async def test_one_of_many_takes_a_renewal_on(many: Processes) -> None:
    replicas = [many.another() for _each in range(4)]
    installation = await replicas[0].put("T0NORTH")
    now = many.clock.now()
    until = now + timedelta(minutes=1)
    claims = await asyncio.gather(
        *(one.installations.claim_renewal(installation, until, now) for one in replicas)
    )
    assert claims.count(True) == 1


@pytest.mark.parametrize(
    ("state", "approved"),
    [
        (TenantState.APPROVED, True),
        (TenantState.SUSPENDED, False),
        (TenantState.ENDED, False),
        (None, False),
    ],
)
async def test_a_workspace_is_approved_only_while_an_administrator_lets_it_in(
    many: Processes, state: TenantState | None, approved: bool
) -> None:
    one = many.another()
    await one.put("T0NORTH")
    if state is not None:
        with many.store.begin() as books:
            trust = books.organisations.add(Organisation("NGH", "Northgate", Sector.NHS_TRUST))
            books.tenants.approve("slack", "T0NORTH", [trust.id], many.clock.now())
            books.tenants.set_state("slack", "T0NORTH", state)
    assert await one.installations.approved("T0NORTH") is approved
    assert not await one.installations.approved("T0NOWHERE")
