"""What a person sees while an organisation is still to confirm them, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Hello
from core.home.help import Help
from core.kernel.minutes import spoken
from core.kernel.texts import NOTHING, Text, _
from core.members.confirmation import Decider
from core.members.confirming_intents import ChooseOrganisation, GoOn, OpenOrganisation
from core.members.greeting import Privacy
from core.members.organisation_field import YOUR_ORGANISATION, organisation_field
from core.members.welcome import FIRST_STEPS
from core.organisations.model import Organisation
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.views import (
    Actions,
    Block,
    Button,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    View,
    view,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How it stands with somebody who waits. ``member``: they take part in another chat.

    ``kept``: what they typed waits with them; ``unkept`` says why what they typed now does not.
    """

    name: str
    organisation: str
    asked: Decider = Decider.LEAD
    member: bool = False
    kept: bool = False
    unkept: Text = NOTHING
    contacts: tuple[Fact, ...] = ()


def waiting_view(waiting: Waiting, leave: Intent) -> View:
    """Who has been asked, what happens next, and what can be done until then."""
    return view(
        Heading(_("Nearly there, {name}", name=waiting.name)),
        Paragraph(_asked(waiting)),
        Paragraph(_("I will write to you as soon as there is an answer.")),
        Paragraph(_until_then(waiting)),
        _kept(waiting),
        _actions(leave),
        summary=_("Your organisation is asked to confirm that you work there"),
    )


def _asked(waiting: Waiting) -> Text:
    match waiting.asked:
        case Decider.LEAD:
            return _(
                "This chat is shared by several organisations, so a lead of {organisation} has "
                "been asked to confirm that you work there.",
                organisation=waiting.organisation,
            )
        case Decider.ADMIN:
            return _(
                "This chat is shared by several organisations. {organisation} has no lead who can "
                "answer, so an administrator of Hourbridge has been asked to confirm that you "
                "work there.",
                organisation=waiting.organisation,
            )
        case Decider.OPERATOR:
            return _(
                "This chat is shared by several organisations. {organisation} has no lead who can "
                "answer, so the people who run Hourbridge will confirm that you work there.",
                organisation=waiting.organisation,
            )


def _until_then(waiting: Waiting) -> Text:
    if waiting.member:
        return _("Until then, use Hourbridge in your other chat. Nothing changes there.")
    return _(
        "Until then, other people do not see you, and you do not see their offers and asks. You "
        "can type help, privacy, mydata, stop or leave, or choose another organisation."
    )


def _kept(waiting: Waiting) -> Note | None:
    if waiting.unkept:
        return Note(waiting.unkept, "warning")
    if waiting.kept:
        return Note(_("I have kept what you typed. I will offer it to you when you are confirmed."))
    return None


def _actions(leave: Intent) -> Actions:
    return Actions(
        (
            Button(_("Choose another organisation"), OpenOrganisation(), "organisation"),
            Button(_("Help"), Help(), "help"),
            Button(_("Who can see what"), Privacy(), "privacy"),
            Button(_("Leave"), leave, "leave"),
        )
    )


def declined_view(waiting: Waiting, leave: Intent) -> View:
    """The answer was no: kindly, and with what to do. It does not say who answered."""
    return view(
        Heading(_("{organisation} could not confirm you", organisation=waiting.organisation)),
        Paragraph(
            _(
                "I asked if you work there, and the answer was no. It may be a mistake: perhaps "
                "they know you by another name. You can choose another organisation, or ask a "
                "person."
            )
        ),
        *_people(waiting.contacts),
        _kept(waiting),
        _actions(leave),
        summary=_("Your organisation has answered"),
    )


def ended_view(waiting: Waiting, leave: Intent) -> View:
    """The organisation came to its end while they waited."""
    return view(
        Heading(_("Choose your organisation again")),
        Paragraph(
            _(
                "{organisation} no longer takes part in Hourbridge, so nobody there can confirm "
                "you.",
                organisation=waiting.organisation,
            )
        ),
        _kept(waiting),
        _actions(leave),
    )


def _people(contacts: tuple[Fact, ...]) -> tuple[Block, ...]:
    if contacts:
        return (Paragraph(_("A person to ask:")), Facts(contacts))
    return (
        Paragraph(_("To ask a person, contact whoever looks after Hourbridge where you work.")),
    )


def organisation_form(organisations: list[Organisation], *, asked: bool) -> Form:
    """The organisations of this chat, to choose from. ``asked``: somebody there has to confirm
    it."""
    return Form(
        _("Choose your organisation"),
        ChooseOrganisation(),
        (organisation_field(organisations, asked=asked),),
        _("Choose"),
    )


def settled_view(organisation: str, contacts: tuple[Fact, ...]) -> View:
    """To a member who may act here and asks for another organisation."""
    return view(
        Heading(YOUR_ORGANISATION),
        Paragraph(
            _(
                "In this chat you take part for {organisation}. If that is not right, ask a "
                "person to put it right.",
                organisation=organisation,
            )
        ),
        *_people(contacts),
    )


def let_in_view(name: str, said: Text, credit: int, *, kept: bool) -> View:
    """They are in, with what they start with and what they had typed."""
    home = Button(_("Home"), Hello(), "home")
    go_on = Button(_("Go on with what I typed"), GoOn(), "continue", "primary")
    return view(
        Heading(_("Hello {name}", name=name)),
        Note(said, "success"),
        Paragraph(_("You start with {credit}.", credit=spoken(credit))) if credit else None,
        Paragraph(FIRST_STEPS),
        Paragraph(_("I have kept what you typed before.")) if kept else None,
        Actions((go_on, home) if kept else (home,)),
        summary=_("You can use all of Hourbridge now"),
    )


def confirmed_words(organisation: str) -> Text:
    """The organisation said yes."""
    return _(
        "{organisation} has confirmed that you work there. You can use all of Hourbridge now.",
        organisation=organisation,
    )


def unneeded_words() -> Text:
    """Nobody has to be asked any more."""
    return _("You do not have to wait any longer. You can use all of Hourbridge now.")
