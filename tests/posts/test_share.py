"""Finding a post to put into a conversation: its card there is for everybody, members or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.members.model import MemberState
from core.posts.intents import ClosePost, Find, ShowPost
from core.posts.share import FindToShare
from core.ui.intents import to_wire
from core.ui.plain import plain
from core.ui.views import Items, View
from tests.world import ENGLISH, Person, World, buttons_of


def _posts(person: Person, words: str) -> None:
    person.types(words)
    person.presses("Post it")


def _looks(person: Person, words: str = "", **span: int) -> list[View]:
    """The cards that may be put into a conversation."""
    wire = to_wire(FindToShare(words=words, **span))
    person.does(person.world.engine.vocabulary.read(wire))
    if person.refused:
        return []
    assert isinstance(person.screen, View)
    items = [
        one for block in person.screen.blocks if isinstance(block, Items) for one in block.items
    ]
    assert not [item for item in items if item.actions]
    return [item.card for item in items if item.card is not None]


def _read(cards: list[View]) -> str:
    return "\n".join(plain(card, ENGLISH) for card in cards)


def test_a_card_to_share_says_what_everybody_may_read_and_no_more(world: World) -> None:
    ana = world.person("Ana Ward")
    ana.types("ask")
    ana.fills(
        title="Help with run charts",
        details="I have 12 months of waiting times.",
        minutes="1h",
        place="online",
        closes="2026-06-30",
    )
    ana.presses("Post it")
    (card,) = _looks(world.person("Bea Cole", "SGH"), "run charts")
    text = plain(card, ENGLISH)
    for words in (
        "Ask: Help with run charts",
        "From: Ana Ward, Northgate Hospital Trust",
        "Time: 1 hour",
        "Where: Online",
        "Open until: 30 June 2026",
        "Reference: A-",
        "Hourbridge is the timebank",
        "I can help: type answer A-",
        "See it: type show A-",
    ):
        assert words in text
    assert "12 months" not in text
    assert [ENGLISH(button.label) for button in buttons_of(card)] == ["I can help", "See it"]


def test_ones_own_post_reads_to_others_as_any_post_does(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    own, others = _looks(ana), _looks(world.person("Bea Cole", "SGH"))
    assert own == others
    assert "From: Ana Ward" in _read(own)


def test_the_newest_come_first_without_words_and_the_best_with_them(world: World) -> None:
    ana = world.person("Ana Ward")
    for number in range(7):
        _posts(ana, f"offer 1 hour easy read number {number}")
    bea = world.person("Bea Cole", "SGH")
    assert "number 6" in _read(_looks(bea)[:1])
    assert len(_looks(bea, "easy read")) == 7
    assert _looks(bea, "facilitation") == []
    assert "Nothing found for facilitation. Try other words." in bea.text


def test_a_page_of_any_size_is_what_comes_after_the_last_one(world: World) -> None:
    ana = world.person("Ana Ward")
    for number in range(7):
        _posts(ana, f"offer 1 hour easy read number {number}")
    bea = world.person("Bea Cole", "SGH")
    whole = _looks(bea, "easy read", skip=0, count=25)
    in_parts = [
        card for skip in range(0, 12, 3) for card in _looks(bea, "easy read", skip=skip, count=3)
    ]
    assert in_parts == whole
    assert _looks(bea, "easy read", skip=-5, count=-5) == whole[:1]
    assert _looks(bea, "easy read", skip=2**31 - 1, count=2**31 - 1) == []


def test_a_reference_finds_the_one_post_that_it_names(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    _posts(ana, "offer 1 hour run charts")
    bea = world.person("Bea Cole", "SGH")
    shown = _read(_looks(bea, "run charts"))
    reference = shown.split("Reference: ")[1].split()[0]
    for typed in (reference, reference.lower(), f" {reference.replace('-', '')} "):
        assert "run charts" in _read(_looks(bea, typed)).casefold()
        assert len(_looks(bea, typed)) == 1
    assert _looks(bea, reference, skip=1) == []
    assert _looks(bea, reference.replace("O-", "A-")) == []


def test_what_a_member_may_not_find_they_cannot_share_either(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    bea = world.person("Bea Cole", "SGH")
    reference = _read(_looks(bea)).split("Reference: ")[1].split()[0]
    ana.does(ClosePost(post=1, version=1))
    assert _looks(bea, "easy read") == _looks(bea, reference) == _looks(bea) == []
    _posts(ana, "offer 1 hour run charts")
    assert len(_looks(bea)) == 1
    for state in (MemberState.SUSPENDED, MemberState.AWAY):
        with world.store.begin() as books:
            books.members.save(replace(books.members.get(1), state=state))
        assert _looks(bea) == [], state


def test_who_has_blocked_whom_finds_nothing_of_theirs(world: World) -> None:
    ana, bea = world.person("Ana Ward"), world.person("Bea Cole", "SGH")
    _posts(ana, "offer 1 hour easy read")
    assert len(_looks(bea)) == 1
    blocker, blocked = ana.member.id, bea.member.id
    with world.store.begin() as books:
        books.members.block(blocker, blocked)
    assert _looks(bea) == []


@pytest.mark.parametrize(
    ("words", "refusal"), [("!?", "words-only-signs"), ("w" * 201, "words-too-long")]
)
def test_words_that_cannot_be_looked_for_are_refused(
    world: World, words: str, refusal: str
) -> None:
    ana = world.person("Ana Ward")
    _looks(ana, words)
    assert ana.refused == refusal


def test_who_has_not_joined_is_greeted_and_sees_no_post_and_nothing_typed_is_kept(
    world: World,
) -> None:
    _posts(world.person("Ana Ward"), "offer 1 hour easy read")
    cai = world.person("Cai Rees", "SGH", joined=False)
    assert _looks(cai, "easy read please") == []
    assert "Welcome to Hourbridge" in cai.text
    assert "I have kept what you typed" not in cai.text
    assert "please" not in str(world.holds("easy read please"))


def test_looking_tells_nobody_and_changes_nothing(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    bea = world.person("Bea Cole", "SGH")
    world.deliver()
    told = len(ana.told())
    _looks(bea, "easy read")
    world.deliver()
    assert (len(ana.told()), world.rows("posts"), world.rows("drafts")) == (told, 1, 1)


def test_lists_in_a_chat_carry_no_such_cards(world: World) -> None:
    ana = world.person("Ana Ward")
    _posts(ana, "offer 1 hour easy read")
    ana.does(Find())
    assert isinstance(ana.screen, View)
    (items,) = [block for block in ana.screen.blocks if isinstance(block, Items)]
    assert [item.card for item in items.items] == [None]
    assert "Offer: Easy read" in ana.does(ShowPost(post=1))


def test_a_preview_says_that_the_post_can_be_shown_in_a_chat(world: World) -> None:
    ana = world.person("Ana Ward")
    assert "They can show it to colleagues in a chat." in ana.types("offer 1 hour easy read")
