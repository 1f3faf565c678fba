"""Notices over HTTP: what is sent, what is edited, and what each failure means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from adapters.slack.api import SlackApi, SlackTrouble
from adapters.slack.courier import SlackCourier
from adapters.slack.workspaces import OneWorkspace
from core.callers import Address
from core.couriers import Later, Outcome, Parcel, Refused, Sent, Unreachable
from core.kernel.texts import _
from core.ui.gallery import HOSTILE, Sample
from core.ui.views import Actions, Button, Paragraph, View, view
from core.words import Speech
from tests.slack.fake_slack import TOKEN, FakeSlack

NOTICE = view(
    Paragraph("Bo can help you."),
    Actions((Button(_("Accept"), Sample(number=7)),)),
    summary=_("An answer to your ask"),
)


@pytest.fixture
async def courier(slack: FakeSlack) -> AsyncIterator[SlackCourier]:
    api = SlackApi(slack.api_url)
    yield SlackCourier(api, OneWorkspace(api, TOKEN))
    await api.close()


def _parcel(
    shown: View = NOTICE,
    *,
    user: str = "U0ANA",
    tenant: str = "T0HOME",
    address: Address | None = None,
    handle: str = "",
) -> Parcel:
    return Parcel(1, tenant, user, address or Address(), shown, Speech(), handle)


async def test_the_first_notice_finds_the_chat_and_gives_back_its_address(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    outcome = await courier.deliver(_parcel())
    [message] = slack.visible("U0ANA")
    assert outcome == Sent(f"DU0ANA:{message.ts}", Address("DU0ANA"))
    assert message.text == "An answer to your ask"
    assert message.words == "Bo can help you.\nAccept"


async def test_a_known_chat_is_not_looked_up_again(slack: FakeSlack, courier: SlackCourier) -> None:
    outcome = await courier.deliver(_parcel(address=Address("DU0ANA")))
    assert isinstance(outcome, Sent)
    assert outcome.address is None
    assert slack.bodies("conversations.open") == []


async def test_a_chat_that_is_gone_is_looked_up_again(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    outcome = await courier.deliver(_parcel(address=Address("DGONE")))
    assert isinstance(outcome, Sent)
    assert outcome.address == Address("DU0ANA")
    assert len(slack.visible("U0ANA")) == 1


async def test_a_notice_with_a_handle_is_edited_in_place(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    sent = await courier.deliver(_parcel())
    assert isinstance(sent, Sent)
    changed = view(Paragraph("Bo has helped you."))
    again = await courier.deliver(_parcel(changed, handle=sent.handle))
    assert again == Sent(sent.handle)
    assert [message.words for message in slack.visible("U0ANA")] == ["Bo has helped you."]


async def test_a_notice_whose_message_was_deleted_is_sent_afresh(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    outcome = await courier.deliver(_parcel(handle="DU0ANA:1.1"))
    [message] = slack.visible("U0ANA")
    assert outcome == Sent(f"DU0ANA:{message.ts}", Address("DU0ANA"))


async def test_a_rate_limit_holds_the_whole_workspace_and_is_not_waited_for(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    slack.fail("chat.postMessage", "ratelimited", status=429, retry_after=27)
    assert await courier.deliver(_parcel()) == Later(27, "ratelimited", whole_tenant=True)
    assert len(slack.bodies("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ("internal_error", Later(30, "internal_error")),
        ("user_disabled", Unreachable("user_disabled")),
        ("is_archived", Unreachable("is_archived")),
        ("token_revoked", Unreachable("token_revoked")),
        ("msg_too_long", Refused("msg_too_long")),
    ],
)
async def test_what_slack_says_decides_what_becomes_of_a_notice(
    slack: FakeSlack, courier: SlackCourier, error: str, outcome: Outcome
) -> None:
    slack.fail("chat.postMessage", error)
    assert await courier.deliver(_parcel()) == outcome


@pytest.mark.parametrize("body", [None, "<html>busy</html>", ""])
async def test_a_failing_slack_means_later(
    slack: FakeSlack, courier: SlackCourier, body: str | None
) -> None:
    slack.fail("chat.postMessage", status=503, body=body)
    outcome = await courier.deliver(_parcel())
    assert isinstance(outcome, Later)
    assert not outcome.whole_tenant


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/json"])
async def test_a_page_of_a_proxy_instead_of_slacks_answer_means_later(
    slack: FakeSlack, courier: SlackCourier, kind: str
) -> None:
    slack.fail("chat.postMessage", status=200, body="a proxy's page", kind=kind)
    assert isinstance(await courier.deliver(_parcel()), Later)


async def test_a_network_that_is_down_means_later(slack: FakeSlack, courier: SlackCourier) -> None:
    assert isinstance(await courier.deliver(_parcel()), Sent)
    await slack.stop()
    assert await courier.deliver(_parcel()) == Later(30, "network")


async def test_somebody_who_cannot_be_written_to_is_unreachable(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    slack.unreachable.add("U0ANA")
    assert await courier.deliver(_parcel()) == Unreachable("cannot_dm_bot")


async def test_another_workspace_than_the_installed_one_is_unreachable(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    assert await courier.deliver(_parcel(tenant="T0ELSE")) == Unreachable("app_not_installed")
    assert slack.messages == []


async def test_a_notice_too_large_for_slack_is_refused_before_it_is_sent(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    outcome = await courier.deliver(_parcel(view(*(Paragraph("x") for _n in range(51)))))
    assert outcome == Refused("does_not_fit")
    assert slack.calls == []


async def test_a_dead_token_is_asked_about_again_next_time(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    slack.fail("conversations.open", "token_revoked")
    assert await courier.deliver(_parcel()) == Unreachable("token_revoked")
    assert isinstance(await courier.deliver(_parcel()), Sent)
    assert len(slack.bodies("auth.test")) == 2


async def test_many_who_ask_while_slack_fails_do_not_queue_up_to_fail_one_by_one(
    slack: FakeSlack, courier: SlackCourier
) -> None:
    slack.fail("auth.test")
    both = await asyncio.gather(courier.deliver(_parcel()), courier.deliver(_parcel()))
    assert [*both] == [Later(30, "internal_error")] * 2
    assert len(slack.bodies("auth.test")) == 1
    assert isinstance(await courier.deliver(_parcel()), Sent)


async def test_a_token_is_remembered_as_limited_no_longer_than_it_is(slack: FakeSlack) -> None:
    seconds = [0.0]
    api = SlackApi(slack.api_url, clock=lambda: seconds[0])
    for number in range(3):
        slack.fail("auth.test", "ratelimited", status=429, retry_after=30)
        with pytest.raises(SlackTrouble):
            await api.call(f"xoxb-{number}", "auth.test", {})
        seconds[0] += 31
    assert list(api._held) == ["xoxb-2"]
    await api.close()


async def test_no_words_and_no_token_are_logged(
    slack: FakeSlack, courier: SlackCourier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.fail("chat.postMessage", "invalid_auth")
    await courier.deliver(_parcel(view(Paragraph(f"a secret {HOSTILE}"))))
    await courier.deliver(_parcel(view(Paragraph("a secret"))))
    assert "secret" not in caplog.text
    assert TOKEN not in caplog.text
