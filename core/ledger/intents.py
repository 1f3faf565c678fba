"""What people may ask for about hours, as data that buttons and forms carry.

``draft`` and ``correction`` are ids; ``version`` is what the button's card showed, 0 for typed
words. Form fields keep what people typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class ShowBalance(Intent):
    """My balance, and nobody else's."""

    name: ClassVar[str] = "ledger.balance"
    repeatable: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ShowStatement(Intent):
    """A page of my statement, the first being the newest."""

    name: ClassVar[str] = "ledger.statement"
    repeatable: ClassVar[bool] = True

    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Give(Intent):
    """Give hours of mine. ``words`` is what was typed in one line, still to be understood.

    ``chosen`` is one of several matches for ``who``, as ``Holder.key`` writes it.
    """

    name: ClassVar[str] = "ledger.give"
    opens_form: ClassVar[bool] = True

    words: str = ""
    minutes: str = ""
    who: str = ""
    chosen: str = ""
    note: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class Grant(Give):
    """Grant hours from a pot. ``source`` is the pot, as ``Holder.key`` writes it, or as typed."""

    name: ClassVar[str] = "ledger.grant"

    source: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmGift(Intent):
    """Yes, give it."""

    name: ClassVar[str] = "ledger.give-now"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class DropGift(Intent):
    """No, do not give it."""

    name: ClassVar[str] = "ledger.do-not-give"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class ProposeCorrection(Intent):
    """Propose to put the hours of an exchange back. ``exchange`` is its reference, as typed."""

    name: ClassVar[str] = "ledger.propose-correction"
    opens_form: ClassVar[bool] = True

    exchange: str = ""
    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class ListCorrections(Intent):
    """The corrections that wait for a decision."""

    name: ClassVar[str] = "ledger.corrections"


@dataclass(frozen=True, kw_only=True)
class ShowCorrection(Intent):
    """One correction's card."""

    name: ClassVar[str] = "ledger.correction"

    correction: int = 0


@dataclass(frozen=True, kw_only=True)
class ApproveCorrection(Intent):
    """Put the hours back."""

    name: ClassVar[str] = "ledger.approve-correction"

    correction: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class DeclineCorrection(Intent):
    """Leave the hours as they are."""

    name: ClassVar[str] = "ledger.decline-correction"

    correction: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class WithdrawCorrection(Intent):
    """I no longer propose it."""

    name: ClassVar[str] = "ledger.withdraw-correction"

    correction: int = 0
    version: int = 0
