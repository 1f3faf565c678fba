"""Every view and form of the members room, at its edges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from core.members import gallery_waiting
from core.members.chosen_skills import read_skills
from core.members.greeting import TOO_LONG, greeting_view
from core.members.join import Join
from core.members.join_views import join_form
from core.members.leave import Leave, LeaveNow
from core.members.leaving_views import (
    OpenThings,
    leave_view,
    left_view,
    nothing_to_leave_view,
)
from core.members.link import GiveLinkCode, UseLink
from core.members.merge import Merge
from core.members.model import Identity, Member
from core.members.mydata import MyData
from core.members.settings import OpenSettings, SaveSettings, SetLanguage
from core.members.settings_views import (
    Present,
    chats,
    elsewhere,
    language_saved_view,
    language_view,
    saved_view,
    settings_form,
    undone_view,
)
from core.members.stop import Start, Stop
from core.members.views import (
    code_view,
    link_form,
    linked_view,
    merge_question_view,
    merged_view,
    mydata_view,
    same_member_view,
    started_view,
    stopped_view,
)
from core.members.welcome import notice_view, privacy_view, welcome_view
from core.organisations.model import Organisation, Sector
from core.respect.intents import OpenQuiet
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Button, Fact

_TRUST = Organisation("NGT", "Northgate Hospitals NHS Trust", Sector.NHS_TRUST, id=1)
_HOSPICE = Organisation("EFH", "Elmfield Hospice", Sector.VOLUNTARY, id=2)
_CODE = "BCDF-2345"
_PROOF = "0f" * 32
_MEMBER = Member("Ana Ward", "en", 1, datetime(2026, 8, 6, 9, tzinfo=UTC), version=7, id=3)


def examples() -> Iterator[Example]:
    """All of the room."""
    yield from _joining()
    yield from _linking()
    yield from _settings()
    yield from _leaving()
    yield from gallery_waiting.examples()


def _joining() -> Iterator[Example]:
    yield Example("members.greeting", greeting_view("en", again=False, waiting=False))
    yield Example("members.greeting-waiting", greeting_view("cy", again=False, waiting=True))
    yield Example(
        "members.greeting-not-kept",
        greeting_view("en", again=True, waiting=False, unkept=TOO_LONG),
    )
    yield Example("members.join-form", join_form("Ana Ward", "en", [_TRUST], Join()))
    yield Example(
        "members.join-form-shared", join_form(HOSTILE[:80], "cy", [_TRUST, _HOSPICE], Join())
    )
    yield Example("members.welcome", welcome_view("Ana Ward", credit=120))
    yield Example("members.welcome-again", welcome_view(HOSTILE, already=True))
    yield Example("members.welcome-notice", notice_view(HOSTILE))
    yield Example("members.privacy", privacy_view(()))
    contact = Fact(_TRUST.name, "Sam Reed, 020 7946 0000, privacy@northgate.example")
    yield Example("members.privacy-contact", privacy_view((contact, Fact(HOSTILE, HOSTILE))))


def _linking() -> Iterator[Example]:
    yield Example("members.code", code_view(_CODE, 10))
    yield Example("members.link-form", link_form([_TRUST], UseLink()))
    yield Example("members.link-form-shared", link_form([_TRUST, _HOSPICE], UseLink()))
    yield Example("members.linked", linked_view(HOSTILE))
    yield Example("members.linked-already", same_member_view("Ana Ward"))
    merge = Merge(proof=_PROOF)
    typed = f"link {_CODE} yes"
    yield Example("members.merge-question", merge_question_view("Ana Ward", 0, merge, typed))
    yield Example("members.merge-question-open", merge_question_view(HOSTILE, 3, merge, typed))
    yield Example("members.merged", merged_view("Ana Ward", 0))
    yield Example("members.merged-cancelled", merged_view(HOSTILE, 2))


def _identity(number: int, platform: str, organisation_id: int) -> Identity:
    return Identity(platform, "T1", f"U{number}", 3, organisation_id, id=number)


def _settings() -> Iterator[Example]:
    one = chats((_identity(1, "slack", 1),), {1: _TRUST.name})
    several = chats(
        (_identity(1, "slack", 1), _identity(2, "slack", 1), _identity(3, "teams", 2)),
        {1: _TRUST.name, 2: _HOSPICE.name},
    )
    bare = Present(_MEMBER, "", "", one)
    full_member = Member(
        HOSTILE[:80], "cy", 1, _MEMBER.joined_at, contact=HOSTILE, silent=True, chat_id=2, id=4
    )
    full = Present(full_member, "Run charts, #knitting", "Easy read", several)
    others = elsewhere(OpenQuiet(), GiveLinkCode(), MyData(), Leave())
    yield Example("members.settings-form", settings_form(bare, SaveSettings(version=7), others))
    yield Example("members.settings-form-full", settings_form(full, SaveSettings(), others))
    yield Example("members.settings-saved", saved_view(bare, (), changed=True))
    unsure = read_skills(f"flow, R, {HOSTILE[:40]}").unsure
    yield Example("members.settings-unsure", saved_view(full, unsure, changed=True))
    yield Example("members.settings-same", saved_view(bare, (), changed=False))
    yield Example("members.settings-undone", undone_view())
    languages = (
        Button("English", SetLanguage(language="en"), "language english"),
        Button("Cymraeg", SetLanguage(language="cy"), "language cymraeg"),
    )
    yield Example("members.language", language_view(languages))
    yield Example("members.language-saved", language_saved_view("cy"))
    yield Example("members.stopped", stopped_view(Start()))
    yield Example("members.started", started_view(Stop(), OpenSettings()))


def _leaving() -> Iterator[Example]:
    page = "https://hourbridge.example/mydata"
    yield Example("members.mydata", mydata_view(_CODE, page, 10))
    leave = LeaveNow(member=3, version=7)
    nothing = OpenThings((), 0, (), 0, 0, _TRUST.name)
    yield Example("members.leave-nothing", leave_view(nothing, leave))
    much = OpenThings(("W" * 150,) * 5, 12, (HOSTILE,), 1, -330, HOSTILE)
    yield Example("members.leave-much", leave_view(much, leave))
    yield Example("members.leave-changed", leave_view(nothing, leave, changed=True))
    yield Example("members.left", left_view())
    yield Example("members.nothing-to-leave", nothing_to_leave_view())
