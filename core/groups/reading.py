"""Finding the group that is meant, and what its giver sees of it."""

from __future__ import annotations

import re

from core.exchanges.model import Exchange
from core.exchanges.seeing import name_of, not_found, seen
from core.exchanges.views import exchange_card
from core.groups.intents import ListGroups, OnGroup, ShowGroup
from core.groups.model import Group, GroupState
from core.groups.views import PAGE, GroupSeen, Share, group_card, groups_view
from core.kernel.desk import Desk, Office
from core.kernel.durations import find_duration
from core.kernel.minutes import typed_minutes
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.safety.words import checked_words
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Note

LINE_LONGEST = 2500
_WITH = re.compile(r"\s(?:with|gyda)\s", re.IGNORECASE)


def read_line(words: str) -> tuple[str, str, str]:
    """Title, minutes and people of "1 hour run charts workshop with Ana Ward; Ben Lowe"."""
    if not words:
        return "", "", ""
    line = checked_words(words, "people", LINE_LONGEST)
    found = find_duration(line)
    minutes = typed_minutes(found.value) if found else ""
    if found:
        line = f"{line[: found.start]} {line[found.end :]}"
    title, people = line, ""
    if parting := list(_WITH.finditer(line)):
        title, people = line[: parting[-1].start()], line[parting[-1].end() :]
    title = " ".join(title.split()).strip(" ,")
    return title[:1].upper() + title[1:], minutes, people.strip(" ,")


def read_group(rest: str) -> int:
    """The group of a typed reference ``T-7K2``; -1, which nobody owns, for anything else."""
    found = read_reference(rest)
    return found[1] if found and found[0] == "T" else -1


def my_group(desk: Desk, group_id: int) -> Group:
    """The caller's group, held until the transaction ends. Refuses everybody else's."""
    group = desk.books.groups.lock(group_id) if group_id > 0 else None
    if group is None or group.giver_id != desk.me.id:
        raise not_found()
    return group


def ready_group(desk: Desk, intent: OnGroup) -> Group | Reply:
    """The group that ``intent`` means, held, where it is open as the card showed it; else how it
    stands. Without an id, the only open one."""
    group = my_group(desk, intent.group or _only_one(desk))
    if intent.version and intent.version != group.version:
        return as_group_stands(desk, group)
    return group if group.state is GroupState.OPEN else as_group_stands(desk, group)


def _only_one(desk: Desk) -> int:
    found, _total = desk.books.groups.of_giver(desk.me.id)
    ours = [one for one in found if one.state is GroupState.OPEN]
    if len(ours) != 1:
        raise Refusal(
            _("Say which group you mean by its reference, for example done T-7K2. Type groups."),
            code="no-reference",
        )
    return ours[0].id


def group_seen(office: Office, group: Group) -> GroupSeen:
    """All that the giver may know of a group now."""
    exchanges = office.books.exchanges.of_group(group.id)
    members = office.books.members.many([one.receiver_id for one in exchanges])
    return GroupSeen(
        group, tuple(Share(one, name_of(members[one.receiver_id])) for one in exchanges)
    )


def show(desk: Desk, group: Group, news: Text, tone: str = "success") -> Reply:
    """The group's card with what has just happened."""
    note = Note(news, "success" if tone == "success" else "info")
    return Replace(group_card(group_seen(desk, group), note))


def as_group_stands(desk: Desk, group: Group) -> Reply:
    """The present card, for a button or form from an older one."""
    return show(desk, group, _("This has changed since. Here is how it stands now."), "info")


def show_group(desk: Desk, intent: ShowGroup) -> Reply:
    """A group, for its giver; for a receiver their own share."""
    group = desk.books.groups.get(intent.group) if intent.group > 0 else None
    if group is None:
        raise not_found()
    if group.giver_id == desk.me.id:
        return Replace(group_card(group_seen(desk, group)))
    mine: list[Exchange] = [
        one for one in desk.books.exchanges.of_group(group.id) if one.receiver_id == desk.me.id
    ]
    if not mine:
        raise not_found()
    return Replace(exchange_card(seen(desk, mine[-1], desk.me.id, full=True), full=True))


def list_groups(desk: Desk, intent: ListGroups) -> Reply:
    """A page of the caller's own groups, newest first."""
    page = max(0, intent.page)
    found, total = desk.books.groups.of_giver(desk.me.id, page * PAGE, PAGE)
    if page and not found:
        page = 0
        found, total = desk.books.groups.of_giver(desk.me.id, 0, PAGE)
    return Say(groups_view(tuple(group_seen(desk, one) for one in found), page, total))
