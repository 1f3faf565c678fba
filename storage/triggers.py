"""What keeps the ledger append-only whoever speaks to the database: run by the first migration."""

from __future__ import annotations

_TABLES = ("postings", "entries")

_SQLITE = tuple(
    f"""CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} are append-only');
END"""
    for table in _TABLES
    for verb in ("UPDATE", "DELETE")
)

_POSTGRESQL = (
    """CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' are append-only', ERRCODE = 'restrict_violation';
END
$$""",
    *(
        f"""CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()"""
        for table in _TABLES
    ),
)

TRIGGERS: dict[str, tuple[str, ...]] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
"""Statements by SQLAlchemy's name of the database, to be run in this order after the tables.

On SQLite, ``PRAGMA recursive_triggers = ON`` makes ``INSERT OR REPLACE`` fire them too.
"""
