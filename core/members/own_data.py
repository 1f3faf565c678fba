"""Everything that is held about one member, as plain rows."""

from __future__ import annotations

from dataclasses import asdict

from core.kernel.desk import Office
from core.members.model import Member, SkillSide
from core.members.own_doings import doings
from core.members.own_rows import Data, Row, member_name, organisation_name, row

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
        "preferences": [row(**asdict(office.books.preferences.of(member.id)))],
        "news_a_day": [
            row(day=day, messages=count)
            for day, count in office.books.preferences.told(member.id).items()
        ],
        "roles": _roles(office, member),
        "channels": _channels(office, member),
        "blocked": _blocked(office, member),
        **doings(office, lived),
        "notices": _notices(office, member),
        "digests": _digests(office, member),
        "reminders": [
            row(about=one.about, since=one.since, reminder=one.step)
            for one in office.books.reminders.of_member(member.id)
        ],
    }


def _profile(office: Office, member: Member) -> Row:
    return row(
        number=member.id,
        name=member.name,
        organisation=organisation_name(office, member.organisation_id),
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
        row(
            number=one.id,
            platform=one.platform,
            tenant=one.tenant,
            user=one.user,
            organisation=organisation_name(office, one.organisation_id),
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
        row(
            organisation=organisation_name(office, one.organisation_id),
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
        row(side=side, skill=skill)
        for side in SkillSide
        for skill in office.books.members.skills(member.id, side)
    ]


def _roles(office: Office, member: Member) -> list[Row]:
    return [
        row(role=one.role, organisation=organisation_name(office, one.organisation_id))
        for one in office.books.roles.held_by(member.id, resting=True)
    ]


def _channels(office: Office, member: Member) -> list[Row]:
    """The channels that the member registered for Hourbridge to post in."""
    return [
        row(
            platform=one.platform,
            channel=one.name or one.team_name or one.external_id,
            organisation=organisation_name(office, registration.organisation_id),
            digests=registration.digests,
            announcements=registration.announcements,
            registered=registration.at,
        )
        for one, registration in office.books.conversations.all_registered().values()
        if registration.by_member_id == member.id
    ]


def _blocked(office: Office, member: Member) -> list[Row]:
    return [
        row(name=member_name(office, one)) for one in office.books.members.blocked_by(member.id)
    ]


def _notices(office: Office, member: Member) -> list[Row]:
    return [
        row(
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
    return [row(composed=memory.at, shown_lately=memory.latest, shown_before=memory.shown)]
