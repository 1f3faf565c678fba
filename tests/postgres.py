"""A throw-away PostgreSQL for the tests: one cluster for a whole run, fresh databases from it.

``cluster()`` starts it the first time anyone asks, in any of pytest-xdist's workers, and joins it
afterwards. It listens on a random loopback port, keeps its files in a temporary folder, and does
not wait for the disk. A keeper process stops it when the run ends, however the run ends.
A benchmark may ask for one that does, and for nothing else left out that production has.
``HOURBRIDGE_TEST_POSTGRES_URL`` names a server to use instead; only our own databases are touched.
"""

from __future__ import annotations

import atexit
import fcntl
import itertools
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.requirements import need, postgres_programs

_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_KEEPING = {"fsync": "off"}
"""The same for a server that is ended at once: what it said it had committed is still there."""
_STARTS = 3
_counter = itertools.count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server. ``url`` is ``postgresql://user:password@host:port``, without a database.

    ``folder`` holds the lock that the run's processes share.
    """

    url: str
    folder: Path
    run: str
    """A short word that is this run's alone, so that two runs never meet."""
    prepared: dict[str, str] = field(default_factory=dict, compare=False)

    def address(self, database: str) -> str:
        """The SQLAlchemy address of ``database``."""
        return f"{self.url.replace('postgresql://', 'postgresql+psycopg://')}/{database}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """A fresh database, a copy of ``template``; its ``postgresql+psycopg://`` address.

        ``name`` is for the reader of a log: every call makes another database.
        """
        database = self._called(f"{name}_{os.getpid()}_{next(_counter)}")
        self._create(database, template)
        return self.address(database)

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """The template ``name``, which ``build(address)`` fills once in a whole run.

        ``build`` must leave no connection open: PostgreSQL copies only what nobody uses.
        """
        if name not in self.prepared:
            with _locked(self.folder / f"{name}.lock"):
                database = self._called(name)
                built = self.folder / f"{name}.built"
                if not built.exists():
                    self.drop_database(self.address(database))
                    self._create(database, "template1")
                    build(self.address(database))
                    built.touch()
            self.prepared[name] = database
        return self.prepared[name]

    def drop_database(self, address: str) -> None:
        """Remove a database of ours, whoever is still connected to it."""
        database = urlsplit(address).path.lstrip("/")
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), database)

    def drop_all(self) -> None:
        """Remove every database of this run; for a server that outlives it."""
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"hb_{self.run}_%"]
            ).fetchall()
        for (database,) in rows:
            self.drop_database(self.address(database))

    def _called(self, name: str) -> str:
        return f"hb_{self.run}_{re.sub(r'[^a-z0-9_]', '_', name.lower())}"[:63]

    def _create(self, database: str, template: str) -> None:
        self._say(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), database, template)

    def _say(self, statement: sql.SQL, *identifiers: str) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, identifiers)))


@cache
def cluster(*, durable: bool = False) -> Cluster:
    """The run's server, started if it is not running yet; skips the test where there is none.

    ``durable``: a server of its own that writes to the disk as in production.
    """
    need("postgres")
    if given := os.environ.get("HOURBRIDGE_TEST_POSTGRES_URL"):
        return _given(given)
    folder = _shared_folder("-durable" if durable else "")
    with _locked(folder / "lock"):
        state = folder / "state.json"
        if not state.exists():
            # What an interrupted start left behind is not to be built upon.
            shutil.rmtree(folder / "server", ignore_errors=True)
            state.write_text(
                json.dumps({"url": _start(folder, {} if durable else _FAST)}), encoding="utf-8"
            )
        url = json.loads(state.read_text(encoding="utf-8"))["url"]
    return Cluster(url, folder, "run")


@contextmanager
def own_server() -> Iterator[Cluster]:
    """A server for one test, which may be ended as the test likes."""
    need("postgres")
    if postgres_programs() is None:
        pytest.skip("PostgreSQL's programs are not installed here.")
    folder = Path(tempfile.mkdtemp(prefix="hourbridge-own-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield Cluster(_start(folder, _KEEPING), folder, "own")
    finally:
        if (folder / "server/data/postmaster.pid").exists():
            _program(folder / "server", "pg_ctl", "stop", "-m", "immediate", "-D", "data")
        shutil.rmtree(folder)


def crash(server: Cluster) -> None:
    """End a test's own server at once, as a failing machine does."""
    _program(server.folder / "server", "pg_ctl", "stop", "-m", "immediate", "-D", "data")


