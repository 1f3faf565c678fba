"""``hourbridge migrate``: brings the database to the shape that this version needs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from bot.commands.opening import NEWER, checked_url, missing_file
from bot.commands.terminal import Failed, Groups, command
from bot.settings import Settings, read_settings
from storage.migrate import BusyTables, Pending, Shape, TooNew, migrate, pending, shape_of
from storage.store import Store


def add(groups: Groups) -> None:
    """The command ``migrate``."""
    ours = command(groups, "migrate", "make the database, or bring it to the present shape", _run)
    ours.add_argument(
        "--check",
        action="store_true",
        help="change nothing: say what there is to do; exit 1 if the database is not usable yet",
    )


def _run(given: Namespace) -> int:
    settings = read_settings()
    if given.check:
        return _check(settings)
    done = bring_up_to_date(settings)
    many = {0: "nothing was missing", 1: "1 migration was run"}.get(
        done, f"{done} migrations were run"
    )
    print(f"The database has the shape that this version needs: {many}.")
    return 0


def bring_up_to_date(settings: Settings) -> int:
    """Run the migrations that the database lacks; how many. Raises ``Failed`` where this version
    cannot use it, or where a table was never free."""
    store = Store(checked_url(settings))
    try:
        return migrate(store.engine)
    except TooNew:
        raise Failed(NEWER) from None
    except BusyTables:
        raise Failed(
            "Nothing was changed: something keeps a table of the database busy, such as a backup "
            "or a long report. Let it end, then run: hourbridge migrate"
        ) from None
    finally:
        store.close()


def _check(settings: Settings) -> int:
    path = missing_file(settings)
    if path is not None:
        raise Failed(f"There is no database at {path} yet. Make it with: hourbridge migrate")
    store = Store(checked_url(settings))
    try:
        with store.engine.connect() as connection:
            shape = shape_of(connection)
            lacking = pending(connection) if shape is Shape.BEHIND else ()
    finally:
        store.close()
    if shape is Shape.TOO_NEW:
        raise Failed(NEWER)
    if shape is Shape.AHEAD:
        print("A newer version has migrated the database, and this version can still use it.")
    elif shape is Shape.CURRENT:
        print("The database has the shape that this version needs.")
    else:
        _print_pending(lacking)
    return 0 if shape.usable else 1


def _print_pending(lacking: Sequence[Pending]) -> None:
    print(f"The database lacks {len(lacking)} of this version's migrations:")
    for one in lacking:
        phase = f" ({one.phase})" if one.phase else ""
        print(f"  {one.revision}{phase}: {one.does}")
    if all(one.phase == "expand" for one in lacking):
        print("Servers of the version before may go on while they run.")
    else:
        print("Stop every server before they run.")
