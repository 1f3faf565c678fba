"""Two people and an ask between them, as far along as a test needs it.

Ben asks, Ana answers: so Ana gives and Ben receives.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.exchanges.model import Exchange
from core.kernel.references import reference
from tests.world import Person, World


@dataclass
class Two:
    """Ana, who gives; Ben, who receives; and what is between them."""

    world: World
    ana: Person
    ben: Person

    @property
    def exchange(self) -> Exchange:
        """Their latest exchange."""
        ana = self.ana.member.id
        with self.world.store.begin() as books:
            found, _total = books.exchanges.of_member(ana)
        return found[0]

    @property
    def ref(self) -> str:
        return reference("E", self.exchange.id)

    @property
    def post_ref(self) -> str:
        post_id = self.exchange.post_id
        assert post_id is not None
        return reference("A", post_id)


def ask(person: Person, words: str = "1 hour of help with run charts, online") -> str:
    """Post an ask; its reference."""
    return _post(person, "ask", words)


def offer(person: Person, words: str = "1 hour of help with run charts, online") -> str:
    """Post an offer; its reference."""
    return _post(person, "offer", words)


def _post(person: Person, kind: str, words: str) -> str:
    person.types(f"{kind} {words}")
    person.presses("Post it")
    member_id = person.member.id
    with person.world.store.begin() as books:
        post = books.posts.of_member(member_id)[0]
    return reference(post.kind.letter, post.id)


def met(world: World) -> Two:
    """Two members of different organisations in different chats."""
    return Two(world, world.person("Ana Ward", "NGH"), world.person("Ben Lowe", "COU"))


def proposed(world: World, minutes: str = "1 hour", message: str = "") -> Two:
    """Ben has asked and Ana has said that she can help."""
    two = met(world)
    ref = ask(two.ben)
    two.ana.types(f"answer {ref}")
    two.ana.fills(minutes=minutes, message=message)
    world.deliver()
    return two


def agreed(world: World, minutes: str = "1 hour") -> Two:
    """Both have agreed."""
    two = proposed(world, minutes)
    two.ben.types(f"accept {two.ref}")
    two.ben.fills()
    world.deliver()
    return two


def claimed(world: World, minutes: str = "1 hour") -> Two:
    """Ana has said that it is done."""
    two = agreed(world)
    two.ana.types(f"done {two.ref} {minutes}")
    world.deliver()
    return two


def confirmed(world: World) -> Two:
    """Ben has confirmed."""
    two = claimed(world)
    two.ben.types(f"confirm {two.ref}")
    world.deliver()
    return two


def disputed(world: World) -> Two:
    """Ben does not agree with the time."""
    two = claimed(world, "2 hours")
    two.ben.types(f"dispute {two.ref} I remember an hour.")
    world.deliver()
    return two
