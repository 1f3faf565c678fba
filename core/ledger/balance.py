"""A member's own balance and statement. Nobody else sees them, whatever their role."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.desk import Desk
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.ledger.holders import Holder, account_of, holder_name
from core.ledger.intents import ShowBalance, ShowStatement
from core.ledger.model import AccountKind, Line, PostingKind
from core.ledger.views import StatementLine, balance_view, statement_view
from core.ui.replies import Reply, Say

PAGE = 10


def show_balance(desk: Desk, _intent: ShowBalance) -> Reply:
    """The caller's hours, and what they can do with them."""
    account = account_of(desk, Holder(AccountKind.MEMBER, desk.me.id))
    policy = desk.policy
    return Say(balance_view(account, policy.low_balance_minutes, policy.high_balance_minutes))


def show_statement(desk: Desk, intent: ShowStatement) -> Reply:
    """A page of the caller's statement; a page that is not there shows the nearest."""
    account = account_of(desk, Holder(AccountKind.MEMBER, desk.me.id))
    ledger = desk.books.ledger
    page = min(max(intent.page, 1), 1_000_000)
    lines, total = ledger.statement(account.id, (page - 1) * PAGE, PAGE)
    pages = max(1, -(-total // PAGE))
    if page > pages:
        page = pages
        lines, total = ledger.statement(account.id, (page - 1) * PAGE, PAGE)
    return Say(statement_view(_read(desk, lines), page, pages))


def _read(desk: Desk, lines: Sequence[Line]) -> list[StatementLine]:
    return [
        StatementLine(
            line.at.astimezone(desk.zone).date(), what(desk, line), line.minutes, line.balance
        )
        for line in lines
    ]


def what(desk: Desk, line: Line) -> Text:
    """Why the time moved, and who was on the other side."""
    others = [Holder(kind, holder_id) for kind, holder_id in line.other_holders]
    name = _names(desk, others)
    came = line.minutes > 0
    match line.kind:
        case PostingKind.OPENING:
            return _("Hours to start with")
        case PostingKind.EXCHANGE:
            ref = reference("E", line.subject_id) if line.subject_id else ""
            if came:
                return _("You helped {name} ({reference})", name=name, reference=ref)
            return _("Helped by {name} ({reference})", name=name, reference=ref)
        case PostingKind.GIFT:
            if came:
                return _("From {name}", name=name)
            return _("You gave to {name}", name=name)
        case PostingKind.GRANT:
            return _("From {name}", name=name)
        case PostingKind.CORRECTION:
            return _correction(desk, line, others)
        case PostingKind.MERGE:
            return _("Your two memberships became one")
        case PostingKind.LEAVING:
            return _("From {name}, on leaving", name=name)


def _correction(desk: Desk, line: Line, others: Sequence[Holder]) -> Text:
    if any(one.kind is AccountKind.SOURCE for one in others):
        # Two memberships became one: the subject is a member here.
        return _("Hours to start with, given twice and taken back")
    correction = desk.books.ledger.corrections.get(line.subject_id) if line.subject_id else None
    if correction is None:
        return _("Put back")
    return _("Put back: {reference}", reference=reference("E", correction.exchange_id))


def _names(desk: Desk, others: Sequence[Holder]) -> Words:
    if len(others) == 1:
        return holder_name(desk, others[0])
    return _("{count} others", count=len(others))
