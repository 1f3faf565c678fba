"""What waits for a member as a lead or an administrator: to settle, to read, to decide."""

from __future__ import annotations

from core.exchanges.report import waiting_for
from core.exchanges.safety_intents import ListDisputes, ListReports
from core.home.views import Task
from core.installations.intents import ListTenants
from core.installations.seeing import waiting
from core.kernel.desk import Desk
from core.kernel.texts import _, plural
from core.ledger.correction_rights import exchange_of, is_admin, led_by, may_decide
from core.ledger.intents import ListCorrections
from core.members.confirming_intents import ListJoiners
from core.members.joiners import waiting_for as joiners_for
from core.ui.views import Button


def tasks(desk: Desk) -> tuple[Task, ...]:
    """One line for each kind of work that waits; none for members without a role."""
    admin, led = is_admin(desk, desk.me.id), sorted(led_by(desk, desk.me.id))
    if not (admin or led):
        return ()
    where = None if admin else led
    found = (
        _to_approve(desk) if admin else None,
        _to_settle(desk, where),
        _to_read(desk),
        _to_decide(desk, where),
        _to_confirm(desk),
    )
    return tuple(task for task in found if task is not None)


def _to_approve(desk: Desk) -> Task | None:
    count = len(waiting(desk))
    if not count:
        return None
    words = plural(
        "{count} workspace waits for approval", "{count} workspaces wait for approval", count
    )
    return Task(words, Button(_("See them"), ListTenants(), "tenants"))


def _to_confirm(desk: Desk) -> Task | None:
    count = len(joiners_for(desk, desk.me.id))
    if not count:
        return None
    words = plural(
        "{count} person waits to be confirmed", "{count} people wait to be confirmed", count
    )
    return Task(words, Button(_("See them"), ListJoiners(), "joiners"))


def _to_settle(desk: Desk, where: list[int] | None) -> Task | None:
    waiting = desk.books.exchanges.disputes_for(where)
    count = sum(not one.has(desk.me.id) for one in waiting)
    if not count:
        return None
    words = plural("{count} exchange to settle", "{count} exchanges to settle", count)
    return Task(words, Button(_("See them"), ListDisputes(), "disputes"))


def _to_read(desk: Desk) -> Task | None:
    count = len(waiting_for(desk, desk.me.id))
    if not count:
        return None
    words = plural("{count} report to read", "{count} reports to read", count)
    return Task(words, Button(_("See them"), ListReports(), "reports"))


def _to_decide(desk: Desk, where: list[int] | None) -> Task | None:
    count = sum(
        may_decide(desk, exchange_of(desk, one), one.proposed_by, desk.me.id)
        for one in desk.books.ledger.corrections.waiting(where)
    )
    if not count:
        return None
    words = plural("{count} correction to decide", "{count} corrections to decide", count)
    return Task(words, Button(_("See them"), ListCorrections(), "corrections"))
