"""What leads and administrators see of people who wait to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.members.confirmation import Confirmation, ConfirmationState, Decider
from core.members.confirming_intents import (
    ConfirmJoiner,
    DeclineJoiner,
    ListJoiners,
    ShowJoiner,
)
from core.members.settings_views import CHAT_NAMES
from core.ui.paging import pages, turn
from core.ui.views import (
    Actions,
    Button,
    Confirm,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Note,
    Paragraph,
    View,
    view,
)

PAGE = 5
LETTER = "J"
"""What references to people who wait begin with."""
_LOCAL = _("the local page")


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody who waits, or waited. ``name`` is what they typed, ``shown`` by which name each
    chat that waits shows them; ``runs``: the organisation takes part today."""

    confirmation: Confirmation
    name: Words
    organisation: str
    shown: tuple[tuple[str, str], ...] = ()
    runs: bool = True

    @property
    def ref(self) -> str:
        """What to type to mean them."""
        return reference(LETTER, self.confirmation.id)

    @property
    def open(self) -> bool:
        """Whether there is anything to decide."""
        return self.confirmation.waits and self.runs


def joiner_card(joiner: Joiner, news: Note | None = None) -> View:
    """One person: the question with what helps to answer it, or how it was answered."""
    if not joiner.open:
        return view(
            news,
            Heading(joiner.name),
            Paragraph(_outcome(joiner)),
            summary=_("How it stands with somebody who joined"),
        )
    return view(
        news,
        Heading(
            _(
                "Does {name} work at {organisation}?",
                name=joiner.name,
                organisation=joiner.organisation,
            )
        ),
        Paragraph(
            _(
                "They came to Hourbridge in a chat that several organisations share, and chose "
                "this one. Until someone says yes, they cannot take part for it."
            )
        ),
        Facts(_facts(joiner)),
        Paragraph(
            _("Say yes only if you know that they work there. They are not told who answered."),
            quiet=True,
        ),
        _answers(joiner),
        summary=_("Someone waits for you to confirm where they work"),
    )


def _facts(joiner: Joiner) -> tuple[Fact, ...]:
    return (
        Fact(_("Name they typed"), joiner.name),
        *(
            Fact(
                _("Name in {chat}", chat=CHAT_NAMES.get(platform, _LOCAL)),
                shown or _("Not known"),
            )
            for platform, shown in joiner.shown
        ),
        Fact(_("Joined"), _("{moment}", moment=joiner.confirmation.asked_at)),
        Fact(_("Reference"), joiner.ref),
    )


def _answers(joiner: Joiner) -> Actions:
    number = joiner.confirmation.id
    sure = Confirm(
        _("Say that they do not work here? They will be told, and cannot ask again."), _("Say no")
    )
    return Actions(
        (
            Button(
                _("Yes, they work here"),
                ConfirmJoiner(joiner=number),
                f"joiners yes {joiner.ref}",
                "primary",
            ),
            Button(
                _("No"), DeclineJoiner(joiner=number), f"joiners no {joiner.ref}", "danger", sure
            ),
        )
    )


def _outcome(joiner: Joiner) -> Text:
    match joiner.confirmation.state:
        case ConfirmationState.WAITING:
            return _(
                "{organisation} no longer takes part in Hourbridge, so there is nothing to decide.",
                organisation=joiner.organisation,
            )
        case ConfirmationState.CONFIRMED:
            return _(
                "{who} said that they work at {organisation}. They take part now.",
                who=_who(joiner.confirmation.decided_as),
                organisation=joiner.organisation,
            )
        case ConfirmationState.DECLINED:
            return _(
                "{who} said that they do not work at {organisation}.",
                who=_who(joiner.confirmation.decided_as),
                organisation=joiner.organisation,
            )
        case ConfirmationState.WITHDRAWN:
            return _("They chose another organisation, so there is nothing to decide.")
        case ConfirmationState.UNNEEDED:
            return _("They take part now. Nobody needs to confirm it any more.")


def _who(role: Decider | None) -> Text:
    match role:
        case Decider.ADMIN:
            return _("An administrator of Hourbridge")
        case Decider.OPERATOR:
            return _("The people who run Hourbridge")
        case _:
            return _("A lead")


def joiners_view(
    joiners: Sequence[Joiner], page: int, total: int, news: Note | None = None
) -> View:
    """The people who wait, a page at a time."""
    heading = Heading(_("People who wait to be confirmed"))
    if not joiners:
        return view(news, heading, Paragraph(_("Nobody waits for you to confirm them.")))
    return view(
        news,
        heading,
        Items(tuple(_item(one) for one in joiners)),
        turn(ListJoiners(), page, pages(total, PAGE), "joiners"),
    )


def _item(joiner: Joiner) -> Item:
    show = ShowJoiner(joiner=joiner.confirmation.id)
    return Item(
        joiner.name,
        (
            joiner.organisation,
            _("Joined at {moment}", moment=joiner.confirmation.asked_at),
        ),
        (Button(_("Open"), show, f"joiners {joiner.ref}"),),
    )
