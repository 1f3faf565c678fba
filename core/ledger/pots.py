"""Who may grant from which pot: a lead from the organisation's, an admin from the community's."""

from __future__ import annotations

from core.kernel.desk import Desk
from core.kernel.folding import fold
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ledger.holders import Holder, read_holder
from core.ledger.model import AccountKind
from core.ledger.receivers import COMMUNITY, OWN_POT
from core.organisations.model import Role


def pots_of(desk: Desk) -> list[Holder]:
    """The pots that the caller looks after: organisations' by id, then the community's."""
    grants = desk.books.roles.held_by(desk.me.id)
    led = {
        grant.organisation_id
        for grant in grants
        if grant.role is Role.LEAD and grant.organisation_id is not None
    }
    pots = [Holder(AccountKind.ORGANISATION, one) for one in sorted(led)]
    if any(grant.role is Role.ADMIN for grant in grants):
        pots.append(Holder(AccountKind.COMMUNITY))
    return pots


def chosen_pot(desk: Desk, source: str) -> Holder | None:
    """The pot that ``source`` names, as a key or as typed; the only one there is; else None.

    Refuses whoever looks after no pot, and a pot that is not theirs to grant from.
    """
    pots = pots_of(desk)
    if not pots:
        raise Refusal(
            _(
                "Hours from a pot are granted by organisation leads and administrators. To give "
                "hours of your own, type give."
            ),
            code="not-allowed",
        )
    if not source:
        return pots[0] if len(pots) == 1 else None
    wanted = read_holder(source) or _typed(desk, pots, source)
    if wanted not in pots:
        raise Refusal(_("That is not a pot that you look after."), "source", "not-your-pot")
    return wanted


def _typed(desk: Desk, pots: list[Holder], source: str) -> Holder | None:
    said = " ".join(fold(source).text.split())
    if said in COMMUNITY:
        return Holder(AccountKind.COMMUNITY)
    if said in OWN_POT:
        return Holder(AccountKind.ORGANISATION, desk.identity.organisation_id)
    found = [
        Holder(AccountKind.ORGANISATION, one.id)
        for one in desk.books.organisations.named(said.removesuffix(" pot").removesuffix("'s"))
    ]
    return next((pot for pot in found if pot in pots), None)
