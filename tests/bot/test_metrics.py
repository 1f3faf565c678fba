"""``/metrics``: what Prometheus is told, on both databases, and that every alarm is about it."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from bot.metrics import Metrics
from bot.pump import Pump
from bot.settings import Settings
from bot.wiring import Program, build
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.delivery.model import Delivery, DeliveryState, Notice, Pause
from core.delivery.settle import NO_DATABASE
from core.ui.views import Paragraph, view
from core.words import Speech
from storage.store import Store
from tests.bot.system import Scripted, System
from tests.world import World

ROOT = Path(__file__).parents[2]
ALERTS = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text("utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
GUIDE = (ROOT / "docs" / "delivery-faults.md").read_text("utf-8")
Labels = frozenset[tuple[str, str]]


@dataclass
class Scraped:
    """What Prometheus reads, by name of the sample and its labels."""

    samples: Mapping[tuple[str, Labels], float]

    def value(self, name: str, /, **labels: str) -> float | None:
        return self.samples.get((name, frozenset(labels.items())))

    def all(self, name: str) -> dict[Labels, float]:
        return {labels: value for (one, labels), value in self.samples.items() if one == name}

    @property
    def names(self) -> set[str]:
        return {name for name, _labels in self.samples}


def scraped(text: str) -> Scraped:
    """Prometheus' own reading of its text format."""
    return Scraped(
        {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }
    )


@dataclass
class Running:
    """A program that is scraped, on a database that is read anew each time."""

    program: Program
    browser: TestClient[Request, Application]
    world: World

    async def scrape(self) -> Scraped:
        async with self.browser.get("/metrics") as answer:
            assert answer.status == 200
            return scraped(await answer.text())


@pytest.fixture
async def running(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    program = build(Settings(database_url=database_url, secrets=("s" * 40,)))
    program.readings.rest_seconds, program.readings.longest_share = 0.0, math.inf
    hold_back(program, monkeypatch)
    world = await asyncio.to_thread(World, program.store)
    world.engine = program.engine
    async with TestClient(TestServer(program.web)) as browser:
        yield Running(program, browser, world)


def hold_back(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send nothing: what waits is to be looked at while it waits."""
    stopped = asyncio.Event()
    monkeypatch.setattr(program.pump, "run", stopped.wait)
    monkeypatch.setattr(program.pump, "stop", stopped.set)


def put(world: World, seconds_ago: float, platform: str, tenant: str, **given: Any) -> None:
    """A delivery of a notice, due since then, as it stands in the database."""
    with world.store.begin() as books:
        member = given.pop("member_id")
        at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        books.deliveries.tell(Notice("test.note", "thing:1", at), [member])
        [(newest, _notice), *_rest] = books.deliveries.of_member(member)
        books.deliveries.settle(
            Delivery(**{**_fields(newest), "platform": platform, "tenant": tenant, **given})
        )


def _fields(delivery: Delivery) -> dict[str, Any]:
    return {name: getattr(delivery, name) for name in delivery.__slots__}


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


def parcel(tenant: str = "T-A", handle: str = "") -> Parcel:
    words = view(Paragraph("words"))
    return Parcel(1, tenant, "U-Ana", Address(), words, Speech(), handle)


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


# The alarms.


@pytest.fixture
async def everything(running: Running) -> Scraped:
    """A scrape of a program in which all of it has happened."""
    ana = await asyncio.to_thread(running.world.person, "Ana")
    put(running.world, 60, "slack", "T-A", member_id=ana.member.id)
    with running.world.store.begin() as books:
        books.deliveries.pause(Pause("slack", "T-A", datetime.now(UTC)))
        moment = datetime.now(UTC)
        run = books.jobs.claim("upkeep.tidy", moment, moment, moment)
        assert run is not None
        books.jobs.finish(run, moment, 0)
    courier = running.program.metrics.measured("slack", Scripted([Later(1, "429", True)]))
    await courier.deliver(parcel())
    return await running.scrape()


async def test_every_alarm_is_about_figures_that_there_are(everything: Scraped) -> None:
    missing = set()
    for rule in RULES:
        for name in re.findall(r"\bhourbridge_[a-z_]+", rule["expr"]):
            if name not in everything.names:
                missing.add((rule["alert"], name))
    only_sqlite = {("HourbridgeDiskFilling", "hourbridge_disk_free_bytes")}
    assert missing <= only_sqlite


async def test_every_label_that_an_alarm_goes_by_is_one_of_its_figures(
    everything: Scraped,
) -> None:
    labels: dict[str, set[str]] = {}
    for name, found in everything.samples:
        labels.setdefault(name, set()).update(label for label, _value in found)
    for rule in RULES:
        named = set(re.findall(r"(?:by|on) \(([^)]*)\)", rule["expr"]))
        wanted = {label.strip() for words in named for label in words.split(",")}
        told = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        figures = re.findall(r"\bhourbridge_[a-z_]+", rule["expr"])
        had = set().union(*(labels.get(figure, set()) for figure in figures))
        assert wanted <= had, rule["alert"]
        assert told <= wanted, rule["alert"]


def anchor(heading: str) -> str:
    """The anchor that a heading has, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_every_alarm_says_what_is_wrong_and_where_the_guide_tells_more(
    rule: dict[str, Any],
) -> None:
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Hourbridge[A-Za-z]+", rule["alert"])
    assert re.fullmatch(r"\d+[smh]", rule["for"])
    assert rule["labels"]["severity"] in {"warning", "critical"}
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert rule["annotations"]["summary"].endswith(".")
    file, _hash, place = rule["annotations"]["runbook"].partition("#")
    assert file == "docs/delivery-faults.md"
    sections = re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
    [section] = [one for one in sections if anchor(one.partition("\n")[0]) == place]
    assert rule["alert"] in section
    for part in ("What you see", "What it means", "What to do", "How you know it is mended"):
        assert f"**{part}.**" in section


def test_alarms_have_names_of_their_own() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names)) > 10
