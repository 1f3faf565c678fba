"""The form that asks which organisations a tenant serves."""

from __future__ import annotations

from collections.abc import Sequence

from core.installations.intents import ApproveTenant
from core.installations.views import SeenTenant, facts
from core.kernel.texts import _
from core.organisations.model import Organisation
from core.ui.forms import Field, Form, LongTextField, ManyChoicesField, Option
from core.ui.views import Facts, Paragraph

CHOICES = 100
"""The most organisations that every chat offers in one list. Of more, the names are typed."""


def approval_form(seen: SeenTenant, organisations: Sequence[Organisation]) -> Form:
    """Which organisations the tenant serves."""
    return Form(
        _("Let a workspace in"),
        ApproveTenant(platform=seen.tenant.platform, tenant=seen.id),
        (_organisations(organisations),),
        _("Let it in"),
        (
            Facts(facts(seen)),
            Paragraph(
                _("People who join there belong to one of the organisations that you choose.")
            ),
        ),
    )


def _organisations(organisations: Sequence[Organisation]) -> Field:
    label = _("Which organisations does it serve?")
    if len(organisations) > CHOICES:
        return LongTextField(
            "organisations",
            label,
            hint=_("Their names or codes, with commas between."),
            longest=1000,
        )
    options = tuple(Option(one.code, f"{one.name} ({one.code})") for one in organisations)
    return ManyChoicesField("organisations", label, options, required=True)
