"""``settings`` and ``language``: what others see, what a member is told, and in which chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from core.journal.model import Deed
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.members.chosen_skills import Chosen, read_skills, skill_words
from core.members.leave import Leave
from core.members.link import GiveLinkCode
from core.members.model import NAME_LONGEST, Identity, Member, SkillSide
from core.members.mydata import MyData
from core.members.settings_views import (
    ASKS,
    CONTACT_LONGEST,
    LAST_USED,
    OFFERS,
    SKILLS_LONGEST,
    Present,
    chats,
    elsewhere,
    language_saved_view,
    language_view,
    saved_view,
    settings_form,
    undone_view,
)
from core.respect.intents import OpenQuiet
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form, filled
from core.ui.intents import Intent
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Button, Note
from core.words import LANGUAGES

DEED = "settings"
_KEPT = (
    "name",
    "language",
    "contact",
    "silent",
    "wants_asks",
    "wants_offers",
    "chat_id",
)


@dataclass(frozen=True, kw_only=True)
class OpenSettings(Intent):
    """The form with all settings."""

    name: ClassVar[str] = "members.settings-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SaveSettings(Intent):
    """The settings form, filled in. ``version`` is the member's when the form was opened."""

    name: ClassVar[str] = "members.settings"
    opens_form: ClassVar[bool] = True

    version: int = 0
    shown_name: str = ""
    language: str = "en"
    can_help: str = ""
    would_like: str = ""
    told: tuple[str, ...] = ()
    chat: str = LAST_USED
    contact: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class SetLanguage(Intent):
    """The language Hourbridge speaks with this member, as a code or by its name."""

    name: ClassVar[str] = "members.language"

    language: str = ""


def open_settings(desk: Desk, _intent: OpenSettings) -> Reply:
    """The form as things stand."""
    return Open(_form(desk))


def _form(desk: Desk) -> Form:
    others = elsewhere(OpenQuiet(), GiveLinkCode(), MyData(), Leave())
    return settings_form(_present(desk), SaveSettings(version=desk.me.version), others)


def _present(desk: Desk) -> Present:
    members = desk.books.members
    identities = _open_chats(desk)
    organisations = {
        one: desk.books.organisations.get(one).name
        for one in {identity.organisation_id for identity in identities}
    }
    return Present(
        desk.me,
        skill_words(members.skills(desk.me.id, SkillSide.CAN_HELP), desk.speech),
        skill_words(members.skills(desk.me.id, SkillSide.WOULD_LIKE), desk.speech),
        chats(identities, organisations),
    )


def _open_chats(desk: Desk) -> tuple[Identity, ...]:
    """The chats that can be written to."""
    found = desk.books.members.identities(desk.me.id)
    return tuple(one for one in found if one.may_act)


def _form_again(desk: Desk, intent: SaveSettings) -> Form:
    """The form as it was filled in, about the version it was filled in for."""
    form = replace(_form(desk), intent=SaveSettings(version=intent.version))
    return filled(
        form,
        {
            "shown_name": intent.shown_name,
            "language": intent.language,
            "can_help": intent.can_help,
            "would_like": intent.would_like,
            "told": intent.told,
            "chat": intent.chat,
            "contact": intent.contact,
        },
    )


