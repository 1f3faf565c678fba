"""What the room of reminders contributes.

No reminder is essential: what it is about has been said once already, in a message that "stop" does
not silence, and whoever answers nothing loses nothing, for in the end a lead is asked.
"""

from __future__ import annotations

from core.delivery.model import Family
from core.exchanges.seeing import named
from core.feature import Command, Feature, Job, NoticeKind, verb
from core.kernel.texts import _
from core.posts.notices import still_open
from core.reminders import (
    brokers,
    closing,
    gallery,
    intents,
    introducing,
    not_yet,
    subjects,
    unanswered,
    waiting,
)

FEATURE = Feature(
    "reminders",
    verbs=(
        verb(intents.NotYet, not_yet.not_yet),
        verb(intents.ListUnanswered, brokers.list_unanswered),
        verb(intents.OpenIntroduce, introducing.open_introduce),
        verb(intents.Introduce, introducing.introduce),
    ),
    commands=(
        Command(
            ("not-yet", "not yet", "ddim-eto", "ddim eto"),
            lambda words: intents.NotYet(exchange=named(words)[0]),
            _("Say that an exchange has not happened yet"),
            "not-yet E-7K2",
            listed=False,
        ),
        Command(
            ("unanswered", "heb-ateb", "heb ateb"),
            lambda _words: intents.ListUnanswered(),
            _("See the asks that nobody has answered, if you are a champion or a lead"),
            "unanswered",
        ),
        Command(
            ("introduce", "cyflwyno"),
            introducing.read_introduce,
            _("Show an ask to somebody who could help, if you are a champion or a lead"),
            "introduce A-7K2 Ben Lowe",
        ),
    ),
    notices=(
        NoticeKind(
            subjects.EXCHANGES,
            waiting.render,
            in_time=waiting.still_waits,
            unasked=True,
            family=Family.REMINDERS,
        ),
        NoticeKind(
            subjects.CLOSING,
            closing.render,
            in_time=closing.still_closes,
            unasked=True,
            family=Family.REMINDERS,
        ),
        NoticeKind(
            subjects.UNANSWERED,
            unanswered.render,
            in_time=unanswered.still_unanswered,
            unasked=True,
            family=Family.REMINDERS,
        ),
        NoticeKind(
            subjects.BROKER_LIST,
            brokers.render,
            in_time=brokers.still_some,
            unasked=True,
            family=Family.REMINDERS,
        ),
        NoticeKind(
            introducing.KIND,
            introducing.render,
            in_time=still_open,
            unasked=True,
            family=Family.MATCHES,
        ),
    ),
    jobs=(
        Job(
            subjects.EXCHANGES,
            60,
            waiting.remind_of_exchanges,
            "remind members to confirm, to answer, and to say that work is done",
        ),
        Job(
            subjects.CLOSING,
            60,
            closing.remind_of_closing,
            "tell authors that a post is about to close",
        ),
        Job(
            subjects.UNANSWERED,
            60,
            unanswered.remind_of_unanswered,
            "tell authors what may bring an unanswered ask its answer",
        ),
        Job(
            subjects.BROKER_LIST,
            60,
            brokers.send_broker_lists,
            "send champions the unanswered asks of their organisation, once a week",
        ),
    ),
    gallery=gallery.examples,
)
