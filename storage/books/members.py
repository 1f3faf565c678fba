"""Members, their identities and skills, visitors and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from core.callers import Address
from core.members.model import Identity, Member, MemberState, SkillSide, Visitor
from core.members.people import zone_of
from storage import statements
from storage.books.codes import Codes
from storage.books.confirmations import Confirmations
from storage.prepared import Prepared
from storage.rows import entity, values
from storage.search import fold
from storage.tables.columns import table_of
from storage.tables.members import (
    BlockRow,
    IdentityRow,
    LeaverRow,
    MemberRow,
    MemberSkillRow,
    VisitorRow,
)
from storage.tables.organisations import OrganisationRow

MEMBERS = table_of(MemberRow)
IDENTITIES = table_of(IdentityRow)
SKILLS = table_of(MemberSkillRow)
VISITORS = table_of(VisitorRow)
LEAVERS = table_of(LeaverRow)
BLOCKS = table_of(BlockRow)
ORGANISATIONS = table_of(OrganisationRow)

ADDRESS = tuple(part.name for part in fields(Address))
_IDENTITY_LABELS = [(column.name, f"identity_{column.name}") for column in IDENTITIES.columns]
_PERSON = (IDENTITIES.c.platform, IDENTITIES.c.tenant, IDENTITIES.c.user)
_BY_IDENTITY = Prepared(
    select(
        MEMBERS,
        *(column.label(f"identity_{column.name}") for column in IDENTITIES.columns),
    )
    .join(IDENTITIES, IDENTITIES.c.member_id == MEMBERS.c.id)
    .where(*(column == bindparam(column.name) for column in _PERSON))
)
_GET = select(MEMBERS).where(MEMBERS.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
LONGEST_NAME = 200
"""Nobody and no organisation has a longer name: there is no need to look for one."""
_MANY = select(MEMBERS).where(MEMBERS.c.id.in_(bindparam("ids", expanding=True)))
_CHATS = (
    select(IDENTITIES)
    .where(IDENTITIES.c.member_id.in_(bindparam("ids", expanding=True)))
    .order_by(IDENTITIES.c.last_used_at.desc().nulls_last(), IDENTITIES.c.id)
)
_TOUCH = (
    update(IDENTITIES)
    .where(IDENTITIES.c.id == bindparam("row_id"))
    .values(
        **{f"address_{part}": bindparam(f"new_{part}") for part in ADDRESS},
        organisation_id=bindparam("new_organisation"),
        last_used_at=bindparam("new_use"),
    )
)


def _member(row: Mapping[str, Any] | RowMapping) -> Member:
    """A member as they are kept, in a time zone that this machine knows."""
    return entity(Member, row, zone=zone_of(row["zone"]))


class Members(Codes):
    """Satisfies ``core.members.book.MemberBook``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.confirmations = Confirmations(connection)

    def by_identity(self, platform: str, tenant: str, user: str) -> tuple[Member, Identity] | None:
        given = {"platform": platform, "tenant": tenant, "user": user}
        columns = _BY_IDENTITY.first(self._connection, given)
        if columns is None:
            return None
        ours = {name: columns[label] for name, label in _IDENTITY_LABELS}
        return _member(columns), _identity(ours)

    def get(self, member_id: int) -> Member:
        return _member(self._connection.execute(_GET, {"id": member_id}).one()._mapping)

    def lock(self, member_id: int) -> Member:
        return _member(self._connection.execute(_LOCK, {"id": member_id}).one()._mapping)

    def many(self, member_ids: Sequence[int]) -> dict[int, Member]:
        rows = self._connection.execute(_MANY, {"ids": list(set(member_ids))})
        return {row.id: _member(row._mapping) for row in rows}

    def add(self, member: Member) -> Member:
        row = values(member) | {"name_folded": fold(member.name)}
        return replace(member, id=statements.add(self._connection, MEMBERS, row))

    def save(self, member: Member) -> Member:
        row = values(member, ("id", "version")) | {"name_folded": fold(member.name)}
        statements.save_version(self._connection, MEMBERS, member.id, member.version, row)
        return replace(member, version=member.version + 1)

    def named(self, words: str, organisation_words: str = "", limit: int = 10) -> Sequence[Member]:
        wanted = fold(words).split()
        if not wanted or max(len(words), len(organisation_words)) > LONGEST_NAME:
            return []
        statement = (
            select(MEMBERS)
            .join(ORGANISATIONS, ORGANISATIONS.c.id == MEMBERS.c.organisation_id)
            .where(
                MEMBERS.c.state == MemberState.ACTIVE.value,
                *(MEMBERS.c.name_folded.contains(word, autoescape=True) for word in wanted),
                *(
                    func.lower(ORGANISATIONS.c.name).contains(word, autoescape=True)
                    for word in fold(organisation_words).split()
                ),
            )
            .order_by(MEMBERS.c.name_folded, MEMBERS.c.id)
            .limit(limit)
        )
        return [_member(row._mapping) for row in self._connection.execute(statement)]

    def add_identity(self, identity: Identity) -> Identity:
        new_id = statements.add(self._connection, IDENTITIES, _identity_row(identity))
        return replace(identity, id=new_id)

    def identities(self, member_id: int) -> Sequence[Identity]:
        rows = self._connection.execute(
            select(IDENTITIES)
            .where(IDENTITIES.c.member_id == member_id)
            .order_by(IDENTITIES.c.last_used_at.desc().nulls_last(), IDENTITIES.c.id)
        )
        return [_identity(row._mapping) for row in rows]

    def identities_of(self, member_ids: Sequence[int]) -> Mapping[int, Sequence[Identity]]:
        found: dict[int, list[Identity]] = {member_id: [] for member_id in member_ids}
        for row in self._connection.execute(_CHATS, {"ids": list(found)}):
            found[row.member_id].append(_identity(row._mapping))
        return found

    def touch(self, identity: Identity) -> None:
        self._connection.execute(
            _TOUCH,
            {
                "row_id": identity.id,
                **{f"new_{part}": getattr(identity.address, part) for part in ADDRESS},
                "new_organisation": identity.organisation_id,
                "new_use": identity.last_used_at,
            },
        )

    def mark(self, identity: Identity) -> None:
        self._connection.execute(
            update(IDENTITIES)
            .where(IDENTITIES.c.id == identity.id)
            .values(closed_at=identity.closed_at, shown_name=identity.shown_name)
        )

    def place(self, identity: Identity) -> None:
        self._connection.execute(
            update(IDENTITIES)
            .where(IDENTITIES.c.id == identity.id)
            .values(
                organisation_id=identity.organisation_id,
                confirmation_id=identity.confirmation_id,
                last_used_at=identity.last_used_at,
            )
        )

    def move_identities(self, from_member: int, to_member: int) -> None:
        self._connection.execute(
            update(IDENTITIES)
            .where(IDENTITIES.c.member_id == from_member)
            .values(member_id=to_member)
        )

    def forget_identities(self, member_id: int) -> None:
        self._connection.execute(delete(IDENTITIES).where(IDENTITIES.c.member_id == member_id))

    def skills(self, member_id: int, side: SkillSide) -> tuple[str, ...]:
        statement = (
            select(SKILLS.c.skill)
            .where(SKILLS.c.member_id == member_id, SKILLS.c.side == side.value)
            .order_by(SKILLS.c.position)
        )
        return tuple(self._connection.scalars(statement))

    def set_skills(self, member_id: int, side: SkillSide, skills: Sequence[str]) -> None:
        self._connection.execute(
            delete(SKILLS).where(SKILLS.c.member_id == member_id, SKILLS.c.side == side.value)
        )
        rows = [
            {"member_id": member_id, "side": side.value, "skill": skill, "position": position}
            for position, skill in enumerate(dict.fromkeys(skills))
        ]
        if rows:
            self._connection.execute(insert(SKILLS), rows)

    def visitor(self, platform: str, tenant: str, user: str) -> Visitor | None:
        row = self._connection.execute(
            select(VISITORS).where(*_visitor_is(platform, tenant, user))
        ).one_or_none()
        return entity(Visitor, row._mapping) if row else None

    def save_visitor(self, visitor: Visitor) -> None:
        row = values(visitor) | {"pending": dict(visitor.pending)}
        statements.upsert(self._connection, VISITORS, row, ("platform", "tenant", "user"))

    def forget_visitor(self, platform: str, tenant: str, user: str) -> None:
        self._connection.execute(delete(VISITORS).where(*_visitor_is(platform, tenant, user)))

    def forget_visitors_before(self, moment: datetime) -> int:
        self.confirmations.forget_words_before(moment)
        done = self._connection.execute(delete(VISITORS).where(VISITORS.c.greeted_at < moment))
        return done.rowcount

    def remember_leaver(self, digest: str, at: datetime) -> None:
        statements.insert_once(self._connection, LEAVERS, {"digest": digest, "at": at}, "digest")

    def left_before(self, digest: str) -> bool:
        found = select(LEAVERS.c.digest).where(LEAVERS.c.digest == digest)
        return self._connection.execute(found).first() is not None

    def merged_from(self, member_id: int) -> Sequence[Member]:
        rows = self._connection.execute(
            select(MEMBERS).where(MEMBERS.c.merged_into == member_id).order_by(MEMBERS.c.id)
        )
        return [_member(row._mapping) for row in rows]

    def block(self, blocker: int, blocked: int) -> None:
        row = {"blocker_id": blocker, "blocked_id": blocked}
        statements.insert_once(self._connection, BLOCKS, row, "blocker_id", "blocked_id")

    def unblock(self, blocker: int, blocked: int) -> None:
        self._connection.execute(
            delete(BLOCKS).where(BLOCKS.c.blocker_id == blocker, BLOCKS.c.blocked_id == blocked)
        )

    def blocked_either_way(self, member_id: int) -> frozenset[int]:
        rows = self._connection.execute(_BLOCKS_WITH, {"member_id": member_id})
        return frozenset(one for row in rows for one in row if one != member_id)

    def blocked_by(self, member_id: int) -> Sequence[int]:
        statement = (
            select(BLOCKS.c.blocked_id)
            .where(BLOCKS.c.blocker_id == member_id)
            .order_by(BLOCKS.c.blocked_id)
        )
        return list(self._connection.scalars(statement))

    def move_blocks(self, from_member: int, to_member: int) -> None:
        rows = self._connection.execute(_BLOCKS_WITH, {"member_id": from_member}).all()
        self.forget_blocks(from_member)
        for blocker, blocked in rows:
            pair = tuple(to_member if one == from_member else one for one in (blocker, blocked))
            if pair[0] != pair[1]:
                self.block(*pair)

    def forget_blocks(self, member_id: int) -> None:
        self._connection.execute(
            delete(BLOCKS).where(
                or_(BLOCKS.c.blocker_id == member_id, BLOCKS.c.blocked_id == member_id)
            )
        )


_BLOCKS_WITH = select(BLOCKS.c.blocker_id, BLOCKS.c.blocked_id).where(
    or_(
        BLOCKS.c.blocker_id == bindparam("member_id"),
        BLOCKS.c.blocked_id == bindparam("member_id"),
    )
)


def _identity_row(identity: Identity) -> dict[str, Any]:
    address = {f"address_{part}": getattr(identity.address, part) for part in ADDRESS}
    return values(identity, ("id", "address")) | address


def _identity(row: Mapping[str, Any] | RowMapping) -> Identity:
    address = Address(*(row[f"address_{part}"] for part in ADDRESS))
    return entity(Identity, row, address=address)


def _visitor_is(platform: str, tenant: str, user: str) -> Sequence[Any]:
    return (
        and_(
            VISITORS.c.platform == platform,
            VISITORS.c.tenant == tenant,
            VISITORS.c.user == user,
        ),
    )
