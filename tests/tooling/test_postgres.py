"""The throw-away PostgreSQL: databases apart, templates built once, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.postgres import Cluster, cluster
from tests.requirements import need

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Cluster:
    return cluster()


def _plain(address: str) -> str:
    return address.replace("+psycopg", "")


def _run(address: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(_plain(address), autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


def test_two_databases_of_one_name_know_nothing_of_each_other(server: Cluster) -> None:
    first, second = (server.create_database("Same name") for _ in range(2))
    assert first.startswith("postgresql+psycopg://")
    _run(first, "CREATE TABLE only_here (n int)")
    assert _run(first, "SELECT to_regclass('only_here') IS NOT NULL") == [(True,)]
    assert _run(second, "SELECT to_regclass('only_here') IS NOT NULL") == [(False,)]


def test_a_template_is_built_once_and_every_copy_holds_what_it_holds(server: Cluster) -> None:
    built = []

    def build(address: str) -> None:
        built.append(address)
        _run(address, "CREATE TABLE kept AS SELECT 7 AS n")

    name = f"tooling_{os.getpid()}"
    copies = [server.create_database("copy", server.template(name, build)) for _ in range(3)]
    assert len(built) == 1
    assert [_run(copy, "SELECT n FROM kept") for copy in copies] == [[(7,)]] * 3


def test_a_template_whose_build_failed_is_built_again_from_nothing(server: Cluster) -> None:
    name = f"broken_{os.getpid()}"

    def fail(address: str) -> None:
        _run(address, "CREATE TABLE half (n int)")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        server.template(name, fail)

    def build(address: str) -> None:
        _run(address, "CREATE TABLE half (n int)")

    template = server.template(name, build)
    assert _run(server.create_database("whole", template), "SELECT count(*) FROM half") == [(0,)]


def test_a_dropped_database_is_gone_even_while_somebody_is_connected(server: Cluster) -> None:
    address = server.create_database("dropped")
    with psycopg.connect(_plain(address)) as held:
        server.drop_database(address)
        with pytest.raises(psycopg.OperationalError):
            held.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        _run(address, "SELECT 1")


def test_letters_beyond_ascii_are_lowered_as_in_production(server: Cluster) -> None:
    assert _run(server.create_database("letters"), "SELECT lower('ÂŴÉ')") == [("âŵé",)]


def _own_run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if "XDIST" not in name}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_the_server_stops_and_its_files_go_when_the_run_is_killed() -> None:
    need("postgres")
    done = _own_run(
        "import os, signal\n"
        "from tests.postgres import cluster\n"
        "server = cluster()\n"
        "pid = (server.folder / 'server/data/postmaster.pid').read_text().split()[0]\n"
        "print(pid, server.folder, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)",
        HOURBRIDGE_TEST_POSTGRES_URL="",
    )
    assert done.stdout, done.stderr
    pid, folder = done.stdout.split()
    assert _within(20, lambda: not Path(folder).exists())
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_a_server_that_is_given_is_used_and_left_as_it_was(server: Cluster) -> None:
    done = _own_run(
        "from tests.postgres import cluster\n"
        "server = cluster()\n"
        "print(server.create_database('a', server.template('t', lambda address: None)))",
        HOURBRIDGE_TEST_POSTGRES_URL=f"{server.url}/postgres",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(server.url.replace("postgresql:", "postgresql+psycopg:"))
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        _run(done.stdout.strip(), "SELECT 1")
