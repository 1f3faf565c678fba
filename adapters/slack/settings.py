"""What the Slack app is set up with."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Slack is kept waiting, in seconds from the arrival of a request.

    It takes an acknowledgement for 3 seconds, and a trigger opens a modal for 3: ``answer`` is when
    a request is acknowledged without its answer, ``modal`` when a form says "one moment".
    ``lost`` is how long an answer that Slack does not take is tried again, by direct message.
    """

    answer: float = 2.0
    modal: float = 1.5
    lost: float = 900.0


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """The app: the secret that signs its requests, and one token, or how to be given many.

    ``bot_token`` serves one workspace; ``client_id`` and ``client_secret`` install into any number.
    With an ``app_token`` Slack's requests are fetched over a socket too (Socket Mode).
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    authorize_url: str = "https://slack.com/oauth/v2/authorize"
    public_url: str = ""
    patience: Patience = field(default_factory=Patience)
