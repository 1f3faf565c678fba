"""Every migration says whether servers of the release before can go on, and it is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory

from bot.commands.migrate import bring_up_to_date
from bot.commands.opening import check_shape
from bot.commands.terminal import Failed
from bot.settings import Settings
from storage import migrate as migrating
from storage.migrate import FIRST_MARKED, MIGRATIONS, BusyTables, Shape, migrate, shape_of
from storage.store import Store, transaction
from tests.bot.expanding import shape, stumbles
from tests.bot.terminal import Terminal
from tests.shapes import up_to


def scripts() -> list[Script]:
    """Every migration, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return list(reversed(list(ScriptDirectory.from_config(config).walk_revisions())))


MARKED = [one for one in scripts() if one.revision >= FIRST_MARKED]


@pytest.fixture
def empty(bare_url: str) -> Iterator[Store]:
    """A database with nothing in it."""
    found = Store(bare_url)
    yield found
    found.close()


# The rule.


def test_every_migration_says_in_which_phase_it_is() -> None:
    assert MARKED
    earlier = ""
    for one in MARKED:
        assert one.module.phase in {"expand", "contract"}, one.revision
        if one.module.phase == "contract":
            # The program of that migration, or a later one, does not use what goes.
            assert FIRST_MARKED <= one.module.works_from <= earlier, one.revision
        else:
            assert not hasattr(one.module, "works_from"), one.revision
        earlier = one.revision


def test_a_migration_that_expands_leaves_nothing_for_an_older_program_to_stumble_over(
    empty: Store,
) -> None:
    up_to(empty, str(MARKED[0].down_revision))
    for one in MARKED:
        with transaction(empty.engine) as connection:
            before = shape(connection)
        up_to(empty, one.revision)
        with transaction(empty.engine) as connection:
            after = shape(connection)
        if one.module.phase == "expand":
            assert stumbles(before, after) == [], one.revision


TEXT = sa.String()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda op: op.drop_table("tellings"), "tellings is gone"),
        (lambda op: op.rename_table("sites", "places_of_work"), "sites is gone"),
        (lambda op: op.drop_column("notices", "subject"), "notices.subject is gone"),
        (
            lambda op: op.alter_column("notices", "subject", new_column_name="about"),
            "notices.subject is gone",
        ),
        (
            lambda op: op.add_column("notices", sa.Column("more", TEXT, nullable=False)),
            "notices.more must be given, and has no default",
        ),
        (
            lambda op: op.alter_column("notices", "key", existing_type=TEXT, nullable=False),
            "notices.key must be given now",
        ),
        (
            lambda op: op.alter_column("notices", "subject", type_=sa.Text()),
            "notices.subject is of another type",
        ),
        (
            lambda op: op.create_unique_constraint("once", "notices", ["kind", "subject"]),
            "notices has a new rule: unique ['kind', 'subject']",
        ),
    ],
)
def test_what_an_older_program_would_stumble_over_is_found(
    postgres_url: str, change: Callable[[Operations], None], problem: str
) -> None:
    store = Store(postgres_url)
    with store.engine.connect() as connection, connection.begin() as changing:
        connection.execute(sa.text("DROP INDEX IF EXISTS notices_by_subject"))
        before = shape(connection)
        change(Operations(MigrationContext.configure(connection)))
        assert problem in stumbles(before, shape(connection))
        changing.rollback()
    store.close()


def test_what_only_adds_is_nothing_to_stumble_over(postgres_url: str) -> None:
    store = Store(postgres_url)
    with store.engine.connect() as connection, connection.begin() as changing:
        before = shape(connection)
        op = Operations(MigrationContext.configure(connection))
        op.create_table("new", sa.Column("id", sa.Integer(), primary_key=True))
        op.add_column("notices", sa.Column("may", TEXT, nullable=True))
        op.add_column("notices", sa.Column("must", TEXT, nullable=False, server_default=""))
        op.create_index("notices_by_kind", "notices", ["kind"])
        assert stumbles(before, shape(connection)) == []
        changing.rollback()
    store.close()


