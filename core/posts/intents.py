"""What people may ask for about posts, as data that buttons and forms carry.

``kind`` is "offer" or "ask". ``post`` and ``draft`` are ids; ``version`` is what the button's card
showed, 0 for typed words. Form fields keep what people typed. ``source`` is the link to the chat
message that a post is made from; it is checked wherever it comes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.ui.intents import Intent


@dataclass(frozen=True, kw_only=True)
class OpenPostForm(Intent):
    """The form for a new post."""

    name: ClassVar[str] = "posts.form"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    kind: str = "offer"


@dataclass(frozen=True, kw_only=True)
class TypePost(Intent):
    """A post typed in one line."""

    name: ClassVar[str] = "posts.type"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    kind: str = "offer"
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class FromMessage(Intent):
    """Turn a chat message into an ask: ``words`` is its text."""

    name: ClassVar[str] = "posts.from-message"
    opens_form: ClassVar[bool] = True
    kept_for_joining: ClassVar[bool] = False
    """The words are mostly somebody else's, and who has not joined has not been told what for."""

    words: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FillPost(Intent):
    """The form filled in: for a new draft, or with ``post`` for one that stands.

    ``from_message``: it began with the words of a chat message.
    """

    name: ClassVar[str] = "posts.fill"
    opens_form: ClassVar[bool] = True

    kind: str = "offer"
    title: str = ""
    details: str = ""
    minutes: str = ""
    skills: str = ""
    place: str = ""
    closes: str = ""
    draft: int = 0
    post: int = 0
    version: int = 0
    from_message: bool = False
    source: str = ""
    not_about_a_patient: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenDraft(Intent):
    """The form with what is about to be posted."""

    name: ClassVar[str] = "posts.draft-form"
    opens_form: ClassVar[bool] = True

    draft: int = 0
    kind: str = "offer"


@dataclass(frozen=True, kw_only=True)
class AddSkill(Intent):
    """Yes, that skill is meant."""

    name: ClassVar[str] = "posts.add-skill"

    draft: int = 0
    kind: str = "offer"
    skill: str = ""


@dataclass(frozen=True, kw_only=True)
class Publish(Intent):
    """Post it."""

    name: ClassVar[str] = "posts.publish"

    draft: int = 0
    kind: str = "offer"


@dataclass(frozen=True, kw_only=True)
class DropDraft(Intent):
    """Do not post it."""

    name: ClassVar[str] = "posts.drop"

    draft: int = 0
    kind: str = "offer"


@dataclass(frozen=True, kw_only=True)
class ShowPost(Intent):
    """One post's card."""

    name: ClassVar[str] = "posts.show"
    repeatable: ClassVar[bool] = True

    post: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenEdit(Intent):
    """The form with a post that stands."""

    name: ClassVar[str] = "posts.edit-form"
    opens_form: ClassVar[bool] = True

    post: int = 0


@dataclass(frozen=True, kw_only=True)
class ClosePost(Intent):
    """Take a post down."""

    name: ClassVar[str] = "posts.close"

    post: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ExtendPost(Intent):
    """Keep a post up for another period of policy, or open it again."""

    name: ClassVar[str] = "posts.extend"

    post: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class MyPosts(Intent):
    """My own posts, open ones first."""

    name: ClassVar[str] = "posts.mine"
    repeatable: ClassVar[bool] = True

    page: int = 0


@dataclass(frozen=True, kw_only=True)
class Find(Intent):
    """Look among everybody's open posts. ``organisation`` is a code, ``place`` words."""

    name: ClassVar[str] = "posts.find"
    repeatable: ClassVar[bool] = True

    kind: str = ""
    words: str = ""
    organisation: str = ""
    place: str = ""
    online: bool = False
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenFind(Intent):
    """The form to look with."""

    name: ClassVar[str] = "posts.find-form"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    words: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchPosts(Intent):
    """The form to look with, filled in. ``organisation`` is words here."""

    name: ClassVar[str] = "posts.search"
    repeatable: ClassVar[bool] = True
    opens_form: ClassVar[bool] = True

    kind: str = ""
    words: str = ""
    organisation: str = ""
    place: str = ""
