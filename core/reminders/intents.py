"""What people may ask for about reminders, as data that buttons and forms carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class NotYet(Intent):
    """It has not happened yet: ask again later."""

    name: ClassVar[str] = "reminders.not-yet"

    exchange: int = 0


@dataclass(frozen=True, kw_only=True)
class ListUnanswered(Intent):
    """The asks of my organisations that nobody has answered."""

    name: ClassVar[str] = "reminders.unanswered"
    repeatable: ClassVar[bool] = True

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenIntroduce(Intent):
    """I know somebody who could help with an ask: the form to say whom."""

    name: ClassVar[str] = "reminders.introduce-form"
    opens_form: ClassVar[bool] = True

    post: int = 0


@dataclass(frozen=True, kw_only=True)
class Introduce(Intent):
    """Show somebody an ask that they could answer. ``who`` is a name as it was typed, ``chosen`` a
    member's id where the name fitted several."""

    name: ClassVar[str] = "reminders.introduce"
    opens_form: ClassVar[bool] = True

    post: int = 0
    who: str = ""
    chosen: str = ""
