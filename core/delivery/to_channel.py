"""A delivery for a channel: whether it is still registered, and how the notice looks there."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.callers import Address
from core.conversations.model import Conversation, Registration
from core.couriers import Parcel
from core.delivery.facts import Facts
from core.delivery.model import Delivery, DeliveryState, Notice, Withheld
from core.delivery.prepared import GONE, Prepared, Settled, ended, withheld
from core.feature import House
from core.kernel.desk import Office
from core.members.language import language_of
from core.members.model import USUAL_ZONE
from core.members.people import zone_of
from core.organisations.model import TenantState
from core.ui.views import View
from core.words import Speech

NOT_IN_IT = "Hourbridge is not in this channel"


def to_channel(
    office: Office, house: House, facts: Facts, delivery: Delivery
) -> Prepared | Settled:
    """The parcel for a channel, or how the delivery is settled without one. What stands in a
    channel is brought up to date for as long as Hourbridge is in it, registered or not."""
    assert delivery.conversation_id is not None
    conversation = office.books.conversations.get(delivery.conversation_id)
    assert conversation is not None
    registration = office.books.conversations.registration(conversation.id)
    if registration is None and not delivery.edit:
        return withheld(office, delivery, Withheld.CANCELLED)
    if not _reached(office, conversation):
        return _not_reached(office, delivery)
    shown = _shown(office, house, facts.notices[delivery.notice_id], conversation, delivery)
    if isinstance(shown, Withheld):
        return withheld(office, delivery, shown)
    parcel = Parcel(
        delivery.id,
        conversation.tenant,
        "",
        Address(conversation.external_id, conversation.service_url, conversation.bot),
        shown,
        _speech(conversation, registration),
        delivery.handle if delivery.edit else "",
        channel=True,
    )
    return Prepared(conversation.platform, parcel, delivery, None)


def _reached(office: Office, conversation: Conversation) -> bool:
    tenant = office.books.tenants.find(conversation.platform, conversation.tenant)
    approved = tenant is not None and tenant.state is TenantState.APPROVED
    return approved and conversation.live


def _not_reached(office: Office, delivery: Delivery) -> Settled:
    if delivery.edit:
        return Settled(replace(delivery, shown=delivery.changes, reason=NOT_IN_IT))
    return Settled(ended(office, delivery, DeliveryState.UNREACHABLE, NOT_IN_IT))


def _shown(
    office: Office, house: House, notice: Notice, conversation: Conversation, delivery: Delivery
) -> View | Withheld:
    kind = house.notices.get(notice.kind)
    if kind is None or kind.in_channel is None:
        return Withheld.CANCELLED
    if not delivery.edit and not kind.in_time(office, notice):
        return Withheld.TOO_LATE
    shown = kind.in_channel(office, notice, conversation)
    return GONE if delivery.edit and shown is Withheld.CANCELLED else shown


def _speech(conversation: Conversation, registration: Registration | None) -> Speech:
    if registration is None:
        return Speech(language_of(conversation.locale), ZoneInfo(USUAL_ZONE))
    return Speech(registration.language, ZoneInfo(zone_of(registration.zone)))
