"""Fixtures that every suite may use: a real database, SQLite and PostgreSQL, and a world on it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests import postgres
from tests.requirements import need
from tests.world import World


def _build(url: str) -> None:
    store = Store(url)
    migrate(store.engine)
    store.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every migration run, to be copied."""
    path = tmp_path_factory.mktemp("template") / "hourbridge.db"
    _build(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    path = tmp_path / "hourbridge.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A fresh PostgreSQL database, made from a migrated template."""
    need("postgres")
    cluster = postgres.cluster()
    template = cluster.template("hourbridge_template", _build)
    url = cluster.create_database(f"t{uuid.uuid4().hex}", template)
    yield url
    cluster.drop_database(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database of each kind."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def bare_url(store: Store, tmp_path: Path) -> Iterator[str]:
    """A database of the same kind as ``store``, with nothing in it."""
    if store.sqlite:
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    cluster = postgres.cluster()
    url = cluster.create_database(f"bare{uuid.uuid4().hex}")
    yield url
    cluster.drop_database(url)


@pytest.fixture
def world(store: Store) -> World:
    """A small system on a fresh database of each kind."""
    return World(store)
