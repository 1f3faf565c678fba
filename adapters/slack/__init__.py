"""Slack: everything it sends arrives at one route, and everything is answered through its Web API.

What is shown: ``limits`` what Slack accepts, as data; ``render`` and ``forms`` views and forms as
Block Kit; ``surfaces`` and ``modals`` where a reply is shown; ``tabs`` Home tabs that are open.

What comes in: ``listeners`` what each thing leads to; ``decode`` and ``filled`` payloads as callers
and intents; ``belonging`` whose installation answers and whose member asks; ``answering`` one
request from its reading to its answer; ``redelivery`` answers that Slack did not take;
``lifecycle`` what Slack reports unasked; ``profiles`` how it shows a person, ``voices`` their
language.

Many workspaces: ``installing`` with ``oauth``, ``states`` and ``install_pages``; ``installed`` and
``workspaces`` whose token it is; ``granting`` and ``renewing`` new tokens; ``together`` one
question for many who ask.

``api`` the calls and ``outcomes`` what their errors mean; ``courier`` notices; ``manifest`` the app
as Slack is told of it; ``settings``; ``app`` puts it together.
"""

from adapters.slack.app import SlackPlatform
from adapters.slack.settings import SlackSettings

__all__ = ["SlackPlatform", "SlackSettings"]
