"""Every alarm is about figures that there are, and has its page in the guide."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from core.couriers import Later
from core.delivery.model import Pause
from tests.bot.scraping import (
    GUIDE,
    ROOT,
    Running,
    Scraped,
    anchor,
    parcel,
    put,
)
from tests.bot.system import Scripted

ALERTS = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text("utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]


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
