"""Report and block: a person reads the one, nobody is told of the other."""

from __future__ import annotations

from core.exchanges.model import ExchangeState
from core.exchanges.safety_intents import Block, CloseReport, SendReport, Unblock
from core.organisations.model import Role
from tests.exchanges.story import agreed, ask, met, offer, proposed
from tests.world import Person, World


def _lead(world: World, code: str = "COU") -> Person:
    lead = world.person("Lou Finch", code)
    world.grants(lead, Role.LEAD, code)
    return lead


def test_a_report_reaches_a_lead_and_the_reporter_sees_whom_to_ask(world: World) -> None:
    lead = _lead(world)
    two = agreed(world)
    two.ben.types(f"show {two.ref}")
    two.ben.presses("Report")
    two.ben.fills(words="This is selling something.")
    assert "Your report has been sent" in two.ben.text
    assert "safeguarding@cou.test" in two.ben.text
    assert "999" in two.ben.text
    world.deliver()
    notice = lead.told("exchange.reported")[0]
    assert "This is selling something." in notice.text
    assert two.ref in notice.text
    assert two.ana.told("exchange.reported") == []


def test_a_message_is_reported_from_its_card_with_its_words(world: World) -> None:
    lead = _lead(world)
    two = agreed(world)
    two.ana.types(f"message {two.ref} You owe me a favour")
    world.deliver()
    two.ben.presses_in(two.ben.told("exchange.message")[0], "Report")
    two.ben.fills(words="I do not like this.")
    lead.types("reports")
    assert "You owe me a favour" in lead.text
    assert "a message from Ana Ward" in lead.text


def test_a_post_or_a_person_is_reported_by_typed_words(world: World) -> None:
    lead = _lead(world)
    two = met(world)
    ref = offer(two.ana)
    two.ben.types(f"report {ref} This is an advert")
    assert "has been sent" in two.ben.text
    two.ben.types("report Ana Ward")
    two.ben.fills(words="Rude to me")
    two.ben.types("report")
    two.ben.fills(what="Ana Ward", words="Rude to me again")
    text = lead.types("reports")
    assert ref in text
    assert "Ana Ward" in text
    assert "Rude to me again" in text


def test_a_report_about_nothing_known_is_refused_on_its_field(world: World) -> None:
    two = met(world)
    two.ben.types("report")
    two.ben.fills(what="Nobody Known", words="Hello there")
    assert (two.ben.refused, getattr(two.ben.reply, "field", "")) == ("not-found", "what")
    two.ben.does(SendReport(about="secret:1", words="Hello there"))
    assert two.ben.refused == "not-found"
    two.ben.does(SendReport(about="message:7", words="Hello there"))
    assert two.ben.refused == "not-found"
    two.ben.types("report")
    two.ben.fills(what="Ana Ward", words="NHS number 943 476 5919")
    assert two.ben.refused
    assert world.rows("reports") == 0


def test_a_report_is_not_read_by_the_person_it_is_about(world: World) -> None:
    two = agreed(world)
    world.grants(two.ana, Role.LEAD, "COU")
    admin = world.person("Adi Moss", "GPP")
    world.grants(admin, Role.ADMIN)
    two.ben.types(f"report {two.ref} This went wrong")
    world.deliver()
    assert two.ana.told("exchange.reported") == []
    assert admin.told("exchange.reported")
    assert "This went wrong" not in two.ana.types("reports")
    two.ana.does(CloseReport(report=1))
    assert two.ana.refused == "not-found"


def test_a_lead_marks_a_report_as_dealt_with_once(world: World) -> None:
    lead = _lead(world)
    two = agreed(world)
    two.ben.types(f"report {two.ref} This went wrong")
    world.deliver()
    button = lead.button("Dealt with")
    lead.presses_button(button)
    assert "this has been dealt with" in lead.text
    lead.presses_button(button)
    assert "dealt with already" in lead.text
    world.later(seconds=30)
    world.deliver()
    assert "This has been dealt with." in lead.told("exchange.reported")[0].text
    assert "No report waits for you" in lead.types("reports")


