"""What is kept of exchanges, of what the two sides say, and of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.exchanges.model import Exchange, ExchangeState, Message, Report


class ExchangeBook(Protocol):
    """Exchanges, their messages, and reports."""

    def add(self, exchange: Exchange) -> Exchange | None:
        """Keep a new exchange; None where the same person has an open one on the same post."""
        ...

    def get(self, exchange_id: int) -> Exchange | None:
        """The exchange with this id."""
        ...

    def lock(self, exchange_id: int) -> Exchange | None:
        """The same, held until the transaction ends."""
        ...

    def save(self, exchange: Exchange) -> Exchange:
        """Keep ``exchange`` as the next version; raises ``Stale`` where it has changed."""
        ...

    def of_member(
        self, member_id: int, states: Sequence[ExchangeState] = (), offset: int = 0, limit: int = 20
    ) -> tuple[Sequence[Exchange], int]:
        """A page of a member's exchanges, in these states or all, newest first; and how many."""
        ...

    def answers(self, post_id: int) -> int:
        """How many exchanges, in any state, came of a post."""
        ...

    def open_answer(self, post_id: int, member_id: int) -> Exchange | None:
        """The open exchange that a member proposed on a post."""
        ...

    def of_group(self, group_id: int) -> Sequence[Exchange]:
        """The shares of a group exchange, in the order they were asked."""
        ...

    def between(self, one: int, other: int) -> Sequence[Exchange]:
        """Open exchanges between two members."""
        ...

    def due(
        self, state: ExchangeState, since_before: datetime, limit: int = 200
    ) -> Sequence[Exchange]:
        """Exchanges that have been in ``state`` since before then, not yet escalated.

        Counted from the last suggestion (else the proposal), the agreement, or the claim. An
        agreement is not due while a side is away, and counts anew from when they are back.
        """
        ...

    def disputes_for(self, organisation_ids: Sequence[int] | None) -> Sequence[Exchange]:
        """Disputed or escalated open exchanges with a side in these organisations (None: any)."""
        ...

    def add_message(self, message: Message) -> Message:
        """Keep relayed words."""
        ...

    def message(self, message_id: int) -> Message | None:
        """The message with this id."""
        ...

    def messages(self, exchange_id: int, limit: int = 20) -> Sequence[Message]:
        """The latest messages of an exchange, oldest first."""
        ...

    def attach_messages(self, exchange_id: int, member_id: int) -> int:
        """Attach this side's own messages to the dispute; how many."""
        ...

    def thanked(self, exchange_id: int, member_id: int) -> bool:
        """Whether this side has said thank you."""
        ...

    def add_report(self, report: Report) -> Report:
        """Keep a report."""
        ...

    def report(self, report_id: int) -> Report | None:
        """The report with this id."""
        ...

    def close_report(self, report_id: int) -> bool:
        """Mark a report dealt with; False where it was already."""
        ...

    def reports(self, *, open_only: bool = True) -> Sequence[Report]:
        """Reports, newest first."""
        ...

    def forget_words_of(self, member_id: int) -> None:
        """Blank the titles, places and messages that a leaver wrote."""
        ...

    def move(self, from_member: int, to_member: int) -> None:
        """Everything that names one member names the other, except exchanges between the two and
        what was said in them. Versions go up."""
        ...

    def messages_by(self, member_id: int) -> Sequence[Message]:
        """Everything a member wrote, thank-yous included, oldest first."""
        ...

    def reports_by(self, member_id: int) -> Sequence[Report]:
        """Reports a member made, oldest first."""
        ...
