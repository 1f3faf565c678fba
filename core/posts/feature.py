"""What the posts room contributes."""

from __future__ import annotations

from core.delivery.model import Family
from core.events.typed import or_edit
from core.feature import Command, Feature, Job, NoticeKind, Undoer, verb
from core.kernel.texts import _
from core.posts import (
    change,
    draft,
    find,
    from_message,
    gallery,
    jobs,
    notices,
    publish,
    share,
    show,
)
from core.posts import intents as do
from core.ui.intents import Intent


def _typed(kind: str, words: str) -> Intent:
    return do.TypePost(kind=kind, words=words) if words else do.OpenPostForm(kind=kind)


def _find(words: str) -> Intent:
    return do.Find(words=words) if words else do.OpenFind()


FEATURE = Feature(
    "posts",
    verbs=(
        verb(do.OpenPostForm, draft.open_post_form),
        verb(do.TypePost, draft.type_post),
        verb(do.FromMessage, from_message.from_message),
        verb(do.FillPost, change.fill),
        verb(do.OpenDraft, draft.open_draft),
        verb(do.AddSkill, draft.add_skill),
        verb(do.Publish, publish.publish),
        verb(do.DropDraft, draft.drop_draft),
        verb(do.ShowPost, show.show_post),
        verb(do.OpenEdit, change.open_edit),
        verb(do.ClosePost, change.close_post),
        verb(do.ExtendPost, change.extend_post),
        verb(do.MyPosts, show.my_posts),
        verb(do.Find, find.find_posts),
        verb(do.OpenFind, find.open_find),
        verb(share.FindToShare, share.find_to_share),
        verb(do.SearchPosts, find.search_posts),
    ),
    commands=(
        Command(
            ("ask", "gofyn"),
            lambda words: _typed("ask", words),
            _("Ask for help with something. You can paste the words of a message after it"),
            "ask help with run charts, 1 hour",
        ),
        Command(
            ("offer", "cynnig"),
            lambda words: _typed("offer", words),
            _("Offer help with something"),
            "offer 2 hours easy read, online, until 30 June",
        ),
        Command(("find", "canfod", "search"), _find, _("Look for offers and asks"), "find excel"),
        Command(
            ("offers", "cynigion"),
            lambda words: do.Find(kind="offer", words=words),
            _("See what people offer"),
            "offers",
        ),
        Command(
            ("asks", "ceisiadau"),
            lambda words: do.Find(kind="ask", words=words),
            _("See what people ask for"),
            "asks",
        ),
        Command(
            ("posts", "mine", "fy-nghynigion"),
            lambda _words: do.MyPosts(),
            _("See your own offers and asks"),
            "posts",
        ),
        Command(
            ("post", "postio"),
            lambda _words: do.Publish(),
            _("Post what you have just looked at"),
            "post",
        ),
        Command(
            ("change", "newid"),
            lambda _words: do.OpenDraft(),
            _("Change what you have just looked at"),
            "change",
        ),
        Command(
            ("skill", "sgil", "sgìl"),
            lambda words: do.AddSkill(skill="-".join(words.casefold().split())),
            _("Add a skill to what you are about to post"),
            "skill spc",
            listed=False,
        ),
        Command(
            ("drop", "gollwng"),
            lambda _words: do.DropDraft(),
            _("Do not post what you have just looked at"),
            "drop",
        ),
        Command(
            ("edit", "golygu"),
            or_edit(lambda words: do.OpenEdit(post=show.post_number(words))),
            _("Change one of your posts, or an event of yours"),
            "edit O-7K2",
        ),
        Command(
            ("close", "cau"),
            lambda words: do.ClosePost(post=show.post_number(words)),
            _("Close one of your posts"),
            "close O-7K2",
        ),
        Command(
            ("extend", "ymestyn"),
            lambda words: do.ExtendPost(post=show.post_number(words)),
            _("Keep one of your posts open longer"),
            "extend O-7K2",
        ),
    ),
    notices=(
        NoticeKind(
            "posts.new-ask",
            notices.render_new_ask,
            wanted=lambda member: member.wants_asks,
            unasked=True,
            family=Family.MATCHES,
            in_time=notices.still_open,
        ),
        NoticeKind(
            "posts.new-offer",
            notices.render_new_offer,
            wanted=lambda member: member.wants_offers,
            unasked=True,
            family=Family.MATCHES,
            in_time=notices.still_open,
        ),
    ),
    jobs=(Job("posts.close", 60, jobs.close_due, "close posts whose last day is over"),),
    undoers=(Undoer(publish.POSTED, publish.undo_publish),),
    gallery=gallery.examples,
)
