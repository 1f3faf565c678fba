"""What is shown while an organisation is still to confirm somebody: to them, and to its leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from core.kernel.texts import _
from core.members.confirmation import Confirmation, ConfirmationState, Decider
from core.members.greeting import TOO_LONG
from core.members.join import Join
from core.members.join_views import join_form
from core.members.joiner_views import PAGE, Joiner, joiner_card, joiners_view
from core.members.leave import Leave
from core.members.link import UseLink
from core.members.views import link_form
from core.members.waiting_views import (
    Waiting,
    confirmed_words,
    declined_view,
    ended_view,
    let_in_view,
    organisation_form,
    settled_view,
    unneeded_words,
    waiting_view,
)
from core.members.welcome import privacy_view
from core.organisations.model import Organisation, Sector
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Fact, Note

_TRUST = Organisation("NGT", "Northgate Hospitals NHS Trust", Sector.NHS_TRUST, id=1)
_HOSPICE = Organisation("EFH", "Elmfield Hospice", Sector.VOLUNTARY, id=2)
_CONTACT = Fact(_TRUST.name, "Sam Reed, 020 7946 0000, hourbridge@northgate.example")
_AT = datetime(2026, 8, 6, 9, 30, tzinfo=UTC)


def examples() -> Iterator[Example]:
    """The person's side, then that of whoever decides."""
    yield from _asking()
    yield from _waiting()
    yield from _answered()
    yield from _deciding()
    yield from _decided()


def _asking() -> Iterator[Example]:
    both = [_TRUST, _HOSPICE]
    yield Example(
        "members.join-form-confirmed", join_form("Ana Ward", "en", both, Join(), asked=True)
    )
    yield Example("members.link-form-confirmed", link_form(both, UseLink(), asked=True))
    yield Example("members.privacy-confirmed", privacy_view((_CONTACT,), confirmed=True))
    yield Example("members.organisation-form", organisation_form(both, asked=True))
    yield Example("members.organisation-settled", settled_view(_TRUST.name, (_CONTACT,)))


def _waiting() -> Iterator[Example]:
    ana = Waiting("Ana Ward", _TRUST.name, kept=True)
    yield Example("members.waiting", waiting_view(ana, Leave()))
    admin = replace(ana, asked=Decider.ADMIN, member=True, kept=False)
    yield Example("members.waiting-for-admin", waiting_view(admin, Leave()))
    operator = Waiting(HOSTILE[:80], HOSTILE, Decider.OPERATOR, unkept=TOO_LONG)
    yield Example("members.waiting-for-operator", waiting_view(operator, Leave()))
    yield Example("members.waiting-ended", ended_view(ana, Leave()))


def _answered() -> Iterator[Example]:
    ana = Waiting("Ana Ward", _TRUST.name, kept=True, contacts=(_CONTACT,))
    yield Example("members.declined", declined_view(ana, Leave()))
    hostile = Waiting(HOSTILE[:80], HOSTILE)
    yield Example("members.declined-no-contact", declined_view(hostile, Leave()))
    said = confirmed_words(_TRUST.name)
    yield Example("members.confirmed", let_in_view("Ana Ward", said, 120, kept=True))
    hostile_said = confirmed_words(HOSTILE)
    yield Example("members.confirmed-plain", let_in_view(HOSTILE, hostile_said, 0, kept=False))
    yield Example("members.unneeded", let_in_view("Ana Ward", unneeded_words(), 120, kept=False))


def _joiner(state: ConfirmationState = ConfirmationState.WAITING, number: int = 7) -> Joiner:
    confirmation = Confirmation(3, 1, _AT, state, id=number)
    return Joiner(confirmation, "Ana Ward", _TRUST.name, (("teams", "Ana Ward"),))


def _deciding() -> Iterator[Example]:
    joiner = _joiner()
    yield Example("members.joiner", joiner_card(joiner))
    chats = (("slack", HOSTILE), ("teams", ""), ("local", "Ana Reed"))
    hostile = replace(joiner, name=HOSTILE[:80], organisation=HOSTILE, shown=chats)
    yield Example("members.joiner-hostile", joiner_card(hostile))
    yield Example("members.joiner-ended", joiner_card(replace(joiner, runs=False)))
    yield Example("members.joiners", joiners_view([joiner, hostile], 0, 2))
    many = [_joiner(number=number) for number in range(1, PAGE + 1)]
    which = Note(_("Say which one, for example: joiners yes J-7K2"))
    yield Example("members.joiners-many", joiners_view(many, 1, 40, which))
    yield Example("members.joiners-none", joiners_view([], 0, 0))


def _decided() -> Iterator[Example]:
    done = Note(_("Thank you. They will be told."), "success")
    for role in Decider:
        joiner = _joiner(ConfirmationState.CONFIRMED)
        decided = replace(joiner.confirmation, decided_as=role, decided_at=_AT)
        shown = joiner_card(replace(joiner, confirmation=decided), done)
        yield Example(f"members.joiner-confirmed-{role}", shown)
    late = Note(_("There is nothing to decide any more. Here is how it stands."))
    for state in (
        ConfirmationState.DECLINED,
        ConfirmationState.WITHDRAWN,
        ConfirmationState.UNNEEDED,
    ):
        yield Example(f"members.joiner-{state}", joiner_card(_joiner(state), late))
