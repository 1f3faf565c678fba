"""Where help is, for words that speak of danger: shown to the writer, whatever becomes of them.

Nothing is stored or sent for it: a person who writes of abuse or self-harm is told whom their
organisation names for safeguarding, and whom to call in an emergency.
"""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.organisations.model import ContactKind
from core.safety.screening import speaks_of_danger
from core.ui.intents import Intent
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note, View

SHORTEST = 12
"""Shorter words are names, references and choices."""


def with_signpost(desk: Desk, intent: Intent, reply: Reply) -> Reply:
    """``reply``, with a signpost where the words of ``intent`` speak of danger."""
    if not _mentions_danger(intent):
        return reply
    note = Note(signpost(_contact(desk)), "warning")
    match reply:
        case Say(view):
            return Say(_after(view, note))
        case Replace(view):
            return Replace(_after(view, note))
        case Open(form):
            return Open(replace(form, before=(*form.before, note)))
        case _:
            return reply


def signposted(desk: Desk, intent: Intent, refusal: Refusal) -> Refusal:
    """``refusal``, saying where help is too where the words of ``intent`` speak of danger."""
    if _mentions_danger(intent):
        help_is = signpost(_contact(desk))
        refusal.reason = _("{reason} {help}", reason=refusal.reason, help=help_is)
    return refusal


def _after(view: View, note: Note) -> View:
    return replace(view, blocks=(*view.blocks, note))


def _mentions_danger(intent: Intent) -> bool:
    for name in intent.__dataclass_fields__:
        value = getattr(intent, name)
        if isinstance(value, str) and len(value) >= SHORTEST and speaks_of_danger(value):
            return True
    return False


def _contact(desk: Desk) -> str:
    organisations = (
        (desk.member.organisation_id,) if desk.member is not None else desk.organisation_ids
    )
    for organisation_id in organisations:
        found = desk.books.organisations.contact(organisation_id, ContactKind.SAFEGUARDING)
        if found:
            return found
    return ""


def signpost(contact: str) -> Text:
    """The words of the signpost, with the organisation's named person where there is one."""
    if contact:
        return _(
            "If you or someone else may be at risk, Hourbridge cannot help, but people can. "
            "For safeguarding in your organisation: {contact}. In an emergency call 999.",
            contact=contact,
        )
    return _(
        "If you or someone else may be at risk, Hourbridge cannot help, but people can. "
        "Talk to your organisation's safeguarding lead. In an emergency call 999."
    )
