"""What is taken in of what a chat reports of conversations.

Nobody is told of any of it, but that a registered channel can be posted to again, or is posted to
no more because others read it too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.conversations.model import Closed, Conversation, ConversationKind, updated
from core.conversations.posting import came_back, close
from core.happenings import ConversationChanged, NotLetIn
from core.kernel.desk import Office
from core.organisations.model import TenantState
from core.safety.screening import Stop, screen

NAME_LONGEST = 100


def conversation_changed(office: Office, happening: ConversationChanged) -> None:
    """Keep what it says, of tenants that are let in.

    Raises ``NotLetIn`` for any other: nothing is kept of it, but that the app was taken out of a
    conversation that is known from before.
    """
    at = min(happening.at or office.now, office.now)
    tenant = office.books.tenants.find(happening.platform, happening.tenant)
    if tenant is not None and tenant.state is TenantState.APPROVED:
        if happening.shared:
            _close(office, happening)
        for told in _told(happening, at):
            _keep(office, told, only_known=happening.only_known)
    elif happening.present is False:
        _take_out(office, happening, at)
    else:
        raise NotLetIn


def _told(happening: ConversationChanged, at: datetime) -> list[Conversation]:
    """What it says of the team around the conversation, if there is one, and of itself."""
    present = happening.present
    itself = Conversation(
        happening.platform,
        happening.tenant,
        happening.conversation,
        happening.kind,
        installed_at=at,
        seen_at=at,
        told_at=None if present is None else at,
        removed_at=at if present is False else None,
        team=happening.team,
        name=tidy(happening.name),
        service_url=happening.service_url,
        bot=happening.bot,
        locale=happening.locale,
    )
    named = tidy(happening.team_name)
    if happening.team in ("", happening.conversation):
        return [replace(itself, team_name=named)]
    # Whoever takes the app into a channel has it in the team. A channel that is deleted, or has
    # another name, says nothing of that.
    team = replace(
        itself,
        external_id=happening.team,
        kind=ConversationKind.CHANNEL,
        team_name=named,
        name="",
        told_at=at if present else None,
        removed_at=None,
    )
    return [team, itself]


def _keep(office: Office, told: Conversation, *, only_known: bool) -> None:
    book = office.books.conversations
    kept = book.hold(told.platform, told.tenant, told.external_id)
    if kept is None and only_known:
        return
    now = told if kept is None else updated(kept, told)
    if now != kept:
        book.keep(now)
    if kept is not None and now.live and not kept.live:
        came_back(office, now.external_id, now.platform, now.tenant)


def _close(office: Office, happening: ConversationChanged) -> None:
    book = office.books.conversations
    kept = book.hold(happening.platform, happening.tenant, happening.conversation)
    if kept is not None:
        close(office, kept.id, Closed.SHARED)


def _take_out(office: Office, happening: ConversationChanged, at: datetime) -> None:
    book = office.books.conversations
    kept = book.hold(happening.platform, happening.tenant, happening.conversation)
    if kept is not None:
        book.keep(updated(kept, replace(kept, told_at=at, removed_at=at)))


def tidy(name: str) -> str:
    """A channel's name on one line, its end left out where it is too long for any heading, and
    nothing at all where it holds what must never be here."""
    spaced = " ".join(name.split())
    bare = "".join(letter for letter in spaced if letter.isprintable())
    if isinstance(screen(bare, kind="public"), Stop):
        return ""
    return bare if len(bare) <= NAME_LONGEST else f"{bare[: NAME_LONGEST - 1].rstrip()}…"
