"""The sample system: three months played through the engine, sound, lively and repeatable."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.local.render import fragment
from bot.commands.audit import audit
from bot.demo import sayings, seeding
from bot.demo.asks import ASKS
from bot.demo.history import FRESH
from bot.demo.offers import OFFERS
from bot.demo.organisations import PARTNERS, PLATFORM
from bot.demo.people import BY_USER, PEOPLE, START_HERE, personas
from bot.demo.seeding import seed
from bot.settings import Settings
from core.callers import Caller
from core.engine import Engine
from core.features import the_house
from core.kernel.keys import Keys
from core.safety.screening import Clear, screen
from core.ui.plain import plain
from core.ui.replies import Replace, Say
from core.ui.views import View
from core.words import Speech
from storage.store import Store
from storage.tables import METADATA

NOW = datetime(2026, 6, 18, 14, 25, tzinfo=UTC)
PER_DATABASE = {"registry", "schema_changes"}
"""What is new in every database, and meant to be: the version of what may be kept in memory, and
the real time at which each migration was run, whenever the history is set."""
SECRET = "a secret for tests alone, nobody's"


def _settings(path: Path) -> Settings:
    return Settings(f"sqlite:///{path}", secrets=(SECRET,))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the whole history up to ``NOW``."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert seed(_settings(path), NOW)
    return path


@pytest.fixture(scope="module")
def store(seeded: Path) -> Iterator[Store]:
    """A store on the seeded file."""
    opened = Store(f"sqlite:///{seeded}")
    yield opened
    opened.close()


@pytest.fixture
def engine(seeded: Path, tmp_path: Path) -> Iterator[Engine]:
    """The engine at the moment where the history ends, on a copy of its own."""
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(seeded)) as whole, closing(sqlite3.connect(path)) as copy:
        whole.backup(copy)
    store = Store(f"sqlite:///{path}")
    yield Engine(store, the_house(), Keys((SECRET,)), clock=lambda: NOW)
    store.close()


def _ask(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.begin() as books:
        return [tuple(row) for row in books.connection.exec_driver_sql(query)]


def _types(engine: Engine, user: str, words: str) -> tuple[View, Speech]:
    persona = next(one for one in personas() if one.user == user)
    caller = Caller(PLATFORM, persona.tenant, persona.user, persona.name)
    answer = engine.perform(caller, engine.interpret(words))
    assert isinstance(answer.reply, (Say, Replace)), answer.reply
    return answer.reply.view, answer.speech


def _reads(engine: Engine, user: str, words: str = "home") -> str:
    view, speech = _types(engine, user, words)
    return plain(view, speech)


def _refs(words: str) -> list[str]:
    return re.findall(r"V-\w+", words)


def _dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    opened = Store(f"sqlite:///{path}")
    with opened.begin() as books:
        rows = {
            name: [tuple(row) for row in books.connection.execute(table.select())]
            for name, table in METADATA.tables.items()
            if name not in PER_DATABASE
        }
    opened.close()
    return rows


def test_the_ledger_sums_to_zero_and_the_audit_finds_nothing(store: Store) -> None:
    assert _ask(store, "SELECT sum(balance) FROM accounts") == [(0,)]
    assert audit(store, NOW) == []


def test_about_60_people_of_5_organisations_have_joined(store: Store) -> None:
    joined = sum(one.joined for one in PEOPLE)
    assert 58 <= joined <= 66
    assert _ask(store, "SELECT count(*) FROM members") == [(joined,)]
    assert len({one.code for one in PEOPLE}) == len(PARTNERS) == 5
    assert len({one.name for one in PEOPLE}) == len(PEOPLE)
    speakers = _ask(store, "SELECT count(*) FROM members WHERE language = 'cy'")[0][0]
    assert speakers >= 5


def test_many_exchanges_were_confirmed_most_of_them_across_organisations(store: Store) -> None:
    query = (
        "SELECT giver_organisation_id = receiver_organisation_id, count(*) FROM exchanges "
        "WHERE state = 'confirmed' GROUP BY 1"
    )
    counts = dict(_ask(store, query))
    assert counts[0] >= 40
    assert counts[0] > 3 * counts.get(1, 0)


def test_exchanges_ended_in_every_way_there_is(store: Store) -> None:
    states = {row[0] for row in _ask(store, "SELECT DISTINCT state FROM exchanges")}
    wanted = {"proposed", "agreed", "claimed", "confirmed", "disputed", "resolved"}
    assert states >= wanted | {"declined", "withdrawn", "cancelled", "lapsed"}
    assert {row[0] for row in _ask(store, "SELECT DISTINCT kind FROM postings")} >= {
        "opening",
        "exchange",
        "gift",
        "grant",
    }


def test_people_find_open_offers_and_asks_and_old_ones_have_closed(store: Store) -> None:
    query = "SELECT kind, state, count(*) FROM posts GROUP BY kind, state"
    counts = {(kind, state): many for kind, state, many in _ask(store, query)}
    assert counts["offer", "open"] >= 20
    assert counts["ask", "open"] >= 12
    assert counts["offer", "closed"] >= 3
    assert counts["ask", "closed"] >= 10


def test_nothing_lies_in_the_future_and_it_reaches_back_three_months(store: Store) -> None:
    first, last = _ask(store, "SELECT min(at), max(at) FROM postings")[0]
    assert str(last) <= NOW.strftime("%Y-%m-%d %H:%M:%S")
    assert str(first) < (NOW - timedelta(days=88)).strftime("%Y-%m-%d")


def test_only_notices_of_the_last_hours_wait_to_be_delivered(store: Store) -> None:
    waiting = _ask(
        store,
        "SELECT min(n.at), count(*) FROM notices n JOIN deliveries d ON d.notice_id = n.id "
        "WHERE d.state = 'waiting'",
    )
    since, count = waiting[0]
    assert 8 <= count <= 80
    assert str(since) >= (NOW - FRESH).strftime("%Y-%m-%d %H:%M:%S")
    assert not _ask(
        store, "SELECT id FROM deliveries WHERE state NOT IN ('sent', 'waiting', 'withheld')"
    )


def test_every_home_renders_and_greets_by_name(engine: Engine) -> None:
    for persona in personas():
        view, speech = _types(engine, persona.user, "home")
        assert fragment(view, speech)
        joined = BY_USER[persona.user].joined
        assert (persona.name in plain(view, speech)) is joined


def test_those_to_start_with_find_what_their_card_promises(engine: Engine) -> None:
    priya = _reads(engine, "priya")
    assert "Callum Strachan" in priya
    assert "Zofia Nowak" in priya
    assert "Keziah Thompson" in _reads(engine, "tom")
    assert "Sophie Lindqvist" in _reads(engine, "samir")
    assert "Carys Vaughan" in _reads(engine, "megan")
    assert "Rebuild our equipment list" in _reads(engine, "amara", "disputes")
    assert "front desk" in _reads(engine, "judith", "reports")
    assert "minus" in _reads(engine, "rob", "balance")
    assert "rota cover" in _reads(engine, "nia")


def test_a_newcomer_comes_upon_events_a_channel_and_a_group(engine: Engine) -> None:
    coming = _reads(engine, "samir", "events")
    assert "Run charts drop-in" in coming
    assert "Plain English in an hour" not in coming, "it is over"
    assert "7 of 12 left" in _reads(engine, "priya", f"coming {_refs(coming)[0]}")
    assert "#general" in _reads(engine, "priya", "channels")
    assert "Plain English in an hour" in _reads(engine, "keziah", "my events")
    assert "Leading a workshop" in _reads(engine, "keziah", "groups")


def test_the_event_that_is_over_has_its_attendance_and_answers(store: Store) -> None:
    came, answered, words = _ask(
        store,
        "SELECT count(CASE WHEN came THEN 1 END), count(CASE WHEN useful <> '' THEN 1 END), "
        "count(CASE WHEN next <> '' THEN 1 END) FROM places",
    )[0]
    assert (came, answered, words) == (5, 4, 2)


def test_the_first_two_to_start_with_are_of_different_organisations() -> None:
    first, second = personas()[:2]
    assert first.organisation != second.organisation
    assert len(START_HERE) == 12


def test_no_words_of_the_stories_would_be_stopped_or_asked_about() -> None:
    told = (*OFFERS, *ASKS)
    words = [text for one in told for text in (one.title, one.details) if text]
    pools = (
        *(sayings.HELPING, sayings.WANTING, sayings.HELPING_CY, sayings.WANTING_CY),
        *(sayings.CHATTER, sayings.CHATTER_CY, sayings.THANKS, sayings.THANKS_CY),
        *(sayings.THANKED_BACK, sayings.GIFTS, sayings.WHENS),
    )
    words += [text for pool in pools for text in pool if text]
    assert len(OFFERS) >= 40
    assert len(ASKS) >= 40
    for text in words:
        assert isinstance(screen(text, kind="public"), Clear), text


def test_every_offer_and_ask_names_a_skill_that_the_finder_knows(store: Store) -> None:
    without = _ask(
        store,
        "SELECT title FROM posts WHERE id NOT IN (SELECT post_id FROM post_skills)",
    )
    assert len(without) <= 8, without


def test_a_second_run_makes_the_very_same_system(seeded: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    assert seed(_settings(again), NOW)
    first, second = _dump(seeded), _dump(again)
    assert len(first["exchanges"]) > 60
    for name, rows in first.items():
        assert rows == second[name], name


def test_a_database_with_members_is_left_as_it_is(seeded: Path) -> None:
    before = _dump(seeded)
    assert not seed(_settings(seeded), NOW + timedelta(days=1))
    assert _dump(seeded) == before


def test_a_seed_that_is_interrupted_leaves_no_half_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(seeding, "play", interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed(_settings(tmp_path / "new.db"), NOW)
    assert list(tmp_path.iterdir()) == []
