"""What Slack grants at ``oauth.v2.access``: a token for a code, and a new token for an old one.

No code and no token is logged or put into an error.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError, SlackTokenRotationError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import SlackTrouble
from adapters.slack.limits import Shape
from core.installations.model import Installation

TIMEOUT = 10
"""Seconds for one call."""
_FAILURES = (
    SlackClientError,
    aiohttp.ClientError,
    TimeoutError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,  # what the SDK raises over an answer of plain text
)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Renewed:
    """A token in the place of one that ends, and what the next one is asked for with."""

    token: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


class Grants:
    """Asks Slack at ``base_url`` for tokens, as the app of ``client_id``."""

    def __init__(self, base_url: str, client_id: str, client_secret: str) -> None:
        quiet = logging.getLogger("adapters.slack.sdk")
        quiet.setLevel(logging.WARNING)  # below this the SDK logs bodies
        self._client = AsyncWebClient(
            base_url=base_url,
            timeout=TIMEOUT,
            retry_handlers=[AsyncConnectionErrorRetryHandler()],
            logger=quiet,
        )
        self._id = client_id
        self._secret = client_secret
        self._rotator = AsyncTokenRotator(
            client_id=client_id, client_secret=client_secret, client=self._client
        )

    async def exchange(self, code: str, redirect_uri: str) -> Shape:
        """What Slack grants for the code of a redirect. Raises ``SlackTrouble``."""
        answer = await _tried(
            self._client.oauth_v2_access(
                client_id=self._id,
                client_secret=self._secret,
                code=code,
                redirect_uri=redirect_uri,
            )
        )
        return cast("Shape", answer.data)

    async def refresh(self, installation: Installation) -> Renewed:
        """A new token for ``installation``, whose refresh token is used up by it.

        Raises ``SlackTrouble``.
        """
        # As if it had ended: when it is time to renew is for the caller to say.
        ended = Bot(
            app_id=installation.app,
            team_id=None if installation.whole else installation.tenant,
            enterprise_id=installation.enterprise or None,
            bot_token=installation.token,
            bot_id=installation.bot,
            bot_user_id=installation.bot_user,
            bot_refresh_token=installation.refresh,
            bot_token_expires_at=0,
            installed_at=installation.installed_at.timestamp(),
        )
        new = await _tried(self._rotator.perform_bot_token_rotation(bot=ended))
        if new is None or not new.bot_token or new.bot_token_expires_at is None:
            raise SlackTrouble("invalid_refresh_token")
        ends = datetime.fromtimestamp(new.bot_token_expires_at, UTC)
        return Renewed(new.bot_token, new.bot_refresh_token or installation.refresh, ends)


async def _tried(call: Awaitable[Result]) -> Result:
    try:
        return await call
    except SlackApiError as error:
        raise _refused(error) from None
    except SlackTokenRotationError as error:
        raise _refused(error.api_error) from None
    except _FAILURES:
        raise SlackTrouble("network") from None


def _refused(error: SlackApiError) -> SlackTrouble:
    response: Any = error.response
    status = int(getattr(response, "status_code", 0))
    data: Any = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return SlackTrouble("ratelimited" if status == 429 else str(code or f"http_{status}"), status)
