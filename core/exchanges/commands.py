"""What is typed about exchanges, in English and Welsh, and how each line becomes an intent.

A line that only begins like a command is not one: "confirm Tuesday please" is an answer to a
message, and no hours move on it.
"""

from __future__ import annotations

from collections.abc import Callable

from core.commands import PlainWords
from core.events.typed import or_cancel
from core.exchanges import intents, safety_intents
from core.exchanges.propose import read_propose
from core.exchanges.report import read_report
from core.exchanges.seeing import named
from core.exchanges.show import read_page, read_show
from core.exchanges.talk import read_message
from core.exchanges.thank import read_thanks
from core.feature import Command
from core.groups import intents as group_intents
from core.kernel.durations import read_duration
from core.kernel.references import read_reference
from core.kernel.refusals import Refusal
from core.kernel.texts import _
from core.ui.intents import Intent

_EXAMPLE = "E-7K2"


def _alone(word: str, make: Callable[[int], Intent]) -> Callable[[str], Intent]:
    """A verb that takes a reference and nothing else."""

    def read(rest: str) -> Intent:
        exchange, more = named(rest)
        return PlainWords(words=f"{word} {rest}", nearest=word) if more else make(exchange)

    return read


def _bare(word: str, make: Callable[[], Intent]) -> Callable[[str], Intent]:
    """A verb that takes nothing: "send it to Bo, please" is a message."""
    return lambda rest: PlainWords(words=f"{word} {rest}", nearest=word) if rest else make()


def _timed(
    word: str, form: Callable[[int], Intent], sent: Callable[[int, str], Intent]
) -> Callable[[str], Intent]:
    """A verb that takes a reference and a length of time; without the time it opens its form."""

    def read(rest: str) -> Intent:
        exchange, more = named(rest)
        if not more:
            return form(exchange)
        if not exchange and not _is_duration(more):
            return PlainWords(words=f"{word} {rest}", nearest=word)
        return sent(exchange, more)

    return read


def _or_group(
    read: Callable[[str], Intent], make: Callable[[int, str], Intent]
) -> Callable[[str], Intent]:
    """``read``, unless the line begins with the reference of a group."""

    def either(rest: str) -> Intent:
        first, _space, after = rest.partition(" ")
        found = read_reference(first) if "-" in first else None
        if found is None or found[0] != "T":
            return read(rest)
        return make(found[1], after.strip())

    return either


def _group_done(group: int, minutes: str) -> Intent:
    if minutes:
        return group_intents.GroupDone(group=group, minutes=minutes)
    return group_intents.OpenGroupDone(group=group)


def _is_duration(words: str) -> bool:
    """Whether a length of time is meant, be it one that is refused."""
    try:
        read_duration(words)
    except Refusal as refusal:
        return refusal.code != "duration-unread"
    return True


def _dispute(rest: str) -> Intent:
    exchange, words = named(rest)
    if words and exchange:
        return safety_intents.Dispute(exchange=exchange, words=words)
    if words:
        return PlainWords(words=f"dispute {rest}", nearest="dispute")
    return safety_intents.OpenDispute(exchange=exchange)


def _settle(rest: str) -> Intent:
    exchange, minutes = named(rest)
    if minutes:
        return safety_intents.Resolve(exchange=exchange, minutes=minutes)
    return safety_intents.OpenResolve(exchange=exchange)


def _dealt(rest: str) -> Intent:
    found = read_reference(rest)
    if found is None or found[0] != "R":
        return PlainWords(words=f"dealt {rest}", nearest="reports")
    return safety_intents.CloseReport(report=found[1])


AGREEING = (
    Command(
        ("answer", "want", "propose", "ateb", "eisiau"),
        read_propose,
        _("Say yes to an ask or an offer"),
        "answer A-7K2 1 hour",
    ),
    Command(
        ("accept", "derbyn"),
        _alone("accept", lambda one: intents.OpenAccept(exchange=one)),
        _("Accept what someone suggests"),
        f"accept {_EXAMPLE}",
    ),
    Command(
        ("suggest", "awgrymu"),
        _timed(
            "suggest",
            lambda one: intents.OpenSuggest(exchange=one),
            lambda one, minutes: intents.OpenSuggest(exchange=one, minutes=minutes),
        ),
        _("Suggest other minutes"),
        f"suggest {_EXAMPLE} 45 mins",
    ),
    Command(
        ("decline", "gwrthod"),
        _alone("decline", lambda one: intents.Decline(exchange=one)),
        _("Decline what someone suggests, without a reason"),
        f"decline {_EXAMPLE}",
    ),
    Command(
        ("withdraw", "tynnu"),
        _alone("withdraw", lambda one: intents.Withdraw(exchange=one)),
        _("Take back what you suggested"),
        f"withdraw {_EXAMPLE}",
    ),
    Command(
        ("manager", "rheolwr"),
        _alone("manager", lambda one: intents.ManagerAgreed(exchange=one)),
        _("Note that your manager has agreed"),
        f"manager {_EXAMPLE}",
        listed=False,
    ),
)

