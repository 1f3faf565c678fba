"""Joining: one form, one tick, an opening credit, and on with what the person came for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.arriving import (
    carry_on,
    identify,
    organisation_of,
    organisations_here,
    pending_of_visitor,
)
from core.members.confirming import ask, asks
from core.members.entering import enter, minutes_of, opening_credit
from core.members.greeting import OpenJoin
from core.members.join_views import SKILLS_LONGEST, join_form
from core.members.language import language_of
from core.members.model import NAME_LONGEST, Member, MemberState, SkillSide, tidy_name
from core.members.people import zone_of
from core.members.standing import question_of, standing
from core.members.welcome import welcome_view
from core.safety.free_text import asking_first, screened_words
from core.skills.finder import find
from core.ui.forms import Form, filled
from core.ui.intents import FieldValue, Intent
from core.ui.replies import Open, Reply, Say


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
    return Open(_form(desk, tidy_name(caller.name), language))


def _already(desk: Desk) -> Reply:
    question = question_of(desk)
    if question is not None:
        return Say(standing(desk, question))
    return Say(welcome_view(desk.me.name, already=True))


def _form(desk: Desk, name: str, language: str) -> Form:
    return join_form(name, language, organisations_here(desk), Join(), asked=asks(desk))


def _form_again(desk: Desk, intent: Join) -> Form:
    """The form as it was filled in."""
    form = _form(desk, intent.shown_name, intent.language)
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
