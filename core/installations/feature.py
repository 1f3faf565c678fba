"""What the room of installations contributes."""

from __future__ import annotations

from core.feature import Command, Feature, verb
from core.installations import deciding, gallery
from core.installations.intents import (
    ApproveTenant,
    DeclineTenant,
    ListTenants,
    OpenApproval,
    ShowTenant,
)
from core.installations.notices import NOTICES
from core.installations.typed import read_tenants
from core.kernel.texts import _

FEATURE = Feature(
    "installations",
    verbs=(
        verb(ListTenants, deciding.list_tenants),
        verb(ShowTenant, deciding.show_tenant),
        verb(OpenApproval, deciding.open_approval),
        verb(ApproveTenant, deciding.approve),
        verb(DeclineTenant, deciding.decline),
    ),
    commands=(
        Command(
            ("tenants", "workspaces", "gweithleoedd", "mannau gwaith"),
            read_tenants,
            _("See the workspaces that wait for approval, as an administrator"),
            "tenants approve T0123 NGH, COU",
            listed=False,
        ),
    ),
    notices=NOTICES,
    gallery=gallery.examples,
)
