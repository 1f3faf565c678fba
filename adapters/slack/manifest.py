"""The app as Slack is told of it: what people find, what the bot may do, where Slack sends things.

Everything that Slack must know about Hourbridge is here, and nothing here needs Slack. A manifest
has one language and nothing to translate it with, so its words are English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from adapters.slack.channels import EVENTS as CHANNEL_EVENTS
from adapters.slack.decode import COMMANDS
from adapters.slack.limits import Shape

EVENTS_PATH: Final = "/slack/events"
"""Where Slack sends everything."""
REDIRECT_PATH: Final = "/slack/oauth_redirect"
"""Where Slack sends a browser after the app was allowed into a workspace."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission of the bot, and what it is for."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of Slack's own menus: of the message box (global) or of a message."""

    callback_id: str
    name: str
    kind: Literal["global", "message"]
    description: str


@dataclass(frozen=True, slots=True)
class Described:
    """What Slack shows of a slash command while it is typed."""

    description: str
    hint: str


SCOPES: Final[tuple[Scope, ...]] = (
    Scope("commands", "People type /offer, /ask, /hours and /hourbridge, and use the shortcuts."),
    Scope("chat:write", "The bot answers, sends people their notices, and updates its messages."),
    Scope("im:write", "The bot opens a direct message with a person who is to get a notice."),
    Scope("im:history", "People write to the bot and reply to it in its own direct messages."),
    Scope("app_mentions:read", "People write @Hourbridge in a channel that it was invited to."),
    Scope(
        "channels:read",
        "The bot learns which public channels it is in, and when one is renamed, archived or "
        "shared, to post the digest and announcements there. It reads no messages.",
    ),
    Scope("groups:read", "The same for private channels that it was invited to."),
    Scope(
        "users:read",
        "The bot reads the name, language and time zone of a person who is about to join, and "
        "learns when an account is renamed or closed.",
    ),
)
"""What the bot may do. Everything is used; there is no user scope."""
BOT_SCOPES: Final[tuple[str, ...]] = tuple(scope.name for scope in SCOPES)

EVENTS: Final[tuple[str, ...]] = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    *CHANNEL_EVENTS,
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
)
"""What Slack tells the bot of, unasked."""

SHORTCUTS: Final[tuple[Shortcut, ...]] = (
    Shortcut("offer", "Offer help", "global", "Say what you can help other people with"),
    Shortcut("ask", "Ask for help", "global", "Say what you need help with"),
    Shortcut("ask-from-message", "Turn into an ask", "message", "Start an ask with these words"),
)

_DESCRIBED: Final = {
    "/offer": Described("Offer a skill to people in your system", "2h run charts for beginners"),
    "/ask": Described("Ask for help from people in your system", "help with a poster, 90 minutes"),
    "/hours": Described("See your hours", ""),
    "/hourbridge": Described("Everything else that Hourbridge can do", "help"),
}

_NAME: Final = "Hourbridge"
_DESCRIPTION: Final = (
    "A timebank for health and care staff: offer a skill, ask for help, and share hours."
)
_LONG_DESCRIPTION: Final = """\
Hourbridge is a timebank for the staff of a whole health and care system: hospitals, GP practices, \
councils, hospices and charities. You offer a skill or ask for help. Hourbridge finds people who \
fit, you agree what it is about, and after the work you both confirm the hours. One hour is one \
hour, whoever gives it. There is no money in it.

What you can do:
• Type /offer or /ask, or use the shortcuts "Offer help" and "Ask for help".
• See what waits for you and your hours in the app's Home tab.
• Write to the app, or mention it in a channel, where only you see the answer.
• Be helped by someone in another organisation, also if they use Microsoft Teams.

What you do not find here:
No job titles, bands or salaries. No patient details: Hourbridge is not for clinical advice, \
referrals, handover, rota cover or urgent messages. Only you see your balance.

Your workspace is ready once the people who run Hourbridge for your system have approved it. Type \
/hourbridge help to start, and /hourbridge stop to hear only what waits for your answer. \
Hourbridge speaks English and Welsh.\
"""
_COLOUR: Final = "#0b5d5e"


def manifest(base_url: str, *, socket_mode: bool = False) -> Shape:
    """The manifest of an app whose server is reached at ``base_url`` (no slash at its end).

    With ``socket_mode`` the server fetches what Slack has for it, so Slack needs no address; this
    is for trying out in one workspace, whose token then neither ends nor serves others.
    """
    to = None if socket_mode else f"{base_url}{EVENTS_PATH}"
    oauth: Shape = {"scopes": {"bot": list(BOT_SCOPES)}}
    if base_url.startswith("https://"):
        oauth["redirect_urls"] = [f"{base_url}{REDIRECT_PATH}"]
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "long_description": _LONG_DESCRIPTION,
            "background_color": _COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": _NAME, "always_online": True},
            "shortcuts": [_shortcut(one) for one in SHORTCUTS],
            "slash_commands": [_command(name, to) for name in COMMANDS],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": _sent(to) | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True} | _sent(to),
            "org_deploy_enabled": not socket_mode,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": not socket_mode,
        },
    }


def _sent(to: str | None) -> Shape:
    return {"request_url": to} if to else {}


def _shortcut(shortcut: Shortcut) -> Shape:
    return {
        "name": shortcut.name,
        "type": shortcut.kind,
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }


def _command(name: str, to: str | None) -> Shape:
    described = _DESCRIBED[name]
    shape: Shape = {"command": name, "description": described.description, "should_escape": False}
    if described.hint:
        shape["usage_hint"] = described.hint
    if to:
        shape["url"] = to
    return shape
