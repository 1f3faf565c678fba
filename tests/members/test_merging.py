"""Two members who prove to be one person become one: hours add up, one credit stays."""

from __future__ import annotations

from core.exchanges.model import Exchange, ExchangeState, Message
from core.ledger.intents import ApproveCorrection
from core.ledger.model import AccountKind, Entry, Posting, PostingKind
from core.members.merge import Merge
from core.members.model import MemberState, SkillSide
from core.organisations.model import Role
from core.posts.model import Post, PostKind
from tests.exchanges.story import ask
from tests.ledger.histories import confirmed
from tests.members.chats import code_in
from tests.world import Person, World


def twice(world: World) -> tuple[Person, Person]:
    """Ana, who joined in Slack and again in Teams."""
    return world.person("Ana Ward"), world.person("Ana W", "SGH", user="teams-ana")


def merge(here: Person, there: Person) -> str:
    """The second chat types the first one's code and says yes."""
    there.types(f"link {code_in(here.types('link'))}")
    return there.presses("Yes, make them one")


def exchange(
    world: World,
    giver: Person,
    receiver: Person,
    state: ExchangeState = ExchangeState.PROPOSED,
    reserved: int = 0,
    post_id: int | None = None,
) -> int:
    """An exchange in this state, proposed by the receiver; its id."""
    gives, takes = giver.member, receiver.member
    with world.store.begin() as books:
        made = books.exchanges.add(
            Exchange(
                gives.id,
                takes.id,
                takes.id,
                takes.id,
                "Run charts",
                60,
                gives.organisation_id,
                takes.organisation_id,
                world.now,
                post_id=post_id,
                state=state,
                reserved=reserved,
            )
        )
        assert made is not None
        if reserved:
            account = books.ledger.open(AccountKind.MEMBER, takes.id, -600)
            books.ledger.reserve(account.id, reserved)
        books.exchanges.add_message(Message(made.id, takes.id, "See you at 2", world.now))
    return made.id


def state_of(world: World, exchange_id: int) -> Exchange:
    with world.store.begin() as books:
        found = books.exchanges.get(exchange_id)
    assert found is not None
    return found


def give(world: World, giver: Person, receiver: Person, minutes: int) -> None:
    """Move time, as a gift does."""
    one, other = giver.member.id, receiver.member.id
    with world.store.begin() as books:
        here = books.ledger.open(AccountKind.MEMBER, one, -600)
        there = books.ledger.open(AccountKind.MEMBER, other, -600)
        entries = (Entry(here.id, -minutes), Entry(there.id, minutes))
        books.ledger.post(Posting(PostingKind.GIFT, f"gift:{one}", entries, world.now, 1))


def test_merging_asks_first_and_moves_nothing_before_yes(world: World) -> None:
    ana, again = twice(world)
    text = again.types(f"link {code_in(ana.types('link'))}")
    assert "You have joined Hourbridge twice" in text
    assert (ana.balance, again.balance) == (120, 120)
    assert again.member.state is MemberState.ACTIVE
    again.presses("No, leave them as they are")
    assert ana.member.id != again.member.id


def test_two_members_become_one_with_one_opening_credit(world: World) -> None:
    ana, again = twice(world)
    max_ = world.person("Max Hill", "COU")
    give(world, max_, again, 45)
    gone = again.member.id
    assert "now one, as Ana Ward" in merge(ana, again)
    assert again.member == ana.member
    assert ana.balance == 120 + 45
    with world.store.begin() as books:
        tombstone = books.members.get(gone)
        old = books.ledger.account(AccountKind.MEMBER, gone)
    assert old is not None
    assert (old.balance, old.reserved) == (0, 0)
    assert tombstone.state is MemberState.MERGED
    assert tombstone.name == ""
    assert tombstone.merged_into == ana.member.id
    assert world.total() == 0


def test_yes_can_be_typed_with_the_code(world: World) -> None:
    ana, again = twice(world)
    code = code_in(ana.types("link"))
    assert "now one" in again.types(f"link {code} yes")
    assert again.member.id == ana.member.id


def test_a_second_press_of_yes_merges_nothing_twice(world: World) -> None:
    ana, again = twice(world)
    again.types(f"link {code_in(ana.types('link'))}")
    yes = again.button("Yes, make them one")
    again.presses_button(yes)
    assert "joined to your membership already" in again.presses_button(yes)
    assert ana.balance == 120
    assert world.total() == 0


def test_yes_is_refused_when_the_code_has_become_too_old(world: World) -> None:
    ana, again = twice(world)
    again.types(f"link {code_in(ana.types('link'))}")
    world.later(minutes=11)
    again.presses("Yes, make them one")
    assert again.refused == "old-code"
    assert ana.member.id != again.member.id


def test_a_forged_yes_merges_nobody(world: World) -> None:
    ana, again = twice(world)
    ana.types("link")
    for proof in ("", "0f" * 32, "<b>", str(ana.member.id)):
        again.does(Merge(proof=proof))
        assert again.refused == "not-found"
    assert ana.member.id != again.member.id


def test_someone_elses_yes_does_not_work_after_the_code_was_used(world: World) -> None:
    ana, again = twice(world)
    again.types(f"link {code_in(ana.types('link'))}")
    yes = again.button("Yes, make them one")
    again.presses_button(yes)
    max_ = world.person("Max Hill", "COU")
    max_.presses_button(yes)
    assert max_.refused == "old-code"
    assert max_.member.state is MemberState.ACTIVE