def test_a_report_is_dealt_with_by_typed_words_too(world: World) -> None:
    lead = _lead(world)
    two = agreed(world)
    two.ben.types(f"report {two.ref} This went wrong")
    shown = lead.types("reports")
    words = shown.split("Dealt with: type ")[1].splitlines()[0]
    two.ana.types(words)
    assert two.ana.refused == "not-found"
    assert "this has been dealt with" in lead.types(words)
    assert "No report waits for you" in lead.types("reports")


def test_a_report_form_that_is_sent_twice_reports_once(world: World) -> None:
    _lead(world)
    two = agreed(world)
    two.ben.types(f"report {two.ref}")
    form = two.ben.form
    for _press in range(2):
        two.ben.screen = form
        two.ben.fills(words="This went wrong")
        assert "has been sent" in two.ben.text
    assert world.rows("reports") == 1


def test_blocking_ends_proposals_hides_posts_and_tells_nobody(world: World) -> None:
    two = proposed(world)
    ref = ask(two.ben, "1 hour of help with easy read, online")
    two.ben.types(f"block {two.ref}")
    assert "They are not told" in two.ben.text
    before = len(two.ana.inbox)
    world.deliver()
    assert len(two.ana.inbox) == before
    assert two.exchange.state is ExchangeState.WITHDRAWN
    assert "This proposal has closed." in two.ana.types(f"show {two.ref}")
    assert "Ben" not in two.ana.types("find easy read")
    two.ana.types(f"answer {ref}")
    assert (two.ana.refused, two.ana.text) == ("blocked", "This is not open to you.")
    reverse = offer(two.ana, "1 hour of help with easy read, online")
    two.ben.types(f"want {reverse}")
    assert two.ben.refused == "blocked"


def test_what_is_agreed_stays_after_a_block_but_the_talk_ends(world: World) -> None:
    two = agreed(world)
    two.ana.types(f"message {two.ref} Hello Ben")
    two.ben.types(f"block {two.ref}")
    assert "What you two have already agreed stays" in two.ben.text
    world.deliver()
    assert two.ben.told("exchange.message") == []
    two.ana.types(f"message {two.ref} Are you there?")
    assert (two.ana.refused, two.ana.text) == ("talk-closed", "This conversation is closed.")
    two.ben.types(f"message {two.ref} Yes")
    assert "You have blocked this person" in two.ben.text
    two.ana.types(f"done {two.ref} 1h")
    two.ben.types("confirm")
    assert two.ana.balance == 180
    two.ana.types(f"thanks {two.ref} brilliant")
    assert two.ana.refused == "talk-closed"


def test_a_block_is_listed_and_taken_back(world: World) -> None:
    two = agreed(world)
    assert "Nobody." in two.ben.types("blocked")
    two.ben.types(f"show {two.ref}")
    two.ben.presses("Block this person")
    two.ben.types("blocked")
    assert "Ana Ward" in two.ben.text
    unblock = two.ben.button("Unblock")
    two.ben.presses_button(unblock)
    assert "You have unblocked Ana Ward." in two.ben.text
    two.ben.presses_button(unblock)
    assert "You have not blocked this person." in two.ben.text
    two.ana.types(f"message {two.ref} Hello Ben")
    assert "on its way" in two.ana.text


def test_nobody_takes_back_the_block_of_another(world: World) -> None:
    two = agreed(world)
    two.ben.types(f"block {two.ref}")
    two.ana.does(Unblock(member=two.ben.member.id))
    two.ana.does(Unblock(exchange=two.exchange.id))
    two.ana.does(Unblock(member=10**9))
    assert "You have not blocked this person." in two.ana.text
    two.ana.types(f"message {two.ref} Hello Ben")
    assert two.ana.refused == "talk-closed"


def test_blocking_twice_is_blocking_once(world: World) -> None:
    two = agreed(world)
    for _press in range(2):
        two.ben.does(Block(exchange=two.exchange.id))
        assert "You have blocked Ana Ward" in two.ben.text
    assert world.rows("blocks") == 1
