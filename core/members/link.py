"""One person in a second chat: a one-time code from the first chat, typed in the second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from core.kernel.desk import Desk
from core.kernel.keys import tidy_code
from core.kernel.texts import Text, _, plural
from core.members.arriving import (
    carry_on,
    identify,
    organisation_of,
    organisations_here,
    pending_of_visitor,
)
from core.members.confirming import ask, asks, known_at
from core.members.entering import enter
from core.members.greeting import OpenLink
from core.members.merge import Merge, ask_to_merge, merge
from core.members.model import LINKED, LinkCode, Member, MemberState
from core.members.people import come_back
from core.members.standing import standing
from core.members.views import code_view, link_form, linked_view, same_member_view
from core.organisations.model import Organisation
from core.ui.forms import Form, filled
from core.ui.intents import Intent
from core.ui.replies import Open, Refuse, Reply, Say

WRONG_CODES = 5
"""So many wrong codes from one chat identity within ``WRONG_FOR`` end its guessing."""
WRONG_FOR = timedelta(hours=1)
YES = frozenset(("yes", "ydw", "ie"))


@dataclass(frozen=True, kw_only=True)
class GiveLinkCode(Intent):
    """A member's wish for a code to use Hourbridge in another chat too."""

    name: ClassVar[str] = "members.link-code"


@dataclass(frozen=True, kw_only=True)
class UseLink(Intent):
    """A code from another chat; with the organisation where the tenant serves several."""

    name: ClassVar[str] = "members.link"
    opens_form: ClassVar[bool] = True

    code: str = ""
    organisation: str = ""
    sure: bool = False
    """Typed after the code: yes, merge the two members."""


def read_link(words: str) -> Intent:
    """``link`` alone opens the way in; ``link CODE`` uses a code; ``link CODE yes`` is sure."""
    if not words:
        return OpenLink()
    code, _space, rest = words.rpartition(" ")
    if code and rest.casefold() in YES:
        return UseLink(code=code, sure=True)
    return UseLink(code=words)


def open_link(desk: Desk, _intent: OpenLink) -> Reply:
    """For a visitor the form that takes a code; for a member a code to take elsewhere."""
    if desk.member is not None:
        return give_link_code(desk, GiveLinkCode())
    return Open(_form(desk))


def give_link_code(desk: Desk, _intent: GiveLinkCode) -> Reply:
    """A fresh code, shown to the actor alone and kept only as a keyed hash."""
    code = desk.keys.code()
    minutes = desk.policy.link_code_minutes
    desk.books.members.add_link_code(
        LinkCode(desk.keys.digest("link", code), desk.me.id, desk.now + timedelta(minutes=minutes))
    )
    return Say(code_view(code, minutes))


def use_link(desk: Desk, intent: UseLink) -> Reply:
    """Join this chat to the member the code belongs to, or offer to merge two members."""
    if not intent.code.strip():
        return Open(_form(desk))
    several = len(desk.organisation_ids) > 1
    if desk.member is None and several and not intent.organisation:
        return Open(filled(_form(desk), {"code": intent.code}))
    if guessed_too_often(desk):
        _count(desk)
        return _locked()
    code = _find(desk, intent.code)
    if code is None:
        return _wrong(desk, _("That code is not right. Check it, or make a new one."), "wrong-code")
    if desk.member is not None and code.member_id == desk.me.id:
        return Say(same_member_view(desk.me.name))
    if code.used:
        reason = _("That code was used already, or you have made a newer one. Make a new one.")
        return _wrong(desk, reason, "used-code")
    if code.expires_at <= desk.now:
        minutes = desk.policy.link_code_minutes
        reason = plural(
            "That code is too old. A code works for {count} minute. Make a new one.",
            "That code is too old. A code works for {count} minutes. Make a new one.",
            minutes,
        )
        return _wrong(desk, reason, "old-code")
    return _linked(desk, intent, code)


def _linked(desk: Desk, intent: UseLink, code: LinkCode) -> Reply:
    members = desk.books.members
    if desk.member is None:
        organisation = organisation_of(desk, intent.organisation)
        member = members.lock(code.member_id)
        if member.state not in LINKED or not members.use_link_code(code.digest):
            return _wrong(desk, _("That code no longer works. Make a new one."), "used-code")
        return _in_another_chat(desk, member, organisation)
    if members.get(code.member_id).state not in LINKED:
        return _wrong(desk, _("That code no longer works. Make a new one."), "used-code")
    if intent.sure:
        return merge(desk, Merge(proof=code.digest))
    return ask_to_merge(desk, code, f"link {tidy_code(intent.code)} yes")


def _in_another_chat(desk: Desk, member: Member, organisation: Organisation) -> Reply:
    """One member in one chat more. Who waits in their first chat, and is known in this one, is
    let in; who is not known to this organisation waits here."""
    waits = asks(desk) and not known_at(desk, member.id, organisation.id)
    identify(desk, member, organisation)
    if waits:
        question = ask(desk, organisation, pending_of_visitor(desk))
        return Say(standing(desk, question))
    desk.member, desk.identity_or_none = come_back(desk, member, desk.identity)
    if member.state is MemberState.WAITING:
        desk.member = enter(desk, desk.me)
        desk.tell("members.welcome", f"member:{member.id}", [member.id])
    carry_on(desk)
    return Say(linked_view(member.name))


def _form(desk: Desk) -> Form:
    return link_form(organisations_here(desk), UseLink(), asked=asks(desk))


def guessed_too_often(desk: Desk) -> bool:
    """Whether this chat identity gave so many wrong codes that even a right one waits."""
    caller = desk.caller
    wrong = desk.books.members.wrong_codes_since(
        caller.platform, caller.tenant, caller.user, desk.now - WRONG_FOR
    )
    return wrong >= WRONG_CODES


def _find(desk: Desk, words: str) -> LinkCode | None:
    """The code as typed, under any secret still accepted."""
    for digest in desk.keys.digests("link", tidy_code(words)):
        code = desk.books.members.link_code(digest)
        if code is not None:
            return replace(code, digest=digest)
    return None


def _count(desk: Desk) -> None:
    caller = desk.caller
    desk.books.members.count_wrong_code(caller.platform, caller.tenant, caller.user, desk.now)


def _wrong(desk: Desk, reason: Text, outcome: str) -> Refuse:
    """Refuse and count. Returned, not raised: a refusal that is raised would undo the count."""
    _count(desk)
    return _locked() if guessed_too_often(desk) else Refuse(reason, "code", outcome)


def _locked() -> Refuse:
    return Refuse(
        _("There were too many wrong codes. Wait an hour, then make a new code and try again."),
        "code",
        "too-many-codes",
    )
