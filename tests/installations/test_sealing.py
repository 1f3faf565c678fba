"""Tokens at rest: sealed, bound to their row, and opened by every secret that is still set."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from core.installations.model import Resealed
from storage.sealing import Sealing, SealingError
from storage.store import Store, transaction
from tests.installations.samples import (
    NEW,
    OLD,
    REFRESH,
    TOKEN,
    TOKENS,
    find,
    granted,
    keep,
    url_of,
)

PLACE = ("slack", "T1", "token")


def sealed_columns(store: Store, tenant: str = "T-NEW") -> tuple[str | None, str | None]:
    with transaction(store.engine) as connection:
        row = connection.execute(
            text("SELECT token, refresh FROM installations WHERE tenant = :tenant"),
            {"tenant": tenant},
        ).one()
    return row.token, row.refresh


def test_what_is_sealed_opens_again_and_shows_nothing_of_itself() -> None:
    sealing = Sealing((OLD,), "test")
    sealed = sealing.seal(TOKEN, PLACE)
    assert sealing.open(sealed, PLACE) == TOKEN
    assert TOKEN not in sealed
    assert sealing.seal(TOKEN, PLACE) != sealed
    assert OLD not in repr(sealing)


@pytest.mark.parametrize(
    ("sealing", "place"),
    [
        (Sealing((NEW,), "test"), PLACE),
        (Sealing((), "test"), PLACE),
        (Sealing((OLD,), "another purpose"), PLACE),
        (Sealing((OLD,), "test"), ("slack", "T2", "token")),
        (Sealing((OLD,), "test"), ("slack", "T1", "refresh")),
        (Sealing((OLD,), "test"), ("slack", "T1")),
    ],
)
def test_another_secret_purpose_or_place_does_not_open_it(
    sealing: Sealing, place: tuple[str, ...]
) -> None:
    sealed = Sealing((OLD,), "test").seal(TOKEN, PLACE)
    with pytest.raises(SealingError) as caught:
        sealing.open(sealed, place)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("broken", ["", "words", "\x00", "gAAAAA", "é"])
def test_what_was_never_sealed_does_not_open(broken: str) -> None:
    with pytest.raises(SealingError):
        Sealing((OLD,), "test").open(broken, PLACE)
    assert not Sealing((OLD,), "test").is_current(broken)


def test_without_a_secret_nothing_is_sealed(database_url: str) -> None:
    store = Store(database_url)
    with pytest.raises(SealingError):
        keep(store, granted())
    assert find(store) is None
    store.close()


def test_the_database_never_holds_a_token_in_the_clear(store: Store) -> None:
    keep(store, granted())
    token, refresh = sealed_columns(store)
    assert token
    assert refresh
    with transaction(store.engine) as connection:
        row = connection.execute(text("SELECT * FROM installations")).one()
    assert not any(token in str(row) for token in TOKENS)
    found = find(store)
    assert found is not None
    assert (found.token, found.refresh) == (TOKEN, REFRESH)


def test_a_token_copied_to_another_row_counts_as_not_installed(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    keep(store, granted())
    keep(store, granted("T-MINE", token="another", refresh="another"))
    with transaction(store.engine) as connection:
        connection.execute(
            text(
                "UPDATE installations SET token = "
                "(SELECT token FROM installations WHERE tenant = 'T-NEW') "
                "WHERE tenant = 'T-MINE'"
            )
        )
    assert find(store, "T-MINE") is None
    assert find(store, "T-NEW") is not None
    [record] = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert vars(record)["tenant"] == "T-MINE"
    assert "not installed" in record.getMessage()


def test_a_refresh_token_put_where_the_token_stands_does_not_open(store: Store) -> None:
    keep(store, granted())
    with transaction(store.engine) as connection:
        connection.execute(text("UPDATE installations SET token = refresh"))
    assert find(store) is None


def test_a_secret_that_is_not_set_leaves_a_tenant_not_installed_and_still_listed(
    store: Store,
) -> None:
    keep(store, granted())
    other = Store(url_of(store), (NEW,))
    assert find(other) is None
    with other.begin() as books:
        known = books.installations.known("slack", "T-NEW")
        assert known is not None
        assert known.name == "Westshire Voices"
        assert list(books.installations.all()) == [known]
        assert (known.token, known.refresh) == ("", "")
    keep(other, granted())
    assert find(other) is not None
    assert find(store) is None
    other.close()


def test_the_secret_is_changed_without_losing_a_token(store: Store) -> None:
    keep(store, granted())
    keep(store, granted("T-TWO", refresh=""))
    before = find(store)
    both = Store(url_of(store), (NEW, OLD))
    assert find(both) == before
    keep(both, granted("T-THREE", refresh=""))
    with both.begin() as books:
        assert books.installations.reseal() == Resealed(anew=3, already=1)
    with both.begin() as books:
        assert books.installations.reseal() == Resealed(anew=0, already=4)
    alone = Store(url_of(store), (NEW,))
    assert find(alone) == before
    assert find(store) is None
    alone.close()
    both.close()


def test_a_token_that_no_secret_opens_is_named_and_the_others_are_sealed_anew(
    store: Store,
) -> None:
    keep(store, granted())
    stranger = Store(url_of(store), ("a-secret-that-everybody-has-forgotten",))
    keep(stranger, granted("T-LOST"))
    stranger.close()
    both = Store(url_of(store), (NEW, OLD))
    with both.begin() as books:
        done = books.installations.reseal()
    assert (done.anew, done.already) == (2, 0)
    assert [one.tenant for one in done.lost] == ["T-LOST"]
    assert find(both) is not None
    both.close()


def test_no_token_is_in_the_representation_of_anything(store: Store) -> None:
    kept = keep(store, granted())
    found = find(store)
    for thing in (kept, found, [found], {"one": kept}, Resealed(0, 0, (kept,))):
        assert not any(token in repr(thing) + str(thing) for token in TOKENS)
