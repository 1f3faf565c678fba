"""What the members room contributes."""

from __future__ import annotations

from core.events.typed import or_join, or_leave
from core.feature import Command, Feature, Job, NoticeKind, Undoer, handler, verb
from core.happenings import PersonChanged
from core.home.typed import alone, short
from core.kernel.texts import _
from core.members import gallery
from core.members.choosing import choose_organisation, go_on, open_organisation
from core.members.confirming import ask_again
from core.members.confirming_intents import (
    ChooseOrganisation,
    ConfirmJoiner,
    DeclineJoiner,
    GoOn,
    ListJoiners,
    OpenOrganisation,
    ShowJoiner,
)
from core.members.confirming_notices import NOTICES
from core.members.greeting import OpenJoin, OpenLink, Privacy, VisitorLanguage, choose_language
from core.members.join import Join, join, open_join
from core.members.joiners import (
    confirm_joiner,
    decline_joiner,
    list_joiners,
    read_joiners,
    show_joiner,
)
from core.members.leave import Leave, LeaveNow, leave, leave_now, read_leave
from core.members.link import (
    GiveLinkCode,
    UseLink,
    give_link_code,
    open_link,
    read_link,
    use_link,
)
from core.members.merge import Merge, merge
from core.members.mydata import MyData, give_download_code
from core.members.people import person_changed
from core.members.settings import (
    DEED,
    OpenSettings,
    SaveSettings,
    SetLanguage,
    open_settings,
    save,
    set_language,
    undo_settings,
)
from core.members.stop import Start, Stop, read_start, read_stop, start, stop
from core.members.views import CODE_LONGEST
from core.members.welcome import privacy, render_welcome
from core.ui.intents import Intent

ORGANISATION_LONGEST = 100


def _read_organisation(words: str) -> Intent:
    return ChooseOrganisation(organisation=words) if words else OpenOrganisation()


FEATURE = Feature(
    "members",
    verbs=(
        verb(OpenJoin, open_join, visitors=True),
        verb(Join, join, visitors=True),
        verb(VisitorLanguage, choose_language, visitors=True),
        verb(Privacy, privacy, visitors=True),
        verb(OpenLink, open_link, visitors=True),
        verb(UseLink, use_link, visitors=True),
        verb(GiveLinkCode, give_link_code),
        verb(Merge, merge),
        verb(OpenSettings, open_settings),
        verb(SaveSettings, save),
        verb(SetLanguage, set_language),
        verb(Stop, stop),
        verb(Start, start),
        verb(MyData, give_download_code),
        verb(Leave, leave, visitors=True),
        verb(LeaveNow, leave_now, visitors=True),
        verb(OpenOrganisation, open_organisation),
        verb(ChooseOrganisation, choose_organisation),
        verb(GoOn, go_on),
        verb(ListJoiners, list_joiners),
        verb(ShowJoiner, show_joiner),
        verb(ConfirmJoiner, confirm_joiner),
        verb(DeclineJoiner, decline_joiner),
    ),
    commands=(
        Command(
            ("join", "ymuno"),
            or_join(alone("join", OpenJoin)),
            _("Join Hourbridge, or an event"),
            "join V-7K2",
            listed=False,
        ),
        Command(
            ("settings", "gosodiadau"),
            alone("settings", OpenSettings),
            _("Change your name, language, skills, contact details and what you are told"),
            "settings",
        ),
        Command(
            ("language", "iaith"),
            short("language", 20, lambda words: SetLanguage(language=words)),
            _("Change the language Hourbridge speaks with you"),
            "language cymraeg",
        ),
        Command(
            ("stop", "stopio", "unsubscribe", "mute"),
            read_stop,
            _("Hear only what waits for you, or stop one kind, such as stop events"),
            "stop",
        ),
        Command(
            ("start", "dechrau", "unmute"),
            read_start,
            _("Hear the rest again after stop"),
            "start",
        ),
        Command(
            ("link", "cysylltu"),
            short("link", CODE_LONGEST, read_link),
            _("Use Hourbridge in another chat too, with one membership"),
            "link",
        ),
        Command(
            ("privacy", "preifatrwydd"),
            alone("privacy", Privacy),
            _("See who can see what"),
            "privacy",
        ),
        Command(
            ("mydata", "my data", "fy-nata"),
            alone("mydata", MyData),
            _("Get a copy of what is held about you"),
            "mydata",
        ),
        Command(
            ("leave", "gadael"),
            or_leave(short("leave", 4, read_leave)),
            _("Leave Hourbridge. You see what that means before anything is done"),
            "leave",
        ),
        Command(
            ("organisation", "sefydliad"),
            short("organisation", ORGANISATION_LONGEST, _read_organisation),
            _("Choose your organisation again, while it has not confirmed you yet"),
            "organisation",
            listed=False,
        ),
        Command(
            ("continue", "parhau"),
            alone("continue", GoOn),
            _("Go on with what you typed before your organisation confirmed you"),
            "continue",
            listed=False,
        ),
        Command(
            ("joiners", "ymunwyr"),
            read_joiners,
            _("See who waits to be confirmed, and say who works with you, as a lead"),
            "joiners yes J-7K2",
            listed=False,
        ),
    ),
    notices=(NoticeKind("members.welcome", render_welcome, essential=True), *NOTICES),
    jobs=(
        Job(
            "members.ask-again",
            24 * 60,
            ask_again,
            "ask leads and admins who have no card yet about people who wait to be confirmed",
        ),
    ),
    undoers=(Undoer(DEED, undo_settings),),
    handlers=(handler(PersonChanged, person_changed),),
    gallery=gallery.examples,
)
