"""What channels are told, and those who look after them."""

from __future__ import annotations

from dataclasses import replace

from core.conversations.model import Closed, Conversation
from core.conversations.naming import where
from core.conversations.posting import CLOSED, LEFT_BEHIND, UNPOSTED, WELCOME
from core.conversations.rights import rights_of
from core.conversations.seeing import SeenChannel, seen
from core.conversations.views import (
    channel_view,
    closed_view,
    posts_nothing_view,
    stopped_view,
    welcome_view,
)
from core.delivery.model import Notice, Withheld
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.kernel.texts import Text, _
from core.members.model import Member
from core.ui.views import Note, View


def _welcome(office: Office, _notice: Notice, conversation: Conversation) -> View | Withheld:
    registration = office.books.conversations.registration(conversation.id)
    if registration is None:
        return posts_nothing_view()
    return welcome_view(seen(office, conversation, registration))


def _for_channels_alone(_office: Office, _notice: Notice, _member: Member) -> View | Withheld:
    return Withheld.CANCELLED


def _unposted(office: Office, notice: Notice, member: Member) -> View | Withheld:
    channel = _channel(office, int(notice.data["conversation"]))
    if channel is None:
        return _stopped(office, notice)
    place = where(channel.conversation)
    if channel.conversation.live:
        news = Note(_("Hourbridge can post in {channel} again.", channel=place), "success")
    else:
        news = Note(_("Hourbridge could not post in {channel}.", channel=place), "warning")
    return _card(office, channel, member, news)


def _still_out(office: Office, notice: Notice) -> bool:
    channel = _channel(office, int(notice.data["conversation"]))
    return channel is not None and not channel.conversation.live


def _left_behind(office: Office, notice: Notice, member: Member) -> View | Withheld:
    channel = _channel(office, int(notice.data["conversation"]))
    if channel is None:
        return _stopped(office, notice)
    said: Text = _("The person who registered this channel has left. You look after it now.")
    return _card(office, channel, member, Note(said))


def _closed(office: Office, notice: Notice, member: Member) -> View | Withheld:
    channel = _channel(office, int(notice.data["conversation"]))
    if channel is not None:
        said: Text = _("Hourbridge now posts in {channel}.", channel=where(channel.conversation))
        return _card(office, channel, member, Note(said, "success"))
    conversation = office.books.conversations.get(int(notice.data["conversation"]))
    assert conversation is not None
    return closed_view(conversation, Closed(notice.data["why"]))


def _still_closed(office: Office, notice: Notice) -> bool:
    return not _still_registered(office, notice)


def _card(office: Office, channel: SeenChannel, member: Member, news: Note) -> View | Withheld:
    registration = channel.registration
    may_change = rights_of(office, member.id).may_change(registration)
    if not may_change and registration.by_member_id != member.id:
        return Withheld.CANCELLED
    return channel_view(replace(channel, may_change=may_change), news)


def _stopped(office: Office, notice: Notice) -> View | Withheld:
    conversation = office.books.conversations.get(int(notice.data["conversation"]))
    return Withheld.CANCELLED if conversation is None else stopped_view(conversation)


def _channel(office: Office, conversation_id: int) -> SeenChannel | None:
    conversation = office.books.conversations.get(conversation_id)
    registration = office.books.conversations.registration(conversation_id)
    if conversation is None or registration is None:
        return None
    return seen(office, conversation, registration)


def _still_registered(office: Office, notice: Notice) -> bool:
    return _channel(office, int(notice.data["conversation"])) is not None


NOTICES = (
    NoticeKind(WELCOME, _for_channels_alone, in_time=_still_registered, in_channel=_welcome),
    NoticeKind(UNPOSTED, _unposted, essential=True, in_time=_still_out),
    NoticeKind(LEFT_BEHIND, _left_behind, in_time=_still_registered),
    NoticeKind(CLOSED, _closed, in_time=_still_closed),
)
