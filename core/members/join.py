"""Joining: one form, one tick, an opening credit, and on with what the person came for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, _
from core.members.arriving import (
    carry_on,
    identify,
    organisation_of,
    organisations_here,
    pending_of_visitor,
)
from core.members.confirming import ask, asks
from core.members.entering import enter, minutes_of, opening_credit
from core.members.greeting import OpenJoin, OpenLink, Privacy
from core.members.language import language_of
from core.members.model import NAME_LONGEST, Member, MemberState, SkillSide, tidy_name
from core.members.people import zone_of
from core.members.standing import question_of, standing
from core.members.waiting_views import ASKED_THERE
from core.members.welcome import welcome_view
from core.organisations.model import Organisation
from core.safety.free_text import asking_first, screened_words
from core.skills.finder import find
from core.ui.forms import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoicesField,
    Option,
    TextField,
    filled,
)
from core.ui.intents import FieldValue, Intent
from core.ui.replies import Open, Reply, Say
from core.ui.views import Actions, Button, Paragraph
from core.words import LANGUAGES

SKILLS_LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Join(Intent):
    """The joining form, filled in."""

    name: ClassVar[str] = "members.join"
    opens_form: ClassVar[bool] = True

    shown_name: str = ""
    language: str = "en"
    organisation: str = ""
    can_help: str = ""
    would_like: str = ""
    agree: bool = False
    not_about_a_patient: bool = False


def open_join(desk: Desk, _intent: OpenJoin) -> Reply:
    """The joining form, with the name the platform knows tidied up."""
    if desk.member is not None:
        return _already(desk)
    caller = desk.caller
    visitor = desk.books.members.visitor(caller.platform, caller.tenant, caller.user)
    language = (visitor.language if visitor else "") or language_of(caller.locale)
    organisations = organisations_here(desk)
    return Open(join_form(tidy_name(caller.name), language, organisations, asked=asks(desk)))


def _already(desk: Desk) -> Reply:
    question = question_of(desk)
    if question is not None:
        return Say(standing(desk, question))
    return Say(welcome_view(desk.me.name, already=True))


def join_form(
    name: str, language: str, organisations: list[Organisation], *, asked: bool = False
) -> Form:
    """The form. Which organisation it is stands in it only where the tenant serves several;
    ``asked``: somebody there has to confirm it."""
    ask_organisation = (
        ChoiceField(
            "organisation",
            _("Your organisation"),
            tuple(Option(one.code, one.name) for one in organisations),
            hint=ASKED_THERE if asked else NOTHING,
        ),
    )
    return Form(
        _("Join Hourbridge"),
        Join(),
        (
            TextField(
                "shown_name",
                _("The name others will see"),
                name,
                _("Your first name and surname. Leave out job titles and bands."),
                longest=NAME_LONGEST,
            ),
            *(ask_organisation if len(organisations) > 1 else ()),
            ChoiceField(
                "language",
                _("Language"),
                tuple(Option(code, label) for code, label in LANGUAGES.items()),
                language,
            ),
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
            ManyChoicesField(
                "agree",
                _("Your agreement"),
                (
                    Option(
                        "yes",
                        _(
                            "I will not share patient details here, "
                            "and I have read who can see what"
                        ),
                    ),
                ),
                required=True,
            ),
        ),
        _("Join"),
        (
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
        ),
    )


def _form_again(desk: Desk, intent: Join) -> Form:
    """The form as it was filled in."""
    organisations = organisations_here(desk)
    form = join_form(intent.shown_name, intent.language, organisations, asked=asks(desk))
    typed: dict[str, FieldValue] = {
        "organisation": intent.organisation,
        "can_help": intent.can_help,
        "would_like": intent.would_like,
        "agree": ("yes",) if intent.agree else (),
    }
    return filled(form, typed)


def _join(desk: Desk, intent: Join) -> Reply:
    """Make the person a member, give the opening credit once, and go on with what they typed."""
    if desk.member is not None:
        return _already(desk)
    if not intent.agree:
        raise Refusal(_("Tick the box to join."), "agree")
    sure = intent.not_about_a_patient
    name = screened_words(intent.shown_name, "shown_name", NAME_LONGEST, confirmed=sure)
    organisation = organisation_of(desk, intent.organisation)
    can_help = _skills(intent.can_help, "can_help", sure=sure)
    would_like = _skills(intent.would_like, "would_like", sure=sure)
    member = desk.books.members.add(
        Member(
            name,
            language_of(intent.language),
            organisation.id,
            desk.now,
            MemberState.WAITING if asks(desk) else MemberState.ACTIVE,
            zone=zone_of(desk.caller.zone),
        )
    )
    desk.books.members.set_skills(member.id, SkillSide.CAN_HELP, can_help)
    desk.books.members.set_skills(member.id, SkillSide.WOULD_LIKE, would_like)
    identify(desk, member, organisation)
    if asks(desk):
        question = ask(desk, organisation, pending_of_visitor(desk))
        return Say(standing(desk, question))
    desk.member = enter(desk, member)
    desk.tell("members.welcome", f"member:{member.id}", [member.id])
    carry_on(desk)
    credit = minutes_of(opening_credit(desk, member.id))
    return Say(welcome_view(member.name, credit=credit))


join = asking_first(_join, _form_again)


def _skills(words: str, field: str, *, sure: bool) -> tuple[str, ...]:
    """Skills found in free words."""
    text = screened_words(words, field, SKILLS_LONGEST, required=False, confirmed=sure)
    return find(text).skills if text else ()
