"""The tables. Rows never leave storage: books map them to the core's dataclasses."""

from sqlmodel import SQLModel

from storage.tables import (
    conversations,
    delivery,
    digests,
    events,
    exchanges,
    installations,
    ledger,
    members,
    organisations,
    posts,
    reminders,
    shape,
)

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "conversations",
    "delivery",
    "digests",
    "events",
    "exchanges",
    "installations",
    "ledger",
    "members",
    "organisations",
    "posts",
    "reminders",
    "shape",
]
