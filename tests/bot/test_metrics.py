"""``/metrics``: what Prometheus is told, on both databases, and that every alarm is about it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from bot.metrics import Metrics
from bot.pump import Pump
from core.couriers import Later, Outcome, Refused, Sent, Unreachable
from core.delivery.model import DeliveryState, Pause
from core.delivery.settle import NO_DATABASE
from storage.store import Store
from tests.bot.scraping import (
    Running,
    parcel,
    put,
    scraped,
)
from tests.bot.system import Scripted, System


async def test_what_waits_is_told_by_tenant_with_the_age_of_the_oldest(running: Running) -> None:
    ana = await asyncio.to_thread(running.world.person, "Blodwen Prothero-Vale")
    member = ana.member.id
    for ago, tenant in ((600, "T-A"), (60, "T-A"), (-3600, "T-B")):
        put(running.world, ago, "slack", tenant, member_id=member)
    put(running.world, 60, "teams", "t-c", member_id=member, state="refused", reason="400")
    found = await running.scrape()
    a, b = ({"platform": "slack", "tenant": tenant} for tenant in ("T-A", "T-B"))
    assert found.value("hourbridge_deliveries_waiting", **a) == 2
    assert found.value("hourbridge_deliveries_due", **a) == 2
    oldest = found.value("hourbridge_oldest_due_delivery_seconds", **a)
    assert oldest is not None
    assert 600 <= oldest < 660
    assert found.value("hourbridge_deliveries_waiting", **b) == 1
    assert found.value("hourbridge_deliveries_due", **b) == 0
    assert found.value("hourbridge_oldest_due_delivery_seconds", **b) == 0
    note = {"kind": "test.note", "reason": ""}
    assert found.value("hourbridge_deliveries", state="waiting", **note) == 3
    assert found.value("hourbridge_deliveries", state="refused", **note) == 1
    assert not any("Blodwen" in str(one) for one in found.samples)


async def test_outcomes_are_counted_for_the_newest_alone(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.readings.NEWEST", 1)
    ana = await asyncio.to_thread(running.world.person, "Ana")
    put(running.world, 60, "slack", "T-A", member_id=ana.member.id, state="withheld")
    put(running.world, 60, "slack", "T-A", member_id=ana.member.id, state="withheld", reason="late")
    found = await running.scrape()
    note = {"kind": "test.note", "state": "withheld", "reason": "late"}
    assert found.all("hourbridge_deliveries") == {frozenset(note.items()): 1}


async def test_pauses_are_told_with_every_tenant_that_they_hold(running: Running) -> None:
    ana = await asyncio.to_thread(running.world.person, "Ana")
    put(running.world, 60, "slack", "T-A", member_id=ana.member.id)
    with running.world.store.begin() as books:
        books.deliveries.pause(Pause("slack", "", datetime.now(UTC)))
    found = await running.scrape()
    assert found.value("hourbridge_paused", platform="slack", tenant="") == 1
    assert found.value("hourbridge_paused", platform="slack", tenant="T-A") == 1


async def test_a_database_that_is_away_is_said_so_and_comes_back(running: Running) -> None:
    found = await running.scrape()
    assert found.value("hourbridge_database_up") == 1

    def rename(before: str, after: str) -> None:
        with running.world.store.begin() as books:
            books.connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    await asyncio.to_thread(rename, "deliveries", "away")
    found = await running.scrape()
    assert found.value("hourbridge_database_up") == 0
    assert found.all("hourbridge_deliveries_waiting") == {}
    await asyncio.to_thread(rename, "away", "deliveries")
    assert (await running.scrape()).value("hourbridge_database_up") == 1


async def test_what_was_just_read_is_not_read_again(running: Running) -> None:
    await running.scrape()
    running.program.readings.rest_seconds = 3600.0
    await running.scrape()
    with running.world.store.begin() as books:
        books.deliveries.pause(Pause("slack", "", datetime.now(UTC)))
    assert (await running.scrape()).all("hourbridge_paused") == {}


async def test_every_job_is_told_with_what_came_of_it(running: Running) -> None:
    found = await running.scrape()
    for name, job in running.program.engine.house.jobs.items():
        assert found.value("hourbridge_job_interval_seconds", name=name) == job.every_minutes * 60
        assert found.value("hourbridge_job_failed_slots", name=name) == 0
        assert found.value("hourbridge_job_missed_slots", name=name) == 0


@pytest.mark.parametrize(
    ("answer", "handle", "outcome", "holds"),
    [
        (Sent("m1"), "", "sent", None),
        (Sent("m1"), "m1", "edited", None),
        (Later(30, "429", whole_tenant=True), "", "later", 1),
        (Later(30, "503"), "", "later", None),
        (Refused("400"), "", "refused", None),
        (Unreachable("403"), "", "unreachable", None),
    ],
)
async def test_a_message_is_counted_by_what_the_platform_answered(
    answer: Outcome, handle: str, outcome: str, holds: float | None
) -> None:
    metrics = Metrics()
    courier = metrics.measured("slack", Scripted([answer]))
    before = scraped(metrics.text().decode()).all("hourbridge_sends_total")
    assert await courier.deliver(parcel(handle=handle)) == answer
    found = scraped(metrics.text().decode())
    slack = {"platform": "slack"}
    sends = found.all("hourbridge_sends_total")
    assert sends[frozenset({("platform", "slack"), ("outcome", outcome)})] == 1
    assert sum(sends.values()) == 1
    assert before == dict.fromkeys(sends, 0), "an alarm sees the first one only as a rise from 0"
    assert found.value("hourbridge_holds_total", tenant="T-A", **slack) == holds
    assert found.value("hourbridge_send_duration_seconds_count", **slack) == 1
    assert found.value("hourbridge_sends_in_flight", **slack) == 0


async def test_a_courier_that_fails_is_counted_as_the_pump_takes_it() -> None:
    metrics = Metrics()
    courier = metrics.measured("slack", Scripted([ValueError("a fault")]))
    with pytest.raises(ValueError, match="a fault"):
        await courier.deliver(parcel())
    found = scraped(metrics.text().decode())
    refused = {"platform": "slack", "outcome": "refused"}
    assert found.value("hourbridge_sends_total", **refused) == 1
    assert found.value("hourbridge_sends_in_flight", platform="slack") == 0


async def test_claims_are_counted_with_their_size(store: Store) -> None:
    metrics, system = Metrics(), System(store)
    pump = Pump(system.engine, {"slack": system.slack}, count_claimed=metrics.claimed)
    system.tell(*(system.member(name) for name in ("Ana", "Bo")))
    while await pump.round():
        system.later(minutes=1)
    found = scraped(metrics.text().decode())
    assert found.value("hourbridge_claimed_batch_size_sum") == 2


async def test_a_notice_that_cannot_be_rendered_is_counted_by_its_kind_each_time(
    store: Store,
) -> None:
    metrics, system = Metrics(), System(store)
    metrics.renders(system.engine.house.notices)
    note = {"kind": "test.note"}
    found = scraped(metrics.text().decode())
    assert found.value("hourbridge_render_failures_total", **note) == 0
    pump = Pump(system.engine, {"slack": system.slack}, count_unrendered=metrics.unrendered)
    ana, bo = system.member("Ana"), system.member("Bo")
    system.tell(ana, broken=True)
    system.tell(bo, subject="thing:2")
    for _round in range(4):
        await pump.round()
        system.later(hours=1)
    assert (system.of(ana).attempts, system.state(bo)) == (4, DeliveryState.SENT)
    found = scraped(metrics.text().decode())
    assert found.all("hourbridge_render_failures_total") == {frozenset(note.items()): 4}


async def test_a_kind_that_no_room_has_is_counted_under_a_name_that_is_always_the_same(
    store: Store,
) -> None:
    metrics, system = Metrics(), System(store)
    pump = Pump(system.engine, {"slack": system.slack}, count_unrendered=metrics.unrendered)
    system.tell(system.member("Ana"))
    with store.begin() as books:
        books.connection.exec_driver_sql("DELETE FROM notices")
    await pump.round()
    found = scraped(metrics.text().decode())
    assert found.value("hourbridge_render_failures_total", kind="unknown") == 1


async def test_a_database_in_trouble_is_no_fault_of_the_notice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> None:
        raise OperationalError("SELECT 1", {}, ConnectionError())

    metrics, system = Metrics(), System(store)
    pump = Pump(system.engine, {"slack": system.slack}, count_unrendered=metrics.unrendered)
    ana = system.member("Ana")
    system.tell(ana)
    monkeypatch.setattr("bot.pump.prepare", away)
    await pump.round()
    assert system.of(ana).reason == NO_DATABASE
    assert not scraped(metrics.text().decode()).all("hourbridge_render_failures_total")
