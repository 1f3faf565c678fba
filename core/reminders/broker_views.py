"""The broker's list, and what is said when somebody was thought of."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.model import Family
from core.kernel.minutes import spoken
from core.kernel.texts import Text, Words, _, plural
from core.members.model import Member
from core.posts.intents import ShowPost
from core.posts.places import place_words
from core.posts.views import Shown, by_whom, post_ref, post_view, skill_words
from core.reminders.intents import Introduce, ListUnanswered, OpenIntroduce
from core.reminders.stopping import last_buttons
from core.respect.intents import StopKind
from core.ui.forms import ChoiceField, Field, Form, Option, PersonField
from core.ui.paging import pages, turn
from core.ui.views import Actions, Button, Heading, Item, Items, Note, Paragraph, View, view

PAGE = 5
LETTER = "A"


def broker_view(asks: Sequence[Shown], total: int, page: int, *, notice: bool = False) -> View:
    """A page of unanswered asks; ``notice``: it comes by itself once a week."""
    if not asks:
        return view(
            Heading(_("Asks that wait for an answer")),
            Paragraph(_("Every ask has an answer, or is still new.")),
        )
    news = plural("{count} ask waits for an answer", "{count} asks wait for an answer", total)
    return view(
        Heading(news),
        Paragraph(_("Perhaps you know somebody who could help. They decide for themselves.")),
        Items(tuple(_item(shown) for shown in asks)),
        turn(ListUnanswered(), page, pages(total, PAGE), "unanswered"),
        last_buttons() if notice else None,
        summary=news,
    )


def _item(shown: Shown) -> Item:
    post, ref = shown.post, post_ref(shown.post)
    lines: list[Words] = [
        by_whom(shown),
        _(
            "{time}. {where}. {ref}",
            time=spoken(post.minutes),
            where=place_words(post.online, shown.site),
            ref=ref,
        ),
    ]
    if post.skills:
        lines.append(skill_words(post.skills))
    know = Button(_("I know somebody"), OpenIntroduce(post=post.id), f"introduce {ref}", "primary")
    see = Button(_("See it"), ShowPost(post=post.id), f"show {ref}")
    return Item(post.title, tuple(lines), (know, see))


def introduce_form(shown: Shown, intent: Introduce, fitting: Sequence[tuple[Member, str]]) -> Form:
    """Whom to show an ask to; where the name fits several, which of them."""
    who: Field = PersonField(
        "who", _("Who could help?"), intent.who, _("A name, and an organisation if you like")
    )
    if fitting:
        options = tuple(
            Option(
                str(member.id), _("{name}, {organisation}", name=member.name, organisation=place)
            )
            for member, place in fitting
        )
        who = ChoiceField("chosen", _("Who could help?"), options)
    return Form(
        _("I know somebody"),
        Introduce(post=intent.post, who=intent.who),
        (who,),
        _("Show them this ask"),
        (
            Heading(shown.post.title),
            Paragraph(by_whom(shown)),
            Paragraph(_("They see the ask, and that you thought of them."), quiet=True),
        ),
    )


def introduced_view(shown: Shown, name: str, *, again: bool) -> View:
    """What comes of it; whether they want such messages is theirs to know."""
    ref = post_ref(shown.post)
    said = (
        _("{name} has been shown this ask before, so there is no second message.", name=name)
        if again
        else _("Thank you. {name} is shown this ask, unless they want no such messages.", name=name)
    )
    return view(
        Heading(shown.post.title),
        Note(said, "info" if again else "success"),
        Actions(
            (
                Button(_("Somebody else"), OpenIntroduce(post=shown.post.id), f"introduce {ref}"),
                Button(_("See the list"), ListUnanswered(), "unanswered"),
            )
        ),
    )


def thought_of_view(shown: Shown, by: str) -> View:
    """An ask, to somebody who was thought of for it."""
    why: Text = _("{name} thought of you for this.", name=by)
    stop = StopKind(family=Family.MATCHES.value)
    return view(
        Note(why),
        *post_view(shown).blocks,
        Paragraph(_("You need not answer."), quiet=True),
        Actions((Button(_("Stop messages like this"), stop, "stop matches"),)),
        summary=why,
    )
