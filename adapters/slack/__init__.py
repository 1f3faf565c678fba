"""Slack: everything it sends arrives at one route, and everything is answered through its Web API.

``limits`` what Slack accepts, as data; ``render`` and ``forms`` views and forms as Block Kit;
``decode`` payloads as callers and intents; ``belonging`` whose installation answers and whose
member asks; ``surfaces`` and ``modals`` where a reply is shown; ``answering`` one request from its
reading to its answer; ``listeners`` what each thing that Slack sends leads to; ``lifecycle`` what
it reports unasked; ``tabs`` Home tabs that are open; ``installing`` and ``installed`` many
workspaces, ``renewing`` their tokens; ``api`` the calls and ``outcomes`` what their errors mean;
``courier`` notices; ``manifest`` the app as Slack is told of it; ``app`` puts it together.
"""

from adapters.slack.app import SlackPlatform
from adapters.slack.settings import SlackSettings

__all__ = ["SlackPlatform", "SlackSettings"]