def start_again(server: Cluster) -> None:
    """Start a server that has crashed, at the same port."""
    _program(server.folder / "server", "pg_ctl", "restart", "-w", "-D", "data", "-l", "log")


def _given(address: str) -> Cluster:
    # Each process has its own databases here, so that each can clear its own away.
    parts = urlsplit(address)
    folder = Path(tempfile.mkdtemp(prefix="hourbridge-postgres-"))
    server = Cluster(f"postgresql://{parts.netloc}", folder, secrets.token_hex(4))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.drop_all)
    return server


def _run_owner() -> tuple[str, int]:
    """A word for the run, and the process that lives as long as the run does."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return os.environ["PYTEST_XDIST_TESTRUNUID"][:12], os.getppid()
    return str(os.getpid()), os.getpid()


def _shared_folder(suffix: str) -> Path:
    run, _owner = _run_owner()
    # A socket's path must be short, and a macOS temporary folder is not.
    folder = Path("/tmp") / f"hourbridge-postgres-{os.getuid()}-{run}{suffix}"
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.is_symlink():
        raise RuntimeError(f"{folder} belongs to somebody else")
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(folder: Path, given: Mapping[str, str]) -> str:
    """Make and start a cluster in ``folder``, with a keeper; its address."""
    server = folder / "server"
    server.mkdir(mode=0o700)
    password = secrets.token_hex(16)
    secret = server / "password"
    secret.write_text(password, encoding="ascii")
    user = _server_user()
    if user is not None:
        os.chown(server, user.pw_uid, user.pw_gid)
        os.chown(secret, user.pw_uid, user.pw_gid)
    _program(
        server, "initdb", "--pgdata=data", "--username=postgres", "--pwfile=password",
        "--auth=scram-sha-256", "--encoding=UTF8", f"--locale={_locale()}", "--no-sync",
    )  # fmt: skip
    secret.unlink()
    port = _listen(server, given)
    _keep(folder)
    return f"postgresql://postgres:{quote(password)}@127.0.0.1:{port}"


def _listen(server: Path, given: Mapping[str, str]) -> int:
    for attempt in range(_STARTS):
        port = _free_port()
        settings = {
            **given,
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(server),
            "max_connections": "200",
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        try:
            _program(
                server,
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "60",
                "-D",
                "data",
                "-l",
                "log",
                "-o",
                options,
            )
        except RuntimeError:
            # Between asking for a free port and listening on it, somebody else may take it.
            if attempt == _STARTS - 1:
                raise
        else:
            return port
    raise AssertionError


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _locale() -> str:
    return "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


def _server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the user it runs as then, or None for ourselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user named postgres")


def _program(server: Path, name: str, *arguments: str) -> None:
    programs = postgres_programs()
    assert programs is not None
    user = _server_user()
    who: dict[str, Any] = {}
    if user is not None:
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # The server inherits these handles: a pipe here would never close.
    with (server.parent / "programs.log").open("a+b") as log:
        done = subprocess.run(
            [programs / name, *arguments],
            cwd=server,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            **who,
        )
        if done.returncode:
            log.seek(0)
            told = log.read().decode(errors="replace")
            server_log = server / "log"
            told += server_log.read_text(errors="replace") if server_log.exists() else ""
            raise RuntimeError(f"{name} failed:\n{told[-2000:]}")


_KEEPER = """
import os, pathlib, shutil, signal, sys, time
owner, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
while alive(owner) and folder.exists():
    time.sleep(0.5)
try:
    server = int((folder / "server/data/postmaster.pid").read_text().partition("\\n")[0])
    os.kill(server, signal.SIGQUIT)
    for _ in range(100):
        if not alive(server):
            break
        time.sleep(0.1)
except (OSError, ValueError):
    pass
shutil.rmtree(folder, ignore_errors=True)
"""


def _keep(folder: Path) -> None:
    """Leave a process behind that stops the server and clears up once the run has ended."""
    _run, owner = _run_owner()
    subprocess.Popen(
        [sys.executable, "-c", _KEEPER, str(owner), str(folder)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
