"""The app was put into somebody's own chat: what could not be delivered there is, after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.delivery.model import DeliveryState
from core.happenings import PersonChanged
from core.kernel.desk import Office

LATELY = timedelta(days=14)
"""How long after it was given up a notice may still be worth reading."""
_NEWEST = 200


def person_arrived(office: Office, happening: PersonChanged) -> None:
    """Let wait again what a member could not be told lately, of several notices about one thing
    the newest alone.

    A chat refuses a message before its platform reports that the app was taken out, or nobody has
    ever put it in: then the notice is not kept back for who is away, but given up.
    """
    if not happening.arrived:
        return
    members, deliveries = office.books.members, office.books.deliveries
    found = members.by_identity(happening.platform, happening.tenant, happening.user)
    if found is None:
        return
    # Platforms report one installation twice: who comes second sees what waits already.
    member = members.lock(found[0].id)
    subjects: set[str] = set()
    for delivery, notice in deliveries.of_member(member.id, _NEWEST):
        lately = delivery.not_before is not None and delivery.not_before >= office.now - LATELY
        given_up = delivery.state is DeliveryState.UNREACHABLE
        if given_up and lately and notice.subject not in subjects:
            waiting = replace(
                delivery,
                state=DeliveryState.WAITING,
                reason="",
                attempts=0,
                tried=(),
                not_before=office.now,
            )
            deliveries.settle(waiting)
        if given_up or delivery.state in (DeliveryState.SENT, DeliveryState.WAITING):
            subjects.add(notice.subject)
