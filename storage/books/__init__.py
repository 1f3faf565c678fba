"""The books of one transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.books.conversations import Conversations
from storage.books.deliveries import Deliveries
from storage.books.digests import Digests
from storage.books.drafts import Drafts
from storage.books.events import Events
from storage.books.exchanges import Exchanges
from storage.books.groups import Groups
from storage.books.host_hours import HostHoursOfEvents
from storage.books.installations import Installations
from storage.books.jobs import Jobs
from storage.books.journal import Journal
from storage.books.members import Members
from storage.books.organisations import Organisations
from storage.books.policy import PolicyValues
from storage.books.posts import Posts
from storage.books.preferences import PreferencesOfMembers
from storage.books.reminders import Reminders
from storage.books.roles import Roles
from storage.books.tenants import Tenants
from storage.ledger import Ledger
from storage.registry import Cache, Registry
from storage.sealing import Sealing


class Books:
    """Satisfies ``core.books.Books`` on one connection, inside its transaction."""

    def __init__(self, connection: Connection, cache: Cache, sealing: Sealing) -> None:
        self.connection = connection
        self.registry = registry = Registry(connection, cache)
        self.policy = PolicyValues(connection, registry)
        self.organisations = Organisations(connection, registry)
        self.tenants = Tenants(connection, registry)
        self.roles = Roles(connection)
        self.members = Members(connection)
        self.posts = Posts(connection)
        self.drafts = Drafts(connection)
        self.journal = Journal(connection)
        self.deliveries = Deliveries(connection, registry)
        self.exchanges = Exchanges(connection)
        self.ledger = Ledger(connection)
        self.jobs = Jobs(connection)
        self.installations = Installations(connection, registry, sealing)
        self.conversations = Conversations(connection)
        self.preferences = PreferencesOfMembers(connection)
        self.reminders = Reminders(connection)
        self.events = Events(connection)
        self.digests = Digests(connection)
        self.host_hours = HostHoursOfEvents(connection)
        self.groups = Groups(connection)
