"""What could bring an ask its answer: suggestions from simple rules, for its author to take up."""

from __future__ import annotations

from collections.abc import Iterator

from core.kernel.minutes import spoken
from core.kernel.texts import Text, _
from core.posts.model import Post
from core.posts.views import skill_words
from core.skills.finder import find
from core.skills.model import Findings
from core.skills.taxonomy import label

MOST = 3
"""More would be a list of faults."""
SHORT_TITLE = 3
"""A title of fewer words says little of what is needed."""
LONG_MINUTES = 120
"""More time than this is hard to find in one go."""
_MOST_SKILLS = 3


def suggestions(post: Post) -> tuple[Text, ...]:
    """At most three, the one that brings most first."""
    return tuple(one for one, _number in zip(_all(post), range(MOST), strict=False))


def _all(post: Post) -> Iterator[Text]:
    found = find(f"{post.title}. {post.details}")
    yield from _skills(post, found)
    if len(post.title.split()) < SHORT_TITLE:
        yield _("Say in the title what you would like to have in the end.")
    if post.minutes > LONG_MINUTES:
        yield _(
            "A first hour is easier to find than {time}. You can ask for more later.",
            time=spoken(post.minutes),
        )
    if not post.online:
        yield _("If it works online too, say so: more people can help.")
    if not post.details:
        yield _("Add a sentence about what you have so far.")


def _skills(post: Post, found: Findings) -> Iterator[Text]:
    """Skills that its words speak of and that nobody finds it by."""
    missing = [skill for skill in found.skills if skill not in post.skills]
    near = [one for one in found.near if one.skill not in (*post.skills, *missing)]
    if missing:
        yield _(
            "Add the skill {skills}, so that people who have it find your ask.",
            skills=skill_words(missing[:_MOST_SKILLS]),
        )
    elif near:
        yield _(
            'Is "{word}" about {skill}? Then add it as a skill.',
            word=near[0].word,
            skill=label(near[0].skill),
        )
    elif not post.skills:
        yield _("Name a skill that would help, so that people who have it find your ask.")
