"""An exchange as it reads while the other side is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchanges.model import ExchangeState
from core.exchanges.moves import waits_for
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _

if TYPE_CHECKING:
    from core.exchanges.views import Seen


def paused_news(name: Words) -> Text:
    """Why the exchange stands still."""
    return _(
        "{name} cannot use Hourbridge at the moment, so this exchange is paused. "
        "You do not need to do anything.",
        name=name,
    )


def back_news(name: Words) -> Text:
    """It goes on."""
    return _("{name} is back. This exchange goes on from where it was.", name=name)


def away_now(name: Words) -> Text:
    """Why the reader cannot do this now."""
    return _(
        "{name} is away at the moment, so this waits until they are back. This is how it stands.",
        name=name,
    )


def paused_standing(seen: Seen) -> Text:
    """Where a paused exchange stands, what is safe, and what the reader can do."""
    return _("Paused: {name} is away for now. {how}", name=seen.other_name, how=_how(seen))


def _how(seen: Seen) -> Text:
    exchange = seen.exchange
    mine = waits_for(exchange) == seen.me
    match exchange.state:
        case ExchangeState.PROPOSED if exchange.proposed_by == seen.me:
            return _("You can wait, or withdraw. No hours are set aside.")
        case ExchangeState.PROPOSED:
            return _("You can wait, or decline. No hours are set aside.")
        case ExchangeState.AGREED:
            return _(
                "The hours you agreed are safe. You can wait or cancel. If the work is done, "
                "say how long it took."
            )
        case ExchangeState.CLAIMED:
            return _claimed(seen, mine=mine)
        case _:
            return _("The hours are safe. A lead has been asked to settle this, and still can.")


def _claimed(seen: Seen, *, mine: bool) -> Text:
    exchange = seen.exchange
    took = spoken(exchange.claimed_minutes or 0)
    if mine and exchange.escalated:
        return _(
            "They said it took {time}. A lead has been asked to look. "
            "You can still confirm or correct it.",
            time=took,
        )
    if mine:
        return _(
            "They said it took {time}. You can still confirm or correct it, wait, or cancel.",
            time=took,
        )
    if exchange.escalated:
        return _("You said it took {time}. A lead has been asked to look.", time=took)
    return _(
        "You said it took {time}, and that is safe. You can wait or cancel. If nobody confirms it "
        "in time, a lead is asked to look.",
        time=took,
    )