def _save(desk: Desk, intent: SaveSettings) -> Reply:
    """Check and screen everything, keep it in one go, and remember how it was."""
    sure = intent.not_about_a_patient
    name = screened_words(intent.shown_name, "shown_name", NAME_LONGEST, confirmed=sure)
    can_help = _skills(intent.can_help, "can_help", sure=sure)
    would_like = _skills(intent.would_like, "would_like", sure=sure)
    contact = screened_words(
        intent.contact, "contact", CONTACT_LONGEST, kind="contact", required=False, confirmed=sure
    )
    wanted = replace(
        desk.me,
        name=name,
        language=_language(intent.language),
        contact=contact,
        wants_asks=ASKS in intent.told,
        wants_offers=OFFERS in intent.told,
        chat_id=_chat(desk, intent.chat),
    )
    unsure = (*can_help.unsure, *would_like.unsure)
    before = snapshot(desk)
    skills = {
        SkillSide.CAN_HELP: can_help.skills,
        SkillSide.WOULD_LIKE: would_like.skills,
    }
    if _same(before, wanted, skills):
        return Say(saved_view(_present(desk), unsure, changed=False))
    if intent.version != desk.me.version:
        return Open(_changed_meanwhile(desk, _form_again(desk, intent)))
    for side, chosen in skills.items():
        desk.books.members.set_skills(desk.me.id, side, chosen)
    desk.member = desk.books.members.save(wanted)
    remember(desk, before)
    return Say(saved_view(_present(desk), unsure, changed=True))


save = asking_first(_save, _form_again)


def _skills(words: str, field: str, *, sure: bool) -> Chosen:
    text = screened_words(words, field, SKILLS_LONGEST, required=False, confirmed=sure)
    return read_skills(text)


def _language(words: str) -> str:
    """The code of a language that is written as a code or a name, in either language."""
    typed = words.strip().casefold()
    names = {"welsh": "cy", "saesneg": "en", "gymraeg": "cy"}
    names |= {label.casefold(): code for code, label in LANGUAGES.items()}
    code = names.get(typed, typed)
    if code not in LANGUAGES:
        raise Refusal(_("I speak English and Cymraeg. Choose one of these."), "language")
    return code


def _chat(desk: Desk, words: str) -> int | None:
    """The id of one of the member's own chats; None for the one used last."""
    if words in {"", LAST_USED}:
        return None
    for identity in _open_chats(desk):
        if str(identity.id) == words:
            return identity.id
    raise Refusal(_("Choose one of your chats from the list."), "chat")


def _same(
    before: Mapping[str, Any], wanted: Member, skills: Mapping[SkillSide, tuple[str, ...]]
) -> bool:
    return all(before[name] == getattr(wanted, name) for name in _KEPT) and all(
        before[side.value] == list(chosen) for side, chosen in skills.items()
    )


def _changed_meanwhile(desk: Desk, form: Form) -> Form:
    note = Note(_("Your settings have changed since you opened this form. Check and save again."))
    current = SaveSettings(version=desk.me.version)
    return replace(form, intent=current, before=(note, *form.before))


def set_language(desk: Desk, intent: SetLanguage) -> Reply:
    """Speak another language from now on; asks which where none is named."""
    if not intent.language:
        buttons = tuple(
            Button(label, SetLanguage(language=code), f"language {label.casefold()}")
            for code, label in LANGUAGES.items()
        )
        return Say(language_view(buttons))
    language = _language(intent.language)
    if language != desk.me.language:
        before = snapshot(desk)
        desk.member = desk.books.members.save(replace(desk.me, language=language))
        remember(desk, before)
    return Replace(language_saved_view(language))


def snapshot(desk: Desk) -> dict[str, Any]:
    """The acting member's settings as plain data, to put back."""
    members = desk.books.members
    skills = {side.value: list(members.skills(desk.me.id, side)) for side in SkillSide}
    return {name: getattr(desk.me, name) for name in _KEPT} | skills


def remember(desk: Desk, before: Mapping[str, Any]) -> None:
    """Let ``undo`` bring ``before`` back for a while."""
    desk.did(DEED, desk.me.id, desk.me.version, before)


def undo_settings(desk: Desk, deed: Deed) -> Reply:
    """Put settings back, unless they were changed again since."""
    if deed.object_id != desk.me.id or deed.version != desk.me.version:
        raise Refusal(
            _("Your settings have changed again since then. Type settings to change them."),
            code="moved-on",
        )
    before = deed.before
    for side in SkillSide:
        desk.books.members.set_skills(desk.me.id, side, before[side.value])
    kept = {name: before[name] for name in _KEPT}
    desk.member = desk.books.members.save(replace(desk.me, **kept))
    return Replace(undone_view())
