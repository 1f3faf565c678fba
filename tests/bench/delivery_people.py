"""Many people to write to, made by the database itself, and a small kind of notice to tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, text

from core.callers import Address
from core.commands import Hello
from core.conversations.model import Conversation
from core.delivery.model import Family, Notice
from core.engine import Engine
from core.feature import Feature, House, NoticeKind, house
from core.kernel.desk import Office
from core.kernel.keys import Keys
from core.kernel.texts import _
from core.members.model import Identity, Member
from core.organisations.model import Organisation, Sector
from core.respect.feature import FEATURE as RESPECT
from core.ui.views import Actions, Button, Heading, Paragraph, View, view
from storage.migrate import migrate
from storage.store import Store
from storage.tables.columns import table_of
from storage.tables.members import IdentityRow, MemberRow

NEWS = "bench.news"
"""What a member has to know: it goes out at once."""
WEEKLY = "bench.weekly"
"""What Hourbridge thought of: it keeps to its reader's day and to the daily cap."""
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""A working Monday, 9am in London."""
_SERIES = (
    "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {many})"
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A tenant, and how many people there are in it."""

    platform: str
    tenant: str
    people: int


def small_house() -> House:
    """The rooms that delivering needs, and two kinds of notice that are quickly rendered."""
    kinds = (
        NoticeKind(NEWS, _news, essential=True, in_channel=_post),
        NoticeKind(WEEKLY, _news, unasked=True, family=Family.EVENTS),
    )
    return house([RESPECT, Feature("bench", notices=kinds)])


def _news(_office: Office, notice: Notice, member: Member) -> View:
    return view(
        Heading(_("The library is open on Saturday")),
        Paragraph(_("{name}, you can book a room from {day}.", name=member.name, day=notice.at)),
        Actions((Button(_("See everything that waits for you"), Hello(), "home"),)),
    )


def _post(_office: Office, _notice: Notice, place: Conversation) -> View:
    return view(Heading(_("News for {name}", name=place.name)))


def engine_on(store: Store) -> Engine:
    """An engine of that house."""
    return Engine(store, small_house(), Keys(("a secret",)))


def populate(url: str, chats: Sequence[Chat]) -> None:
    """A fresh database at ``url`` with so many members, each with one chat."""
    store = Store(url)
    try:
        migrate(store.engine)
        with store.begin() as books:
            made = Organisation("BENCH", "Eastgate Hospital Trust", Sector.NHS_TRUST)
            organisation_id = books.organisations.add(made).id
            for chat in chats:
                where = (chat.platform, chat.tenant)
                books.tenants.approve(*where, [organisation_id], START)
                person = Member(f"One of {chat.tenant}", "en", organisation_id, START)
                first = books.members.add(person)
                address = Address("a conversation", "https://connector.test/", "a bot")
                found = Identity(*where, "U0", first.id, organisation_id, address, START)
                books.members.add_identity(found)
                _more(books.connection, first, replace(found, member_id=first.id), chat.people - 1)
        analyse(store)
    finally:
        store.close()


def _more(connection: Connection, member: Member, identity: Identity, many: int) -> None:
    """So many more members like the first, with the ids that come next."""
    if not many:
        return
    copy(connection, table_of(MemberRow), f"id = {member.id}", many, {"name": "'Member ' || n"})
    changed = {"member_id": f"{member.id} + n", '"user"': "'U' || n"}
    copy(connection, table_of(IdentityRow), f"member_id = {identity.member_id}", many, changed)


def copy(
    connection: Connection, table: Table, where: str, many: int, changed: Mapping[str, str]
) -> None:
    """Insert ``many`` copies of the row ``where``, with other values in the columns ``changed``,
    which are told apart by ``n`` from 1 on."""
    names = [f'"{column.name}"' for column in table.columns if column.name != "id"]
    quoted = {name if name.startswith('"') else f'"{name}"': how for name, how in changed.items()}
    values = ", ".join(quoted.get(name, name) for name in names)
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({', '.join(names)}) {_SERIES.format(many=many)} "
            f"SELECT {values} FROM series, {table.name} WHERE {table.name}.{where} ORDER BY n"
        )
    )


def analyse(store: Store) -> None:
    """Let the database know what it holds, as it would find out by itself in time."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if store.sqlite else "VACUUM ANALYZE")


def count(store: Store, where: str) -> Any:
    """How many deliveries there are ``where``."""
    with store.begin() as books:
        asked = f"SELECT count(*) FROM deliveries WHERE {where}"
        return books.connection.exec_driver_sql(asked).scalar_one()
