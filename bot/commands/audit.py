"""``hourbridge audit``: asks the database whether every invariant holds."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from bot.commands.opening import open_store
from bot.commands.terminal import Groups, listing, print_json
from storage.audit import Finding, audit_ledger
from storage.audit_deliveries import audit_deliveries
from storage.audit_events import audit_events
from storage.store import Store, transaction


def add(groups: Groups) -> None:
    """The command ``audit``."""
    listing(
        groups, "audit", "check the ledger and the deliveries; exit 1 if anything is wrong", _audit
    )


def _audit(given: Namespace) -> int:
    with open_store() as store:
        findings = audit(store, datetime.now(UTC))
    if given.json:
        listed = [{"code": one.code, "detail": one.detail} for one in findings]
        print_json({"clean": not findings, "findings": listed})
    elif findings:
        for one in findings:
            print(f"{one.code}: {one.detail}")
    else:
        print("Every invariant of the ledger and the deliveries holds.")
    return 1 if findings else 0


def audit(store: Store, now: datetime) -> list[Finding]:
    """Every breach of an invariant, seen at one moment: nothing that commits meanwhile counts."""
    engine = store.engine
    if not store.sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with transaction(engine) as connection:
        return [
            *audit_ledger(connection),
            *audit_deliveries(connection, now),
            *audit_events(connection),
        ]
