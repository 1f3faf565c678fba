"""A network in full swing, of any size: people with skills, posts, exchanges with thanks, events
with places, and the digests of the last weeks. Made by the database itself."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, text

from core.delivery.model import Audience, Notice
from core.digests.planning import PERSONAL
from core.events.model import Event, EventKind, Place, PlaceState
from core.exchanges.model import Exchange, ExchangeState, Message
from core.members.model import SkillSide
from core.posts.model import Post, PostKind
from core.skills.taxonomy import SKILLS
from storage.books import Books
from storage.store import Store
from storage.tables.columns import table_of
from storage.tables.events import EventRow, PlaceRow
from storage.tables.exchanges import ExchangeRow, MessageRow
from storage.tables.posts import PostRow
from tests.bench.delivery_people import START, Chat, analyse, copy, populate

TENANTS = 10
WEEKS = 4
"""Of how many weeks everybody's digests are there."""
YEARS = 730
"""Days over which events are spread, half of them to come."""
EASTGATE = 1


def network(url: str, size: int) -> None:
    """A database at ``url`` with ``size`` members, posts, exchanges and events."""
    populate(url, [Chat("slack", f"T0{number}", size // TENANTS) for number in range(TENANTS)])
    store = Store(url)
    try:
        with store.begin() as books:
            _skills(books.connection)
            _posts(books, size)
            _exchanges(books, size)
            _events(books, size, store.sqlite)
            _digests(books)
        analyse(store)
    finally:
        store.close()


def _skills(connection: Connection) -> None:
    """Everybody has two things that they can do and two that they would like."""
    connection.execute(text("CREATE TEMPORARY TABLE known (place integer, skill varchar)"))
    given = [{"place": place, "skill": skill} for place, skill in enumerate(SKILLS)]
    connection.execute(text("INSERT INTO known VALUES (:place, :skill)"), given)
    for position in range(2):
        for step, side in ((3, SkillSide.CAN_HELP), (5, SkillSide.WOULD_LIKE)):
            connection.execute(
                text(
                    "INSERT INTO member_skills (member_id, side, skill, position) "
                    f"SELECT members.id, '{side.value}', skill, {position} FROM members "
                    f"JOIN known ON place = (members.id * {step} + {position}) % {len(SKILLS)}"
                )
            )


def _posts(books: Books, size: int) -> None:
    """An ask or an offer of everybody's, each with two skills."""
    first = books.posts.add(
        Post(
            PostKind.ASK, 1, EASTGATE, "Help with a driver diagram", "", 60, (), True, None,
            date(2027, 1, 31), START,
        )
    )  # fmt: skip
    kind = "CASE WHEN n % 2 = 0 THEN 'ask' ELSE 'offer' END"
    changed = {"member_id": "n", "kind": kind, "title": "'Run charts, part ' || n"}
    copy(books.connection, table_of(PostRow), f"id = {first.id}", size, changed)
    for position in range(2):
        books.connection.execute(
            text(
                "INSERT INTO post_skills (post_id, skill, position) "
                f"SELECT posts.id, skill, {position} FROM posts "
                f"JOIN known ON place = (posts.id * 7 + {position}) % {len(SKILLS)}"
            )
        )


def _exchanges(books: Books, size: int) -> None:
    """Everybody has one that waits for their answer, and one that they were thanked for."""
    proposed = Exchange(
        1, 2, 2, 2, "Help with a poster", 60, EASTGATE, EASTGATE, START - timedelta(days=2)
    )
    sides = {"giver_id": "n", "receiver_id": f"(n + 6) % {size} + 1"}
    by = {"proposed_by": sides["receiver_id"], "suggested_by": sides["receiver_id"]}
    first = books.exchanges.add(proposed)
    assert first is not None
    table = table_of(ExchangeRow)
    copy(books.connection, table, f"id = {first.id}", size, sides | by)
    done = f"id = {first.id + 1}"
    state, ended = f"'{ExchangeState.CONFIRMED.value}'", "proposed_at"
    changed = {"state": state, "ended_at": ended, "settled_minutes": "60"}
    copy(books.connection, table, done, size, sides | by | changed)
    message = books.exchanges.add_message(
        Message(first.id, 2, "Thank you, that was just right", START - timedelta(days=1), True)
    )
    told = {"exchange_id": f"{first.id + size} + n", "member_id": sides["receiver_id"]}
    copy(books.connection, table_of(MessageRow), f"id = {message.id}", size, told)


def _events(books: Books, size: int, sqlite: bool) -> None:
    """As many events as members, spread over two years, and a place at one for everybody."""
    first = books.events.add(
        Event(
            EventKind.LEARNING, "An hour of run charts", 1, EASTGATE, START,
            START + timedelta(hours=1), START - timedelta(days=400), "uid", "token", place="Room 2",
        )
    )  # fmt: skip
    minutes = f"(n * {YEARS * 1440 // size} - {YEARS * 720})"
    when = {
        "host_id": "n",
        "starts_at": _later("starts_at", minutes, sqlite),
        "ends_at": _later("ends_at", minutes, sqlite),
        "uid": "'uid-' || n",
        "token": "'token-' || n",
    }
    copy(books.connection, table_of(EventRow), f"id = {first.id}", size, when)
    coming = Place(first.id, 1, EASTGATE, PlaceState.COMING, START)
    place = books.events.keep_place(coming)
    there = {"event_id": f"{first.id} + n", "member_id": f"(n + 12) % {size} + 1"}
    copy(books.connection, table_of(PlaceRow), f"id = {place.id}", size, there)


def _later(column: str, minutes: str, sqlite: bool) -> str:
    if sqlite:
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {column}, {minutes} || ' minutes')"
    return f"{column} + {minutes} * INTERVAL '1 minute'"


def _digests(books: Books) -> None:
    """Everybody has had their digest for some weeks, and has the next one planned."""
    for week in reversed(range(WEEKS)):
        at = START - timedelta(weeks=week)
        books.deliveries.plan(Notice(PERSONAL, "digest", at, key=f"{week} weeks ago"), Audience())
        if week:
            books.connection.exec_driver_sql(
                "UPDATE deliveries SET state = 'sent', sent_at = not_before, attempts = 1, "
                "handle = 'message-' || id WHERE state = 'waiting'"
            )
