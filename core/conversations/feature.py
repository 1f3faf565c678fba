"""What the room of conversations contributes."""

from __future__ import annotations

from core.conversations import gallery, notices
from core.conversations.arriving import person_arrived
from core.conversations.change import open_channel, save_channel
from core.conversations.following import follow
from core.conversations.here import here, list_channels
from core.conversations.intents import Here, ListChannels, OpenChannel, SaveChannel
from core.conversations.keeping import conversation_changed
from core.conversations.typed import read_here
from core.feature import Command, Feature, Job, handler, verb
from core.happenings import ConversationChanged, PersonChanged
from core.home.typed import alone
from core.kernel.texts import _

FEATURE = Feature(
    "conversations",
    verbs=(
        verb(Here, here),
        verb(ListChannels, list_channels),
        verb(OpenChannel, open_channel),
        verb(SaveChannel, save_channel),
    ),
    commands=(
        Command(
            ("here", "yma"),
            read_here,
            _("In a channel: let Hourbridge post there. For champions and leads"),
            "here Friday 10am",
        ),
        Command(
            ("channels", "sianeli"),
            alone("channels", ListChannels),
            _("See the channels that you look after"),
            "channels",
            listed=False,
        ),
    ),
    notices=notices.NOTICES,
    jobs=(
        Job(
            "conversations.follow",
            60,
            follow,
            "let channels follow organisations that ended or became part of another",
        ),
    ),
    handlers=(
        handler(ConversationChanged, conversation_changed),
        handler(PersonChanged, person_arrived),
    ),
    gallery=gallery.examples,
)