DOING = (
    Command(
        ("message", "reply", "neges", "msg"),
        read_message,
        _("Write to the other side of an exchange"),
        f"message {_EXAMPLE} see you at 2pm",
    ),
    Command(
        ("send", "anfon"),
        _bare("send", intents.SendDraft),
        _("Send the message you have just looked at"),
        listed=False,
    ),
    Command(
        ("discard", "dileu"),
        _bare("discard", intents.DropDraft),
        _("Do not send the message you have just looked at"),
        listed=False,
    ),
    Command(
        ("done", "gorffen", "wedi gorffen"),
        _or_group(
            _timed(
                "done",
                lambda one: intents.OpenClaim(exchange=one),
                lambda one, minutes: intents.Claim(exchange=one, minutes=minutes),
            ),
            _group_done,
        ),
        _("Say that the work is done and how long it took"),
        f"done {_EXAMPLE} 1h30",
    ),
    Command(
        ("confirm", "cadarnhau"),
        _alone("confirm", lambda one: intents.Confirm(exchange=one)),
        _("Confirm the hours, which then move"),
        f"confirm {_EXAMPLE}",
    ),
    Command(
        ("correct", "cywiro"),
        _timed(
            "correct",
            lambda one: intents.OpenCorrect(exchange=one),
            lambda one, minutes: intents.Correct(exchange=one, minutes=minutes),
        ),
        _("Say that it took another time"),
        f"correct {_EXAMPLE} 45 mins",
    ),
    Command(
        ("cancel", "canslo"),
        or_cancel(
            _or_group(
                _alone("cancel", lambda one: intents.Cancel(exchange=one)),
                lambda group, _rest: group_intents.CancelGroup(group=group),
            )
        ),
        _("Cancel an exchange, or an event of yours"),
        f"cancel {_EXAMPLE}",
    ),
    Command(
        ("thanks", "thank", "diolch"),
        read_thanks,
        _("Say thank you when hours are confirmed"),
        f"thanks {_EXAMPLE} that helped a lot",
    ),
    Command(("exchanges", "cyfnewidiadau"), read_page, _("See all your exchanges"), "exchanges"),
    Command(
        ("show", "dangos"),
        read_show,
        _("See an exchange, an offer or an ask"),
        f"show {_EXAMPLE}",
    ),
)

SETTLING = (
    Command(
        ("dispute", "anghytuno"),
        _dispute,
        _("Ask a lead to settle how long it took"),
        f"dispute {_EXAMPLE}",
    ),
    Command(
        ("attach", "atodi"),
        _alone("attach", lambda one: safety_intents.Attach(exchange=one)),
        _("Let the lead who settles read your messages"),
        f"attach {_EXAMPLE}",
        listed=False,
    ),
    Command(
        ("disputes", "anghydfodau"),
        lambda _rest: safety_intents.ListDisputes(),
        _("See what you can settle, as a lead"),
        "disputes",
        listed=False,
    ),
    Command(
        ("settle", "resolve", "setlo"),
        _settle,
        _("Settle an exchange, as a lead"),
        f"settle {_EXAMPLE} 1 hour",
        listed=False,
    ),
    Command(
        ("report", "adrodd"),
        read_report,
        _("Tell a lead that something is wrong"),
        f"report {_EXAMPLE}",
    ),
    Command(
        ("reports", "adroddiadau"),
        lambda _rest: safety_intents.ListReports(),
        _("See the reports that wait for you, as a lead"),
        "reports",
        listed=False,
    ),
    Command(
        ("dealt", "deliwyd"),
        _dealt,
        _("Say that a report is dealt with, as a lead"),
        "dealt R-7K2",
        listed=False,
    ),
    Command(
        ("talk", "sgwrs"),
        _alone("talk", lambda one: intents.ReadTalk(exchange=one)),
        _("Read what the two of you wrote"),
        f"talk {_EXAMPLE}",
    ),
    Command(
        ("block", "blocio"),
        _alone("block", lambda one: safety_intents.Block(exchange=one)),
        _("Hear no more from the other side of an exchange"),
        f"block {_EXAMPLE}",
    ),
    Command(
        ("unblock", "dadflocio"),
        _alone("unblock", lambda one: safety_intents.Unblock(exchange=one)),
        _("Take a block back"),
        f"unblock {_EXAMPLE}",
        listed=False,
    ),
    Command(
        ("blocked", "blociwyd"),
        lambda _rest: safety_intents.ListBlocked(),
        _("See whom you have blocked"),
        "blocked",
    ),
)

COMMANDS = (*AGREEING, *DOING, *SETTLING)
