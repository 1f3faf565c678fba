"""The buttons of an exchange's card: one for each move that its reader may make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.exchanges import intents
from core.exchanges.model import ExchangeState, Manager
from core.exchanges.moves import NOT_WHILE_AWAY, Move, moves, talk_is_open
from core.exchanges.safety_intents import Attach, Block, OpenDispute, OpenReport
from core.groups.intents import OpenGroupDone, ShowGroup
from core.kernel.references import reference
from core.kernel.texts import _
from core.ui.views import Actions, Button, Confirm, Link

if TYPE_CHECKING:
    from core.exchanges.views import Seen


def actions_of(seen: Seen, *, full: bool) -> Actions | None:
    """What the reader may do: answers first, then a message, then the ways out."""
    exchange, may = seen.exchange, _may(seen)
    buttons: list[Button | Link] = _of(may, {**_answers(seen), **_more(seen)})
    if talk_is_open(exchange, seen.now) and not (seen.closed or seen.away):
        message = intents.OpenMessage(exchange=exchange.id)
        buttons.append(Button(_("Send a message"), message, f"message {seen.ref}"))
    buttons += _of(may, _ways_out(seen))
    if exchange.group_id is not None and seen.me == exchange.giver_id:
        ref = reference("T", exchange.group_id)
        if exchange.state is ExchangeState.AGREED:
            finish = OpenGroupDone(group=exchange.group_id)
            buttons.insert(0, Button(_("It is done"), finish, f"done {ref}", "primary"))
        buttons.append(
            Button(_("See the group"), ShowGroup(group=exchange.group_id), f"show {ref}")
        )
    if not full:
        show = intents.ShowExchange(exchange=exchange.id)
        buttons.append(Button(_("See it all"), show, f"show {seen.ref}"))
    return Actions(tuple(buttons)) if buttons else None


def _may(seen: Seen) -> frozenset[Move]:
    """The moves that the reader may make now, and has a use for."""
    may = moves(seen.exchange, seen.me)
    if seen.away:
        may -= NOT_WHILE_AWAY
    if seen.thanked:
        may -= {Move.THANK}
    if seen.terms is None or seen.terms.manager is not Manager.TO_ASK:
        may -= {Move.MANAGER}
    return may


def _of(may: frozenset[Move], buttons: Mapping[Move, Button]) -> list[Button | Link]:
    return [button for move, button in buttons.items() if move in may]


def _answers(seen: Seen) -> dict[Move, Button]:
    """What most people press, the likeliest first."""
    ref, number, version = seen.ref, seen.exchange.id, seen.exchange.version
    return {
        Move.ACCEPT: Button(
            _("Accept"),
            intents.OpenAccept(exchange=number, version=version),
            f"accept {ref}",
            "primary",
        ),
        Move.CONFIRM: Button(
            _("Confirm"),
            intents.Confirm(exchange=number, version=version),
            f"confirm {ref}",
            "primary",
        ),
        Move.CLAIM: Button(
            _("It is done"),
            intents.OpenClaim(exchange=number, version=version),
            f"done {ref}",
            "primary",
        ),
        Move.THANK: Button(
            _("Say thank you"), intents.OpenThanks(exchange=number), f"thanks {ref}", "primary"
        ),
    }


def _more(seen: Seen) -> dict[Move, Button]:
    """Other answers, the likeliest first."""
    ref, number, version = seen.ref, seen.exchange.id, seen.exchange.version
    return {
        Move.SUGGEST: Button(
            _("Suggest other minutes"),
            intents.OpenSuggest(exchange=number, version=version),
            f"suggest {ref}",
        ),
        Move.CORRECT: Button(
            _("It took another time"),
            intents.OpenCorrect(exchange=number, version=version),
            f"correct {ref}",
        ),
        Move.MANAGER: Button(
            _("My manager has agreed"),
            intents.ManagerAgreed(exchange=number, version=version),
            f"manager {ref}",
        ),
        Move.ATTACH: Button(
            _("Let the lead read my messages"),
            Attach(exchange=number),
            f"attach {ref}",
            confirm=Confirm(
                _("Everything you wrote in this exchange goes to the lead who settles it."),
                _("Let the lead read it"),
            ),
        ),
        Move.DECLINE: Button(
            _("Decline"), intents.Decline(exchange=number, version=version), f"decline {ref}"
        ),
        Move.DISPUTE: Button(
            _("Ask a lead to settle"),
            OpenDispute(exchange=number, version=version),
            f"dispute {ref}",
        ),
    }


def _ways_out(seen: Seen) -> dict[Move, Button]:
    ref, number, version = seen.ref, seen.exchange.id, seen.exchange.version
    return {
        Move.WITHDRAW: Button(
            _("Withdraw"), intents.Withdraw(exchange=number, version=version), f"withdraw {ref}"
        ),
        Move.CANCEL: Button(
            _("Cancel the exchange"),
            intents.Cancel(exchange=number, version=version),
            f"cancel {ref}",
            "danger",
            Confirm(_("Cancel this exchange? No hours will move."), _("Cancel it")),
        ),
    }


def asides_of(seen: Seen) -> Actions:
    """Report and block."""
    about = f"exchange:{seen.exchange.id}"
    block = block_button(seen.exchange.id)
    report = Button(_("Report"), OpenReport(about=about), f"report {seen.ref}")
    asides = (report,) if seen.closed else (report, block)
    if seen.earlier:
        asides = (read_talk(seen.exchange.id), *asides)
    return Actions(asides)


def read_talk(exchange_id: int) -> Button:
    """The way to all messages, where a card shows the latest alone."""
    typed = f"talk {reference('E', exchange_id)}"
    return Button(_("Read all messages"), intents.ReadTalk(exchange=exchange_id), typed)


def block_button(exchange_id: int) -> Button:
    """The way to hear no more from the other side of an exchange."""
    return Button(
        _("Block this person"),
        Block(exchange=exchange_id),
        f"block {reference('E', exchange_id)}",
        "danger",
        Confirm(
            _(
                "You will not see each other's posts or hear from each other. "
                "They are not told. You can undo this at any time."
            ),
            _("Block"),
        ),
    )
