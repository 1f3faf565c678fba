"""The app by signed HTTP and by Socket Mode, before an engine that answers everything."""

from __future__ import annotations

import pytest

from adapters.slack import SlackPlatform
from core.ui.intents import Intent
from core.ui.replies import Open, Reply
from tests.slack.fake_slack import APP_TOKEN
from tests.slack.people import Person
from tests.slack.small_engine import Engine, FromMessage, Offer
from tests.slack.small_script import offer_form, script


def everything(intent: Intent) -> Reply:
    """As ``script``, and a form for the words of a message."""
    if isinstance(intent, FromMessage):
        return Open(offer_form(Offer(title=intent.words)))
    return script(intent)


@pytest.fixture(params=["http", "socket"])
def app_token(request: pytest.FixtureRequest) -> str:
    return APP_TOKEN if request.param == "socket" else ""


@pytest.fixture
def platform(installed: SlackPlatform) -> SlackPlatform:
    """The app as it is installed into many workspaces."""
    return installed


@pytest.fixture
def ana(ana: Person, engine: Engine) -> Person:
    """Ana, before an engine that answers everything."""
    engine.reply = everything
    return ana
