"""What each of Slack's errors means for a delivery.

The words are those of Slack's reference of ``chat.postMessage``, ``chat.update`` and
``conversations.open``. One that is not listed is taken for a fault of ours: refused, and logged.
"""

from __future__ import annotations

from adapters.slack.api import LIMITED, PAUSE, SlackTrouble
from adapters.slack.workspaces import DEAD_TOKENS
from core.couriers import Later, Outcome, Refused, Unreachable

GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})
"""The message to edit is no longer there: it is sent afresh."""
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "network",
        "request_timeout",
        "service_unavailable",
        "token_expired",  # it is renewed before the next try
    }
)
WORKSPACE_PASSING = frozenset(
    {
        "accesslimited",
        "message_limit_exceeded",
        "org_login_required",
        "team_added_to_org",
    }
)
"""The whole workspace takes nothing at the moment: it is full, or on its way into a Grid."""
NO_WAY = (DEAD_TOKENS - PASSING) | {
    "access_denied",
    "cannot_dm_bot",
    "channel_not_found",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "is_archived",
    "messages_tab_disabled",
    "no_permission",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "slack_connect_canvas_sharing_blocked",
    "slack_connect_file_link_sharing_blocked",
    "slack_connect_lists_sharing_blocked",
    "team_access_not_granted",
    "team_not_found",
    "two_factor_setup_required",
    "user_disabled",
    "user_is_bot",
    "user_is_restricted",
    "user_not_found",
    "user_not_visible",
    "users_not_found",
}
"""The person cannot be reached there."""
WHILE = 900.0
"""Seconds to leave a workspace alone that takes nothing at the moment."""


def outcome(trouble: SlackTrouble) -> Outcome:
    """What ``trouble`` means for a delivery. A rate limit holds the whole workspace."""
    code = trouble.code
    if code in LIMITED:
        seconds = PAUSE if trouble.retry_after is None else trouble.retry_after
        return Later(seconds, code, whole_tenant=True)
    if code in WORKSPACE_PASSING:
        return Later(trouble.retry_after or WHILE, code, whole_tenant=True)
    if code in PASSING or trouble.status >= 500 or code.startswith("http_"):
        return Later(trouble.retry_after or PAUSE, code)
    if code in NO_WAY:
        return Unreachable(code)
    return Refused(code)
