"""Finding posts: by words and synonyms, skill, organisation, place; best, near, then newest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.members.model import MemberState
from core.posts.intents import Find, MyPosts, ShowPost
from core.ui.replies import Refuse
from tests.world import Person, World


def _posts(person: Person, words: str) -> None:
    person.types(words)
    person.presses("Post it")


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("run chart", "control charts for beginners"),
        ("SPC", "control charts for beginners"),
        ("excel", "power bi dashboards"),
        ("BSL", "sign language taster"),
        ("cymraeg", "help with Welsh letters"),
        ("beginner", "control charts for beginners"),
    ],
)
def test_words_find_posts_that_say_the_same_in_other_words(
    world: World, looked_for: str, found: str
) -> None:
    ana = world.person("Ana Ward")
    for words in (
        "control charts for beginners",
        "power bi dashboards",
        "sign language taster",
        "help with Welsh letters",
    ):
        _posts(ana, f"offer 1 hour {words}")
    bea = world.person("Bea Cole", "SGH")
    shown = bea.types(f"find {looked_for}")
    assert found.casefold() in shown.casefold()


def test_long_lists_come_in_pages_of_five_with_next_and_back(world: World) -> None:
    ana = world.person("Ana Ward")
    for number in range(12):
        _posts(ana, f"offer 1 hour easy read number {number}")
    bea = world.person("Bea Cole", "SGH")
    assert "12 found" in bea.types("find easy read")
    assert bea.labels().count("See it") == 5
    bea.presses("Next (2 of 3)")
    assert bea.labels().count("See it") == 5
    bea.presses("Next (3 of 3)")
    assert bea.labels().count("See it") == 2
    assert "Back (2 of 3)" in bea.labels()
    assert not any(label.startswith("Next") for label in bea.labels())


def test_a_list_is_turned_by_typed_words_too(world: World) -> None:
    ana = world.person("Ana Ward")
    for number in range(7):
        _posts(ana, f"offer 1 hour easy read number {number}")
    bea = world.person("Bea Cole", "SGH")
    assert "Next (2 of 2): type find easy read page 2" in bea.types("find easy read")
    assert "Back (1 of 2): type find easy read page 1" in bea.types("find easy read page 2")
    assert bea.labels().count("See it") == 2
    assert bea.types("find easy read, page 9") == bea.types("find easy read page 9")
    assert "posts page 2" in ana.types("posts")
    assert "Back (1 of 2)" in ana.types("posts page 2")
    ana.types("offer 1 hour help with page 3")
    assert "Check your offer" in ana.text


def test_offers_and_asks_are_listed_apart_newest_first(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour mentoring")
    world.later(hours=1)
    _posts(ana, "ask 1 hour with a poster")
    world.later(hours=1)
    _posts(ana, "offer 1 hour facilitation")
    bea = world.person("Bea Cole", "SGH")
    offers = bea.types("offers").casefold()
    assert offers.index("facilitation") < offers.index("mentoring")
    assert "poster" not in offers
    assert "poster" in bea.types("asks").casefold()


def test_a_search_form_filters_by_organisation_and_place(world: World) -> None:
    ana = world.person("Ana Ward")
    cai = world.person("Cai Rees", "COU")
    _posts(ana, "offer 1 hour easy read at Northgate Library")
    _posts(cai, "offer 1 hour easy read online")
    bea = world.person("Bea Cole", "SGH")
    bea.types("find")
    shown = bea.fills(kind="offer", words="easy read", organisation="westshire")
    assert "Cai Rees" in shown
    assert "Ana Ward" not in shown
    bea.types("find")
    shown = bea.fills(place="northgate library")
    assert "Ana Ward" in shown
    assert "Cai Rees" not in shown
    bea.types("find")
    assert "Cai Rees" in bea.fills(place="online")


def test_an_organisation_or_place_that_is_not_there_is_refused_on_its_field(world: World) -> None:
    bea = world.person("Bea Cole", "SGH")
    bea.types("find")
    bea.fills(organisation="Nowhere Trust")
    assert isinstance(bea.reply, Refuse)
    assert bea.reply.field == "organisation"
    bea.types("find")
    assert "Perhaps: Northgate Library" in bea.fills(place="Northgate Libary")


def test_the_same_match_at_my_own_site_comes_first(world: World) -> None:
    ana = world.person("Ana Ward")
    cai = world.person("Cai Rees", "COU")
    _posts(ana, "offer 1 hour easy read at Northgate Library")
    world.later(hours=1)
    _posts(cai, "offer 1 hour easy read at Westshire Library")
    dee = world.person("Dee Lowe", "NGH")
    shown = dee.types("find easy read")
    assert shown.index("Ana Ward") < shown.index("Cai Rees")
    eve = world.person("Eve Marsh", "SGH")
    shown = eve.types("find easy read")
    assert shown.index("Cai Rees") < shown.index("Ana Ward")


@pytest.mark.parametrize("words", ['"', "AND OR NOT", "a* NEAR(b)", "'; DROP TABLE posts; --", "%"])
def test_words_with_search_operators_are_only_words(world: World, words: str) -> None:
    bea = world.person("Bea Cole", "SGH")
    bea.types(f"find {words}")
    assert bea.refused in ("", "words-only-signs")
    assert world.rows("posts") == 0


def test_blocked_people_do_not_find_each_other(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1 hour easy read")
    ana_id, bea_id = ana.member.id, bea.member.id
    with world.store.begin() as books:
        books.members.block(ana_id, bea_id)
    assert "Nothing found" in bea.types("find easy read")
    assert bea.does(ShowPost(post=1)) == "I cannot find that."
    assert "Nothing found" in ana.types("find facilitation")


def test_posts_of_a_suspended_member_are_neither_found_nor_shown(world: World) -> None:
    ana = world.person("Ana Ward")
    bea = world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1 hour easy read")
    suspended = replace(ana.member, state=MemberState.SUSPENDED)
    with world.store.begin() as books:
        books.members.save(suspended)
    assert "Nothing found" in bea.types("find easy read")
    assert bea.does(ShowPost(post=1)) == "I cannot find that."


@pytest.mark.parametrize("page", [-1, 2**31 - 1])
def test_a_forged_page_is_answered_in_words(world: World, page: int) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    for name in ("posts.find", "posts.mine", "exchange.list"):
        ana.does(world.engine.vocabulary.read({"do": name, "page": page}))
        assert not ana.refused
    assert "Easy read" in ana.does(Find(page=3))
    assert "Easy read" in ana.does(MyPosts(page=3))