def test_open_exchanges_between_the_two_are_cancelled_and_their_reserve_is_freed(
    world: World,
) -> None:
    ana, again = twice(world)
    proposed = exchange(world, ana, again)
    agreed = exchange(world, again, ana, ExchangeState.AGREED, reserved=60)
    text = merge(ana, again)
    assert "2 open exchanges between them were cancelled" in text
    for one in (proposed, agreed):
        assert state_of(world, one).state is ExchangeState.CANCELLED
    assert ana.reserved == 0


def test_other_exchanges_and_what_is_set_aside_for_them_move(world: World) -> None:
    ana, again = twice(world)
    max_ = world.person("Max Hill", "COU")
    agreed = exchange(world, max_, again, ExchangeState.AGREED, reserved=60)
    done = exchange(world, again, max_, ExchangeState.LAPSED)
    merge(ana, again)
    assert state_of(world, agreed).receiver_id == ana.member.id
    assert state_of(world, agreed).state is ExchangeState.AGREED
    assert state_of(world, done).giver_id == ana.member.id
    assert ana.reserved == 60
    with world.store.begin() as books:
        (message,) = books.exchanges.messages(agreed)
    assert message.member_id == ana.member.id


def test_a_double_on_one_post_keeps_the_exchange_that_is_further(world: World) -> None:
    ana, again = twice(world)
    max_ = world.person("Max Hill", "COU")
    author = max_.member
    with world.store.begin() as books:
        post = books.posts.add(
            Post(
                PostKind.OFFER, author.id, author.organisation_id, "Run charts", "", 60, (),
                True, None, world.now.date(), world.now,
            )
        )  # fmt: skip
    lesser = exchange(world, max_, ana, post_id=post.id)
    further = exchange(world, max_, again, ExchangeState.AGREED, reserved=60, post_id=post.id)
    merge(ana, again)
    assert state_of(world, lesser).state is ExchangeState.CANCELLED
    assert state_of(world, further).state is ExchangeState.AGREED
    assert state_of(world, further).receiver_id == ana.member.id


def test_posts_skills_blocks_and_roles_move_to_the_member_who_is_kept(world: World) -> None:
    ana, again = twice(world)
    max_ = world.person("Max Hill", "COU")
    again.types("offer 2 hours run charts for beginners, online")
    again.presses("Post it")
    world.grants(again, Role.LEAD, "SGH")
    here, there, other = ana.member.id, again.member.id, max_.member.id
    with world.store.begin() as books:
        books.members.set_skills(here, SkillSide.CAN_HELP, ["easy-read"])
        books.members.set_skills(there, SkillSide.CAN_HELP, ["run-charts", "easy-read"])
        books.members.block(other, there)
        books.members.block(here, there)
    merge(ana, again)
    with world.store.begin() as books:
        assert [post.member_id for post in books.posts.of_member(here)] == [here]
        assert books.members.skills(here, SkillSide.CAN_HELP) == ("easy-read", "run-charts")
        assert books.members.blocked_either_way(here) == {other}
        assert books.members.blocked_either_way(there) == frozenset()
        assert [grant.role for grant in books.roles.held_by(here)] == [Role.LEAD]


def test_a_debt_moves_too_even_below_the_floor(world: World) -> None:
    ana, again = twice(world)
    max_ = world.person("Max Hill", "COU")
    give(world, ana, max_, 700)
    give(world, again, max_, 700)
    merge(ana, again)
    assert ana.balance == 120 - 700 - 700
    assert world.total() == 0


def test_three_chats_that_merge_one_after_the_other_keep_one_credit(world: World) -> None:
    first, second = twice(world)
    third = world.person("Ana", "COU", user="council-ana")
    merge(second, third)
    merge(first, second)
    assert {one.member.id for one in (first, second, third)} == {first.member.id}
    assert first.balance == 120
    assert world.total() == 0
    kept = first.member.id
    with world.store.begin() as books:
        assert len(books.members.merged_from(kept)) == 2


def test_what_waited_for_the_merged_member_is_told_to_the_one_who_is_kept(world: World) -> None:
    ana, again = twice(world)
    here, gone = ana.member.id, again.member.id
    merge(ana, again)
    world.deliver()
    with world.store.begin() as books:
        assert books.deliveries.of_member(gone) == []
        kept = books.deliveries.of_member(here)
    assert {notice.kind for _delivery, notice in kept} == {"members.welcome"}
    assert len(ana.told("members.welcome")) + len(again.told("members.welcome")) == 2


def test_nobody_approves_what_they_proposed_as_the_member_they_once_were(world: World) -> None:
    first, second = twice(world)
    ben, cai = world.person("Ben Okoro", "COU"), world.person("Cai Rees")
    world.grants(first, Role.LEAD, "NGH")
    world.grants(second, Role.LEAD, "NGH")
    ref = confirmed(world, giver=cai, receiver=ben, minutes=90)
    second.types(f"reverse {ref} the time was counted twice")
    assert not second.refused
    merge(first, second)
    first.does(ApproveCorrection(correction=1))
    assert first.refused == "not-allowed"
    assert cai.balance == 210


def test_a_gift_from_the_merged_member_still_carries_their_name(world: World) -> None:
    first, second = twice(world)
    ben = world.person("Ben Okoro", "COU")
    second.types("give 30 mins to Ben Okoro")
    second.presses("Yes, give it")
    merge(first, second)
    assert "From Ana Ward" in ben.types("statement")


def test_the_other_sides_card_follows_the_merge_so_that_its_buttons_still_work(
    world: World,
) -> None:
    first, second = twice(world)
    ben = world.person("Ben Okoro", "COU")
    second.types(f"answer {ask(ben)}")
    second.fills()
    world.deliver()
    (card,) = ben.told("exchange.proposed")
    merge(first, second)
    world.deliver()
    assert "Ana Ward" in card.text
    ben.presses_in(card, "Accept")
    assert "This has changed since" not in ben.text
