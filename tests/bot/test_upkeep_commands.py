"""``hourbridge migrate``, ``serve``, ``audit``, ``jobs`` and ``gallery``."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from storage.store import Store
from tests.bot.system import System
from tests.bot.terminal import Terminal
from tests.deploy.servers import SECRET, environment
from tests.world import World

ROOT = Path(__file__).parents[2]


def break_it(store: Store, *statements: str) -> None:
    """Change the database behind the program's back, as a fault or a careless hand would."""
    with store.begin() as books:
        for statement in statements:
            books.connection.exec_driver_sql(statement)


def found(terminal: Terminal) -> list[str]:
    """The codes of what an audit finds wrong."""
    assert terminal.run("audit --json") == 1
    said = json.loads(terminal.out)
    assert said["clean"] is False
    return [one["code"] for one in said["findings"]]


# migrate


def test_a_new_database_is_made_once_and_then_left_alone(
    empty_terminal: Terminal, tmp_path: Path
) -> None:
    assert "hourbridge migrate" in empty_terminal.fails("org list")
    empty_terminal.does("migrate")
    empty_terminal.does("org add 'Northgate Trust' --code NGH --sector nhs-trust")
    empty_terminal.does("migrate")
    assert len(empty_terminal.lists("org list")) == 1
    assert (tmp_path / "var" / "hourbridge.db").exists()