# A program and a database of different releases.


def newer(store: Store, *changes: tuple[str, str, str]) -> Shape:
    """How this program finds a database after these migrations of newer releases."""
    with store.begin() as books:
        for revision, phase, works_from in changes:
            books.connection.execute(
                migrating.CHANGES.insert().values(
                    revision=revision, phase=phase, works_from=works_from, at=sa.func.now()
                )
            )
            books.connection.exec_driver_sql(f"UPDATE alembic_version SET version_num='{revision}'")
        return shape_of(books.connection)


def test_a_program_goes_on_where_newer_ones_have_only_added(store: Store) -> None:
    assert newer(store, ("9001", "expand", ""), ("9002", "expand", "")) is Shape.AHEAD
    check_shape(store)
    assert migrate(store.engine) == 0


def test_a_program_goes_on_where_what_was_taken_away_is_nothing_it_uses(store: Store) -> None:
    head = MARKED[-1].revision
    assert newer(store, ("9001", "contract", head)) is Shape.AHEAD


def test_a_program_stops_where_what_it_uses_was_taken_away(store: Store) -> None:
    assert newer(store, ("9001", "expand", ""), ("9002", "contract", "9001")) is Shape.TOO_NEW
    with pytest.raises(Failed, match="newer version"):
        check_shape(store)


def test_a_program_stops_at_a_migration_that_nobody_wrote_down(store: Store) -> None:
    with store.begin() as books:
        books.connection.exec_driver_sql("UPDATE alembic_version SET version_num='9001'")
    with pytest.raises(Failed, match="newer version"):
        check_shape(store)


def test_what_a_migration_leaves_able_is_written_down(store: Store) -> None:
    with store.begin() as books:
        rows = books.connection.execute(sa.select(migrating.CHANGES)).all()
    assert [(row.revision, row.phase) for row in sorted(rows)] == [
        (one.revision, one.module.phase) for one in MARKED
    ]


def test_the_command_says_what_there_is_to_do_and_changes_nothing(
    terminal: Terminal, store: Store, empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "has the shape" in terminal.does("migrate --check")
    newer(store, ("9001", "expand", ""))
    assert "can still use it" in terminal.does("migrate --check")
    up_to(empty, str(MARKED[0].revision))
    url = empty.url.render_as_string(hide_password=False)
    monkeypatch.setenv("HOURBRIDGE_DATABASE_URL", url)
    for _twice in range(2):
        assert terminal.run("migrate --check") == 1
        assert f"lacks {len(MARKED) - 1} of" in terminal.out
        assert f"{MARKED[-1].revision} (" in terminal.out
    assert f"{len(MARKED) - 1} migrations were run" in terminal.does("migrate")
    assert "nothing was missing" in terminal.does("migrate")


# Many at once.


def test_programs_that_start_together_migrate_once(empty: Store) -> None:
    settings = Settings(empty.url.render_as_string(hide_password=False))
    together, ran = Barrier(3), []

    def starts() -> None:
        together.wait()
        ran.append(bring_up_to_date(settings))

    threads = [Thread(target=starts) for _one in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ran) == [0, 0, len(scripts())]
    assert check_shape(empty) is Shape.CURRENT


def test_a_migration_that_waits_for_a_table_holds_nobody_up(
    empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if empty.sqlite:
        pytest.skip("SQLite has one writer, and no tables to wait for.")
    monkeypatch.setattr(migrating, "_TABLE_SECONDS", 0.1)
    monkeypatch.setattr(migrating, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(migrating, "_TRIES", 2)
    up_to(empty, FIRST_MARKED)
    with empty.engine.connect() as report, report.begin():
        report.exec_driver_sql("LOCK TABLE alembic_version IN SHARE MODE")
        before = shape(report)
        with pytest.raises(BusyTables):
            migrate(empty.engine)
        assert shape_of(report) is Shape.BEHIND
        assert shape(report).columns.keys() == before.columns.keys()
    assert migrate(empty.engine) == len(MARKED) - 1
