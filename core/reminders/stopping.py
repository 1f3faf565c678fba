"""The end of every reminder: the way to have no more of them."""

from __future__ import annotations

from core.delivery.model import Family
from core.kernel.texts import _
from core.respect.intents import StopKind
from core.ui.views import Actions, Button


def last_buttons(*buttons: Button) -> Actions:
    """These buttons, and the one that ends reminders for good."""
    stop = StopKind(family=Family.REMINDERS.value)
    return Actions((*buttons, Button(_("Stop reminders"), stop, "stop reminders")))
