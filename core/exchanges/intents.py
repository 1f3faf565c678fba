"""What the two sides of an exchange may ask for, as data that buttons and forms carry.

``exchange`` is an id, 0 where a typed verb named none. ``version`` is what the button's card
showed, 0 for typed words, which mean whatever stands now. ``key`` lets one form send once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent, TypedLine


@dataclass(frozen=True, kw_only=True)
class OnExchange(Intent):
    """Something done to one exchange."""

    exchange: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenPropose(Intent):
    """The form behind "I can help" and "I would like this". ``letter`` is set where typed."""

    name: ClassVar[str] = "exchange.propose-form"
    opens_form: ClassVar[bool] = True

    post: int = 0
    letter: str = ""
    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class Propose(Intent):
    """The proposal, filled in."""

    name: ClassVar[str] = "exchange.propose"
    opens_form: ClassVar[bool] = True

    post: int = 0
    key: str = ""
    minutes: str = ""
    when: str = ""
    message: str = ""
    time: str = "work"
    manager: str = "not-needed"
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenAccept(OnExchange):
    """The form with one side's terms, to be agreed in one go."""

    name: ClassVar[str] = "exchange.accept-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Accept(OnExchange):
    """Agree to the minutes that stand."""

    name: ClassVar[str] = "exchange.accept"

    time: str = "work"
    manager: str = "not-needed"


@dataclass(frozen=True, kw_only=True)
class OpenSuggest(OnExchange):
    """The form for other minutes."""

    name: ClassVar[str] = "exchange.suggest-form"
    opens_form: ClassVar[bool] = True

    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class Suggest(OnExchange):
    """Other minutes: then it is for the other side to answer."""

    name: ClassVar[str] = "exchange.suggest"
    opens_form: ClassVar[bool] = True

    minutes: str = ""
    when: str = ""
    message: str = ""
    time: str = "work"
    manager: str = "not-needed"
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class Decline(OnExchange):
    """No, without a reason."""

    name: ClassVar[str] = "exchange.decline"


@dataclass(frozen=True, kw_only=True)
class Withdraw(OnExchange):
    """The proposer takes the proposal back."""

    name: ClassVar[str] = "exchange.withdraw"


@dataclass(frozen=True, kw_only=True)
class ManagerAgreed(OnExchange):
    """This side's manager, who had to be asked, has agreed."""

    name: ClassVar[str] = "exchange.manager"


@dataclass(frozen=True, kw_only=True)
class OpenMessage(Intent):
    """The form for a message to the other side."""

    name: ClassVar[str] = "exchange.message-form"
    opens_form: ClassVar[bool] = True

    exchange: int = 0
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class SendMessage(Intent):
    """Words for the other side, wherever they are."""

    name: ClassVar[str] = "exchange.message"
    opens_form: ClassVar[bool] = True

    exchange: int = 0
    key: str = ""
    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class SendDraft(Intent):
    """Yes, send what I typed."""

    name: ClassVar[str] = "exchange.send-draft"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class DropDraft(Intent):
    """No, do not send it."""

    name: ClassVar[str] = "exchange.drop-draft"

    draft: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenClaim(OnExchange):
    """The form for "It is done": how long it took."""

    name: ClassVar[str] = "exchange.claim-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Claim(OnExchange):
    """It is done, and took so long."""

    name: ClassVar[str] = "exchange.claim"

    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirm(OnExchange):
    """Yes, it took as long as the other side says. Hours move."""

    name: ClassVar[str] = "exchange.confirm"


@dataclass(frozen=True, kw_only=True)
class OpenCorrect(OnExchange):
    """The form for how long it took instead."""

    name: ClassVar[str] = "exchange.correct-form"
    opens_form: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Correct(OnExchange):
    """It took another time, which the first side then confirms."""

    name: ClassVar[str] = "exchange.correct"

    minutes: str = ""


@dataclass(frozen=True, kw_only=True)
class Cancel(OnExchange):
    """It will not happen, or did not."""

    name: ClassVar[str] = "exchange.cancel"


@dataclass(frozen=True, kw_only=True)
class OpenThanks(TypedLine):
    """The form for a short thank-you."""

    name: ClassVar[str] = "exchange.thanks-form"
    opens_form: ClassVar[bool] = True

    exchange: int = 0
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Thank(Intent):
    """A short thank-you, once for each side."""

    name: ClassVar[str] = "exchange.thanks"
    opens_form: ClassVar[bool] = True

    exchange: int = 0
    words: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowExchange(Intent):
    """One exchange as it stands."""

    name: ClassVar[str] = "exchange.show"

    exchange: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadTalk(Intent):
    """The messages of an exchange, newest page first; ``page`` counts from 0."""

    name: ClassVar[str] = "exchange.talk"

    exchange: int = 0
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class ListExchanges(Intent):
    """My exchanges, a page at a time; ``page`` counts from 0."""

    name: ClassVar[str] = "exchange.list"

    page: int = 0
