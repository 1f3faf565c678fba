"""Everything that is seen of channels, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.conversations.forms import channel_form
from core.conversations.keeping import NAME_LONGEST
from core.conversations.model import Closed, Conversation, ConversationKind, Registration
from core.conversations.seeing import SeenChannel
from core.conversations.views import (
    PAGE,
    channel_view,
    closed_view,
    list_view,
    posts_nothing_view,
    stopped_view,
    welcome_view,
    without_role_view,
)
from core.kernel.texts import _
from core.organisations.model import Organisation, Sector
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note

_AT = datetime(2026, 8, 6, 16, 30, tzinfo=UTC)
_LONG_NAME = "northgate-and-westshire-integrated-care-partnership-improvement".ljust(
    NAME_LONGEST, "w"
)


def examples() -> Iterator[Example]:
    """Every card, list and form of the room."""
    yield from _cards()
    yield from _posted()
    yield from _lists()
    yield from _forms()


def _slack(name: str = "improvement", team: str = "") -> Conversation:
    return Conversation(
        "slack",
        "T0123ABCD",
        "C0123ABCD",
        ConversationKind.CHANNEL,
        _AT,
        _AT,
        team_name=team,
        name=name,
        id=12,
    )


def _channel(conversation: Conversation | None = None, **registration: Any) -> SeenChannel:
    made = Registration(12, 1, 3, _AT, **registration)
    return SeenChannel(conversation or _slack(), made, "Northgate Hospital Trust", "Ana Ward")


def _in_teams() -> SeenChannel:
    place = replace(_slack("General", "Southgate Quality Hub"), platform="teams")
    found = _channel(place, announcements=False)
    return replace(found, registration=replace(found.registration, language="cy", hour=12))


def _hostile() -> SeenChannel:
    return replace(_channel(_slack(HOSTILE, HOSTILE)), organisation=HOSTILE, by=HOSTILE)


def _long() -> SeenChannel:
    return replace(_channel(_slack(_LONG_NAME, _LONG_NAME)), organisation=_LONG_NAME)


def _whole() -> SeenChannel:
    return replace(_channel(digests=False), organisation="")


def _out() -> SeenChannel:
    return _channel(replace(_slack(), removed_at=_AT))


def _cards() -> Iterator[Example]:
    now = Note(_("Hourbridge now posts in {channel}.", channel="#improvement"), "success")
    for name, shown in (
        ("registered", channel_view(_channel(), now)),
        ("registered-perhaps-out", channel_view(_channel(), now, unsure=True)),
        ("channel", channel_view(_channel())),
        ("channel-in-teams", channel_view(_in_teams())),
        ("channel-group", channel_view(_channel(replace(_slack(""), kind=ConversationKind.GROUP)))),
        ("channel-unnamed", channel_view(_channel(_slack("")))),
        ("channel-whole-system", channel_view(_whole())),
        ("channel-to-stop", channel_view(replace(_channel(), may_change=False))),
        ("channel-hostile", channel_view(_hostile())),
        ("channel-long", channel_view(_long())),
        ("channel-out", channel_view(_out())),
        ("channel-out-of-teams", channel_view(_out_of("teams"))),
        ("channel-out-locally", channel_view(_out_of("local"))),
    ):
        yield Example(f"conversations.{name}", shown)


def _out_of(platform: str) -> SeenChannel:
    out = _out()
    return replace(out, conversation=replace(out.conversation, platform=platform))


def _posted() -> Iterator[Example]:
    yield Example("conversations.welcome", welcome_view(_channel()))
    yield Example("conversations.welcome-digest", welcome_view(_in_teams()))
    yield Example("conversations.welcome-announcements", welcome_view(_whole()))
    yield Example("conversations.welcome-hostile", welcome_view(_hostile()))
    yield Example("conversations.welcome-stopped", posts_nothing_view())


def _lists() -> Iterator[Example]:
    two = [_channel(), replace(_in_teams(), may_change=False)]
    yield Example("conversations.list", list_view(two, 0, 2))
    many = [_hostile(), _long(), _out(), *[_channel()] * (PAGE - 3)]
    yield Example("conversations.list-middle-page", list_view(many, 1, 3 * PAGE))
    yield Example("conversations.list-none", list_view([], 0, 0))
    yield Example("conversations.no-role", without_role_view("Ana Ward, Bo Lin"))
    yield Example("conversations.no-role-nobody", without_role_view(""))
    yield Example("conversations.stopped", stopped_view(_slack()))
    for why in Closed:
        yield Example(f"conversations.closed-{why}", closed_view(_slack(), why))


def _forms() -> Iterator[Example]:
    two = [
        Organisation("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST, id=1),
        Organisation("COU", "Westshire Council", Sector.COUNCIL, id=2),
    ]
    yield Example("conversations.form", channel_form(_channel(), two[:1], whole=False))
    yield Example("conversations.form-for-whom", channel_form(_channel(), two, whole=True))
    yield Example("conversations.form-hostile", channel_form(_hostile(), two, whole=False))
