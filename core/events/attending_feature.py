"""What surrounds an event: attendance, reminders, follow-up, the host's hours and the funnel.

Part of the room of events, whose ``feature.py`` takes it in.
"""

from __future__ import annotations

from core.delivery.model import Family
from core.events import attending, attending_gallery, follow_up, funnel, host_hours, reminding
from core.events import attending_intents as do
from core.events import attending_typed as typed
from core.events import host_hours_notices as hours_notices
from core.events import host_hours_paying as paying
from core.events.telling import FOLLOW_UP, REMINDER
from core.feature import Command, Job, NoticeKind, verb
from core.home.typed import short
from core.kernel.texts import _

VERBS = (
    verb(do.ShowRoomCode, attending.show_room_code),
    verb(do.CheckIn, attending.check_in),
    verb(do.OpenAttendance, attending.open_attendance),
    verb(do.TakeAttendance, attending.take_attendance),
    verb(do.AddWalkUp, attending.add_walk_up),
    verb(do.AnswerUseful, follow_up.answer_useful),
    verb(do.OpenNext, follow_up.open_next),
    verb(do.SayNext, follow_up.say_next),
    verb(do.ShowFunnel, funnel.show_funnel),
    verb(do.ShowAnswers, funnel.show_answers),
    verb(do.AskHours, host_hours.ask_hours),
    verb(do.ListHours, host_hours.list_hours),
    verb(do.ShowHours, host_hours.show_hours),
    verb(do.ApproveHours, host_hours.approve_hours),
    verb(do.DeclineHours, host_hours.decline_hours),
)

COMMANDS = (
    Command(
        ("checkin", "check-in", "cofnodi"),
        short("checkin", 20, lambda words: do.CheckIn(code=words)),
        _("Say that you are at an event, with the code that its host shows"),
        "checkin 7K2PM",
    ),
    Command(
        ("attendance", "presenoldeb"),
        typed.on_mine("attendance", lambda event: do.OpenAttendance(event=event)),
        _("Tick off who came to your event"),
        "attendance V-7K2",
    ),
    Command(
        ("code", "cod"),
        typed.on_mine("code", lambda event: do.ShowRoomCode(event=event)),
        _("Show a code in the room, for people to tick themselves off"),
        "code V-7K2",
    ),
    Command(
        ("walkup", "walk-up", "galw-mewn"),
        typed.walk_up,
        _("Tick off somebody who came without signing up"),
        "walkup V-7K2 Ana Ward",
    ),
    Command(
        ("useful", "defnyddiol"),
        typed.useful,
        _("Say whether an event was useful: yes, partly or no"),
        "useful V-7K2 yes",
        listed=False,
    ),
    Command(
        ("try", "trio"),
        typed.say_next,
        _("Say what you will try because of an event"),
        "try V-7K2 a run chart of our waits",
        listed=False,
    ),
    Command(
        ("funnel", "twndis"),
        typed.on_mine("funnel", lambda event: do.ShowFunnel(event=event)),
        _("See what came of your event, in counts"),
        "funnel V-7K2",
    ),
    Command(
        ("answers", "atebion"),
        typed.on_mine("answers", lambda event: do.ShowAnswers(event=event)),
        _("Read what people will try because of your event"),
        "answers V-7K2",
        listed=False,
    ),
    Command(
        ("earn", "ennill"),
        typed.earn,
        _("Ask for the hours that you earn as host of an event"),
        "earn V-7K2",
    ),
    Command(
        ("hosting", "cynnal"),
        typed.hosting,
        _("See which hosts wait for hours, as a lead or administrator"),
        "hosting approve V-7K2",
        listed=False,
    ),
)

NOTICES = (
    # Not unasked: whoever said that they are coming has asked for it.
    NoticeKind(
        REMINDER,
        reminding.render_reminder,
        in_time=reminding.still_ahead,
        family=Family.EVENTS,
    ),
    NoticeKind(
        FOLLOW_UP,
        follow_up.render_follow_up,
        in_time=follow_up.still_fresh,
        unasked=True,
        family=Family.EVENTS,
    ),
    NoticeKind(paying.ASKED, hours_notices.render_to_decider, essential=True),
    NoticeKind(paying.LOW, hours_notices.render_low, essential=True),
    NoticeKind(host_hours.DECIDED, hours_notices.render_to_host),
    NoticeKind(paying.PAID, hours_notices.render_to_host),
)

JOBS = (
    Job("events.remind", 5, reminding.remind, "remind people of events that they are coming to"),
    Job("events.follow-up", 15, follow_up.ask_after, "ask those who came whether it was useful"),
    Job("events.pay-hosts", 15, paying.pay_due, "move approved hours to hosts of events"),
)

examples = attending_gallery.examples
