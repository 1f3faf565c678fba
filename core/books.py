"""Every book a transaction holds. ``storage.books.Books`` satisfies this; one test asserts it."""

from __future__ import annotations

from typing import Protocol

from core.conversations.book import ConversationBook
from core.delivery.book import DeliveryBook
from core.digests.book import DigestBook
from core.drafts.book import DraftBook
from core.events.book import EventBook, HostHoursBook
from core.exchanges.book import ExchangeBook
from core.groups.book import GroupBook
from core.installations.book import InstallationBook
from core.jobs.book import JobBook
from core.journal.book import JournalBook
from core.ledger.book import LedgerBook
from core.members.book import MemberBook
from core.organisations.book import OrganisationBook, RoleBook, TenantBook
from core.policy.book import PolicyBook
from core.posts.book import PostBook
from core.reminders.book import ReminderBook
from core.respect.book import PreferenceBook


class Books(Protocol):
    """The books of one transaction."""

    @property
    def policy(self) -> PolicyBook: ...
    @property
    def organisations(self) -> OrganisationBook: ...
    @property
    def tenants(self) -> TenantBook: ...
    @property
    def roles(self) -> RoleBook: ...
    @property
    def members(self) -> MemberBook: ...
    @property
    def posts(self) -> PostBook: ...
    @property
    def drafts(self) -> DraftBook: ...
    @property
    def journal(self) -> JournalBook: ...
    @property
    def deliveries(self) -> DeliveryBook: ...
    @property
    def exchanges(self) -> ExchangeBook: ...
    @property
    def ledger(self) -> LedgerBook: ...
    @property
    def jobs(self) -> JobBook: ...
    @property
    def installations(self) -> InstallationBook: ...
    @property
    def conversations(self) -> ConversationBook: ...
    @property
    def preferences(self) -> PreferenceBook: ...
    @property
    def reminders(self) -> ReminderBook: ...
    @property
    def events(self) -> EventBook: ...
    @property
    def digests(self) -> DigestBook: ...
    @property
    def host_hours(self) -> HostHoursBook: ...
    @property
    def groups(self) -> GroupBook: ...
