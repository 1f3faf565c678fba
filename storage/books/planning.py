"""Planning: one statement makes the deliveries of a notice, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    tuple_,
)
from sqlmodel import UTCDateTime

from core.delivery.model import Audience, DigestSlot, Notice
from core.members.model import HERE_OR_AWAY, MemberState
from core.respect.model import Preferences
from storage import statements
from storage.books.delivery_rows import DELIVERIES, NOTICES, DeliveryRows
from storage.prepared import PreparedChange
from storage.rows import values
from storage.tables.columns import table_of
from storage.tables.conversations import ConversationRow
from storage.tables.events import PlaceRow
from storage.tables.members import IdentityRow, MemberRow, PreferenceRow

MEMBERS = table_of(MemberRow)
IDENTITIES = table_of(IdentityRow)
PREFERENCES = table_of(PreferenceRow)
PLACES = table_of(PlaceRow)
CONVERSATIONS = table_of(ConversationRow)

_USUAL = Preferences(0)
_CHATS = IDENTITIES.alias("chats")
_BETTER = IDENTITIES.alias("better")
_LONG_AGO: ColumnElement[Any] = literal_column("'0001-01-01 00:00:00'")


def _open(chats: FromClause) -> ColumnElement[bool]:
    waits = MEMBERS.c.state == MemberState.WAITING.value
    return and_(chats.c.closed_at.is_(None), chats.c.confirmation_id.is_(None) | waits)


def _rank(chats: FromClause) -> ColumnElement[Any]:
    """The chat that a member chose comes before all others, then the one used last."""
    chosen = case((chats.c.id == MEMBERS.c.chat_id, 1), else_=0)
    return tuple_(chosen, func.coalesce(chats.c.last_used_at, _LONG_AGO), -chats.c.id)


# Each member with the chat that a delivery is going to use, as far as can be said now: it decides
# its lane. Said as "none is better", so that a whole nation is joined once and not looked up one by
# one.
_READERS = MEMBERS.outerjoin(
    IDENTITIES, and_(IDENTITIES.c.member_id == MEMBERS.c.id, _open(IDENTITIES))
)
_NONE_BETTER = ~(
    select(_BETTER.c.id)
    .where(
        _BETTER.c.member_id == IDENTITIES.c.member_id,
        _open(_BETTER),
        _rank(_BETTER) > _rank(IDENTITIES),
    )
    .correlate(MEMBERS, IDENTITIES)
    .exists()
)
_NEW = {
    "state": "'waiting'",
    "reason": "''",
    "attempts": "0",
    "handle": "''",
    "tried": "'[]'",
    "changes": "0",
    "shown": "0",
    "held": "false",
}
_NOTICE: ColumnElement[int] = bindparam("notice", type_=Integer)
_AT: ColumnElement[Any] = bindparam("at", type_=UTCDateTime)


def _rows(source: FromClause, given: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    """New deliveries of the notice, one for each row of ``source``."""
    columns: dict[str, ColumnElement[Any]] = {"notice_id": _NOTICE, **given}
    columns |= {name: literal_column(words) for name, words in _NEW.items()}
    return select(*(column.label(name) for name, column in columns.items())).select_from(source)


def _for_members(bulk: bool, not_before: ColumnElement[Any] = _AT) -> Select[Any]:
    return _rows(
        _READERS,
        {
            "member_id": MEMBERS.c.id,
            "not_before": not_before,
            "platform": func.coalesce(IDENTITIES.c.platform, literal_column("''")),
            "tenant": func.coalesce(IDENTITIES.c.tenant, literal_column("''")),
            "bulk": literal_column("true" if bulk else "false"),
        },
    ).where(_NONE_BETTER)


@cache
def _telling(many: int) -> PreparedChange:
    """A new delivery for each of so many members: it is part of most actions, and made once."""
    ids = [bindparam(f"id_{number}", type_=Integer) for number in range(many)]
    rows = _for_members(bulk=False).where(MEMBERS.c.id.in_(ids))
    return PreparedChange(insert(DELIVERIES).from_select([*rows.selected_columns.keys()], rows))


_AT_ONCE = 20
"""Members to tell in one statement, where they are named one by one."""


class Planning(DeliveryRows):
    """The part of the book that makes deliveries."""

    def tell(self, notice: Notice, member_ids: Sequence[int]) -> int:
        notice_id = statements.add(self._connection, NOTICES, values(notice))
        readers = list(dict.fromkeys(member_ids))
        for start in range(0, len(readers), _AT_ONCE):
            some = readers[start : start + _AT_ONCE]
            ids = {f"id_{number}": member_id for number, member_id in enumerate(some)}
            given = {"notice": notice_id, "at": notice.at, **ids}
            _telling(len(some)).run(self._connection, given)
        return notice_id

    def plan(self, notice: Notice, audience: Audience, spread: timedelta = timedelta()) -> int:
        # Who comes to one event is soon told, and is not to wait behind a whole nation.
        rows = _for_members(audience.event_id is None, self._spread_over(spread))
        if audience.digest is not None:
            joined = _READERS.outerjoin(PREFERENCES, PREFERENCES.c.member_id == MEMBERS.c.id)
            rows = rows.select_from(joined)
        return self._plan(notice, rows.where(*_conditions(audience)))

    def plan_channels(self, notice: Notice, conversation_ids: Sequence[int]) -> int:
        rows = _rows(
            CONVERSATIONS,
            {
                "conversation_id": CONVERSATIONS.c.id,
                "not_before": _AT,
                "platform": CONVERSATIONS.c.platform,
                "tenant": CONVERSATIONS.c.tenant,
                "bulk": literal_column("false"),
            },
        )
        return self._plan(notice, rows.where(CONVERSATIONS.c.id.in_(conversation_ids)))

    def _plan(self, notice: Notice, rows: Select[Any]) -> int:
        notice_id, new = self._keyed(notice)
        making = statements.dialect_insert(self._connection, DELIVERIES)
        if not new:
            # Asking of each row whether it is there costs much, and of a new notice none is.
            making = making.on_conflict_do_nothing()
        statement = making.from_select([*rows.selected_columns.keys()], rows)
        given = {"notice": notice_id, "at": notice.at}
        planned = self._connection.execute(
            statement.execution_options(preserve_rowcount=True), given
        ).rowcount
        if new and not planned:
            self._connection.execute(delete(NOTICES).where(NOTICES.c.id == notice_id))
        return planned

    def _keyed(self, notice: Notice) -> tuple[int, bool]:
        """The id of a notice, and whether it was not known by its key before."""
        if notice.key is None:
            return statements.add(self._connection, NOTICES, values(notice)), True
        new = statements.insert_once(self._connection, NOTICES, values(notice))
        known = select(NOTICES.c.id).where(NOTICES.c.key == notice.key)
        return int(self._connection.execute(known).scalar_one()), new

    def _spread_over(self, spread: timedelta) -> ColumnElement[Any]:
        """Within ``spread`` after the notice's moment, at a second that is always the same one for
        a member and unlike that of their neighbours."""
        seconds = int(spread.total_seconds())
        if not seconds:
            return _AT
        # Multiplying by the golden ratio of 2 to the 32 lays ids that follow each other far apart.
        scattered = cast(MEMBERS.c.id, BigInteger) * 2_654_435_761 % 2**32
        late = scattered * seconds // 2**32
        if self._connection.dialect.name == "sqlite":
            after = cast(late, String).concat(" seconds")
            return func.strftime("%Y-%m-%d %H:%M:%S.000000", _AT, after)
        return _AT + late * text("interval '1 second'")


def _conditions(audience: Audience) -> Iterator[ColumnElement[bool]]:
    # Whoever is away is told of what they come to when they are back.
    here = sorted(HERE_OR_AWAY) if audience.event_id is not None else (MemberState.ACTIVE,)
    yield MEMBERS.c.state.in_([state.value for state in here])
    if audience.organisation_ids is not None:
        yield (
            select(_CHATS.c.id)
            .where(
                _CHATS.c.member_id == MEMBERS.c.id,
                _CHATS.c.organisation_id.in_(audience.organisation_ids),
                _CHATS.c.closed_at.is_(None),
                _CHATS.c.confirmation_id.is_(None),
            )
            .exists()
        )
    if audience.digest is not None:
        yield from _digest_is_due(audience.digest)
    if audience.event_id is not None:
        yield (
            select(PLACES.c.id)
            .where(
                PLACES.c.member_id == MEMBERS.c.id,
                PLACES.c.event_id == audience.event_id,
                PLACES.c.state.in_(audience.event_states),
            )
            .exists()
        )
    if audience.without:
        yield MEMBERS.c.id.not_in(audience.without)


def _digest_is_due(slot: DigestSlot) -> Iterator[ColumnElement[bool]]:
    """Who has said nothing has no row: then the defaults hold."""
    yield MEMBERS.c.zone == slot.zone
    yield func.coalesce(PREFERENCES.c.digest, _USUAL.digest)
    yield func.coalesce(PREFERENCES.c.digest_weekday, _USUAL.digest_weekday) == slot.weekday
    yield func.coalesce(PREFERENCES.c.digest_hour, _USUAL.digest_hour) == slot.hour
