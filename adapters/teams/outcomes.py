"""What an answer of the connector service that is not a success means for a message."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from core.couriers import Later, Outcome, Refused, Unreachable

_BUSY = frozenset({408, 412, 500, 502, 503, 504})
_SIGN_IN_WAIT = 60.0
_LONGEST_WAIT = 24 * 60 * 60.0
_NOT_IN_A_CODE = re.compile(r"[^A-Za-z0-9_. -]")


def outcome_of(status: int, retry_after: str | None, body: Mapping[str, Any]) -> Outcome:
    """The outcome, with the status and Teams' own code as its reason.

    Every 403 and 404 is about the one person, also where an admin has turned the bot off for all of
    a tenant: the next notice then goes to another chat of theirs at once, and does not wait.
    """
    error = body.get("error")
    code = str(error.get("code", "")) if isinstance(error, Mapping) else ""
    reason = f"{status} {_NOT_IN_A_CODE.sub('', code)[:60]}".strip()
    if status == 429:
        return Later(_wait(retry_after), reason, whole_tenant=True)
    if status in _BUSY:
        return Later(_wait(retry_after), reason)
    if status == 401:
        # The registration or its secret is wrong: operators mend that, and nothing gets lost.
        return no_sign_in(reason)
    if status in {403, 404}:
        return Unreachable(reason)
    return Refused(reason)


def no_sign_in(reason: str) -> Later:
    """Microsoft does not take the bot for who it is."""
    return Later(_SIGN_IN_WAIT, reason)


def no_network(error: Exception) -> Later:
    """The request did not come through, or its answer did not."""
    return Later(_soon(), f"network: {type(error).__name__}")


def _soon() -> float:
    """A few seconds, spread, so that those who wait do not come back together."""
    return random.uniform(1.0, 4.0)  # noqa: S311


def _wait(retry_after: str | None) -> float:
    """Seconds to wait: what is asked for and up to one more, or a few where nothing is."""
    asked = _seconds(retry_after or "")
    if asked is None:
        return _soon()
    return min(max(asked, 0.1), _LONGEST_WAIT) + random.random()  # noqa: S311


def _seconds(retry_after: str) -> float | None:
    """A number of seconds or an HTTP date."""
    try:
        seconds = float(retry_after)
    except ValueError:
        pass
    else:
        return seconds if math.isfinite(seconds) else None
    try:
        moment = parsedate_to_datetime(retry_after)
        return (moment - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
