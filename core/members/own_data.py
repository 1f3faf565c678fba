"""Everything that is held about one member, as plain rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum

from core.events.model import Event, Place
from core.exchanges.model import Exchange
from core.groups.model import Group
from core.kernel.desk import Office
from core.kernel.references import reference
from core.ledger.model import AccountKind, Line, PostingKind
from core.members.model import Member, SkillSide
from core.posts.model import Post

Cell = str | int | None
Row = dict[str, Cell]
Data = dict[str, list[Row]]

_PAGE = 200
ALL_OF_THEM = 10**6


def collect(office: Office, member_id: int) -> Data:
    """Every table with rows about this member. Times are ISO 8601, hours are whole minutes.

    Other people appear by the name that the member sees in Hourbridge, and nothing else of them.
    """
    member = office.books.members.get(member_id)
    lived = (member, *office.books.members.merged_from(member_id))
    return {
        "profile": [_profile(office, member)],
        "chats": _chats(office, member),
        "confirmations": _confirmations(office, member),
        "skills": _skills(office, member),
        "preferences": [_row(**asdict(office.books.preferences.of(member.id)))],
        "news_a_day": [
            _row(day=day, messages=count)
            for day, count in office.books.preferences.told(member.id).items()
        ],
        "roles": _roles(office, member),
        "channels": _channels(office, member),
        "blocked": _blocked(office, member),
        "posts": [_post(one) for life in lived for one in _posts(office, life)],
        "exchanges": [_exchange(office, one, life) for life in lived for one in _all(office, life)],
        "groups": [_group(one) for life in lived for one in _groups(office, life)],
        "events": [
            _event(office, event, place, life)
            for life in lived
            for event, place in office.books.events.of_member(life.id)
        ],
        **_written(office, lived),
        "reports": _reports(office, lived),
        "balance": _balance(office, lived),
        "statement": [_line(office, one) for life in lived for one in _lines(office, life)],
        "notices": _notices(office, member),
        "digests": _digests(office, member),
        "reminders": [
            _row(about=one.about, since=one.since, reminder=one.step)
            for one in office.books.reminders.of_member(member.id)
        ],
    }


def _groups(office: Office, member: Member) -> Iterator[Group]:
    """Every group exchange in which a member gave, newest first."""
    offset, total = 0, 1
    while offset < total:
        page, total = office.books.groups.of_giver(member.id, offset, _PAGE)
        yield from page
        offset += _PAGE


def _group(one: Group) -> Row:
    return {
        "reference": reference("T", one.id),
        "title": one.title,
        "minutes": one.minutes,
        "largest_share": one.most,
        "when": one.when,
        "state": one.state.value,
        "proposed_at": _cell(one.created_at),
    }


def _cell(value: object) -> Cell:
    """A value as it stands in a file."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case int():
            return int(value)
        case Enum():
            return str(value.value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(str(item) for item in value)
        case Mapping():
            return json.dumps(value, sort_keys=True, default=str)
        case _:
            return str(value)


def _row(**values: object) -> Row:
    return {name: _cell(value) for name, value in values.items()}


def _organisation(office: Office, organisation_id: int | None) -> str:
    return office.books.organisations.get(organisation_id).name if organisation_id else ""


def _name(office: Office, member_id: int | None) -> str:
    return office.books.members.get(member_id).name if member_id else ""


def _profile(office: Office, member: Member) -> Row:
    return _row(
        number=member.id,
        name=member.name,
        organisation=_organisation(office, member.organisation_id),
        joined=member.joined_at,
        state=member.state,
        last_back=member.back_at,
        language=member.language,
        time_zone=member.zone,
        contact_details=member.contact,
        silent=member.silent,
        told_about_asks=member.wants_asks,
        told_about_offers=member.wants_offers,
        notices_go_to_chat=member.chat_id,
    )


def _chats(office: Office, member: Member) -> list[Row]:
    return [
        _row(
            number=one.id,
            platform=one.platform,
            tenant=one.tenant,
            user=one.user,
            organisation=_organisation(office, one.organisation_id),
            last_used=one.last_used_at,
            closed_at=one.closed_at,
            shown_name=one.shown_name,
            confirmed=one.confirmation_id is None,
            reached_at=asdict(one.address),
        )
        for one in office.books.members.identities(member.id)
    ]


def _confirmations(office: Office, member: Member) -> list[Row]:
    return [
        _row(
            organisation=_organisation(office, one.organisation_id),
            state=one.state,
            asked=one.asked_at,
            decided=one.decided_at,
            decided_by=one.decided_as,
            kept_words=one.pending or None,
        )
        for one in office.books.members.confirmations.of_member(member.id)
    ]


def _skills(office: Office, member: Member) -> list[Row]:
    return [
        _row(side=side, skill=skill)
        for side in SkillSide
        for skill in office.books.members.skills(member.id, side)
    ]


def _roles(office: Office, member: Member) -> list[Row]:
    return [
        _row(role=one.role, organisation=_organisation(office, one.organisation_id))
        for one in office.books.roles.held_by(member.id, resting=True)
    ]


def _channels(office: Office, member: Member) -> list[Row]:
    """The channels that the member registered for Hourbridge to post in."""
    registrations = office.books.conversations.registrations()
    return [
        _row(
            platform=one.platform,
            channel=one.name or one.team_name or one.external_id,
            organisation=_organisation(office, registrations[one.id].organisation_id),
            digests=registrations[one.id].digests,
            announcements=registrations[one.id].announcements,
            registered=registrations[one.id].at,
        )
        for one in office.books.conversations.all()
        if one.id in registrations and registrations[one.id].by_member_id == member.id
    ]


def _blocked(office: Office, member: Member) -> list[Row]:
    return [_row(name=_name(office, one)) for one in office.books.members.blocked_by(member.id)]


def _posts(office: Office, member: Member) -> list[Post]:
    return list(office.books.posts.of_member(member.id, open_only=False))


def _post(post: Post) -> Row:
    return _row(
        reference=reference(post.kind.letter, post.id),
        kind=post.kind,
        state=post.state,
        title=post.title,
        details=post.details,
        minutes=post.minutes,
        skills=post.skills,
        online=post.online,
        site=post.site_id,
        closes=post.closes,
        posted=post.created_at,
        made_from_message=post.source.link if post.source else None,
    )


def _all(office: Office, member: Member) -> Iterator[Exchange]:
    offset = 0
    while True:
        page, total = office.books.exchanges.of_member(member.id, (), offset, _PAGE)
        yield from page
        offset += len(page)
        if offset >= total or not page:
            return


def _exchange(office: Office, exchange: Exchange, me: Member) -> Row:
    giving = exchange.giver_id == me.id
    terms = exchange.giver_terms if giving else exchange.receiver_terms
    return _row(
        reference=reference("E", exchange.id),
        state=exchange.state,
        role="giver" if giving else "receiver",
        other=_name(office, exchange.other(me.id)),
        title=exchange.title,
        minutes=exchange.minutes,
        when=exchange.when,
        my_organisation=_organisation(
            office,
            exchange.giver_organisation_id if giving else exchange.receiver_organisation_id,
        ),
        whose_time=terms.time if terms else None,
        manager=terms.manager if terms else None,
        claimed_minutes=exchange.claimed_minutes,
        settled_minutes=exchange.settled_minutes,
        proposed=exchange.proposed_at,
        agreed=exchange.agreed_at,
        claimed=exchange.claimed_at,
        ended=exchange.ended_at,
    )


def _event(office: Office, event: Event, place: Place | None, me: Member) -> Row:
    hosting = event.host_id == me.id
    hours = office.books.host_hours.of_event(event.id) if hosting else None
    return _row(
        reference=reference("V", event.id),
        role="host" if hosting else "guest",
        title=event.title,
        details=event.details if hosting else None,
        starts=event.starts_at,
        ends=event.ends_at,
        state=event.state,
        organisation=_organisation(office, event.organisation_id),
        cancelled_because=event.reason if hosting else None,
        my_place=place.state if place else None,
        my_organisation=_organisation(office, place.organisation_id) if place else None,
        since=place.at if place else None,
        came=place.came if place else None,
        was_useful=place.useful if place else None,
        next_step=place.next if place else None,
        answered=place.answered_at if place else None,
        minutes_for_hosting=hours.minutes if hours else None,
        hours_for_hosting=hours.state if hours else None,
    )


def _written(office: Office, lived: tuple[Member, ...]) -> dict[str, list[Row]]:
    """What the member wrote to others: messages and thank-yous apart."""
    messages = [one for life in lived for one in office.books.exchanges.messages_by(life.id)]
    return {
        name: [
            _row(
                exchange=reference("E", one.exchange_id),
                at=one.at,
                words=one.words,
                attached_to_dispute=one.attached,
            )
            for one in messages
            if one.thanks is thanks
        ]
        for name, thanks in (("messages", False), ("thanks", True))
    }


def _reports(office: Office, lived: tuple[Member, ...]) -> list[Row]:
    return [
        _row(
            reference=reference("R", one.id),
            about=one.about,
            words=one.words,
            at=one.at,
            open=one.open,
        )
        for life in lived
        for one in office.books.exchanges.reports_by(life.id)
    ]


def _balance(office: Office, lived: tuple[Member, ...]) -> list[Row]:
    accounts = [office.books.ledger.account(AccountKind.MEMBER, life.id) for life in lived]
    return [
        _row(balance=one.balance, set_aside=one.reserved, available=one.available, floor=one.floor)
        for one in accounts
        if one is not None
    ]


def _lines(office: Office, member: Member) -> Iterator[Line]:
    account = office.books.ledger.account(AccountKind.MEMBER, member.id)
    offset = 0
    while account is not None:
        page, total = office.books.ledger.statement(account.id, offset, _PAGE)
        yield from page
        offset += len(page)
        if offset >= total or not page:
            return


def _line(office: Office, line: Line) -> Row:
    given = line.kind in {PostingKind.GIFT, PostingKind.GRANT}
    gift = office.books.ledger.gifts.get(line.subject_id) if given and line.subject_id else None
    return _row(
        at=line.at,
        kind=line.kind,
        minutes=line.minutes,
        balance=line.balance,
        note=gift.note if gift else None,
        others=tuple(_holder(office, kind, holder) for kind, holder in line.other_holders),
    )


def _holder(office: Office, kind: AccountKind, holder_id: int | None) -> str:
    if kind is AccountKind.MEMBER:
        return _name(office, holder_id)
    if kind is AccountKind.ORGANISATION:
        return _organisation(office, holder_id)
    return kind.value


def _notices(office: Office, member: Member) -> list[Row]:
    return [
        _row(
            kind=notice.kind,
            about=notice.subject,
            at=notice.at,
            state=delivery.state,
            reason=delivery.reason,
            platform=delivery.platform,
            sent=delivery.sent_at,
        )
        for delivery, notice in office.books.deliveries.of_member(member.id, ALL_OF_THEM)
    ]


def _digests(office: Office, member: Member) -> list[Row]:
    """What is remembered so that a digest does not show the same again."""
    memory = office.books.digests.memory(member.id)
    if memory is None:
        return []
    return [_row(composed=memory.at, shown_lately=memory.latest, shown_before=memory.shown)]
