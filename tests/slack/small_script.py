"""A script for the small engine: a card, a form, and what presses lead to."""

from __future__ import annotations

from core.kernel.texts import _
from core.ui.forms import DurationField, Form, ManyChoicesField, Option, TextField
from core.ui.gallery import HOSTILE, Sample
from core.ui.intents import Intent
from core.ui.replies import Open, Refuse, Replace, Reply, Say
from core.ui.views import Actions, Button, Heading, Link, Note, Paragraph, view
from tests.slack.fake_slack import Message
from tests.slack.people import Person
from tests.slack.small_engine import Engine, Offer


def offer_form(intent: Intent) -> Form:
    """The form to an offer, prefilled with the title that the intent has."""
    title = intent.title if isinstance(intent, Offer) else ""
    return Form(
        _("Offer help"),
        Offer(step=1),
        (
            TextField("title", _("What"), title),
            DurationField("minutes", _("How long"), required=False),
            ManyChoicesField("skills", _("Skills"), (Option("spc", "SPC"), Option("qi", "QI"))),
        ),
        _("Post it"),
        (Paragraph(_("No patient details.")),),
    )


CARD = view(
    Heading(_("An offer")),
    Actions(
        (
            Button(_("Accept"), Sample(number=7, words=HOSTILE)),
            Button(_("Fill in"), Offer(title="from a button")),
            Link(_("Privacy notice"), "https://hourbridge.example/privacy"),
        )
    ),
)
ACCEPTED = view(Note(_("You accepted it."), "success"))


def script(intent: Intent) -> Reply:
    """An engine in small: a card for words, a form for an offer, and what presses lead to."""
    match intent:
        case Offer(step=0):
            return Open(offer_form(intent))
        case Offer(minutes="7"):
            return Refuse(_("Time is counted in steps of 15 minutes."), "minutes")
        case Offer(title=title):
            return Replace(view(Paragraph(title), CARD.blocks[1]))
        case Sample(number=7):
            return Replace(ACCEPTED)
        case _:
            return Say(CARD)


async def a_card(ana: Person, engine: Engine) -> Message:
    """A card of the bot in Ana's direct messages."""
    engine.reply = script
    await ana.say("show me")
    return ana.last
