"""What those who look after channels see, and what Hourbridge says of itself in a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from core.conversations.intents import Here, ListChannels, OpenChannel
from core.conversations.model import Closed, Conversation
from core.conversations.naming import where
from core.conversations.seeing import SeenChannel
from core.conversations.times import WEEKDAYS, weekly
from core.kernel.clock_words import hour_words
from core.kernel.texts import NOTHING, Text, Words, _
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    View,
    view,
)
from core.words import LANGUAGES

PAGE = 5


def how_to_add(platform: str) -> Text:
    """How the app comes into a channel, for people of one chat."""
    match platform:
        case "slack":
            return _(
                "Hourbridge can post once it is in the channel: type /invite @Hourbridge there."
            )
        case "teams":
            return _(
                "Hourbridge can post once it is in the team: choose the team's 3 dots, "
                "Manage team, Apps, then add Hourbridge."
            )
        case _:
            return _("Hourbridge can post once it is in the channel.")


def spoken(platform: str) -> str:
    """What is typed in a channel of one chat to say ``here`` to Hourbridge."""
    return {"slack": "/hourbridge here", "teams": "@Hourbridge here"}.get(platform, "here")


def channel_view(channel: SeenChannel, news: Note | None = None, *, unsure: bool = False) -> View:
    """One channel's card. ``unsure``: the app may not be in it."""
    place = where(channel.conversation)
    add = how_to_add(channel.conversation.platform)
    out = not channel.conversation.live
    return view(
        news,
        Heading(_("Hourbridge in {channel}", channel=place)),
        Facts(tuple(_facts(channel))),
        Note(add, "warning") if out else None,
        Paragraph(_("Is Hourbridge in this channel yet?")) if unsure and not out else None,
        Paragraph(add) if unsure and not out else None,
        Actions(_buttons(channel)),
        summary=news.text if news else _("Hourbridge in {channel}", channel=place),
    )


def _facts(channel: SeenChannel) -> list[Fact]:
    one = channel.registration
    return [
        Fact(_("Weekly digest"), weekly(one.weekday, one.hour) if one.digests else _("Off")),
        Fact(_("Announcements"), _("On") if one.announcements else _("Off")),
        Fact(_("Language"), LANGUAGES[one.language]),
        Fact(_("For"), channel.organisation or _("The whole system")),
        Fact(_("Registered by"), channel.by),
        Fact(_("Reference"), channel.ref),
    ]


def _buttons(channel: SeenChannel) -> tuple[Button, ...]:
    one = channel.registration
    if not channel.may_change:
        return (_stop(channel),)
    return (
        _switch(channel, "digests", _("Turn the digest off"), _("Turn the digest on"), one.digests),
        _switch(
            channel,
            "announcements",
            _("Turn announcements off"),
            _("Turn announcements on"),
            one.announcements,
        ),
        _change(channel),
        _stop(channel),
    )


def _switch(channel: SeenChannel, what: str, off: Text, on: Text, is_on: bool) -> Button:
    words = f"{what} off" if is_on else what
    intent = Here(conversation=channel.conversation.id, words=words)
    return Button(off if is_on else on, intent, f"here {channel.ref} {words}")


def _change(channel: SeenChannel) -> Button:
    form = OpenChannel(conversation=channel.conversation.id)
    return Button(_("Change"), form, f"here {channel.ref} change")


def _stop(channel: SeenChannel) -> Button:
    sure = Confirm(
        _("Post nothing in {channel} any more?", channel=where(channel.conversation)),
        _("Yes, stop"),
    )
    intent = Here(conversation=channel.conversation.id, words="stop")
    return Button(_("Stop"), intent, f"here {channel.ref} stop", "danger", sure)


def stopped_view(conversation: Conversation) -> View:
    """Nothing is posted there any more."""
    said = _("Hourbridge posts nothing in {channel} any more.", channel=where(conversation))
    words = spoken(conversation.platform)
    again = Paragraph(_("To start again, type in the channel: {words}", words=words))
    return view(Note(said, "success"), again, _your_channels(), summary=said)


