"""The form with everything about one channel."""

from __future__ import annotations

from collections.abc import Sequence

from core.conversations.intents import SaveChannel
from core.conversations.naming import where
from core.conversations.seeing import SeenChannel
from core.conversations.times import HOURS, WEEKDAYS
from core.kernel.clock_words import hour_words
from core.kernel.texts import _
from core.organisations.model import Organisation
from core.ui.forms import ChoiceField, Field, Form, ManyChoicesField, Option
from core.ui.views import Paragraph
from core.words import LANGUAGES

DIGESTS, ANNOUNCEMENTS = "digests", "announcements"
WHOLE = "whole"
"""What the choice of the whole system sends."""


def channel_form(
    channel: SeenChannel, organisations: Sequence[Organisation], *, whole: bool
) -> Form:
    """As it stands. ``organisations``, and with ``whole`` the whole system too, are what it may be
    registered for; a single choice is not asked for."""
    one = channel.registration
    switches = ((DIGESTS, one.digests), (ANNOUNCEMENTS, one.announcements))
    return Form(
        _("What to post"),
        SaveChannel(conversation=channel.conversation.id),
        (
            ManyChoicesField(
                "posts",
                _("Post in this channel"),
                (
                    Option(DIGESTS, _("A digest once a week")),
                    Option(ANNOUNCEMENTS, _("What champions announce")),
                ),
                tuple(name for name, on in switches if on),
            ),
            *_times(channel),
            ChoiceField(
                "language",
                _("Language"),
                tuple(Option(code, label) for code, label in LANGUAGES.items()),
                one.language,
            ),
            *_for_whom(channel, organisations, whole=whole),
        ),
        _("Save"),
        (Paragraph(where(channel.conversation)),),
    )


def _times(channel: SeenChannel) -> tuple[Field, ...]:
    one = channel.registration
    return (
        ChoiceField(
            "weekday",
            _("Day of the digest"),
            tuple(Option(str(number), label) for number, label in enumerate(WEEKDAYS)),
            str(one.weekday),
        ),
        ChoiceField(
            "hour",
            _("Time of the digest"),
            tuple(Option(str(hour), hour_words(hour)) for hour in range(HOURS)),
            str(one.hour),
        ),
    )


def _for_whom(
    channel: SeenChannel, organisations: Sequence[Organisation], *, whole: bool
) -> tuple[Field, ...]:
    options = [Option(one.code, one.name) for one in organisations]
    if whole:
        options.append(Option(WHOLE, _("The whole system")))
    if len(options) < 2:
        return ()
    chosen = channel.registration.organisation_id
    now = next((one.code for one in organisations if one.id == chosen), WHOLE)
    return (
        ChoiceField(
            "organisation",
            _("For"),
            tuple(options),
            now if any(option.value == now for option in options) else "",
            _(
                "The digest lists events that this organisation can come to. Its events can be "
                "announced here."
            ),
        ),
    )
