"""Attendance: who came, by the host's tick list or by a code that is shown in the room.

Both may be used, in any order and more than once: the last word about a person stands. Whoever is
in the room counts, whether they said so before or not: by the code those whom the event is for, by
name whomever the host lets in.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.events.attending_intents import (
    AddWalkUp,
    CheckIn,
    OpenAttendance,
    ShowRoomCode,
    TakeAttendance,
)
from core.events.attending_views import (
    PAGE,
    Attender,
    attendance_form,
    attendance_view,
    check_in_form,
    checked_in_view,
    code_view,
    nobody_view,
    walk_up_form,
)
from core.events.attending_which import chosen_to_care_for, open_to_tick
from core.events.model import OPENS_BEFORE, Event, EventState, Place, PlaceState
from core.events.reading import LONGEST
from core.events.rights import acting_for, may_come
from core.events.seeing import cared_for
from core.events.telling import TO_COMERS
from core.groups.earning import pot_asked
from core.kernel.desk import Desk
from core.kernel.references import ALPHABET
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, Text, _
from core.ledger.holders import Holder, holder_line, member_name, read_holder
from core.ledger.model import AccountKind
from core.ledger.receivers import find_receivers, may_receive
from core.members.link import guessed_too_often
from core.members.model import MemberState
from core.ui.paging import pages
from core.ui.replies import Open, Refuse, Replace, Reply, Say

CODE_LENGTH = 5
CLOSES_AFTER = timedelta(hours=2)
"""How long after the end the code still works."""


def show_room_code(desk: Desk, intent: ShowRoomCode) -> Reply:
    """The code to show in the room; asked for again, the same one."""
    event = chosen_to_care_for(desk, intent, "code")
    if not isinstance(event, Event):
        return event
    if event.ends_at + CLOSES_AFTER <= desk.now:
        raise Refusal(
            _("The time for the code is over. Take attendance with the list."), code="too-late"
        )
    if not event.code:
        # The code may be made days ahead, to stand on a slide; it works when it is time.
        event = desk.books.events.save(replace(_not_cancelled(event), code=_new_code(desk, event)))
    _not_cancelled(event)
    return Say(code_view(event, event.ticked_from, event.ends_at + CLOSES_AFTER))


def _not_cancelled(event: Event) -> Event:
    if event.state is EventState.CANCELLED:
        raise Refusal(_("This event is cancelled."), code="cancelled")
    return event


def _new_code(desk: Desk, event: Event) -> str:
    """A code that no other event has at about that time."""
    span = timedelta(minutes=LONGEST) + CLOSES_AFTER
    while True:
        code = "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))
        taken = desk.books.events.by_code(code, event.starts_at - span, event.ends_at + span)
        if taken is None:
            return code


def check_in(desk: Desk, intent: CheckIn) -> Reply:
    """Tick the acting member off, for a right code in its time."""
    if not intent.code.strip():
        return Open(check_in_form())
    if guessed_too_often(desk):
        return _wrong(desk)
    found = _with_code(desk, intent.code)
    event = desk.books.events.lock(found.id) if found is not None else None
    if event is None or event.state is EventState.CANCELLED:
        return _wrong(desk)
    if event.host_id == desk.me.id:
        return Say(checked_in_view(event, _("You host this event, so you are counted in.")))
    place = desk.books.events.place(event.id, desk.me.id)
    if place is not None and place.came:
        return Say(checked_in_view(event, _("You are ticked off already.")))
    standing = place is not None and place.state is not PlaceState.LEFT
    if not standing and not may_come(desk, event, desk.me.id):
        return _wrong(desk)
    _came(desk, event, desk.me.id, place, acting_for(desk, event))
    return Say(checked_in_view(event, _("You are ticked off. Thank you for coming.")))


def _with_code(desk: Desk, typed: str) -> Event | None:
    """The open event that ``typed`` is the code of, if it is time for it."""
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if len(code) != CODE_LENGTH:
        return None
    longest = timedelta(minutes=LONGEST)
    since = desk.now - longest - CLOSES_AFTER
    event = desk.books.events.by_code(code, since, desk.now + OPENS_BEFORE + timedelta(seconds=1))
    if event is None or event.ends_at + CLOSES_AFTER <= desk.now:
        return None
    return event


def _wrong(desk: Desk) -> Refuse:
    """Refuse and count. Returned, not raised: a refusal that is raised would undo the count."""
    caller = desk.caller
    desk.books.members.count_wrong_code(caller.platform, caller.tenant, caller.user, desk.now)
    if guessed_too_often(desk):
        reason = _(
            "There were too many wrong codes. Ask the host to tick you off, or try again in 1 hour."
        )
        return Refuse(reason, "code", "too-many-codes")
    reason = _("That code does not work now. Check it with the host, who can tick you off too.")
    return Refuse(reason, "code", "wrong-code")


def open_attendance(desk: Desk, intent: OpenAttendance) -> Reply:
    """The tick list, a page of names at a time."""
    event = chosen_to_care_for(desk, intent, "attendance")
    if not isinstance(event, Event):
        return event
    return _list(desk, open_to_tick(desk, event), intent.page)


def _list(desk: Desk, event: Event, page: int) -> Reply:
    people = _people(desk, event)
    if not people:
        return Say(nobody_view(event))
    of = pages(len(people), PAGE)
    page = min(max(0, page), of - 1)
    return Open(attendance_form(event, people[page * PAGE :][:PAGE], page, of))


def _people(desk: Desk, event: Event) -> list[Attender]:
    """Who said they would come, and who came, by name."""
    places = [one for one in desk.books.events.places(event.id) if _is_listed(one)]
    members = desk.books.members.many([one.member_id for one in places])
    organisations = desk.books.organisations
    people = [
        Attender(
            one.member_id,
            member_name(members[one.member_id]),
            organisations.get(one.organisation_id).name,
            bool(one.came),
        )
        for one in places
    ]
    return sorted(people, key=lambda one: (str(one.name).casefold(), one.member_id))


def _is_listed(place: Place) -> bool:
    return place.state is PlaceState.COMING or place.came is not None


def take_attendance(desk: Desk, intent: TakeAttendance) -> Reply:
    """Keep one page of ticks, and go on to the next page. Whoever was ticked off meanwhile, and
    shown without a tick, stays ticked."""
    event = open_to_tick(desk, cared_for(desk, intent.event))
    shown, ticked, came = set(intent.shown), set(intent.ticked), set(intent.came)
    for place in desk.books.events.places(event.id):
        key = str(place.member_id)
        if key not in shown or not _is_listed(place):
            continue
        if key in came:
            _came(desk, event, place.member_id, place, place.organisation_id)
        elif key in ticked or not place.came:
            _did_not_come(desk, place)
    if intent.page + 1 < pages(len(_people(desk, event)), PAGE):
        return _list(desk, event, intent.page + 1)
    return _counted(desk, event, _("Attendance is taken."))


def _did_not_come(desk: Desk, place: Place) -> None:
    if place.came is not False:
        # Who was not here after all, and had never said that they were coming.
        state = PlaceState.LEFT if place.walk_up else place.state
        desk.books.events.keep_place(replace(place, came=False, walk_up=False, state=state))


def _came(
    desk: Desk, event: Event, member_id: int, place: Place | None, organisation_id: int
) -> None:
    if place is None:
        place = Place(event.id, member_id, organisation_id, PlaceState.LEFT, desk.now)
    if place.came:
        return
    walk_up = place.walk_up or place.state is not PlaceState.COMING
    desk.books.events.keep_place(
        replace(place, came=True, walk_up=walk_up, state=PlaceState.COMING)
    )


def _counted(desk: Desk, event: Event, news: Text = NOTHING) -> Reply:
    over = event.ends_at <= desk.now
    shareable = over and event.host_id == desk.me.id and not pot_asked(desk, event)
    funnel = desk.books.events.funnel(event.id, TO_COMERS)
    return Replace(attendance_view(event, funnel, news, shareable=shareable))


def add_walk_up(desk: Desk, intent: AddWalkUp) -> Reply:
    """Tick off a member who came without having said so, by name."""
    event = chosen_to_care_for(desk, intent, "walkup")
    if not isinstance(event, Event):
        return event
    open_to_tick(desk, event)
    if not (intent.who or intent.chosen).strip():
        return Open(walk_up_form(event, intent))
    found = _found(desk, intent)
    if len(found) > 1:
        matches = [(one.key, holder_line(desk, one)) for one in found]
        return Open(walk_up_form(event, replace(intent, chosen=""), matches))
    member_id = found[0].id or 0
    if member_id == event.host_id:
        raise Refusal(_("The host is counted in."), "who", "is-host")
    place = desk.books.events.place(event.id, member_id)
    member = desk.books.members.get(member_id)
    _came(desk, event, member_id, place, member.organisation_id)
    return _counted(desk, event, _("{name} is ticked off.", name=member_name(member)))


def _found(desk: Desk, intent: AddWalkUp) -> Sequence[Holder]:
    """The members that a name or a choice may mean; refuses where there is none."""
    chosen = read_holder(intent.chosen) if intent.chosen else None
    if chosen is not None and not may_receive(desk, chosen):
        raise _nobody()
    try:
        found = [chosen] if chosen is not None else find_receivers(desk, intent.who)
    except Refusal:
        found = []
    ids = [one.id for one in found if one.kind is AccountKind.MEMBER and one.id is not None]
    known = desk.books.members.many(ids)
    here = [one for one in ids if one in known and known[one].state is MemberState.ACTIVE]
    if not here:
        raise _nobody()
    return [Holder(AccountKind.MEMBER, one) for one in here]


def _nobody() -> Refusal:
    return Refusal(
        _("I cannot find a member of that name. Whoever has joined Hourbridge can be added."),
        "who",
        "nobody",
    )
