"""``report``: telling a person about a post, an exchange, a message or a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.events.rights import may_see
from core.events.seen import title_of
from core.exchanges.model import Report
from core.exchanges.reading import first_use
from core.exchanges.report_views import (
    REPORT_LONGEST,
    REPORTS_PAGE,
    Reported,
    report_form,
    report_view,
    reported_view,
    reports_view,
)
from core.exchanges.safety_intents import CloseReport, ListReports, OpenReport, SendReport
from core.exchanges.seeing import name_of, not_found
from core.exchanges.telling import helpers_for
from core.exchanges.views import title_of as exchange_title
from core.kernel.desk import Desk, Office
from core.kernel.references import read_reference, reference
from core.kernel.refusals import Refusal
from core.kernel.texts import Words, _
from core.members.model import MemberState
from core.organisations.model import ContactKind, Role
from core.posts.model import PostState
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form
from core.ui.intents import Intent
from core.ui.replies import Open, Replace, Reply, Say
from core.ui.views import Note


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: its kind and id, whose it is, what to call it, and words of it."""

    about: str
    member_id: int
    described: Words
    quoted: str = ""


def read_report(rest: str) -> Intent:
    """``A-7K2 this is an advert`` as typed; without words it opens the form."""
    first, _space, words = rest.partition(" ")
    if read_reference(first) is None:
        return OpenReport(what=rest)
    return SendReport(what=first, words=words.strip()) if words.strip() else OpenReport(what=first)


def subject(office: Office, about: str, reader: int) -> Subject:
    """What ``about`` ("post:4", "event:5", "exchange:7", "message:9", "member:3") names, if the
    reader may see it. Everything else is not found."""
    kind, _colon, digits = about.partition(":")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise not_found()
    found = {
        "post": _post,
        "event": _event,
        "exchange": _exchange,
        "message": _message,
        "member": _member,
    }.get(kind)
    if found is None:
        raise not_found()
    return found(office, int(digits), reader)


def _post(office: Office, post_id: int, reader: int) -> Subject:
    post = office.books.posts.get(post_id)
    if post is None or (post.state is PostState.HIDDEN and reader):
        raise not_found()
    ref = reference(post.kind.letter, post.id)
    described = _("{title}, {reference}", title=post.title, reference=ref)
    return Subject(f"post:{post.id}", post.member_id, described)


def _event(office: Office, event_id: int, reader: int) -> Subject:
    event = office.books.events.get(event_id)
    if event is None or (reader and not may_see(office, event, reader)):
        raise not_found()
    described = _("{title}, {reference}", title=title_of(event), reference=reference("V", event.id))
    return Subject(f"event:{event.id}", event.host_id, described, event.details)


def _exchange(office: Office, exchange_id: int, reader: int) -> Subject:
    exchange = office.books.exchanges.get(exchange_id)
    if exchange is None or (reader and not exchange.has(reader)):
        raise not_found()
    described = _(
        "{title}, {reference}",
        title=exchange_title(exchange.title),
        reference=reference("E", exchange.id),
    )
    return Subject(f"exchange:{exchange.id}", exchange.other(reader), described)


def _message(office: Office, message_id: int, reader: int) -> Subject:
    message = office.books.exchanges.message(message_id)
    exchange = office.books.exchanges.get(message.exchange_id) if message else None
    if message is None or exchange is None or (reader and not exchange.has(reader)):
        raise not_found()
    writer = name_of(office.books.members.get(message.member_id))
    return Subject(
        f"message:{message.id}",
        message.member_id,
        _("a message from {name}", name=writer),
        message.words,
    )


def _member(office: Office, member_id: int, _reader: int) -> Subject:
    member = office.books.members.many([member_id]).get(member_id)
    if member is None or member.state is MemberState.MERGED:
        raise not_found()
    return Subject(f"member:{member.id}", member.id, name_of(member))


def _typed_subject(desk: Desk, what: str) -> Subject:
    """What a typed reference or name means."""
    found = read_reference(what)
    kinds = {"E": "exchange", "O": "post", "A": "post", "V": "event"}
    if found is not None and found[0] in kinds:
        return subject(desk, f"{kinds[found[0]]}:{found[1]}", desk.me.id)
    named = [one for one in desk.books.members.named(what) if one.id != desk.me.id]
    if len(named) > 1:
        raise Refusal(
            _(
                "More than one member has that name. Write the whole name, or use the "
                "reference of a post or an exchange."
            ),
            "what",
            "ambiguous",
        )
    if not named:
        raise Refusal(
            _("I cannot find that. Use a reference such as A-7K2, or a member's name."),
            "what",
            "not-found",
        )
    return subject(desk, f"member:{named[0].id}", desk.me.id)


