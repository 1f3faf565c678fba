"""Changing and stopping what is posted in a registered channel, from anywhere."""

from __future__ import annotations

from dataclasses import replace

from core.conversations.forms import ANNOUNCEMENTS, DIGESTS, WHOLE, channel_form
from core.conversations.intents import OpenChannel, SaveChannel
from core.conversations.model import Conversation, Registration
from core.conversations.rights import Rights, rights_of
from core.conversations.seeing import held, seen, subject_of
from core.conversations.times import HOURS, WEEKDAYS
from core.conversations.typed import Wish
from core.conversations.views import channel_view, stopped_view
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _
from core.members.belonging import living
from core.organisations.model import Organisation
from core.ui.replies import Open, Replace, Reply
from core.ui.views import Note
from core.words import LANGUAGES


def open_channel(desk: Desk, intent: OpenChannel) -> Reply:
    """The form as it stands; without a channel, about the one that the actor speaks in."""
    conversation, registration = registered(desk, intent.conversation or _spoken_in(desk))
    rights = rights_of(desk, desk.me.id)
    if not rights.may_change(registration):
        raise not_yours(desk, registration)
    organisations = organisations_for(desk, rights, conversation.platform, conversation.tenant)
    channel = seen(desk, conversation, registration)
    return Open(channel_form(channel, organisations, whole=rights.everywhere))


def save_channel(desk: Desk, intent: SaveChannel) -> Reply:
    """Keep what the form says. What it did not ask for stays as it is."""
    conversation, registration = registered(desk, intent.conversation)
    rights = rights_of(desk, desk.me.id)
    if not rights.may_change(registration):
        raise not_yours(desk, registration)
    after = replace(
        registration,
        digests=DIGESTS in intent.posts,
        announcements=ANNOUNCEMENTS in intent.posts,
        language=_one_of(intent.language, tuple(LANGUAGES), "language"),
        weekday=int(_one_of(intent.weekday, _numbers(len(WEEKDAYS)), "weekday")),
        hour=int(_one_of(intent.hour, _numbers(HOURS), "hour")),
        organisation_id=_for_whom(desk, conversation, registration, intent.organisation),
    )
    return _keep(desk, conversation, registration, after)


def change(desk: Desk, conversation: Conversation, registration: Registration, wish: Wish) -> Reply:
    """Carry out a typed wish. Whoever registered a channel may stop it even without a role."""
    if wish.stop:
        return _stop(desk, conversation)
    if not rights_of(desk, desk.me.id).may_change(registration):
        if wish != Wish():
            raise not_yours(desk, registration)
        shown = replace(seen(desk, conversation, registration), may_change=False)
        return Replace(channel_view(shown))
    return _keep(desk, conversation, registration, applied(registration, wish))


def applied(registration: Registration, wish: Wish) -> Registration:
    """``registration`` with what is wished for."""
    return replace(
        registration,
        digests=registration.digests if wish.digests is None else wish.digests,
        announcements=(
            registration.announcements if wish.announcements is None else wish.announcements
        ),
        language=wish.language or registration.language,
        weekday=registration.weekday if wish.weekday is None else wish.weekday,
        hour=registration.hour if wish.hour is None else wish.hour,
    )


def registered(desk: Desk, conversation_id: int) -> tuple[Conversation, Registration]:
    """A registered channel that is the actor's to see: they may change it, or registered it."""
    found = held(desk, conversation_id)
    if found is not None:
        _conversation, registration = found
        mine = registration.by_member_id == desk.me.id
        if mine or rights_of(desk, desk.me.id).may_change(registration):
            return found
    raise Refusal(_("I cannot find that channel. It may have been stopped."), code="not-found")


def organisations_for(desk: Desk, rights: Rights, platform: str, tenant: str) -> list[Organisation]:
    """Whom the actor may register a channel of this tenant for: their own organisation first. One
    that a served organisation has become part of is served too."""
    own, known = desk.identity.organisation_id, desk.books.tenants.find(platform, tenant)
    served = (living(desk, one) for one in (known.organisation_ids if known else ()))
    found = {
        one.id: one
        for one in served
        if one is not None and (rights.everywhere or one.id in rights.organisation_ids)
    }
    return sorted(found.values(), key=lambda one: (one.id != own, one.name.casefold()))


def not_yours(desk: Desk, registration: Registration) -> Refusal:
    """Why somebody with another role, or with none, changes nothing here."""
    organisation_id = registration.organisation_id
    if organisation_id is None:
        reason: Text = _(
            "This channel is registered for the whole system. An administrator can change it."
        )
    else:
        reason = _(
            "This channel is registered for {organisation}. A champion or lead there can change "
            "it.",
            organisation=desk.books.organisations.get(organisation_id).name,
        )
    return Refusal(reason, code="not-yours")


def _keep(
    desk: Desk, conversation: Conversation, before: Registration, after: Registration
) -> Reply:
    """Keep it, and bring up to date what stands in chats. With neither digests nor announcements
    there is nothing left to post."""
    if not (after.digests or after.announcements):
        return _stop(desk, conversation)
    news = None
    if after != before:
        if not rights_of(desk, before.by_member_id).may_change(before):
            # Whoever registered it has no say in it any more.
            after = replace(after, by_member_id=desk.me.id)
        desk.books.conversations.register(after)
        desk.changed(subject_of(conversation.id))
        news = Note(_("This is saved."), "success")
    may_change = rights_of(desk, desk.me.id).may_change(after)
    shown = replace(seen(desk, conversation, after), may_change=may_change)
    return Replace(channel_view(shown, news))


def _stop(desk: Desk, conversation: Conversation) -> Reply:
    desk.books.conversations.unregister(conversation.id)
    desk.changed(subject_of(conversation.id))
    return Replace(stopped_view(conversation))


def _spoken_in(desk: Desk) -> int:
    caller = desk.caller
    kept = desk.books.conversations.hold(caller.platform, caller.tenant, caller.conversation)
    return kept.id if kept is not None else 0


def _for_whom(
    desk: Desk, conversation: Conversation, registration: Registration, chosen: str
) -> int | None:
    rights = rights_of(desk, desk.me.id)
    if not chosen:
        return registration.organisation_id
    if chosen == WHOLE and rights.everywhere:
        return None
    for one in organisations_for(desk, rights, conversation.platform, conversation.tenant):
        if one.code == chosen:
            return one.id
    raise _not_offered("organisation")


def _one_of(value: str, offered: tuple[str, ...], field: str) -> str:
    if value in offered:
        return value
    raise _not_offered(field)


def _numbers(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(count))


def _not_offered(field: str) -> Refusal:
    return Refusal(_("Choose one from the list."), field)
