"""What waits for a member as a lead or an administrator: to settle, to read, to decide."""

from __future__ import annotations

from core.events.attending_intents import ListHours
from core.events.host_hours_rights import waiting_for as hosts_for
from core.exchanges.report import waiting_for
from core.exchanges.safety_intents import ListDisputes, ListReports
from core.home.views import Task
from core.installations.intents import ListTenants
from core.installations.seeing import waiting
from core.kernel.desk import Office
from core.kernel.texts import _, plural
from core.ledger.correction_rights import exchange_of, is_admin, led_by, may_decide
from core.ledger.intents import ListCorrections
from core.members.confirming_intents import ListJoiners
from core.members.joiners import waiting_for as joiners_for
from core.ui.views import Button


def tasks(office: Office, me: int) -> tuple[Task, ...]:
    """One line for each kind of work that waits; none for members without a role."""
    admin, led = is_admin(office, me), sorted(led_by(office, me))
    if not (admin or led):
        return ()
    where = None if admin else led
    found = (
        _to_approve(office) if admin else None,
        _to_settle(office, me, where),
        _to_read(office, me),
        _to_decide(office, me, where),
        _to_confirm(office, me),
        _to_pay(office, me),
    )
    return tuple(task for task in found if task is not None)


def _to_approve(office: Office) -> Task | None:
    count = len(waiting(office))
    if not count:
        return None
    words = plural(
        "{count} workspace waits for approval", "{count} workspaces wait for approval", count
    )
    return Task(words, Button(_("See them"), ListTenants(), "tenants"))


def _to_confirm(office: Office, me: int) -> Task | None:
    count = len(joiners_for(office, me))
    if not count:
        return None
    words = plural(
        "{count} person waits to be confirmed", "{count} people wait to be confirmed", count
    )
    return Task(words, Button(_("See them"), ListJoiners(), "joiners"))


def _to_settle(office: Office, me: int, where: list[int] | None) -> Task | None:
    waiting = office.books.exchanges.disputes_for(where)
    count = sum(not one.has(me) for one in waiting)
    if not count:
        return None
    words = plural("{count} exchange to settle", "{count} exchanges to settle", count)
    return Task(words, Button(_("See them"), ListDisputes(), "disputes"))


def _to_read(office: Office, me: int) -> Task | None:
    count = len(waiting_for(office, me))
    if not count:
        return None
    words = plural("{count} report to read", "{count} reports to read", count)
    return Task(words, Button(_("See them"), ListReports(), "reports"))


def _to_decide(office: Office, me: int, where: list[int] | None) -> Task | None:
    count = sum(
        may_decide(office, exchange_of(office, one), one.proposed_by, me)
        for one in office.books.ledger.corrections.waiting(where)
    )
    if not count:
        return None
    words = plural("{count} correction to decide", "{count} corrections to decide", count)
    return Task(words, Button(_("See them"), ListCorrections(), "corrections"))


def _to_pay(office: Office, me: int) -> Task | None:
    count = len(hosts_for(office, me))
    if not count:
        return None
    words = plural("{count} host waits for hours", "{count} hosts wait for hours", count)
    return Task(words, Button(_("See them"), ListHours(), "hosting"))
