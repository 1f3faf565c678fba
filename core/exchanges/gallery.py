"""Every view and form of the exchanges room, from both sides and at their edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.commands import PlainWords
from core.exchanges import (
    dispute_views,
    forms,
    gallery_paused,
    list_views,
    report_views,
    talk_views,
    views,
)
from core.exchanges.intents import OpenAccept, OpenMessage
from core.exchanges.model import (
    Exchange,
    ExchangeState,
    Manager,
    Message,
    Terms,
    WhoseTime,
)
from core.exchanges.views import Seen
from core.feature import Command
from core.kernel.texts import _
from core.posts.model import Post, PostKind
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button, Note, Quote

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ANA, BEN = 1, 2
PROPOSED = Exchange(
    giver_id=ANA,
    receiver_id=BEN,
    proposed_by=ANA,
    suggested_by=ANA,
    title="Help with run charts",
    minutes=90,
    giver_organisation_id=1,
    receiver_organisation_id=2,
    proposed_at=NOW,
    suggested_at=NOW,
    when="Tuesday after 2pm",
    giver_terms=Terms(WhoseTime.BOTH, Manager.TO_ASK),
    id=42,
)
AGREED = replace(
    PROPOSED,
    state=ExchangeState.AGREED,
    receiver_terms=Terms(WhoseTime.OWN, Manager.HELD),
    agreed_at=NOW,
    reserved=90,
    version=2,
)
CLAIMED = replace(
    AGREED,
    state=ExchangeState.CLAIMED,
    claimed_minutes=75,
    claimed_by=ANA,
    claimed_at=NOW,
    version=3,
)
CONFIRMED = replace(
    CLAIMED,
    state=ExchangeState.CONFIRMED,
    settled_minutes=75,
    reserved=0,
    ended_at=NOW,
    ended_by=BEN,
    version=4,
)
DISPUTED = replace(CLAIMED, state=ExchangeState.DISPUTED, disputed_by=BEN, version=4)
HELLO = Message(42, ANA, "Hello Ben. Shall we meet online on Tuesday at 2.30pm?", NOW, id=1)
POST = Post(
    PostKind.ASK,
    BEN,
    2,
    "Help with run charts",
    "",
    90,
    ("spc",),
    True,
    None,
    date(2026, 6, 30),
    NOW,
    id=7,
)


def seen_by(exchange: Exchange, me: int) -> Seen:
    """The exchange as one of the two sees it."""
    if me == ANA:
        return Seen(exchange, ANA, NOW, "Ben Lowe", "Westshire Council", "ben.lowe@council.test")
    return Seen(exchange, BEN, NOW, "Ana Ward", "Northgate Hospital Trust", "Ext. 4417")


def examples() -> Iterator[Example]:
    """Cards in every state and from both sides, lists, forms, messages, and what leads see."""
    yield from _cards()
    yield from gallery_paused.examples(dict(_open_sides()), CLAIMED)
    yield from _lists()
    yield from _forms()
    yield from _talk()
    yield from _leads()
    yield from _reports()


def _states() -> Iterator[tuple[str, Exchange]]:
    yield "proposed", PROPOSED
    yield "suggested", replace(PROPOSED, suggested_by=BEN, minutes=60, version=2)
    yield "agreed", AGREED
    yield "claimed", CLAIMED
    yield "escalated", replace(CLAIMED, escalated=True)
    yield "confirmed", CONFIRMED
    yield "disputed", DISPUTED
    yield "resolved", replace(DISPUTED, state=ExchangeState.RESOLVED, settled_minutes=60)
    yield "resolved-none", replace(DISPUTED, state=ExchangeState.RESOLVED, settled_minutes=0)
    yield "lapsed-agreement", replace(AGREED, state=ExchangeState.LAPSED, ended_at=NOW)
    yield "lapsed", replace(PROPOSED, state=ExchangeState.LAPSED, ended_at=NOW)
    for state in (ExchangeState.DECLINED, ExchangeState.WITHDRAWN, ExchangeState.CANCELLED):
        ended = replace(PROPOSED, state=state, ended_at=NOW)
        yield state.value, replace(ended, ended_by=ANA)
        if state is not ExchangeState.DECLINED:
            yield f"{state.value}-by-nobody", ended


def _open_sides() -> Iterator[tuple[str, tuple[Seen, Seen]]]:
    for name, exchange in _states():
        if exchange.state.open:
            yield name, (seen_by(exchange, ANA), seen_by(exchange, BEN))


def _cards() -> Iterator[Example]:
    for name, exchange in _states():
        for side, me in (("giver", ANA), ("receiver", BEN)):
            shown = seen_by(exchange, me)
            yield Example(f"exchanges.card-{name}-{side}", views.exchange_card(shown))
    for name, exchange in (("proposed", PROPOSED), ("agreed", AGREED)):
        share = replace(exchange, group_id=3, minutes=12)
        for side, me in (("giver", ANA), ("receiver", BEN)):
            card = views.exchange_card(seen_by(share, me))
            yield Example(f"exchanges.card-share-{name}-{side}", card)
    full = replace(seen_by(CLAIMED, BEN), messages=(HELLO, replace(HELLO, member_id=BEN, id=2)))
    yield Example("exchanges.card-full", views.exchange_card(full, full=True))
    yield Example(
        "exchanges.card-news",
        views.exchange_card(
            replace(seen_by(CONFIRMED, BEN), balance=-75, thanked=True),
            Note(_("Confirmed. The hours have moved."), "success"),
        ),
    )
    yield Example(
        "exchanges.card-blocked",
        views.exchange_card(replace(seen_by(AGREED, ANA), closed=True), full=True),
    )
    long_ago = replace(CONFIRMED, ended_at=NOW - timedelta(days=31))
    yield Example("exchanges.card-long-ago", views.exchange_card(seen_by(long_ago, ANA)))
    forgotten = replace(CONFIRMED, title="", when="")
    left = replace(seen_by(forgotten, ANA), other_name=_("Someone who has left"), contact="")
    yield Example("exchanges.card-other-has-left", views.exchange_card(left))
    yield Example("exchanges.card-longest", views.exchange_card(_longest(), full=True))
    yield Example("exchanges.card-hostile", views.exchange_card(_hostile(), full=True))
    yield Example("exchanges.too-few-hours", views.short_of_hours_view(seen_by(PROPOSED, BEN)))


def _longest() -> Seen:
    exchange = replace(CLAIMED, title="W" * 150, when="W" * 150, minutes=2385, id=10**9)
    message = replace(HELLO, words="word " * 400)
    return Seen(
        exchange,
        BEN,
        NOW,
        "W" * 80,
        "Organisation " * 8,
        "W" * 200,
        messages=(message,) * 3,
        earlier=True,
    )


def _hostile() -> Seen:
    exchange = replace(AGREED, title=HOSTILE, when=HOSTILE)
    message = replace(HELLO, words=HOSTILE)
    return Seen(exchange, BEN, NOW, HOSTILE, HOSTILE, HOSTILE, messages=(message,))


def _lists() -> Iterator[Example]:
    rows = tuple(seen_by(exchange, BEN) for _name, exchange in _states())[: views.PAGE]
    yield Example("exchanges.list", list_views.exchanges_view(rows, 1, 14))
    yield Example("exchanges.list-empty", list_views.exchanges_view((), 0, 0))
    yield Example("exchanges.list-longest", list_views.exchanges_view((_longest(),) * 5, 0, 5))
    accept = Button(_("This one"), OpenAccept(exchange=42, version=1), "accept E-7K2")
    yield Example(
        "exchanges.which-one",
        list_views.choose_view(
            _("Which one do you mean?"), tuple((row, accept) for row in rows[:2])
        ),
    )
    many = tuple((_longest(), accept) for _row in range(10))
    yield Example(
        "exchanges.which-one-longest", list_views.choose_view(_("Which one do you mean?"), many)
    )
    people = ((ANA, "Ana Ward"), (BEN, HOSTILE), *((3, "W" * 80),) * 9)
    yield Example("exchanges.blocked", report_views.blocked_view(people))
    yield Example("exchanges.blocked-nobody", report_views.blocked_view(()))
    yield Example("exchanges.block-done", report_views.block_done_view("Ana Ward", kept=1))


def _forms() -> Iterator[Example]:
    answers = forms.Answers("1h30", Terms())
    yield Example("exchanges.propose-ask", forms.propose_form(POST, "Ben Lowe", "key", answers))
    offer = replace(POST, kind=PostKind.OFFER, title=HOSTILE)
    filled = forms.Answers("90 minutes", Terms(WhoseTime.BOTH, Manager.TO_ASK), "Now", HOSTILE)
    yield Example("exchanges.propose-offer", forms.propose_form(offer, HOSTILE, "key", filled))
    terms = Terms(WhoseTime.OWN, Manager.HELD)
    yield Example(
        "exchanges.accept-gives", forms.accept_form(PROPOSED, "Ben Lowe", terms, gives=True)
    )
    yield Example(
        "exchanges.accept-receives", forms.accept_form(PROPOSED, HOSTILE, terms, gives=False)
    )
    yield Example("exchanges.suggest", forms.suggest_form(PROPOSED, answers))
    yield Example("exchanges.message-form", forms.message_form(42, "Ana Ward", "key", HOSTILE))
    yield Example("exchanges.claim", forms.claim_form(AGREED, "1h30"))
    yield Example("exchanges.correct", forms.correct_form(CLAIMED, "1h15"))
    yield Example("exchanges.thanks-form", forms.thanks_form(CONFIRMED, "Ana Ward"))
    yield Example("exchanges.dispute-form", dispute_views.dispute_form(CLAIMED, "It took less."))
    yield Example("exchanges.report-form", report_views.report_form("key", "", ""))
    yield Example(
        "exchanges.report-form-about",
        report_views.report_form("key", "exchange:42", HOSTILE, words=HOSTILE),
    )


def _talk() -> Iterator[Example]:
    title = PROPOSED.title
    shown = talk_views.message_view(HELLO, title, "Ana Ward", open_talk=True)
    yield Example("exchanges.message", shown)
    hostile = replace(HELLO, words=HOSTILE)
    yield Example(
        "exchanges.message-closed",
        talk_views.message_view(hostile, HOSTILE, HOSTILE, open_talk=False),
    )
    longest = replace(HELLO, words="word " * 400)
    yield Example(
        "exchanges.message-longest",
        talk_views.message_view(longest, "W" * 150, "W" * 80, open_talk=True),
    )
    yield Example(
        "exchanges.message-preview",
        talk_views.preview_view(3, "See you then.", "Ana Ward", title, "show"),
    )
    yield Example(
        "exchanges.message-doubtful",
        talk_views.doubtful_view(
            _("This may be about a patient."),
            OpenMessage(exchange=42, words="The lady in bed 4 has a question."),
        ),
    )
    quotes = (Quote("word " * 400, "Ana Ward"),) * 4
    yield Example("exchanges.talk", talk_views.talk_view(42, quotes, 1, 3))
    yield Example("exchanges.talk-empty", talk_views.talk_view(42, (), 0, 1))
    yield Example("exchanges.message-not-sent", talk_views.not_sent_view())
    for name, back in (("thanked", True), ("thanked-both", False)):
        yield Example(
            f"exchanges.{name}",
            talk_views.thanked_view(42, title, "That helped us.", "Ben Lowe", thank_back=back),
        )
    sample = Command(("message",), lambda rest: OpenMessage(words=rest), _("Write"))
    near = PlainWords(words="mesage see you", nearest="message")
    yield Example("exchanges.unknown-near", talk_views.unknown_view((sample,), near))
    yield Example("exchanges.unknown", talk_views.unknown_view((), PlainWords(words="hmm")))


def _leads() -> Iterator[Example]:
    why = Message(42, BEN, "I remember an hour.", NOW, attached=True, id=3)
    case = dispute_views.Case(DISPUTED, "Ana Ward", "Ben Lowe", (why,))
    late = replace(case, exchange=replace(CLAIMED, escalated=True), attached=())
    settled = replace(
        case, exchange=replace(DISPUTED, state=ExchangeState.RESOLVED, settled_minutes=60)
    )
    yield Example("exchanges.case", dispute_views.case_view(case))
    long_words = replace(why, words="word " * 400)
    longest = replace(case, giver="W" * 80, receiver="W" * 80, attached=(long_words,) * 9)
    yield Example("exchanges.case-longest", dispute_views.case_view(longest))
    yield Example("exchanges.case-late", dispute_views.case_view(late))
    yield Example("exchanges.case-settled", dispute_views.case_view(settled))
    between = replace(late, exchange=CONFIRMED)
    yield Example("exchanges.case-no-longer", dispute_views.case_view(between))
    yield Example("exchanges.disputes", dispute_views.disputes_view((case, late), 0, 7))
    yield Example("exchanges.disputes-none", dispute_views.disputes_view((), 0, 0))
    yield Example("exchanges.resolve", dispute_views.resolve_form(case))


def _reports() -> Iterator[Example]:
    shown = report_views.Reported(
        5, "Ana Ward", _("a message from {name}", name="Ben Lowe"), "Rude.", NOW, HOSTILE
    )
    longest = replace(shown, words="word " * 200, quoted="word " * 400, reporter="W" * 80)
    yield Example("exchanges.report", report_views.report_view(shown))
    yield Example("exchanges.report-closed", report_views.report_view(replace(shown, open=False)))
    yield Example("exchanges.reports", report_views.reports_view((shown, longest), 0, 2))
    yield Example("exchanges.reports-longest", report_views.reports_view((longest,) * 3, 0, 9))
    yield Example("exchanges.reports-none", report_views.reports_view((), 0, 0))
    yield Example(
        "exchanges.report-sent",
        report_views.reported_view("Westshire Council", "safeguarding@council.test"),
    )