def _subject_of(desk: Desk, about: str, what: str) -> Subject:
    if about:
        return subject(desk, about, desk.me.id)
    if not what.strip():
        raise Refusal(_("Say what it is about."), "what")
    return _typed_subject(desk, what)


def open_report(desk: Desk, intent: OpenReport) -> Reply:
    """The form, about what the button or the typed words name."""
    key = desk.keys.nonce()
    if not intent.about and not intent.what:
        return Open(report_form(key, "", ""))
    found = _subject_of(desk, intent.about, intent.what)
    return Open(report_form(key, found.about, found.described))


def _form_again(desk: Desk, intent: SendReport) -> Form:
    """The form as it was filled in."""
    described = _subject_of(desk, intent.about, intent.what).described
    key = intent.key or desk.keys.nonce()
    return report_form(
        key, intent.about, described if intent.about else "", intent.what, intent.words
    )


def _send_report(desk: Desk, intent: SendReport) -> Reply:
    """Keep a report and tell who looks after such things."""
    found = _subject_of(desk, intent.about, intent.what)
    if found.member_id == desk.me.id:
        raise Refusal(_("This is your own."), "what", "own")
    words = screened_words(
        intent.words,
        "words",
        REPORT_LONGEST,
        kind="private",
        confirmed=intent.not_about_a_patient,
    )
    organisation_id = desk.identity.organisation_id
    if first_use(desk, intent.key, "report"):
        report = desk.books.exchanges.add_report(Report(desk.me.id, found.about, words, desk.now))
        leads = helpers_for(desk, organisation_id, {found.member_id, desk.me.id})
        desk.tell("exchange.reported", f"report:{report.id}", leads, {"report": report.id})
    organisations = desk.books.organisations
    return Say(
        reported_view(
            organisations.get(organisation_id).name,
            organisations.contact(organisation_id, ContactKind.SAFEGUARDING),
        )
    )


send_report = asking_first(_send_report, _form_again)


def reported(office: Office, report: Report) -> Reported:
    """A report as a lead reads it; what it is about may have gone since."""
    about: Words = _("something that is no longer there")
    quoted = ""
    try:
        found = subject(office, report.about, 0)
        about, quoted = found.described, found.quoted
    except Refusal:
        pass
    reporter = name_of(office.books.members.get(report.member_id))
    return Reported(report.id, reporter, about, report.words, report.at, quoted, report.open)


def may_read(office: Office, report: Report, member_id: int) -> bool:
    """Whether this member looks after the report: a lead of the reporter's organisation or an
    admin, and neither the reporter nor the person it is about."""
    return bool(_read_by(office, [report], member_id))


def waiting_for(office: Office, member_id: int) -> list[Report]:
    """The open reports that this member looks after, newest first."""
    return _read_by(office, office.books.exchanges.reports(), member_id)


def _read_by(office: Office, reports: Sequence[Report], member_id: int) -> list[Report]:
    held = office.books.roles.held_by(member_id)
    admin = any(grant.role is Role.ADMIN for grant in held)
    led = {grant.organisation_id for grant in held if grant.role is Role.LEAD}
    if not (admin or led):
        return []
    reporters = office.books.members.many([report.member_id for report in reports])
    return [
        report
        for report in reports
        if (admin or reporters[report.member_id].organisation_id in led)
        and member_id not in (report.member_id, _blamed(office, report))
    ]


def _blamed(office: Office, report: Report) -> int:
    kind, _colon, digits = report.about.partition(":")
    if kind == "exchange":
        exchange = office.books.exchanges.get(int(digits))
        return exchange.other(report.member_id) if exchange else 0
    try:
        return subject(office, report.about, 0).member_id
    except Refusal:
        return 0


def list_reports(desk: Desk, intent: ListReports) -> Reply:
    """The reports that wait for this lead or admin."""
    roles = {grant.role for grant in desk.books.roles.held_by(desk.me.id)}
    if not roles & {Role.LEAD, Role.ADMIN}:
        raise Refusal(_("Only leads and administrators can see reports."), code="not-a-lead")
    waiting = waiting_for(desk, desk.me.id)
    page = max(0, intent.page)
    shown = tuple(reported(desk, one) for one in waiting[page * REPORTS_PAGE :][:REPORTS_PAGE])
    return Say(reports_view(shown, page, len(waiting)))


def close_report(desk: Desk, intent: CloseReport) -> Reply:
    """Mark a report dealt with."""
    report = desk.books.exchanges.report(intent.report)
    if report is None or not may_read(desk, report, desk.me.id):
        raise not_found()
    news = _("This has been dealt with already.")
    if desk.books.exchanges.close_report(report.id):
        news = _("Noted: this has been dealt with.")
        desk.changed(f"report:{report.id}")
    kept = desk.books.exchanges.report(report.id) or report
    return Replace(report_view(reported(desk, kept), Note(news, "success")))
