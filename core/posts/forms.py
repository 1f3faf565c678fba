"""The form for a post, new or standing."""

from __future__ import annotations

from core.kernel.texts import Text, _
from core.posts.intents import FillPost, SearchPosts
from core.posts.model import DETAILS_LONGEST, TITLE_LONGEST
from core.ui.forms import (
    ChoiceField,
    DurationField,
    Field,
    Form,
    LongTextField,
    MomentField,
    Option,
    TextField,
)
from core.ui.views import Note


def post_form(intent: FillPost) -> Form:
    """The form, holding what ``intent`` already says."""
    offer = intent.kind == "offer"
    return Form(
        _title(offer=offer, standing=bool(intent.post)),
        _bare(intent),
        (*_what(intent, offer=offer), *_more(intent)),
        _("Look at it first") if not intent.post else _("Save"),
        (Note(_OTHERS_WORDS),) if intent.from_message else (),
    )


def _what(intent: FillPost, *, offer: bool) -> tuple[Field, ...]:
    """What it is about, and how long it takes."""
    return (
        TextField(
            "title",
            _("What can you help with?") if offer else _("What would you like help with?"),
            intent.title,
            _("In a few words. Leave out anything about patients."),
            longest=TITLE_LONGEST,
        ),
        LongTextField(
            "details",
            _("Anything more people need to know"),
            intent.details,
            required=False,
            longest=DETAILS_LONGEST,
        ),
        DurationField(
            "minutes",
            _("How long will it take?"),
            intent.minutes,
            _("For example 1 hour, 90 mins or 1h30"),
        ),
    )


def _more(intent: FillPost) -> tuple[Field, ...]:
    """Skills, a place and a last day: left empty, Hourbridge finds or supposes them."""
    return (
        TextField(
            "skills",
            _("Skills"),
            intent.skills,
            _("Separated by commas. Left empty, Hourbridge finds them in your words."),
            required=False,
            longest=200,
        ),
        TextField(
            "place",
            _("Where?"),
            intent.place,
            _("Online, or the name of a site. Left empty, you two agree it."),
            required=False,
        ),
        MomentField(
            "closes",
            _("Open until"),
            intent.closes,
            _("The last day it can be answered. Left empty, 60 days."),
            required=False,
        ),
    )


_OTHERS_WORDS = _(
    "Members in every organisation will see this. If somebody else wrote the message, ask them "
    "first, or write it in your own words."
)


def _bare(intent: FillPost) -> FillPost:
    """What the form carries along: all but its fields."""
    return FillPost(
        kind=intent.kind,
        draft=intent.draft,
        post=intent.post,
        version=intent.version,
        from_message=intent.from_message,
        source=intent.source,
    )


def _title(*, offer: bool, standing: bool) -> Text:
    if standing:
        return _("Change your offer") if offer else _("Change your ask")
    return _("Offer help") if offer else _("Ask for help")


def find_form(intent: SearchPosts) -> Form:
    """The form to look with."""
    return Form(
        _("Find help"),
        SearchPosts(),
        (
            ChoiceField(
                "kind",
                _("Look among"),
                (
                    Option("all", _("Offers and asks")),
                    Option("offer", _("Offers")),
                    Option("ask", _("Asks")),
                ),
                intent.kind or "all",
            ),
            TextField("words", _("Words or skills"), intent.words, required=False),
            TextField(
                "organisation",
                _("Organisation"),
                intent.organisation,
                _("Its name or a part of it"),
                required=False,
            ),
            TextField(
                "place",
                _("Where?"),
                intent.place,
                _("Online, or the name of a site"),
                required=False,
            ),
        ),
        _("Find"),
    )
