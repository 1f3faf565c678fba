"""What one member has done in Hourbridge, as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.events.model import Event, Place
from core.exchanges.model import Exchange
from core.groups.model import Group
from core.kernel.desk import Office
from core.kernel.pages import every
from core.kernel.references import reference
from core.ledger.model import AccountKind, Line, PostingKind
from core.members.model import Member
from core.members.own_rows import Data, Row, member_name, organisation_name, row
from core.posts.model import Post


def doings(office: Office, lived: tuple[Member, ...]) -> Data:
    """What a member posted, agreed, hosted and wrote, and their hours: of each membership that is
    theirs now."""
    return {
        "posts": [_post(one) for life in lived for one in _posts(office, life)],
        "exchanges": [
            _exchange(office, one, life) for life in lived for one in _exchanges(office, life)
        ],
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
    }


def _posts(office: Office, member: Member) -> list[Post]:
    return list(office.books.posts.of_member(member.id, open_only=False))


def _post(post: Post) -> Row:
    return row(
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


def _exchanges(office: Office, member: Member) -> Iterator[Exchange]:
    return every(partial(office.books.exchanges.of_member, member.id, ()))


def _exchange(office: Office, exchange: Exchange, me: Member) -> Row:
    giving = exchange.giver_id == me.id
    terms = exchange.giver_terms if giving else exchange.receiver_terms
    return row(
        reference=reference("E", exchange.id),
        state=exchange.state,
        role="giver" if giving else "receiver",
        other=member_name(office, exchange.other(me.id)),
        title=exchange.title,
        minutes=exchange.minutes,
        when=exchange.when,
        my_organisation=organisation_name(
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


def _groups(office: Office, member: Member) -> Iterator[Group]:
    """Every group exchange in which a member gave, newest first."""
    return every(partial(office.books.groups.of_giver, member.id))


def _group(one: Group) -> Row:
    return row(
        reference=reference("T", one.id),
        title=one.title,
        minutes=one.minutes,
        largest_share=one.most,
        when=one.when,
        state=one.state,
        proposed_at=one.created_at,
    )


def _event(office: Office, event: Event, place: Place | None, me: Member) -> Row:
    hosting = event.host_id == me.id
    hours = office.books.host_hours.of_event(event.id) if hosting else None
    return row(
        reference=reference("V", event.id),
        role="host" if hosting else "guest",
        title=event.title,
        details=event.details if hosting else None,
        starts=event.starts_at,
        ends=event.ends_at,
        state=event.state,
        organisation=organisation_name(office, event.organisation_id),
        cancelled_because=event.reason if hosting else None,
        my_place=place.state if place else None,
        my_organisation=organisation_name(office, place.organisation_id) if place else None,
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
            row(
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
        row(
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
        row(balance=one.balance, set_aside=one.reserved, available=one.available, floor=one.floor)
        for one in accounts
        if one is not None
    ]


def _lines(office: Office, member: Member) -> Iterator[Line]:
    account = office.books.ledger.account(AccountKind.MEMBER, member.id)
    return every(partial(office.books.ledger.statement, account.id)) if account else iter(())


def _line(office: Office, line: Line) -> Row:
    given = line.kind in {PostingKind.GIFT, PostingKind.GRANT}
    gift = office.books.ledger.gifts.get(line.subject_id) if given and line.subject_id else None
    return row(
        at=line.at,
        kind=line.kind,
        minutes=line.minutes,
        balance=line.balance,
        note=gift.note if gift else None,
        others=tuple(_holder(office, kind, holder) for kind, holder in line.other_holders),
    )


def _holder(office: Office, kind: AccountKind, holder_id: int | None) -> str:
    if kind is AccountKind.MEMBER:
        return member_name(office, holder_id)
    if kind is AccountKind.ORGANISATION:
        return organisation_name(office, holder_id)
    return kind.value
