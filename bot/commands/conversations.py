"""``hourbridge conversations``: the group chats, teams and channels that the app is in, and what
it posts there."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.opening import open_books
from bot.commands.terminal import Groups, listing, print_json, print_table
from core.conversations.model import Conversation, Registration
from storage.books import Books

_COLUMNS = (
    *("platform", "tenant", "kind", "team_name", "name", "live", "since", "seen_at"),
    *("digests", "announcements", "registered_for", "id"),
)
_HEADS = (
    *("platform", "tenant", "kind", "team", "channel", "in", "since", "last seen"),
    *("digests", "announcements", "for", "id"),
)
_WHOLE = "the whole system"


def add(groups: Groups) -> None:
    """The command ``conversations``."""
    listing(groups, "conversations", "show which group chats, teams and channels it is in", _show)


def _show(given: Namespace) -> int:
    with open_books() as books:
        registrations = books.conversations.registrations()
        found = [
            {**_row(one), **_registered(books, registrations.get(one.id))}
            for one in books.conversations.all()
        ]
    if given.json:
        print_json(found)
        return 0
    rows = [[_cell(row[name]) for name in _COLUMNS] for row in found]
    print_table(_HEADS, rows, "No group chat, team or channel has Hourbridge in it yet.")
    return 0


def _row(one: Conversation) -> dict[str, object]:
    return {
        "platform": one.platform,
        "tenant": one.tenant,
        "id": one.external_id,
        "kind": one.kind.value,
        "team": one.team,
        "team_name": one.team_name,
        "name": one.name,
        "live": one.live,
        "since": one.removed_at or one.installed_at,
        "seen_at": one.seen_at,
        "service_url": one.service_url,
        "bot": one.bot,
        "locale": one.locale,
    }


def _registered(books: Books, one: Registration | None) -> dict[str, object]:
    """What is posted there, for whom and since when; nothing where nobody has registered it."""
    if one is None:
        return {
            "digests": False,
            "announcements": False,
            "registered_for": "",
            "registered_at": None,
        }
    organisation_id = one.organisation_id
    return {
        "digests": one.digests,
        "announcements": one.announcements,
        "registered_for": (
            _WHOLE if organisation_id is None else books.organisations.get(organisation_id).code
        ),
        "registered_at": one.at,
    }


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
