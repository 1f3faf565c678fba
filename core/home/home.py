"""``home``: what needs you now, what fits you, what is under way, and your hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.commands import Hello
from core.home.help import Help
from core.home.parts import (
    event_part,
    exchange_part,
    fitting_parts,
    post_part,
    under_way,
    waiting_part,
)
from core.home.tasks import tasks
from core.home.views import Hours, home_view
from core.kernel.desk import Desk
from core.kernel.texts import _
from core.ledger.intents import Give
from core.ledger.model import AccountKind
from core.members.settings import OpenSettings
from core.posts.intents import OpenFind, OpenPostForm
from core.ui.intents import Intent
from core.ui.replies import Replace, Reply
from core.ui.views import Button

BUTTONS = (
    Button(_("Offer help"), OpenPostForm(kind="offer"), "offer", "primary"),
    Button(_("Ask for help"), OpenPostForm(kind="ask"), "ask", "primary"),
    Button(_("Find"), OpenFind(), "find"),
    Button(_("Give hours"), Give(), "give"),
    Button(_("Settings"), OpenSettings(), "settings"),
    Button(_("Help"), Help(), "help"),
)


@dataclass(frozen=True, kw_only=True)
class Home(Intent):
    """Where I stand."""

    name: ClassVar[str] = "home.home"
    repeatable: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False


def home(desk: Desk, _intent: Home | Hello) -> Reply:
    """The actor's own page; nobody else ever sees it."""
    account = desk.books.ledger.account(AccountKind.MEMBER, desk.me.id)
    hours = Hours(account.balance, account.reserved) if account else Hours(0, 0)
    exchanges = under_way(desk)
    parts = (
        *fitting_parts(desk, exchanges),
        post_part(desk),
        exchange_part(desk, exchanges),
        event_part(desk),
    )
    waiting = waiting_part(desk, exchanges)
    return Replace(home_view(desk.me.name, hours, waiting, tasks(desk, desk.me.id), parts, BUTTONS))
