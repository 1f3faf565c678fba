"""Proposing a group exchange: the form, and one proposal to each receiver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.events.host_hours_views import usual_minutes
from core.exchanges.model import Exchange, Terms
from core.exchanges.reading import first_use, last_terms, minutes_of, terms_of
from core.exchanges.telling import tell
from core.groups.earning import shares_of
from core.groups.forms import TITLE_LONGEST, WHEN_LONGEST, GroupAnswers, group_form, more_form
from core.groups.intents import MorePeople, OpenGroup, OpenMorePeople, ProposeGroup
from core.groups.model import Group, GroupState, even_share
from core.groups.people import (
    MOST_PEOPLE,
    event_to_share,
    people_at,
    people_named,
    people_ticked,
    too_many,
)
from core.groups.reading import as_group_stands, my_group, read_line, ready_group, show
from core.kernel.desk import Desk
from core.kernel.minutes import spoken, typed_minutes
from core.kernel.refusals import Refusal
from core.kernel.texts import Text, _, plural
from core.members.model import Member
from core.safety.free_text import asking_first, screened_words
from core.ui.forms import Form, filled
from core.ui.replies import Open, Reply


def open_group(desk: Desk, intent: OpenGroup) -> Reply:
    """The form, with what was typed or what the event tells."""
    answers = GroupAnswers(last_terms(desk), desk.keys.nonce())
    if not intent.event:
        title, minutes, people = read_line(intent.words)
        return Open(group_form(replace(answers, title=title, minutes=minutes, people=people)))
    event = event_to_share(desk, intent.event)
    minutes = typed_minutes(usual_minutes(event, desk.policy.step_minutes))
    answers = replace(answers, title=event.title[:TITLE_LONGEST].strip(), minutes=minutes)
    asked = {one.receiver_id for one in shares_of(desk, event)}
    at_event = [one for one in people_at(desk, event) if one.id not in asked]
    return Open(group_form(answers, event.id, tuple(at_event[:MOST_PEOPLE])))


def _form_again(desk: Desk, intent: ProposeGroup) -> Form:
    """The form as it was filled in."""
    answers = GroupAnswers(terms_of(intent.time, intent.manager), intent.key)
    at_event = people_at(desk, event_to_share(desk, intent.event)) if intent.event else []
    form = group_form(answers, intent.event, tuple(at_event[:MOST_PEOPLE]))
    return filled(
        form,
        {
            "title": intent.title,
            "minutes": intent.minutes,
            "most": intent.most,
            "people": intent.people,
            "members": intent.members,
            "when": intent.when,
        },
    )


def _propose(desk: Desk, intent: ProposeGroup) -> Reply:
    """Check everything, then propose to each their own share, in the order they were named."""
    sure = intent.not_about_a_patient
    terms = terms_of(intent.time, intent.manager)
    title = screened_words(intent.title, "title", TITLE_LONGEST, confirmed=sure)
    when = screened_words(intent.when, "when", WHEN_LONGEST, required=False, confirmed=sure)
    minutes = minutes_of(desk, intent.minutes)
    people = _people(desk, intent)
    most = _most(desk, intent.most, minutes, len(people))
    if not first_use(desk, intent.key, "group"):
        raise Refusal(_("You have already sent this. Type groups to see it."), code="repeat")
    group = desk.books.groups.add(
        Group(
            desk.me.id,
            desk.identity.organisation_id,
            title,
            minutes,
            most,
            desk.now,
            when,
            intent.event or None,
        )
    )
    ask_all(desk, group, people, terms)
    return show(desk, group, _asked(len(people)))


propose = asking_first(_propose, _form_again)


def _asked(people: int) -> Text:
    return plural(
        "Sent to {count} person. They accept or decline a share of their own.",
        "Sent to {count} people. Each accepts or declines a share of their own.",
        people,
    )


def _people(desk: Desk, intent: ProposeGroup) -> list[Member]:
    event = event_to_share(desk, intent.event) if intent.event else None
    ticked = people_ticked(desk, event, intent.members) if event is not None else []
    found = {one.id: one for one in (*ticked, *people_named(desk, intent.people))}
    if len(found) < 2:
        raise Refusal(
            _("Name at least 2 people. For 1 person, answer their ask or let them answer yours."),
            "people",
            "too-few",
        )
    if len(found) > MOST_PEOPLE:
        raise too_many()
    return list(found.values())


def _most(desk: Desk, words: str, minutes: int, people: int) -> int:
    """The largest share that each is asked to accept: what was typed, else an even one."""
    if minutes < people:
        raise Refusal(
            _("That is less than a minute for each person. Choose a longer time."), "minutes"
        )
    even = even_share(minutes, people)
    if not words.strip():
        return even
    try:
        most = minutes_of(desk, words, even)
    except Refusal as refusal:
        raise Refusal(refusal.reason, "most", refusal.code) from None
    if not even <= most <= minutes:
        raise Refusal(
            _(
                "Write a share from {even}, where all accept, to {all}.",
                even=spoken(even),
                all=spoken(minutes),
            ),
            "most",
            "share-out-of-range",
        )
    return most


def ask_all(desk: Desk, group: Group, people: Sequence[Member], terms: Terms) -> None:
    """Propose a share to each of ``people``."""
    for member in people:
        exchange = desk.books.exchanges.add(
            Exchange(
                giver_id=desk.me.id,
                receiver_id=member.id,
                proposed_by=desk.me.id,
                suggested_by=desk.me.id,
                title=group.title,
                minutes=group.most,
                giver_organisation_id=group.organisation_id,
                receiver_organisation_id=member.organisation_id,
                proposed_at=desk.now,
                suggested_at=desk.now,
                when=group.when,
                giver_terms=terms,
                group_id=group.id,
            )
        )
        assert exchange is not None  # only an answer to a post can be there already
        tell(desk, "exchange.proposed", exchange, [member.id])


def open_more(desk: Desk, intent: OpenMorePeople) -> Reply:
    """The form for more people."""
    group = ready_group(desk, intent)
    return Open(more_form(group)) if isinstance(group, Group) else group


def more(desk: Desk, intent: MorePeople) -> Reply:
    """Ask more people, for the same share; whoever has one is not asked again."""
    group = my_group(desk, intent.group)
    if group.state is not GroupState.OPEN:
        return as_group_stands(desk, group)
    if group.event_id is not None:
        event_to_share(desk, group.event_id)
    held = desk.books.exchanges.of_group(group.id)
    known = {one.receiver_id for one in held if one.state.open}
    people = [one for one in people_named(desk, intent.people) if one.id not in known]
    if not people:
        raise Refusal(_("They have all been asked. Name somebody else."), "people", "asked-already")
    if len(held) + len(people) > MOST_PEOPLE:
        raise too_many()
    terms = next((one.giver_terms for one in held if one.giver_terms), None)
    ask_all(desk, group, people, terms or last_terms(desk))
    desk.changed(f"group:{group.id}")
    return show(desk, group, _asked(len(people)))
