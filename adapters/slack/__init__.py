"""Slack: everything it sends arrives at one route, and everything is answered through its Web API.

``limits`` what Slack accepts, as data; ``render`` and ``forms`` views and forms as Block Kit;
``decode`` payloads as callers and intents; ``surfaces`` where a reply is shown; ``api`` and
``workspaces`` the calls and whose token makes them; ``courier`` notices; ``app`` puts it together.
"""

from adapters.slack.app import SlackPlatform, SlackSettings

__all__ = ["SlackPlatform", "SlackSettings"]
