"""What people see around relayed words: the preview, the message itself, and a slip of the hand."""

from __future__ import annotations

from collections.abc import Sequence

from core.commands import PlainWords
from core.exchanges.intents import (
    DropDraft,
    OpenMessage,
    OpenThanks,
    ReadTalk,
    SendDraft,
    ShowExchange,
)
from core.exchanges.model import Message
from core.exchanges.safety_intents import OpenReport
from core.exchanges.views import title_of
from core.feature import Command
from core.kernel.references import reference
from core.kernel.texts import Text, Words, _
from core.ui.paging import turn
from core.ui.views import Actions, Button, Heading, Note, Paragraph, Quote, View, view

_SHORT = 60


def preview_view(draft_id: int, words: str, to: Words, title: str, nearest: str) -> View:
    """Plain words that look like an answer: send them, and to whom?"""
    return view(
        Heading(_("Send this to {name}?", name=to)),
        Quote(words),
        Paragraph(_("It belongs to: {title}.", title=title_of(title))),
        Actions(
            (
                Button(_("Send"), SendDraft(draft=draft_id), "send", "primary"),
                Button(_("Do not send"), DropDraft(draft=draft_id), "discard"),
            )
        ),
        Paragraph(
            _("If you meant the command {command}, type it again.", command=nearest), quiet=True
        )
        if nearest
        else None,
    )


def doubtful_view(reason: Text, again: OpenMessage) -> View:
    """The words may be about a patient: nothing is kept, and the writer decides."""
    return view(
        Note(reason, "warning"),
        Paragraph(_("Nothing has been sent or kept. If it is not about a patient, go on.")),
        Actions(
            (
                Button(
                    _("Write the message"),
                    again,
                    f"message {reference('E', again.exchange)}",
                ),
            )
        ),
    )


def not_sent_view() -> View:
    """The words typed were not passed on."""
    return view(Note(_("Nothing was sent. If you meant to send it, type it again.")))


def message_view(message: Message, title: str, by: Words, *, open_talk: bool) -> View:
    """A relayed message, with the ways to answer it and to be rid of it."""
    ref = reference("E", message.exchange_id)
    return view(
        Heading(_("A message from {name}", name=by)),
        Quote(message.words, by),
        Paragraph(_("About {title}, {reference}.", title=title_of(title), reference=ref)),
        _answers(message, ref, open_talk=open_talk),
        Paragraph(_("You can also just type your answer here."), quiet=True) if open_talk else None,
        summary=_("{name} sent you a message", name=by),
    )


def _answers(message: Message, ref: str, *, open_talk: bool) -> Actions:
    exchange_id = message.exchange_id
    show = Button(_("See the exchange"), ShowExchange(exchange=exchange_id), f"show {ref}")
    report = Button(_("Report"), OpenReport(about=f"message:{message.id}"), f"report {ref}")
    if not open_talk:
        return Actions((show, report))
    reply = Button(_("Reply"), OpenMessage(exchange=exchange_id), f"message {ref}", "primary")
    return Actions((reply, show, report))


def talk_view(exchange_id: int, quotes: tuple[Quote, ...], page: int, of: int) -> View:
    """A page of messages, oldest first within it; page 0 is the latest."""
    ref = reference("E", exchange_id)
    show = Button(_("See the exchange"), ShowExchange(exchange=exchange_id), f"show {ref}")
    return view(
        Heading(_("Messages")),
        *quotes,
        Paragraph(_("There are no messages.")) if not quotes else None,
        turn(ReadTalk(exchange=exchange_id), page, of, f"talk {ref}"),
        Actions((show,)),
    )


def thanked_view(exchange_id: int, title: str, words: str, by: Words, *, thank_back: bool) -> View:
    """A thank-you that has come."""
    ref = reference("E", exchange_id)
    back = Button(_("Say thank you too"), OpenThanks(exchange=exchange_id), f"thanks {ref}")
    return view(
        Heading(_("{name} says thank you", name=by)),
        Quote(words, by),
        Paragraph(_("For {title}, {reference}.", title=title_of(title), reference=ref)),
        Actions((back,)) if thank_back else None,
        summary=_("{name} says thank you", name=by),
    )


def unknown_view(commands: Sequence[Command], intent: PlainWords) -> View:
    """Not a command: the nearest one, where there is one, and help."""
    by_word = {word: command for command in commands for word in command.words}
    _first, _space, rest = intent.words.lstrip("/ ").partition(" ")
    buttons = []
    near = by_word.get(intent.nearest)
    if near is not None:
        meant, typed = near.read(""), intent.nearest
        if rest and len(rest) <= _SHORT and not isinstance(near.read(rest.strip()), PlainWords):
            meant, typed = near.read(rest.strip()), f"{intent.nearest} {rest.strip()}"
        buttons.append(Button(typed, meant, typed, "primary"))
    if "help" in by_word:
        buttons.append(Button(_("See what you can type"), by_word["help"].read(""), "help"))
    return view(
        Note(_("I do not know that command, so nothing was done.")),
        Paragraph(_("Did you mean {command}?", command=intent.nearest)) if near else None,
        Actions(tuple(buttons)) if buttons else None,
    )
