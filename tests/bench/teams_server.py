"""The Teams adapter alone, as a server to measure: everything is real but the engine."""

from __future__ import annotations

from aiohttp import web

from adapters.teams.app import TeamsPlatform
from adapters.teams.settings import Cloud, TeamsSettings
from adapters.teams.tokens import Tokens
from bot.wiring import LARGEST_BODY
from core.answers import Answer
from core.callers import Caller
from core.commands import interpreter
from core.features import the_house
from core.happenings import Happening
from core.ledger.intents import ShowBalance
from core.ui.intents import Intent, Vocabulary
from core.ui.replies import Say
from core.ui.views import Actions, Button, Heading, Note, Paragraph, view
from core.words import Speech
from tests.teams.fake_microsoft import APP_ID

CARD = view(
    Heading("Run charts for beginners"),
    Paragraph("Bo Lin of Northgate Hospital Trust can help, online, until 30 June."),
    Actions((Button("Your hours", ShowBalance()),)),
    Note("Say how long it took when you are done.", "info"),
)


def teams(metadata_url: str) -> web.Application:
    """The adapter, which believes the Microsoft whose keys are found at ``metadata_url``."""
    said = Answer(Say(CARD), Speech())
    house = the_house()

    async def perform(caller: Caller, intent: Intent) -> Answer:
        return said

    async def report(happening: Happening) -> None:
        """Take no note of it."""

    platform = TeamsPlatform(
        TeamsSettings(APP_ID, "a secret", cloud=Cloud(metadata_url=metadata_url)),
        perform,
        interpreter(house),
        Vocabulary(house.verbs),
        report=report,
    )
    # No login is asked: the bot's own token is fetched once an hour.
    vars(platform.courier)["_tokens"] = Tokens(lambda: {"access_token": "t", "expires_in": 3600})
    app = web.Application(client_max_size=LARGEST_BODY)
    platform.add_routes(app)
    return app
