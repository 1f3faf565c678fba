"""The field in which a person says for whom they act in a chat that several organisations share."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.texts import NOTHING, Text, _
from core.organisations.model import Organisation
from core.ui.forms import ChoiceField, Option

YOUR_ORGANISATION = _("Your organisation")
_ASKED_THERE = _("Someone there is asked to confirm that you work there.")


def organisation_field(
    organisations: Sequence[Organisation],
    *,
    asked: bool,
    label: Text = YOUR_ORGANISATION,
    asked_hint: Text = _ASKED_THERE,
) -> ChoiceField:
    """The organisations to choose from. ``asked``: somebody there has to confirm it, which
    ``asked_hint`` says."""
    return ChoiceField(
        "organisation",
        label,
        tuple(Option(one.code, one.name) for one in organisations),
        hint=asked_hint if asked else NOTHING,
    )
