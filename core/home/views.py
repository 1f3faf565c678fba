"""What people see at home and of help."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Hello
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _, plural
from core.ui.views import (
    Actions,
    Block,
    Button,
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


@dataclass(frozen=True, slots=True)
class Known:
    """A command: its first word, what it does, and an example to type."""

    word: str
    help: Text
    example: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that belong together."""

    title: Text
    commands: tuple[Known, ...]


def help_view(
    groups: tuple[Group, ...],
    contacts: tuple[Fact, ...],
    *,
    visitor: bool,
    unconfirmed: bool = False,
    unknown: str = "",
    nearest: str = "",
) -> View:
    """Everything that can be typed, and whom to ask. ``unconfirmed``: most of it is not theirs to
    use yet. ``unknown`` is a topic that is no command."""
    listed: list[Block] = []
    for group in groups:
        listed.append(Heading(group.title))
        listed.append(Facts(tuple(Fact(one.word, one.help) for one in group.commands)))
    return view(
        _unknown(unknown, nearest) if unknown else None,
        Heading(_("What you can type")),
        Note(_("You can use most of these when your organisation has confirmed you."))
        if unconfirmed
        else None,
        Paragraph(_("Type join first. It takes less than a minute."))
        if visitor
        else Paragraph(_("Type help and a word for an example, such as help offer.")),
        *listed,
        *_people(contacts),
        Actions((Button(_("Home"), Hello(), "home"),)) if not visitor else None,
    )


def _unknown(topic: str, nearest: str) -> Note:
    if nearest:
        return Note(
            _("I know no command {word}. Did you mean {nearest}?", word=topic, nearest=nearest)
        )
    return Note(_("I know no command {word}. Here are the ones I know.", word=topic))


def _people(contacts: tuple[Fact, ...]) -> tuple[Block, ...]:
    if contacts:
        return (Heading(_("A person to ask")), Facts(contacts))
    return (Paragraph(_("To ask a person, contact the Hourbridge lead in your organisation.")),)


def command_view(command: Known, others: tuple[str, ...]) -> View:
    """One command in detail."""
    facts = []
    if command.example:
        facts.append(Fact(_("For example"), command.example))
    if others:
        facts.append(Fact(_("You can also type"), ", ".join(others)))
    return view(
        Heading(command.word), Paragraph(command.help), Facts(tuple(facts)) if facts else None
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A list at home: the first few things, how many there are, and the way to all of them.

    ``always``: that way leads to more than the things counted, so it is shown whatever the count.
    """

    title: Text
    items: tuple[Item, ...]
    total: int
    everything: Button
    always: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """A member's own balance and how much of it is set aside, in minutes."""

    balance: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Task:
    """Work that waits for a lead: what it is, and the way to it."""

    words: Text
    button: Button


def home_view(
    name: Words,
    hours: Hours,
    waiting: Part,
    tasks: tuple[Task, ...],
    parts: tuple[Part, ...],
    buttons: tuple[Button, ...],
) -> View:
    """Where a member stands, what needs them first. The summary says how much waits, and nothing
    private."""
    busy = any(part.total for part in (waiting, *parts))
    return view(
        Heading(_("Hello {name}", name=name)),
        *_part(waiting),
        *_tasks(tasks),
        *(block for part in parts for block in _part(part)),
        *(() if busy else _first_steps()),
        Facts(_hours(hours)),
        Actions(buttons),
        summary=plural("{count} thing waits for you", "{count} things wait for you", waiting.total)
        if waiting.total
        else _("Your Hourbridge"),
    )


def _hours(hours: Hours) -> tuple[Fact, ...]:
    balance = Fact(_("Your balance"), spoken(hours.balance))
    if not hours.reserved:
        return (balance,)
    return (
        balance,
        Fact(_("Set aside for what you agreed"), spoken(hours.reserved)),
        Fact(_("Free to use"), spoken(hours.balance - hours.reserved)),
    )


def _part(part: Part) -> tuple[Block, ...]:
    """The list with the way to the rest of it; nothing at all where it is empty."""
    if not part.items:
        return ()
    more = part.total > len(part.items)
    title = _("{title}: {count}", title=part.title, count=part.total) if more else part.title
    shown = (Heading(title), Items(part.items))
    return (*shown, Actions((part.everything,))) if more or part.always else shown


def _tasks(tasks: tuple[Task, ...]) -> tuple[Block, ...]:
    if not tasks:
        return ()
    return (
        Heading(_("For you as a lead")),
        Items(tuple(Item(task.words, (), (task.button,)) for task in tasks)),
    )


def _first_steps() -> tuple[Block, ...]:
    return (
        Heading(_("3 things to do first")),
        Items(
            (
                Item(
                    _("Ask for something"),
                    (_("Type ask and what you would like help with."),),
                ),
                Item(
                    _("Offer something"),
                    (_("Type offer and what you could help with."),),
                ),
                Item(_("Look around"), (_("Type find to see what others offer and ask for."),)),
            )
        ),
    )


def not_undone_view(reason: Text) -> View:
    """In place of the card of an undo button that came too late."""
    return view(Note(reason), Actions((Button(_("Home"), Hello(), "home"),)))
