"""Every error of Slack's that a delivery can meet is sent, later, refused or unreachable."""

from __future__ import annotations

import pytest

from adapters.slack.api import SlackTrouble
from adapters.slack.outcomes import outcome
from core.couriers import Later, Outcome, Refused, Unreachable

LATER = ("fatal_error", "internal_error", "request_timeout", "service_unavailable", "network")
WORKSPACE_LATER = ("org_login_required", "team_added_to_org", "message_limit_exceeded")
UNREACHABLE = (
    "account_inactive",
    "cannot_dm_bot",
    "channel_not_found",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "is_archived",
    "messages_tab_disabled",
    "not_authed",
    "not_in_channel",
    "restricted_action",
    "team_access_not_granted",
    "token_revoked",
    "two_factor_setup_required",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
)
REFUSED = (
    "invalid_arguments",
    "invalid_blocks",
    "method_deprecated",
    "missing_scope",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "not_allowed_token_type",
    "a_word_that_slack_makes_up_tomorrow",
)


@pytest.mark.parametrize(("codes", "expected"), [(UNREACHABLE, Unreachable), (REFUSED, Refused)])
def test_what_will_never_work_is_not_tried_again(
    codes: tuple[str, ...], expected: type[Unreachable | Refused]
) -> None:
    for code in codes:
        assert outcome(SlackTrouble(code, 200)) == expected(code)


@pytest.mark.parametrize("code", LATER)
def test_what_passes_is_tried_again(code: str) -> None:
    assert outcome(SlackTrouble(code, 200)) == Later(30, code)


@pytest.mark.parametrize("code", WORKSPACE_LATER)
def test_a_workspace_that_takes_nothing_is_left_alone_for_a_while(code: str) -> None:
    assert outcome(SlackTrouble(code, 200)) == Later(900, code, whole_tenant=True)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (SlackTrouble("ratelimited", 429, 7), Later(7, "ratelimited", whole_tenant=True)),
        (SlackTrouble("rate_limited", 200), Later(30, "rate_limited", whole_tenant=True)),
        (SlackTrouble("ratelimited", 429, 0), Later(0, "ratelimited", whole_tenant=True)),
        (SlackTrouble("http_503", 503, 12), Later(12, "http_503")),
        (SlackTrouble("token_expired", 200), Later(30, "token_expired")),
    ],
)
def test_a_time_that_slack_names_is_kept(trouble: SlackTrouble, expected: Outcome) -> None:
    assert outcome(trouble) == expected
