"""What a new member reads, at once and as the first notice in their private chat."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.kernel.desk import Desk, Office
from core.kernel.minutes import spoken
from core.kernel.texts import _
from core.members.confirming import asks
from core.members.greeting import Privacy
from core.members.model import Member
from core.organisations.model import ContactKind
from core.ui.replies import Reply, Say
from core.ui.views import Fact, Facts, Heading, Note, Paragraph, View, view


def welcome_view(name: str, *, credit: int = 0, already: bool = False) -> View:
    """The words after joining, with the opening credit where there was one."""
    if already:
        return view(Note(_("You have joined already, as {name}.", name=name), "info"))
    return view(
        Note(_("You have joined Hourbridge, {name}.", name=name), "success"),
        Paragraph(_("You start with {credit}.", credit=spoken(credit))) if credit else None,
    )


FIRST_STEPS = _(
    "Three things to try: type ask and what you would like help with, "
    "type offer and what you could help with, or type find to look around."
)


def notice_view(name: str) -> View:
    """The first notice: it shows that Hourbridge can reach this person here."""
    return view(
        Heading(_("Hello {name}", name=name)),
        Paragraph(_("This is where Hourbridge will write to you.")),
        Paragraph(FIRST_STEPS),
        Paragraph(_("Type help at any time, or stop to hear less."), quiet=True),
        summary=_("Hourbridge can reach you here"),
    )


def render_welcome(_office: Office, _notice: Notice, member: Member) -> View | Withheld:
    """The first notice, for whoever joined."""
    return notice_view(member.name)


def privacy(desk: Desk, _intent: Privacy) -> Reply:
    """Who can see what, and whom to ask, in the organisations of this tenant or this member."""
    organisations = (desk.me.organisation_id,) if desk.member is not None else desk.organisation_ids
    contacts = [
        Fact(
            desk.books.organisations.get(one).name,
            desk.books.organisations.contact(one, ContactKind.PRIVACY),
        )
        for one in organisations
        if desk.books.organisations.contact(one, ContactKind.PRIVACY)
    ]
    return Say(privacy_view(tuple(contacts), confirmed=asks(desk)))


def privacy_view(contacts: tuple[Fact, ...], *, confirmed: bool = False) -> View:
    """The privacy notice in a minute's reading. ``confirmed``: who joins here is asked about."""
    asked = (
        Fact(
            _("A lead, when you join"),
            _("Your name as you type it and as this chat shows it, to confirm where you work"),
        ),
    )
    return view(
        Heading(_("Who can see what")),
        Facts(
            (
                Fact(
                    _("Every member"), _("Your name, your organisation, your open offers and asks")
                ),
                Fact(
                    _("The person you agree with"),
                    _("Your messages to each other, and the contact details you choose to share"),
                ),
                Fact(_("Only you"), _("Your balance and your statement")),
                *(asked if confirmed else ()),
                Fact(
                    _("A lead, in a dispute"),
                    _("That exchange, and the messages one of you attaches"),
                ),
                Fact(_("Your manager"), _("Nothing of this")),
                Fact(
                    _("Evaluators"),
                    _("Counts and hours between organisations, without names"),
                ),
            )
        ),
        Paragraph(
            _(
                "Hours stay in the books after you leave, under your organisation, without your "
                "name. Type mydata for a copy of what is held about you, or leave to go."
            )
        ),
        Paragraph(_("For a question or a complaint about your data, ask:")) if contacts else None,
        Facts(contacts) if contacts else None,
    )
