"""The book of installations: one row a tenant, versions, and one renewal at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from core.installations.model import Installation, Resealed
from core.kernel.stale import Stale
from core.organisations.model import Organisation, Sector, TenantState
from storage.store import Store
from tests.installations.samples import NEW, OLD, REFRESH, TOKEN, find, granted, keep, url_of
from tests.together import together
from tests.world import START

MINUTE = timedelta(minutes=1)


def claim(store: Store, installation: Installation, now: datetime = START) -> bool:
    with store.begin() as books:
        return books.installations.claim_renewal(installation, now + MINUTE, now)


def test_an_installation_comes_back_as_it_was_kept(store: Store) -> None:
    given = granted(enterprise="E1", whole=True)
    kept = keep(store, given)
    assert kept == replace(given, id=kept.id, version=1)
    assert find(store) == kept
    assert find(store, "T-OTHER") is None


def test_the_same_id_on_another_platform_is_another_tenant(store: Store) -> None:
    keep(store, granted())
    with store.begin() as books:
        assert books.installations.find("teams", "T-NEW") is None
        assert books.installations.known("teams", "T-NEW") is None
        assert list(books.installations.all("teams")) == []
        assert [one.tenant for one in books.installations.all("slack")] == ["T-NEW"]


def test_a_reinstall_takes_the_place_of_the_last_one(store: Store) -> None:
    first = keep(store, granted())
    again = keep(store, granted(token="a newer token", installed_at=START + MINUTE))
    assert (again.id, again.version) == (first.id, 2)
    assert find(store) == again


def test_taking_the_app_out_forgets_the_tokens_and_keeps_the_rest(store: Store) -> None:
    kept = keep(store, granted())
    with store.begin() as books:
        assert books.installations.remove("slack", "T-NEW", START + MINUTE)
        assert not books.installations.remove("slack", "T-NEW", START + 2 * MINUTE)
        assert not books.installations.remove("slack", "T-OTHER", START)
    found = find(store)
    assert found is not None
    assert (found.token, found.refresh, found.expires_at) == ("", "", None)
    assert (found.removed_at, found.version) == (START + MINUTE, 2)
    again = keep(store, granted())
    assert (again.id, again.version, again.removed_at) == (kept.id, 3, None)
    assert find(store) == again


def test_of_many_who_want_to_renew_a_token_one_does(store: Store) -> None:
    kept = keep(store, granted())
    many = 6
    stores = [Store(url_of(store), (OLD,)) for _one in range(many)]
    assert sum(together(*(partial(claim, one, kept) for one in stores))) == 1
    for one in stores:
        one.close()


def test_a_claim_that_ran_out_can_be_taken_by_another(store: Store) -> None:
    kept = keep(store, granted())
    assert claim(store, kept)
    assert not claim(store, kept, START + MINUTE / 2)
    assert claim(store, kept, START + MINUTE)


def test_a_renewed_token_takes_the_place_of_the_old_one_once(store: Store) -> None:
    kept = keep(store, granted())
    assert claim(store, kept)
    later = START + timedelta(hours=24)
    with store.begin() as books:
        renewed = books.installations.renew(kept, "token 2", "refresh 2", later)
    assert (renewed.token, renewed.refresh, renewed.version) == ("token 2", "refresh 2", 2)
    assert find(store) == renewed
    with store.begin() as books, pytest.raises(Stale):
        books.installations.renew(kept, "token 3", "refresh 3", later)
    assert find(store) == renewed
    assert not claim(store, kept)
    assert claim(store, renewed)


def test_nothing_is_renewed_after_the_app_was_taken_out_or_installed_anew(store: Store) -> None:
    kept = keep(store, granted())
    with store.begin() as books:
        books.installations.remove("slack", "T-NEW", START)
    removed = find(store)
    assert removed is not None
    for stale in (kept, removed):
        assert not claim(store, stale)
        with store.begin() as books, pytest.raises(Stale):
            books.installations.renew(stale, "token 2", "refresh 2", None)
    again = keep(store, granted())
    assert not claim(store, kept)
    assert claim(store, again)


def test_a_new_secret_does_not_disturb_a_renewal_that_is_under_way(store: Store) -> None:
    kept = keep(store, granted())
    assert claim(store, kept)
    both = Store(url_of(store), (NEW, OLD))
    with both.begin() as books:
        assert books.installations.reseal() == Resealed(2, 0)
        books.installations.renew(kept, "token 2", "refresh 2", None)
    found = find(both)
    assert found is not None
    assert (found.token, found.refresh, found.version) == ("token 2", "refresh 2", 2)
    both.close()


def test_tokens_of_any_length_fit(store: Store) -> None:
    long = "x" * 20_000
    keep(store, granted(token=TOKEN + long, refresh=REFRESH + long))
    found = find(store)
    assert found is not None
    assert (found.token, found.refresh) == (TOKEN + long, REFRESH + long)


def test_what_another_decided_just_before_is_seen_once_a_tenant_is_held(postgres_url: str) -> None:
    mine, other = Store(postgres_url, (OLD,)), Store(postgres_url, (OLD,))
    with mine.begin() as books:
        books.organisations.add(Organisation("NGH", "Northgate Trust", Sector.NHS_TRUST))
        books.tenants.note_pending("slack", "T-NEW", START)
    with mine.begin() as books:
        before = books.tenants.find("slack", "T-NEW")
        with other.begin() as others:
            others.tenants.set_state("slack", "T-NEW", TenantState.ENDED)
        books.installations.hold_tenant("slack", "T-NEW")
        after = books.tenants.find("slack", "T-NEW")
    assert before is not None
    assert after is not None
    assert (before.state, after.state) == (TenantState.PENDING, TenantState.ENDED)
    mine.close()
    other.close()
