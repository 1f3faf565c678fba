"""The form by which a person joins."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.texts import _
from core.members.greeting import OpenLink, Privacy
from core.members.model import NAME_LONGEST
from core.members.organisation_field import organisation_field
from core.organisations.model import Organisation
from core.ui.forms import (
    ChoiceField,
    Field,
    Form,
    LongTextField,
    ManyChoicesField,
    Option,
    TextField,
)
from core.ui.intents import Intent
from core.ui.views import Actions, Block, Button, Paragraph
from core.words import LANGUAGES

SKILLS_LONGEST = 300


def join_form(
    name: str,
    language: str,
    organisations: Sequence[Organisation],
    join: Intent,
    *,
    asked: bool = False,
) -> Form:
    """The form, which sends ``join``. Which organisation it is stands in it only where the tenant
    serves several; ``asked``: somebody there has to confirm it."""
    several = len(organisations) > 1
    return Form(
        _("Join Hourbridge"),
        join,
        (
            _name(name),
            *((organisation_field(organisations, asked=asked),) if several else ()),
            _language(language),
            *_skills(),
            _agreement(),
        ),
        _("Join"),
        _before(),
    )


def _before() -> tuple[Block, ...]:
    return (
        Paragraph(
            _(
                "Members see your name, your organisation and what you post. Only you see "
                "your balance. You can leave at any time."
            )
        ),
        Actions(
            (
                Button(_("Who can see what"), Privacy(), "privacy"),
                Button(_("I already use Hourbridge elsewhere"), OpenLink(), "link"),
            )
        ),
    )


def _name(name: str) -> Field:
    return TextField(
        "shown_name",
        _("The name others will see"),
        name,
        _("Your first name and surname. Leave out job titles and bands."),
        longest=NAME_LONGEST,
    )


def _language(language: str) -> Field:
    options = tuple(Option(code, label) for code, label in LANGUAGES.items())
    return ChoiceField("language", _("Language"), options, language)


def _skills() -> tuple[Field, ...]:
    return (
        LongTextField(
            "can_help",
            _("What could you help others with?"),
            hint=_("For example: run charts, easy read, mentoring. You can skip this."),
            required=False,
            longest=SKILLS_LONGEST,
        ),
        LongTextField(
            "would_like",
            _("What would you like help with?"),
            hint=_("You can skip this."),
            required=False,
            longest=SKILLS_LONGEST,
        ),
    )


def _agreement() -> Field:
    words = _("I will not share patient details here, and I have read who can see what")
    return ManyChoicesField("agree", _("Your agreement"), (Option("yes", words),), required=True)
