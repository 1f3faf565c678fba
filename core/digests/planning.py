"""The jobs that plan digests, each for its slot: an hour of the clock.

A digest is planned where its day and hour begin within the slot, exactly at that moment. Its key
holds the local day, so neither a second run nor another replica, nor an hour that the clock has
twice, plans it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.delivery.model import Audience, DigestSlot, Notice
from core.digests.hours import LocalHour, hours_within
from core.digests.network import network
from core.kernel.desk import Office
from core.members.people import zone_of

PERSONAL = "digests.personal"
CHANNEL = "digests.channel"
SPREAD = timedelta(minutes=50)
"""Over how long the digests of one hour go out, so that no chat is written to all at once."""
CATCH_UP = timedelta(hours=24)
"""How late a missed slot is still planned: a digest of this morning is welcome tonight, and the
one of a Monday on Tuesday. Later than that it comes too near to the next things they are told."""
TOO_LATE = timedelta(hours=72)
"""How late a digest still goes, whatever held it up. The next one is then 4 days away."""


def plan_personal(office: Office) -> int:
    """Plan the digests of members whose day and hour begin within the slot; how many."""
    slot = _slot(office)
    planned = 0
    data: Mapping[str, int] | None = None
    for zone in office.books.digests.zones():
        for local in hours_within(ZoneInfo(zone_of(zone)), slot):
            readers = DigestSlot(zone, local.day.weekday(), local.hour)
            key = f"{PERSONAL}:{local.day}T{local.hour:02}:{zone}"
            # A job is run until it finds nothing more to do, and planning goes through everybody.
            if office.books.digests.is_planned(key) or not office.books.digests.anybody(readers):
                continue
            data = _network(office, slot) if data is None else data
            planned += office.tell_all(
                PERSONAL,
                "digest",
                Audience(digest=readers),
                data,
                key=key,
                at=local.moment,
                spread=SPREAD,
            )
    return planned


def plan_channels(office: Office) -> int:
    """Plan the digests of channels whose day and hour begin within the slot; how many."""
    slot = _slot(office)
    planned = 0
    data: Mapping[str, int] | None = None
    for conversation_id, (_conversation, one) in office.books.conversations.registered().items():
        if not one.digests:
            continue
        for local in hours_within(ZoneInfo(zone_of(one.zone)), slot):
            if (local.day.weekday(), local.hour) == (one.weekday, one.hour):
                data = _network(office, slot) if data is None else data
                planned += office.tell_channels(
                    CHANNEL,
                    f"channel:{conversation_id}",
                    (conversation_id,),
                    data,
                    key=f"{CHANNEL}:{conversation_id}:{_week(local)}",
                    at=local.moment,
                )
    return planned


def in_time(office: Office, notice: Notice) -> bool:
    """Whether there is still a point in sending it."""
    return office.now - notice.at <= TOO_LATE


def _slot(office: Office) -> datetime:
    """The hour to plan for; the present one where a job is run for none."""
    return (office.slot or office.now).replace(minute=0, second=0, microsecond=0)


def _network(office: Office, slot: datetime) -> Mapping[str, int]:
    found = network(office, slot)
    return found.data() if found is not None else {}


def _week(local: LocalHour) -> str:
    """The week of a local day: a channel has one digest in it, even where its day is changed."""
    year, week, _day = local.day.isocalendar()
    return f"{year}-W{week:02}"
