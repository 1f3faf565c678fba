"""What is asked for by somebody whom an organisation has yet to confirm, and by its leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenOrganisation(Intent):
    """The form to choose another organisation in."""

    name: ClassVar[str] = "members.organisation-form"
    opens_form: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class ChooseOrganisation(Intent):
    """The organisation that a person works for, by its code or its name."""

    name: ClassVar[str] = "members.organisation"
    opens_form: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False

    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class GoOn(Intent):
    """On with what was typed before an organisation had confirmed them: perhaps a form."""

    name: ClassVar[str] = "members.continue"
    opens_form: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class ListJoiners(Intent):
    """The people who wait for this lead's or administrator's word."""

    name: ClassVar[str] = "members.joiners"
    kept_for_joining: ClassVar[bool] = False

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OnJoiner(Intent):
    """Something about one of them. Typed words may name none, where only one waits."""

    kept_for_joining: ClassVar[bool] = False

    joiner: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowJoiner(OnJoiner):
    """The card of one who waits."""

    name: ClassVar[str] = "members.joiner"


@dataclass(frozen=True, kw_only=True)
class ConfirmJoiner(OnJoiner):
    """Yes, they work here."""

    name: ClassVar[str] = "members.confirm-joiner"


@dataclass(frozen=True, kw_only=True)
class DeclineJoiner(OnJoiner):
    """No, they do not."""

    name: ClassVar[str] = "members.decline-joiner"
