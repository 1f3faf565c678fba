"""From "Ana Ward", "the pot" or "Northgate" to whom hours may be given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.kernel.desk import Desk
from core.kernel.folding import fold
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.holders import Holder
from core.ledger.model import AccountKind
from core.members.model import Member, MemberState

MOST = 10
"""So many matches are offered to choose from."""

OWN_POT = frozenset(
    (
        "pot",
        "the pot",
        "our pot",
        "my pot",
        "organisation",
        "my organisation",
        "our organisation",
        "cronfa",
        "y gronfa",
        "ein cronfa",
        "fy sefydliad",
        "ein sefydliad",
    )
)
COMMUNITY = frozenset(
    (
        "community",
        "the community",
        "community pot",
        "the community pot",
        "y gymuned",
        "cymuned",
        "cronfa'r gymuned",
        "cronfa gymunedol",
    )
)
_POT = re.compile(r"(?:'s|s')?\s+pot$|^(?:the\s+)?pot\s+of\s+|^cronfa\s+")
_WITH_ORGANISATION = re.compile(
    r"^(?P<name>.+?)(?:\s*,\s*|\s+(?:at|yn)\s+|\s*\()(?P<organisation>[^()]+)\)?$",
    re.IGNORECASE,
)


def find_receivers(desk: Desk, words: str) -> Sequence[Holder]:
    """Everyone and everything that ``words`` may mean, whom the caller may give to; at most ten.

    Raises ``Refusal`` on the field ``who`` where there is nobody, or only the caller.
    """
    said = " ".join(fold(words).text.split()).strip(".!")
    if said in OWN_POT:
        return [Holder(AccountKind.ORGANISATION, desk.identity.organisation_id)]
    if said in COMMUNITY:
        return [Holder(AccountKind.COMMUNITY)]
    bare = _POT.sub("", said)
    people = people_named(desk, words) if bare == said else []
    me = [member for member in people if member.id == desk.me.id]
    found = [Holder(AccountKind.MEMBER, member.id) for member in people if member not in me]
    found = [holder for holder in found if may_receive(desk, holder)]
    found += _organisations(desk, bare)
    if not found and me:
        raise to_yourself()
    if not found:
        raise nobody()
    return found[:MOST]


def may_receive(desk: Desk, holder: Holder) -> bool:
    """Whether the caller may give to this holder now, whatever a client sent."""
    match holder:
        case Holder(AccountKind.MEMBER, int(member_id)):
            member = desk.books.members.many([member_id]).get(member_id)
            return (
                member is not None
                and member.state is MemberState.ACTIVE
                and member_id != desk.me.id
                and member_id not in desk.books.members.blocked_either_way(desk.me.id)
            )
        case Holder(AccountKind.ORGANISATION, int(organisation_id)):
            return any(
                one.id == organisation_id and one.runs_on(desk.today)
                for one in desk.books.organisations.all()
            )
        case Holder(AccountKind.COMMUNITY):
            return True
        case _:
            return False


def to_yourself() -> Refusal:
    """Nobody gives to themselves."""
    return Refusal(
        _("That is you. Choose someone else, a pot or the community."), "who", "to-yourself"
    )


def nobody() -> Refusal:
    """The same words whether there is nobody, or somebody whom the caller may not give to."""
    return Refusal(
        _(
            "I cannot find that name. Write a first name and surname, the name of an "
            "organisation for its pot, or community."
        ),
        "who",
        "nobody",
    )


def people_named(desk: Desk, words: str) -> Sequence[Member]:
    """Members by name; the ones with exactly this name before all whose name holds the words."""
    split = _WITH_ORGANISATION.match(words.strip())
    found: Sequence[Member] = ()
    name = words
    if split and _said(split["organisation"]):
        name = split["name"]
        found = _named(desk, name, split["organisation"])
    if not found:
        name = words.replace(",", " ")
        found = _named(desk, name, "")
    exact = [member for member in found if _said(member.name) == _said(name)]
    return exact or found


def _named(desk: Desk, name: str, organisation: str) -> Sequence[Member]:
    if not any(letter.isalnum() for letter in name):
        return ()
    # A few more, since some may not be shown.
    return desk.books.members.named(name.strip(), organisation.strip(), limit=3 * MOST)


def _said(words: str) -> str:
    return " ".join(fold(words).text.split())


def _organisations(desk: Desk, said: str) -> list[Holder]:
    if not any(letter.isalnum() for letter in said):
        return []
    return [
        Holder(AccountKind.ORGANISATION, one.id)
        for one in desk.books.organisations.named(said)
        if one.runs_on(desk.today)
    ]
