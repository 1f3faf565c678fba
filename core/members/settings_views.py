"""What people see of their settings."""

from __future__ import annotations

from dataclasses import dataclass

from core.home.undo import Undo
from core.kernel.texts import Text, Words, _
from core.members.model import NAME_LONGEST, Identity, Member
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
from core.ui.views import Actions, Button, Fact, Facts, Heading, Note, View, view
from core.words import LANGUAGES

SKILLS_LONGEST = 600
CONTACT_LONGEST = 300
LAST_USED = "last"
ASKS, OFFERS = "asks", "offers"
CHAT_NAMES = {"slack": "Slack", "teams": "Microsoft Teams"}
"""What people call the chats that have a name."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One of a member's chats to choose from: the identity's id and how people know it."""

    id: int
    label: Words


def chats(identities: tuple[Identity, ...], organisations: dict[int, str]) -> tuple[Chat, ...]:
    """A member's chats by platform and organisation; a number tells two of the same apart."""
    found: list[Chat] = []
    seen: dict[tuple[str, int], int] = {}
    for one in sorted(identities, key=lambda identity: identity.id):
        key = (one.platform, one.organisation_id)
        seen[key] = seen.get(key, 0) + 1
        platform: Words = CHAT_NAMES.get(one.platform, _("The local page"))
        organisation = organisations[one.organisation_id]
        label = _("{chat}, {organisation}", chat=platform, organisation=organisation)
        if seen[key] > 1:
            label = _("{label} ({number})", label=label, number=seen[key])
        found.append(Chat(one.id, label))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Present:
    """A member's settings as they stand, skills in words."""

    member: Member
    can_help: str
    would_like: str
    chats: tuple[Chat, ...]


def settings_form(present: Present, intent: Intent, others: tuple[Button, ...]) -> Form:
    """All settings, filled in. Which chat to write to is asked only where there are several."""
    return Form(
        _("Your settings"),
        intent,
        (
            *_about(present),
            *_news(present),
            LongTextField(
                "contact",
                _("Contact details to share"),
                present.member.contact,
                _("For example your work e-mail. Shown only to people you have an agreement with."),
                required=False,
                longest=CONTACT_LONGEST,
            ),
        ),
        _("Save"),
        (Actions(others),),
    )


def _about(present: Present) -> tuple[Field, ...]:
    return (
        TextField(
            "shown_name",
            _("The name others will see"),
            present.member.name,
            _("Your first name and surname. Leave out job titles and bands."),
            longest=NAME_LONGEST,
        ),
        ChoiceField(
            "language",
            _("Language"),
            tuple(Option(code, label) for code, label in LANGUAGES.items()),
            present.member.language,
        ),
        LongTextField(
            "can_help",
            _("What could you help others with?"),
            present.can_help,
            _("Skills with commas between, for example: run charts, easy read"),
            required=False,
            longest=SKILLS_LONGEST,
        ),
        LongTextField(
            "would_like",
            _("What would you like help with?"),
            present.would_like,
            _("Skills with commas between. You can skip this."),
            required=False,
            longest=SKILLS_LONGEST,
        ),
    )


def _news(present: Present) -> tuple[Field, ...]:
    member = present.member
    told = ((ASKS, member.wants_asks), (OFFERS, member.wants_offers))
    news = ManyChoicesField(
        "told",
        _("Tell me about"),
        (
            Option(ASKS, _("Asks I could help with")),
            Option(OFFERS, _("Offers I would like")),
        ),
        tuple(name for name, wanted in told if wanted),
    )
    if len(present.chats) < 2:
        return (news,)
    choices = tuple(Option(str(one.id), one.label) for one in present.chats)
    chosen = (
        str(member.chat_id) if member.chat_id in {one.id for one in present.chats} else LAST_USED
    )
    chat = ChoiceField(
        "chat",
        _("Write to me in"),
        (Option(LAST_USED, _("The chat I used last")), *choices),
        chosen,
    )
    return (news, chat)


def saved_view(present: Present, unsure: tuple[Text, ...], *, changed: bool) -> View:
    """What now stands, and which words for skills were not understood."""
    member = present.member
    said = _("Your settings are saved.") if changed else _("Nothing has changed.")
    deed = Undo(kind="settings", object_id=member.id, version=member.version)
    undo = Actions((Button(_("Undo"), deed, "undo"),))
    return view(
        Note(said, "success" if changed else "info"),
        Facts(
            (
                Fact(_("Name"), member.name),
                Fact(_("Language"), LANGUAGES[member.language]),
                Fact(_("Can help with"), present.can_help or _("Nothing yet")),
                Fact(_("Would like help with"), present.would_like or _("Nothing yet")),
                Fact(_("Told about"), _told(member)),
                Fact(_("Contact details"), member.contact or _("None shared")),
            )
        ),
        *(Note(one, "warning") for one in unsure),
        undo if changed else None,
        summary=said,
    )


def _told(member: Member) -> Text:
    if member.silent:
        return _("Only what waits for you and what changes in your events, until you type start")
    if member.wants_asks and member.wants_offers:
        return _("Asks and offers")
    if member.wants_asks:
        return _("Asks you could help with")
    if member.wants_offers:
        return _("Offers you would like")
    return _("What waits for your answer, and your own exchanges")


def language_view(buttons: tuple[Button, ...]) -> View:
    """The languages to choose from."""
    return view(Heading(_("Choose your language")), Actions(buttons))


def language_saved_view(language: str) -> View:
    """Said in the new language."""
    return view(
        Note(_("I will speak {language} with you.", language=LANGUAGES[language]), "success")
    )


def undone_view() -> View:
    """Settings are as they were."""
    return view(Note(_("Your settings are as they were before."), "success"))


def elsewhere(quiet: Intent, link: Intent, mydata: Intent, leave: Intent) -> tuple[Button, ...]:
    """What belongs to settings and is done elsewhere."""
    return (
        Button(_("When to write to me"), quiet, "quiet"),
        Button(_("Use another chat too"), link, "link"),
        Button(_("Copy of my data"), mydata, "mydata"),
        Button(_("Leave"), leave, "leave"),
    )
