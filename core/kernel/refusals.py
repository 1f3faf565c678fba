"""How an action says no: one exception, a reason in plain words, and the field it belongs to."""

from __future__ import annotations

from core.kernel.texts import Text


class Refusal(Exception):
    """Raised by an action; the engine rolls back and shows ``reason`` to the person who acted.

    ``field`` names the form field at fault, where there is one. ``code`` is a short stable word
    for metrics and tests; it is never shown.
    """

    def __init__(self, reason: Text, field: str = "", code: str = "refused") -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.field = field
        self.code = code
