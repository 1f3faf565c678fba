"""``help``: every command in groups, one command in detail, and the person to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz import fuzz, process

from core.feature import Command, House
from core.home.views import Group, Known, command_view, help_view
from core.kernel.desk import Desk
from core.kernel.texts import Text, _
from core.organisations.model import ContactKind
from core.ui.intents import Intent
from core.ui.replies import Reply, Say
from core.ui.views import Fact

TOPIC_LONGEST = 40
_NEAR_ENOUGH = 70
_NO_TOPIC = frozenset(("me", "please", "fi", "plîs"))


@dataclass(frozen=True, kw_only=True)
class Help(Intent):
    """What can be typed: all of it, or one command."""

    name: ClassVar[str] = "home.help"
    repeatable: ClassVar[bool] = True

    topic: str = ""


def show_help(desk: Desk, intent: Help) -> Reply:
    """The commands of every room that are listed, for members and visitors alike."""
    topic = intent.topic.strip().removeprefix("/").strip().casefold()[:TOPIC_LONGEST]
    topic = "" if topic in _NO_TOPIC else topic
    command = _named(desk.house.commands, topic)
    if command is not None:
        return Say(command_view(_known(command), command.words[1:]))
    return Say(
        help_view(
            tuple(groups(desk.house)),
            _contacts(desk),
            visitor=desk.member is None,
            unconfirmed=desk.member is not None and desk.identity.confirmation_id is not None,
            unknown=topic,
            nearest=_nearest(desk.house.commands, topic),
        )
    )


def _named(commands: Sequence[Command], topic: str) -> Command | None:
    for command in commands:
        if topic and topic in command.words:
            return command
    return None


def _nearest(commands: Sequence[Command], topic: str) -> str:
    """The listed command word that is most like ``topic``, or an empty string."""
    words = [word for command in commands if command.listed for word in command.words]
    near = process.extractOne(topic, words, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return near[0] if topic and near else ""


def groups(house: House) -> list[Group]:
    """Listed commands by room, in the order of the rooms. Rooms of one title share a group."""
    found: dict[Text, list[Known]] = {}
    for feature in house.features:
        listed = [_known(command) for command in feature.commands if command.listed]
        if listed:
            found.setdefault(_title(feature.name), []).extend(listed)
    return [Group(title, tuple(commands)) for title, commands in found.items()]


def _title(room: str) -> Text:
    match room:
        case "posts" | "matching" | "skills" | "reminders":
            return _("Offer, ask and find")
        case "exchanges" | "groups":
            return _("Agree, talk and confirm")
        case "safety":
            return _("When something is wrong")
        case "events":
            return _("Events")
        case "ledger":
            return _("Your hours")
        case "home":
            return _("Find your way")
        case "members" | "respect" | "digests" | "conversations":
            return _("You and your settings")
        case _:
            return _("More")


def _known(command: Command) -> Known:
    return Known(command.words[0], command.help, command.example)


def _contacts(desk: Desk) -> tuple[Fact, ...]:
    """Whom the reader's organisation names for help; a visitor's tenant may name several."""
    organisations = desk.books.organisations
    ids = (desk.me.organisation_id,) if desk.member is not None else desk.organisation_ids
    named = ((one, organisations.contact(one, ContactKind.HELP)) for one in ids)
    return tuple(Fact(organisations.get(one).name, words) for one, words in named if words)