def closed_view(conversation: Conversation, why: Closed) -> View:
    """Nothing is posted there any more, and nobody has stopped it."""
    said = _("Hourbridge posts nothing in {channel} any more.", channel=where(conversation))
    match why:
        case Closed.SHARED:
            because = _("It is now shared with people outside its workspace or team.")
        case Closed.ENDED:
            because = _("Its organisation no longer takes part in Hourbridge.")
        case _:
            assert_never(why)
    return view(Note(said, "info"), Paragraph(because), _your_channels(), summary=said)


def _your_channels() -> Actions:
    return Actions((Button(_("Your channels"), ListChannels(), "channels"),))


def list_view(channels: Sequence[SeenChannel], page: int, total: int) -> View:
    """One page of the channels that somebody looks after, with how another is added."""
    how = _(
        "To let Hourbridge post in a channel, go there and type /hourbridge here in Slack, or "
        "@Hourbridge here in Teams."
    )
    if not total:
        return view(
            Heading(_("Your channels")), Paragraph(_("There are none yet.")), Paragraph(how)
        )
    return view(
        Heading(_("Your channels")),
        Items(tuple(_item(one) for one in channels)),
        turn(ListChannels(), page, pages(total, PAGE), "channels"),
        Paragraph(how, quiet=True),
    )


def _item(channel: SeenChannel) -> Item:
    one = channel.registration
    digest = weekly(one.weekday, one.hour) if one.digests else _("Off")
    announcements = _("On") if one.announcements else _("Off")
    lines = (
        _("Weekly digest: {digest}. Announcements: {switch}.", digest=digest, switch=announcements),
        _("For {organisation}", organisation=channel.organisation or _("the whole system")),
        NOTHING if channel.conversation.live else _("Hourbridge is not in this channel now."),
    )
    show = Here(conversation=channel.conversation.id)
    buttons = (Button(_("See it"), show, f"here {channel.ref}"), _stop(channel))
    return Item(where(channel.conversation), tuple(one for one in lines if one), buttons)


def without_role_view(named: Words) -> View:
    """For somebody who asks about channels and has none to look after."""
    return view(Paragraph(who_may(named)))


def who_may(named: Words) -> Text:
    """Who decides about channels, by name where there are any."""
    if not named:
        return _(
            "Champions, leads and administrators can let Hourbridge post in a channel. "
            "Ask the person who looks after Hourbridge in your organisation."
        )
    return _(
        "Champions, leads and administrators can let Hourbridge post in a channel. "
        "In your organisation you can ask: {names}.",
        names=named,
    )


def welcome_view(channel: SeenChannel) -> View:
    """What stands in the channel for everybody: what is posted, how often, whose idea it was, and
    how it stops."""
    one = channel.registration
    digest = _(
        "A digest once a week, {when}: what people offer and ask for, and what is on.",
        when=_when(channel),
    )
    return view(
        Heading(_("Hourbridge posts in this channel")),
        Paragraph(
            _(
                "Hourbridge is the timebank for staff across our health and care system: help "
                "someone for an hour, and someone helps you for an hour."
            )
        ),
        Paragraph(digest) if one.digests else None,
        Paragraph(_("Events and news that champions announce, when there are any."))
        if one.announcements
        else None,
        Paragraph(
            _(
                "{name} set this up for {organisation}. A champion or lead can change or stop it. "
                "To do that, type in this channel: {words}",
                name=channel.by,
                organisation=channel.organisation or _("the whole system"),
                words=spoken(channel.conversation.platform),
            ),
            quiet=True,
        ),
        summary=_("Hourbridge posts in this channel"),
    )


def _when(channel: SeenChannel) -> Text:
    one = channel.registration
    return _("on {day} at {hour}", day=WEEKDAYS[one.weekday], hour=hour_words(one.hour))


def posts_nothing_view() -> View:
    """What the welcome becomes once it was stopped."""
    return view(Note(_("Hourbridge posts nothing in this channel any more.")))
