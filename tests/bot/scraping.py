"""A program that is scraped as Prometheus does, and deliveries put before it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request
from prometheus_client.parser import text_string_to_metric_families

from bot.wiring import Program
from core.callers import Address
from core.couriers import Parcel
from core.delivery.model import Delivery, Notice
from core.ui.views import Paragraph, view
from core.words import Speech
from tests.world import World

ROOT = Path(__file__).parents[2]
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


def parcel(tenant: str = "T-A", handle: str = "") -> Parcel:
    words = view(Paragraph("words"))
    return Parcel(1, tenant, "U-Ana", Address(), words, Speech(), handle)


def anchor(heading: str) -> str:
    """The anchor that a heading has, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
