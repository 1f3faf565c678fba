"""What is asked for when something is wrong: disputes, reports and blocks, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.exchanges.intents import OnExchange
from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenDispute(OnExchange):
    """The form that hands a disagreement to a lead."""

    name: ClassVar[str] = "exchange.dispute-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Dispute(OnExchange):
    """I do not agree with the time, and here is why."""

    name: ClassVar[str] = "exchange.dispute"
    opens_form: ClassVar[bool] = True

    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class Attach(OnExchange):
    """Let the lead who settles read the messages that I wrote."""

    name: ClassVar[str] = "exchange.attach"


@dataclass(frozen=True, kw_only=True)
class ListDisputes(Intent):
    """What waits for a lead."""

    name: ClassVar[str] = "exchange.disputes"

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenResolve(OnExchange):
    """The form with which a lead settles."""

    name: ClassVar[str] = "exchange.resolve-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Resolve(OnExchange):
    """So many minutes move; 0 for none."""

    name: ClassVar[str] = "exchange.resolve"

    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenReport(Intent):
    """The form for telling a person about something. ``about`` is "exchange:7" and the like."""

    name: ClassVar[str] = "exchange.report-form"
    opens_form: ClassVar[bool] = True

    about: str = ""
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class SendReport(Intent):
    """What is wrong, for a lead to read. ``what`` is a reference or a name, where typed."""

    name: ClassVar[str] = "exchange.report"
    opens_form: ClassVar[bool] = True

    about: str = ""
    key: str = ""
    what: str = ""
    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class ListReports(Intent):
    """Reports that wait for a lead."""

    name: ClassVar[str] = "exchange.reports"

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class CloseReport(Intent):
    """This report has been dealt with."""

    name: ClassVar[str] = "exchange.close-report"

    report: int = 0


@dataclass(frozen=True, kw_only=True)
class Block(Intent):
    """I do not want to hear from the other side of this exchange."""

    name: ClassVar[str] = "exchange.block"

    exchange: int = 0


@dataclass(frozen=True, kw_only=True)
class Unblock(Intent):
    """Take a block back: of a member, or of the other side of an exchange."""

    name: ClassVar[str] = "exchange.unblock"

    member: int = 0
    exchange: int = 0


@dataclass(frozen=True, kw_only=True)
class ListBlocked(Intent):
    """Whom I have blocked."""

    name: ClassVar[str] = "exchange.blocked"

    page: int = 0
