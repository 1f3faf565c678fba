"""The books of one transaction, made as they are first opened."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from storage.books.deliveries import Deliveries
from storage.books.drafts import Drafts
from storage.books.exchanges import Exchanges
from storage.books.jobs import Jobs
from storage.books.journal import Journal
from storage.books.members import Members
from storage.books.organisations import Organisations
from storage.books.policy import PolicyValues
from storage.books.posts import Posts
from storage.books.roles import Roles
from storage.books.tenants import Tenants
from storage.ledger import Ledger
from storage.registry import Cache, Registry


class Books:
    """Satisfies ``core.books.Books`` on one connection, inside its transaction."""

    def __init__(self, connection: Connection, cache: Cache) -> None:
        self.connection = connection
        self.registry = Registry(connection, cache)

    @cached_property
    def policy(self) -> PolicyValues:
        return PolicyValues(self.connection, self.registry)

    @cached_property
    def organisations(self) -> Organisations:
        return Organisations(self.connection, self.registry)

    @cached_property
    def tenants(self) -> Tenants:
        return Tenants(self.connection, self.registry)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.connection)

    @cached_property
    def members(self) -> Members:
        return Members(self.connection)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.connection)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self.connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.connection, self.registry)

    @cached_property
    def exchanges(self) -> Exchanges:
        return Exchanges(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.connection)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.connection)
