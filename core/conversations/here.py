"""``here``: a champion, lead or admin lets Hourbridge post in the channel they speak in.

Only the channel that the platform says they speak in can be registered, and none that outsiders
read too. One that is registered can be changed from anywhere, by whoever may speak for the
organisation that it is registered for.
"""

from __future__ import annotations

from dataclasses import replace

from core.conversations.change import applied, change, not_yours, organisations_for, registered
from core.conversations.intents import Here, ListChannels
from core.conversations.keeping import tidy
from core.conversations.model import Conversation, Registration, updated
from core.conversations.naming import where
from core.conversations.posting import welcome
from core.conversations.rights import rights_of
from core.conversations.seeing import looked_after, seen, subject_of
from core.conversations.typed import Wish, read_wish
from core.conversations.views import PAGE, channel_view, list_view, who_may, without_role_view
from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.organisations.model import Organisation, Role
from core.ui.paging import pages
from core.ui.replies import Replace, Reply, Say
from core.ui.views import Note

_NAMED = 3
_SILENT = "slack"
"""The chat in which a command can be typed where the app is not, and Slack does not say so."""


def here(desk: Desk, intent: Here) -> Reply:
    """Register a channel, change it, or say how it stands."""
    wish = _wish(intent)
    if intent.conversation:
        conversation, registration = registered(desk, intent.conversation)
        return change(desk, conversation, registration, wish)
    if not desk.caller.conversation:
        if desk.caller.private:
            return list_channels(desk, ListChannels())
        raise Refusal(
            _("Hourbridge can post only in channels of your own organisation's workspace."),
            code="elsewhere",
        )
    return _in_this_channel(desk, wish)


def list_channels(desk: Desk, intent: ListChannels) -> Reply:
    """The channels that the actor looks after, a page at a time."""
    rights = rights_of(desk, desk.me.id)
    mine = looked_after(desk, desk.me.id, rights)
    if not mine and not rights.any:
        return Say(without_role_view(_to_ask(desk)))
    page = min(max(0, intent.page), pages(len(mine), PAGE) - 1)
    shown = [
        replace(seen(desk, *channel), may_change=rights.may_change(channel[1]))
        for channel in mine[page * PAGE : (page + 1) * PAGE]
    ]
    return Replace(list_view(shown, page, len(mine)))


def _wish(intent: Here) -> Wish:
    wish = read_wish(intent.words)
    if wish is None:
        raise Refusal(
            _("I cannot read that. Type help to see what you can type."), code="wish-unread"
        )
    if wish.part_hour:
        raise Refusal(
            _("A digest comes on the hour. Choose a whole hour, such as 10am."), code="part-hour"
        )
    return wish


def _in_this_channel(desk: Desk, wish: Wish) -> Reply:
    books, caller = desk.books.conversations, desk.caller
    if caller.shared and not wish.stop:
        raise Refusal(
            _(
                "This channel is shared with people outside its workspace or team, so Hourbridge "
                "posts nothing here. Type the same in a channel of your own organisation."
            ),
            code="shared",
        )
    kept = books.hold(caller.platform, caller.tenant, caller.conversation)
    registration = None if kept is None else books.registration(kept.id)
    if kept is None or registration is None:
        return _register(desk, kept, wish)
    mine = registration.by_member_id == desk.me.id
    if not mine and not rights_of(desk, desk.me.id).may_change(registration):
        raise not_yours(desk, registration)
    whole = books.get(kept.id)
    if whole is None or not whole.live:
        # They speak in it, so the app is in it again as far as is known.
        whole = _kept(desk, kept)
        if not wish.stop:
            welcome(desk, whole)
    return change(desk, whole, registration, wish)


def _register(desk: Desk, kept: Conversation | None, wish: Wish) -> Reply:
    organisation = _organisation(desk)
    digests = wish.digests if wish.digests is not None else not wish.announcements
    announcements = wish.announcements if wish.announcements is not None else not wish.digests
    if wish.stop or not (digests or announcements):
        raise Refusal(_("Hourbridge posts nothing in this channel."), code="not-registered")
    if desk.caller.shared is None:
        raise Refusal(
            _(
                "Hourbridge cannot see at the moment who reads this channel. Try again in a few "
                "minutes. If it keeps happening, tell the person who runs Hourbridge for you."
            ),
            code="readers-unknown",
        )
    sure = kept is not None and kept.told_at is not None and kept.live
    conversation = _kept(desk, kept)
    made = Registration(
        conversation.id,
        organisation.id if organisation else None,
        desk.me.id,
        desk.now,
        digests=digests,
        announcements=announcements,
        language=desk.me.language,
        zone=desk.me.zone,
    )
    new = applied(made, wish)
    desk.books.conversations.register(new)
    desk.changed(subject_of(conversation.id))
    welcome(desk, conversation)
    said = _("Hourbridge now posts in {channel}.", channel=where(conversation))
    unsure = not sure and conversation.platform == _SILENT
    return Say(channel_view(seen(desk, conversation, new), Note(said, "success"), unsure=unsure))


def _organisation(desk: Desk) -> Organisation | None:
    """Whom a new channel is registered for: the organisation that the actor speaks for here, or
    None for the whole system. Refuses who may not."""
    rights = rights_of(desk, desk.me.id)
    if not rights.any:
        raise Refusal(who_may(_to_ask(desk)), code="no-role")
    served = organisations_for(desk, rights, desk.caller.platform, desk.caller.tenant)
    for one in served:
        if one.id in rights.organisation_ids:
            return one
    if rights.everywhere:
        return None
    raise Refusal(
        _("You look after Hourbridge for an organisation that does not use this workspace."),
        code="other-organisation",
    )


def _kept(desk: Desk, kept: Conversation | None) -> Conversation:
    """The channel that the caller speaks in, kept: the app is in it, as far as is known."""
    caller, books = desk.caller, desk.books.conversations
    spoken = Conversation(
        caller.platform,
        caller.tenant,
        caller.conversation,
        caller.conversation_kind,
        installed_at=desk.now,
        seen_at=desk.now,
        told_at=desk.now,
        name=tidy(caller.conversation_name),
        service_url=caller.service_url,
        bot=caller.address.bot,
    )
    books.keep(spoken if kept is None else updated(kept, spoken))
    held = books.hold(caller.platform, caller.tenant, caller.conversation)
    assert held is not None
    whole = books.get(held.id)
    assert whole is not None
    return whole


def _to_ask(desk: Desk) -> Words:
    """The names of those in the actor's organisation who may."""
    roles, organisation_id = desk.books.roles, desk.identity.organisation_id
    found = dict.fromkeys(
        (
            *roles.holders(Role.CHAMPION, organisation_id),
            *roles.holders(Role.LEAD, organisation_id),
        )
    )
    names = [desk.books.members.get(one).name for one in list(found)[:_NAMED]]
    return ", ".join(name for name in names if name)
