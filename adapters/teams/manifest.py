"""The app as Teams is told of it: who makes it, what people find, what the bot may do.

Everything that Teams must know about Hourbridge is here, and nothing here needs Teams. The manifest
is written once in English and once in Welsh; of the second only its words are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from adapters.teams.menus import MENUS, Suggested
from adapters.teams.ways_in import (
    WAYS_IN,
    WORDS,
    WORDS_DESCRIPTION,
    WORDS_TITLE,
    WayIn,
)
from core.feature import Command, House
from core.kernel.texts import _
from core.words import Speech

Shape = dict[str, Any]

VERSION: Final = "1.30"
_SCHEMAS: Final = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}"
COLOUR_ICON: Final = "color.png"
OUTLINE_ICON: Final = "outline.png"
WELSH: Final = "cy"
WELSH_FILE: Final = "cy.json"


@dataclass(frozen=True, slots=True)
class App:
    """What differs from one operator to the next: whose app it is, and where it answers.

    ``app_id`` is the Microsoft app id of the bot, which is the app's id in Teams too. ``base_url``
    has no slash at its end. ``version`` is three numbers, higher at each update that Teams gets.
    """

    app_id: str
    base_url: str
    version: str
    developer: str
    website_url: str
    privacy_url: str
    terms_url: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that the app says about itself to whoever adds it, and what it is for."""

    name: str
    why: str


PERMISSIONS: Final[tuple[Permission, ...]] = (
    Permission(
        "identity",
        "The bot knows who writes or presses: Teams tells it their name and their Entra object id.",
    ),
    Permission(
        "messageTeamMembers",
        "Whoever asks in a team or a group chat is answered in their own chat with the bot.",
    ),
)
"""All that it asks for. No resource-specific consent, no Microsoft Graph, no single sign-on."""

_NAME: Final = "Hourbridge"
_FULL_NAME: Final = _("Hourbridge, the timebank for health and care staff")
_DESCRIPTION: Final = _("Share skills with other health and care staff, hour for hour")
_PARAGRAPHS: Final = (
    _(
        "Hourbridge is a timebank for the staff of a whole health and care system: hospitals, GP "
        "practices, councils, hospices and charities. You offer a skill or ask for help. "
        "Hourbridge finds people who fit, you agree what it is about, and after the work you both "
        "confirm the hours. One hour is one hour, whoever gives it. There is no money in it."
    ),
    _(
        "Write to Hourbridge in its own chat, mention it in a channel, or use Offer help, Ask for "
        "help and Find help where you write a message. Turn into an ask is in the menu of a "
        "message. Only you see what it answers."
    ),
    _("You can be helped by someone in another organisation, also if they use Slack."),
    _(
        "You do not find job titles, bands, salaries or patient details here. Hourbridge is not "
        "for clinical advice, referrals, handover, rota cover or urgent messages. Only you see "
        "your balance."
    ),
    _(
        "Your organisation can use it once the people who run Hourbridge for your system have "
        "approved it. Type help to start, and stop to hear only what waits for your answer."
    ),
)
_COLOUR: Final = "#0b5d5e"


def manifest(app: App, house: House, speech: Speech | None = None) -> Shape:
    """The manifest of ``app``, with the words of the house's own commands, in English."""
    say = speech or Speech()
    return {
        "$schema": f"{_SCHEMAS}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": app.version,
        "id": app.app_id,
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": WELSH, "file": WELSH_FILE}],
        },
        "developer": {
            "name": app.developer,
            "websiteUrl": app.website_url,
            "privacyUrl": app.privacy_url,
            "termsOfUseUrl": app.terms_url,
        },
        "name": {"short": _NAME, "full": say(_FULL_NAME)},
        "description": {
            "short": say(_DESCRIPTION),
            "full": "\n\n".join(say(paragraph) for paragraph in _PARAGRAPHS),
        },
        "icons": {"color": COLOUR_ICON, "outline": OUTLINE_ICON},
        "accentColor": _COLOUR,
        "bots": [_bot(app, house, say)],
        "composeExtensions": [
            {"botId": app.app_id, "commands": [_way_in(one, say) for one in WAYS_IN]}
        ],
        "permissions": [permission.name for permission in PERMISSIONS],
        "validDomains": [urlsplit(app.base_url).hostname],
        "defaultInstallScope": "personal",
    }


def localisation(app: App, house: House) -> Shape:
    """The Welsh words of the manifest, each under the place in it where the English ones stand."""
    made = manifest(app, house, Speech(WELSH))
    words = {
        f"{part}.{name}": made[part][name]
        for part in ("name", "description")
        for name in made[part]
    }
    for menu, commands in enumerate(made["bots"][0]["commandLists"]):
        for place, command in enumerate(commands["commands"]):
            where = f"bots[0].commandLists[{menu}].commands[{place}]"
            words.update(_worded(where, command, "title", "description", "prompt"))
    for place, command in enumerate(made["composeExtensions"][0]["commands"]):
        where = f"composeExtensions[0].commands[{place}]"
        words.update(_worded(where, command, "title", "description"))
        for number, parameter in enumerate(command.get("parameters", ())):
            words.update(
                _worded(f"{where}.parameters[{number}]", parameter, "title", "description")
            )
    return {"$schema": f"{_SCHEMAS}/MicrosoftTeams.Localization.schema.json"} | words


def _worded(where: str, part: Shape, *names: str) -> Iterator[tuple[str, str]]:
    return ((f"{where}.{name}", part[name]) for name in names if name in part)


def _bot(app: App, house: House, say: Speech) -> Shape:
    by_word = {word: command for command in house.commands for word in command.words}
    return {
        "botId": app.app_id,
        "scopes": ["personal", "team", "groupChat"],
        "supportsFiles": False,
        "isNotificationOnly": False,
        "supportsTargetedMessages": True,
        "commandLists": [
            {
                "scopes": list(menu.scopes),
                "triggers": list(menu.triggers),
                "commands": [_command(one, by_word[one.word], say) for one in menu.commands],
            }
            for menu in MENUS
        ],
    }


def _command(suggested: Suggested, command: Command, say: Speech) -> Shape:
    shape: Shape = {
        "title": suggested.welsh if say.language == WELSH else suggested.word,
        "description": say(command.help),
    }
    if suggested.prompt:
        shape |= {"type": "prompt", "prompt": say(suggested.prompt)}
    return shape


def _way_in(way: WayIn, say: Speech) -> Shape:
    shape: Shape = {
        "id": way.id,
        "type": "query" if way.searches else "action",
        "context": list(way.places),
        "title": say(way.title),
        "description": say(way.description),
    }
    if not way.searches:
        return shape | {"fetchTask": True}
    words = {"name": WORDS, "inputType": "text"}
    words |= {"title": say(WORDS_TITLE), "description": say(WORDS_DESCRIPTION)}
    return shape | {"initialRun": True, "parameters": [words]}
