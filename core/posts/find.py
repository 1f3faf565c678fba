"""Finding: words with their synonyms, skills, organisation and place; best first."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Desk
from core.kernel.refusals import Refusal
from core.kernel.texts import NOTHING, Text, Words, _
from core.posts.book import Search
from core.posts.forms import find_form
from core.posts.intents import Find, OpenFind, SearchPosts
from core.posts.list_views import PAGE, found_view
from core.posts.model import PostKind
from core.posts.places import Place, read_place
from core.posts.show import shown_to
from core.safety.words import checked_words
from core.skills.finder import expand, find
from core.ui.replies import Open, Replace, Reply

LONGEST = 200
KINDS = {"offer": PostKind.OFFER, "ask": PostKind.ASK}


def open_find(_desk: Desk, intent: OpenFind) -> Reply:
    """The form to look with."""
    return Open(find_form(SearchPosts(words=intent.words)))


def search_posts(desk: Desk, intent: SearchPosts) -> Reply:
    """The form filled in: the organisation by name, the place by name."""
    organisation = ""
    if intent.organisation.strip():
        named = desk.books.organisations.named(intent.organisation)
        if len(named) != 1:
            raise Refusal(_which(tuple(one.name for one in named)), "organisation")
        organisation = named[0].code
    if intent.place.strip():
        read_place(desk, intent.place)
    return find_posts(
        desk,
        Find(
            kind="" if intent.kind == "all" else intent.kind,
            words=intent.words,
            organisation=organisation,
            place=intent.place,
        ),
    )


def _which(names: tuple[str, ...]) -> Text:
    if not names:
        return _("There is no organisation called that. Leave it empty to look in all of them.")
    return _("Which organisation is it? Perhaps: {names}.", names=", ".join(names[:5]))


def find_posts(desk: Desk, intent: Find) -> Reply:
    """A page of other people's and my own open posts that fit."""
    search, asked_for = search_for(desk, intent)
    page = max(0, intent.page)
    posts, total = desk.books.posts.search(replace(search, offset=page * PAGE))
    if page and not posts:  # the pages have become fewer since the button was drawn
        page = 0
        posts, total = desk.books.posts.search(search)
    found = shown_to(desk, posts, desk.me.id)
    return Replace(found_view(found, total, replace(intent, page=page), asked_for))


def search_for(desk: Desk, intent: Find) -> tuple[Search, Words]:
    """What to look for, from the first match on, and how to say it. Raises ``Refusal`` for words
    that cannot be looked for."""
    words = checked_words(intent.words, "words", LONGEST, required=False)
    organisation = desk.books.organisations.by_code(intent.organisation)
    place = read_place(desk, intent.place) if intent.place.strip() else Place(online=intent.online)
    findings = find(words)
    near = tuple(site.id for site in desk.books.organisations.sites(desk.me.organisation_id))
    search = Search(
        desk.today,
        KINDS.get(intent.kind),
        expand(words) if words else (),
        (*findings.skills, *findings.free),
        organisation.id if organisation else None,
        place.site_id,
        place.online and place.site_id is None,
        near,
        desk.books.members.blocked_either_way(desk.me.id),
        limit=PAGE,
    )
    return search, words or (organisation.name if organisation else NOTHING)
