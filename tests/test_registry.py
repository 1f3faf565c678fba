"""What is kept in memory is never older than what the database holds."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from core.organisations.model import Organisation, Sector, TenantState
from storage.store import Store, transaction
from tests.world import START

TRUST = Organisation("NGH", "Northgate Hospital Trust", Sector.NHS_TRUST)


def test_a_change_by_another_process_is_seen_by_the_next_transaction(store: Store) -> None:
    other = Store(store.url.render_as_string(hide_password=False))
    with store.begin() as books:
        trust = books.organisations.add(TRUST)
        books.tenants.approve("slack", "T1", [trust.id], START)
    with store.begin() as books:
        assert books.policy.read().floor_minutes == -600
    with other.begin() as books:
        books.policy.set("floor_minutes", -300)
        books.tenants.set_state("slack", "T1", TenantState.SUSPENDED)
        books.organisations.end(trust.id, date(2026, 6, 1), None)
    with store.begin() as books:
        assert books.policy.read().floor_minutes == -300
        tenant = books.tenants.find("slack", "T1")
        assert tenant is not None
        assert tenant.state is TenantState.SUSPENDED
        assert books.organisations.get(trust.id).ends == date(2026, 6, 1)
    other.close()


def test_a_change_by_hand_is_seen_too(store: Store) -> None:
    with store.begin() as books:
        books.organisations.add(TRUST)
    with store.begin() as books:
        assert [one.name for one in books.organisations.all()] == [TRUST.name]
    with transaction(store.engine) as connection:
        connection.execute(text("UPDATE organisations SET name = 'Renamed Trust'"))
    with store.begin() as books:
        assert [one.name for one in books.organisations.all()] == ["Renamed Trust"]


def test_what_a_transaction_took_back_is_never_believed(store: Store) -> None:
    def taken_back() -> None:
        with store.begin() as books:
            books.organisations.add(TRUST)
            assert books.organisations.by_code("ngh") is not None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        taken_back()
    with store.begin() as books:
        assert books.organisations.by_code("ngh") is None
        books.organisations.add(Organisation("COU", "Westshire Council", Sector.COUNCIL))
    with store.begin() as books:
        assert [one.code for one in books.organisations.all()] == ["COU"]


def test_a_transaction_sees_its_own_changes(store: Store) -> None:
    with store.begin() as books:
        assert books.tenants.find("slack", "T1") is None
        trust = books.organisations.add(TRUST)
        books.tenants.note_pending("slack", "T1", START)
        books.tenants.approve("slack", "T1", [trust.id], START)
        tenant = books.tenants.find("slack", "T1")
        assert tenant is not None
        assert tenant.organisation_ids == (trust.id,)
