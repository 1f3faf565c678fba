"""What people see in the fake Slack: messages where they stand, modals, and Home tabs."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.slack.block_kit import problems_of_message, problems_of_view, shown
from tests.slack.workspaces import FakeTeam

Json = dict[str, Any]


@dataclass
class Message:
    """A message where it stands. ``to`` is the one person who sees it, where it is ephemeral."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    to: str = ""
    thread: str = ""
    edited: bool = False
    team: str = ""
    by: str = ""
    """Who wrote it, where it was not the bot."""

    @property
    def words(self) -> str:
        """Everything that a person reads in it."""
        return shown({"blocks": self.blocks}) if self.blocks else self.text


@dataclass
class Trigger:
    """Opens one modal for ``user``, until then."""

    team: FakeTeam
    user: str
    until: float


@dataclass
class Answering:
    """What a response URL may still do."""

    channel: str
    user: str
    ts: str
    left: int
    until: float
    team: str = ""


@dataclass
class Screens:
    """Everything that stands before people's eyes, and what Slack would have refused to show.

    The clock of triggers and response URLs runs on with ``later``.
    """

    messages: list[Message] = field(default_factory=list)
    modals: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    typed: dict[str, Json] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[str, Json] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    teams: dict[str, FakeTeam] = field(default_factory=dict)
    """The workspaces by their tokens; the first is the home of everybody not known elsewhere."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._ahead = 0.0
        self.triggers: dict[str, Trigger] = {}
        self.answering: dict[str, Answering] = {}

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    def now(self) -> float:
        """The seconds of a clock that only runs on."""
        return time.monotonic() + self._ahead

    def later(self, seconds: float) -> None:
        """Let that much time pass for triggers and response URLs."""
        self._ahead += seconds

    # Who is where.

    @property
    def home_team(self) -> FakeTeam:
        """The first workspace."""
        return next(iter(self.teams.values()))

    def team_of(self, user: str) -> FakeTeam:
        """The workspace that ``user`` has an account in."""
        for team in self.teams.values():
            if user in team.members:
                return team
        return self.home_team

    def dm(self, user: str) -> str:
        """The channel of ``user``'s direct messages with the bot."""
        return f"D{user}"

    # Messages.

    def visible(self, user: str) -> list[Message]:
        """The messages that ``user`` sees: direct, in the channel, and their ephemerals."""
        home = self.team_of(user).team
        places = {("C0ALL", home), (self.dm(user), home)}
        return [
            one
            for one in self.messages
            if (one.to == user if one.to else (one.channel, one.team or home) in places)
        ]

    def message(self, channel: str, ts: str) -> Message | None:
        """The message at that place."""
        found = [one for one in self.messages if (one.channel, one.ts) == (channel, ts)]
        return found[0] if found else None

    def post_in_channel(self, channel: str, text: str, blocks: list[Json]) -> Message:
        """A message of the bot that everybody in ``channel`` sees."""
        return self.keep(channel, {"text": text, "blocks": blocks})

    def written(self, channel: str, user: str, text: str) -> Message:
        """A message that a person writes in a channel."""
        message = self.keep(channel, {"text": text}, team=self.team_of(user).team)
        message.by = user
        return message

    def show_ephemeral(self, channel: str, user: str, body: Json) -> None:
        """What an acknowledgement of a command shows. One of a bad shape shows nothing."""
        if not self.bad_message({"text": "", **body}):
            self.keep(channel, body, to=user, team=self.team_of(user).team)

    def keep(self, channel: str, body: Json, to: str = "", team: str = "") -> Message:
        """Let a message stand."""
        ts = f"{1_800_000_000 + self.number()}.000100"
        thread = body.get("thread_ts", "")
        blocks = body.get("blocks", [])
        message = Message(channel, ts, body["text"], blocks, to, thread, team=team)
        self._name_blocks(message.blocks)
        self.messages.append(message)
        return message

    def edit(self, message: Message, body: Json) -> None:
        """Put ``body`` in the place of what ``message`` said."""
        message.text, message.blocks = body["text"], body.get("blocks", [])
        message.edited = True
        self._name_blocks(message.blocks)

    def bad_message(self, body: Json) -> bool:
        """Whether Slack would refuse it; why is kept in ``problems``."""
        problems = problems_of_message(body)
        self.problems += problems
        return bool(problems)

    # Views.

    def set_modal(self, user: str, view_id: str, view: Json) -> None:
        """Put ``view`` in place of the modal ``view_id``, as an acknowledgement does."""
        self.bad_view(view)
        stack = self.modals[user]
        for place, old in enumerate(stack):
            if old["id"] == view_id:
                owner = next(one for one in self.teams.values() if one.bot == old["bot_id"])
                stack[place] = self.received(view, view_id, owner)

    def push_modal(self, user: str, view: Json, team: FakeTeam) -> str:
        """Lay a ``view`` of the app in ``team`` on top; its id."""
        view_id = f"V{self.number()}"
        self.modals[user].append(self.received(view, view_id, team))
        return view_id

    def received(self, view: Json, view_id: str, team: FakeTeam) -> Json:
        """``view`` as Slack hands it back in payloads: with ids, and empty parts spelt out."""
        self._name_blocks(view["blocks"])
        empty = {"private_metadata": "", "callback_id": "", "submit": None, "close": None}
        ids = {"id": view_id, "team_id": team.team, "hash": f"{self.number()}.h"}
        installed = {"app_installed_team_id": team.enterprise if team.whole else team.team}
        return {**empty, **view, **ids, "bot_id": team.bot, **installed}

    def bad_view(self, view: Json) -> bool:
        """Whether Slack would refuse it; why is kept in ``problems``."""
        problems = problems_of_view({name: part for name, part in view.items() if part})
        self.problems += problems
        return bool(problems)

    def _name_blocks(self, blocks: list[Json]) -> None:
        for block in blocks:
            block.setdefault("block_id", f"b{self.number()}")

    # What opens and answers.

    def trigger(self, user: str, seconds: float = 3.0, *, team: FakeTeam | None = None) -> str:
        """A trigger with which the app in ``team`` opens one modal for ``user``."""
        name = f"trigger.{self.number()}"
        until = self.now() + seconds
        self.triggers[name] = Trigger(team or self.team_of(user), user, until)
        return name

    def answer_id(self, channel: str, user: str, ts: str = "", left: int = 5) -> str:
        """The last part of an address that answers a command or press, for half an hour."""
        name = str(self.number())
        team = self.team_of(user).team
        self.answering[name] = Answering(channel, user, ts, left, self.now() + 1800, team)
        return name