def test_a_database_of_a_newer_version_is_refused(terminal: Terminal, store: Store) -> None:
    break_it(store, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in terminal.fails("migrate")
    assert "newer version" in terminal.fails("migrate --check")
    assert "newer version" in terminal.fails("org list")


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "postgresql://h/d", "nonsense", "sqlite://", "sqlite:///:memory:"]
)
def test_a_database_of_another_kind_is_refused(
    empty_terminal: Terminal, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", url)
    assert "HOURBRIDGE_DATABASE_URL" in empty_terminal.fails("migrate")
    assert "HOURBRIDGE_DATABASE_URL" in empty_terminal.fails("org list")


def test_a_database_that_does_not_answer_is_said_so(
    empty_terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", "postgresql+psycopg://u:hidden@127.0.0.1:1/d")
    sentence = empty_terminal.fails("org list")
    assert "database does not answer" in sentence
    assert "hidden" not in sentence
    (tmp_path / "not.db").write_text("this is no database, only a long enough text " * 50, "utf-8")
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", f"sqlite:///{tmp_path / 'not.db'}")
    assert "not a database" in empty_terminal.fails("org list")


# serve


@contextmanager
def served(tmp_path: Path, *, database: str, **given: str) -> Iterator[tuple[str, str]]:
    """A server of its own process, on any free port: its first line and its address. It must end
    well when it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=tmp_path,
        env=environment(database) | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://[\d.]+:\d+", line)
        assert address is not None, line
        yield line, address[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert "finishing what is under way" in process.stdout.read()
    finally:
        process.kill()
        process.wait()


def test_serve_makes_its_file_says_where_it_listens_and_stops_when_told(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new' / 'hourbridge.db'}"
    with served(tmp_path, database=database, HOURBRIDGE_TEAMS_ANONYMOUS="1") as (line, address):
        assert line.endswith("Chats that are on: teams.\n")
        with urllib.request.urlopen(f"{address}/health/ready", timeout=10) as answer:
            assert all(json.load(answer).values())
        with urllib.request.urlopen(f"{address}/metrics", timeout=10) as answer:
            assert b"hourbridge_" in answer.read()


def test_serve_does_not_start_on_a_database_that_is_behind(
    terminal: Terminal, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", SECRET)
    break_it(store, "DELETE FROM alembic_version")
    assert "run: hourbridge migrate" in terminal.fails("serve")


def test_serve_does_not_start_without_what_it_needs(
    sqlite_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "HOURBRIDGE_SECRET_KEY" in sqlite_terminal.fails("serve")
    monkeypatch.setenv("HOURBRIDGE_SECRET_KEY", SECRET)
    monkeypatch.setenv("HOURBRIDGE_PORT", "http")
    assert "HOURBRIDGE_PORT" in sqlite_terminal.fails("serve")
    monkeypatch.setenv("HOURBRIDGE_PORT", "0")
    monkeypatch.setenv("MICROSOFT_APP_ID", "an-app")
    assert "MICROSOFT_APP_PASSWORD" in sqlite_terminal.fails("serve")


# audit


async def test_a_system_in_use_is_clean(terminal: Terminal, world: World) -> None:
    world.person("Ana")
    world.person("Bo", "SGH")
    assert terminal.lists("audit") == {"clean": True, "findings": []}
    world.deliver()
    assert "holds" in terminal.does("audit")


def test_an_audit_finds_a_balance_that_drifted(terminal: Terminal, world: World) -> None:
    world.person("Ana")
    break_it(world.store, "UPDATE accounts SET balance = balance + 15 WHERE kind = 'member'")
    assert found(terminal) == ["balance-drift", "accounts-not-zero"]
    assert terminal.run("audit") == 1
    assert terminal.out.startswith("balance-drift: account ")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("state = 'lost'", ["delivery-state-unknown", "outcomes-do-not-add-up"]),
        ("handle = ''", ["delivery-without-handle"]),
        ("sent_at = NULL", ["delivery-without-handle"]),
        ("shown = 7", ["delivery-ahead"]),
        ("state = 'refused', reason = ''", ["delivery-unexplained"]),
        ("state = 'unreachable', reason = ''", ["delivery-unexplained"]),
        ("state = 'withheld', reason = 'a whim'", ["delivery-reason-unknown"]),
        (
            "state = 'waiting', lease_until = '2026-01-01 00:00:00.000000'",
            ["lease-too-old"],
        ),
        ("changes = 1, lease_until = '2026-01-01 00:00:00.000000'", ["lease-too-old"]),
    ],
)
async def test_an_audit_finds_a_delivery_that_cannot_be(
    terminal: Terminal, store: Store, change: str, codes: list[str]
) -> None:
    system = System(store)
    system.tell(system.member("Ana"))
    await system.pumps()
    assert terminal.lists("audit")["clean"]
    break_it(store, f"UPDATE deliveries SET {change}")
    assert found(terminal) == codes


async def test_an_audit_finds_deliveries_and_notices_that_belong_to_nobody(
    sqlite_terminal: Terminal, sqlite_url: str
) -> None:
    store = Store(sqlite_url)
    system = System(store)
    system.tell(system.member("Ana"))
    system.tell(system.member("Bo"))
    store.close()
    # SQLite lets whoever asks leave foreign keys aside; nothing else can make such rows.
    import sqlite3

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as hand:
        hand.execute("UPDATE deliveries SET member_id = 99 WHERE id = 1")
        hand.execute("UPDATE deliveries SET notice_id = 99 WHERE id = 2")
    assert found(sqlite_terminal) == [
        "delivery-without-member",
        "delivery-without-notice",
        "notice-without-delivery",
        "outcomes-do-not-add-up",
    ]


def test_an_audit_finds_a_delivery_planned_twice(
    sqlite_terminal: Terminal, sqlite_url: str
) -> None:
    store = Store(sqlite_url)
    system = System(store)
    system.tell(system.member("Ana"))
    columns = (
        "notice_id, member_id, state, reason, attempts, not_before, platform, tenant, handle, "
        "tried, changes, shown"
    )
    break_it(
        store,
        "CREATE TABLE copied AS SELECT * FROM deliveries",
        "DROP TABLE deliveries",
        "ALTER TABLE copied RENAME TO deliveries",
        f"INSERT INTO deliveries (id, {columns}) SELECT 2, {columns} FROM deliveries",
    )
    store.close()
    assert found(sqlite_terminal) == ["delivery-twice"]


# jobs


def test_jobs_are_listed_with_what_they_do(terminal: Terminal) -> None:
    jobs = {one["name"]: one for one in terminal.lists("jobs list")}
    assert jobs["posts.close"]["every_minutes"] == 60
    assert jobs["posts.close"]["last_slot"] is None
    assert all(one["does"] for one in jobs.values())
    assert "upkeep.tidy" in terminal.does("jobs list")


def test_a_job_runs_as_if_the_clock_said_another_time(terminal: Terminal, world: World) -> None:
    ana = world.person("Ana")
    ana.types("offer 1 hour run charts, online, until 30 June")
    ana.presses("Post it")
    assert (
        terminal.does("jobs run posts.close --at 2026-06-30T12:00") == "posts.close is done: 0.\n"
    )
    assert terminal.does("jobs run posts.close --at 2026-07-02") == "posts.close is done: 1.\n"
    assert terminal.does("jobs run posts.close --at 2026-07-02") == "posts.close is done: 0.\n"


def test_a_job_that_is_not_there_is_refused(sqlite_terminal: Terminal) -> None:
    sentence = sqlite_terminal.fails("jobs run posts.fly")
    assert "posts.fly" in sentence
    assert "posts.close" in sentence


def test_a_time_without_a_zone_is_utc() -> None:
    from bot.commands.terminal import a_moment

    assert a_moment("2026-08-06T09:00") == datetime.fromisoformat("2026-08-06T09:00+00:00")
    assert a_moment("2026-08-06T09:00+01:00") == datetime.fromisoformat("2026-08-06T08:00+00:00")


# gallery


def test_the_gallery_is_written_for_every_chat(empty_terminal: Terminal, tmp_path: Path) -> None:
    assert empty_terminal.run("gallery --out shown") == 0, empty_terminal.problem
    names = {path.name for path in (tmp_path / "shown").iterdir()}
    for ending in ("txt", "slack.json", "teams.json", "local.html"):
        assert f"ui.every-block.{ending}" in names
        assert f"ui.every-field.{ending}" in names
    assert any(name.startswith("members.") for name in names)
    slack = json.loads((tmp_path / "shown" / "ui.every-block.slack.json").read_text("utf-8"))
    assert slack["blocks"]
    teams = json.loads((tmp_path / "shown" / "ui.every-field.teams.json").read_text("utf-8"))
    assert teams["type"] == "AdaptiveCard"


def test_a_gallery_that_cannot_be_written_is_said_so(
    empty_terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("here already", "utf-8")
    assert "cannot be written" in empty_terminal.fails("gallery --out file")
