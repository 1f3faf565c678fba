"""The events of the demo, its channel and its group: what a newcomer comes upon besides posts."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.demo.calendar import FIRST_HOUR, Story, at_work, workday_before
from bot.demo.player import Stage
from core.events.attending_intents import AnswerUseful, SayNext
from core.events.intents import JoinEvent

_MOMENT = "%Y-%m-%d %H:%M"


def channel(stage: Stage, _end: datetime) -> Story:
    """Priya lets Hourbridge post in the channel of the hospitals trust."""
    stage["priya"].lets_post_in_channel()
    yield from ()


def held(stage: Stage, end: datetime) -> Story:
    """Keziah has held an hour on plain English, and can read what came of it."""
    keziah = stage["keziah"]
    day = workday_before(end, 14, 12)
    event = keziah.announces(
        kind="learning",
        title="Plain English in an hour",
        details="Bring a page that nobody reads to the end. We make it half as long together.",
        starts=day.strftime(_MOMENT),
        minutes="1 hour",
        place="Wenlow Library",
        capacity="10",
    )
    guests = [stage[user] for user in ("luis", "hannah", "grace", "callum", "amara", "nadia")]
    for guest in guests:
        yield stage.now + timedelta(hours=5)
        guest.does(JoinEvent(event=event))
    yield day.replace(hour=16)
    came = guests[:-1]
    keziah.ticks_off(event, came)
    yield day.replace(hour=11) + timedelta(days=1)
    answers = (
        ("yes", "Start with what the reader has to do."),
        ("yes", "Read it out loud before I send it."),
        ("partly", ""),
        ("yes", ""),
    )
    for guest, (useful, words) in zip(came, answers, strict=False):
        guest.does(AnswerUseful(event=event, useful=useful))
        if words:
            guest.does(SayNext(event=event, words=words))


def coming(stage: Stage, end: datetime) -> Story:
    """Priya's drop-in is in a few days, and some people have said that they come."""
    priya = stage["priya"]
    yield end - timedelta(hours=6)
    day = at_work((end + timedelta(days=3)).replace(hour=FIRST_HOUR, minute=0, second=0))
    event = priya.announces(
        kind="drop-in",
        title="Run charts drop-in",
        details="Bring 12 numbers from your own work. You leave with a chart of them.",
        starts=day.replace(hour=13).strftime(_MOMENT),
        minutes="90 mins",
        place="Tarrowby Education Centre",
        capacity="12",
    )
    for user in ("samir", "ben", "luis", "blessing", "keziah"):
        yield stage.now + timedelta(minutes=40)
        stage[user].does(JoinEvent(event=event))


def together(stage: Stage, _end: datetime) -> Story:
    """Keziah gives 3 people an hour and a half at once; 2 have accepted their share."""
    keziah = stage["keziah"]
    people = [stage[user] for user in ("emeka", "helen", "winston")]
    group = keziah.shares("Leading a workshop for the first time", 90, people, "next Tuesday")
    for one in people[:2]:
        yield stage.now + timedelta(hours=3)
        one.accepts_share(group)
