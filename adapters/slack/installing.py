"""Installing the app: a browser goes to Slack with our state and comes back with a code.

Bolt's flow checks the way back; the state, the token for the code and the pages are ours. The
person who installs is not kept, and no token of theirs is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack import install_pages as pages
from adapters.slack.api import SlackApi
from adapters.slack.granting import Grants
from adapters.slack.installed import Installations, InstalledWorkspaces
from adapters.slack.manifest import BOT_SCOPES, REDIRECT_PATH
from adapters.slack.oauth import OTHER_APP, Flow, Keeping, Stopped, as_kept
from adapters.slack.renewing import utc_now
from adapters.slack.settings import SlackSettings
from adapters.slack.states import BrowserCookie, StateProblem, States
from core.apology import apologise
from core.kernel.keys import Keys
from core.words import Speech

_APP_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-.*")


class Installing:
    """``GET /slack/install`` and ``GET /slack/oauth_redirect``."""

    def __init__(
        self,
        settings: SlackSettings,
        api: SlackApi,
        installations: Installations,
        workspaces: InstalledWorkspaces,
        keys: Keys,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._installations = installations
        self._address = f"{settings.public_url}{pages.START}"
        authorize = urlsplit(settings.authorize_url)
        self._slack = f"{authorize.scheme}://{authorize.netloc}"
        self._flow = Flow(
            api,
            Grants(api.base_url, settings.client_id, settings.client_secret),
            settings=AsyncOAuthSettings(
                client_id=settings.client_id,
                client_secret=settings.client_secret,
                scopes=list(BOT_SCOPES),
                user_scopes=[],
                redirect_uri=f"{settings.public_url}{REDIRECT_PATH}",
                authorization_url=settings.authorize_url,
                install_page_rendering_enabled=False,
                installation_store=Keeping(installations, workspaces, now),
                installation_store_bot_only=True,
                state_store=States(keys, installations.use_once, now),
                callback_options=AsyncCallbackOptions(self._succeeded, self._failed),
            ),
            app=_app_of(settings.app_token),
        )
        secure = settings.public_url.startswith("https://")
        self._flow.settings.state_utils = BrowserCookie(secure=secure)

    def add_routes(self, app: web.Application) -> None:
        """Take in browsers that install, and those that come back from Slack."""
        app.router.add_get(pages.START, self._start, allow_head=False)
        app.router.add_get(REDIRECT_PATH, self._come_back, allow_head=False)

    async def _start(self, request: web.Request) -> web.Response:
        return _answer(await self._flow.handle_installation(_as_bolt(request)))

    async def _come_back(self, request: web.Request) -> web.Response:
        asked = _as_bolt(request)
        try:
            return _answer(await self._flow.handle_callback(asked))
        except Stopped as stopped:
            stop = self._stop(stopped.reason)
        except StateProblem as problem:
            stop = self._stop("browser" if problem.reason == "forged" else problem.reason)
        except Exception as error:
            sorry = apologise(error, undone=True, platform="slack").reason
            stop = pages.Stop(pages.BROKEN, sorry, 500)
        page = pages.stopped_page(stop, _speech(asked))
        return web.Response(status=stop.status, text=page, headers=pages.HEADERS)

    def _stop(self, reason: str) -> pages.Stop:
        return pages.denied(self._address) if reason == "denied" else pages.STOPS[reason]

    async def _succeeded(self, args: AsyncSuccessArgs) -> BoltResponse:
        kept = as_kept(args.installation, utc_now())
        done = pages.Done(
            kept.name,
            kept.tenant,
            kept.app,
            self._slack,
            whole=kept.whole,
            approved=await self._installations.approved(kept.tenant),
        )
        page = pages.installed_page(done, _speech(args.request))
        return BoltResponse(status=200, body=page, headers={**pages.HEADERS})

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        """What Bolt itself found wrong, or Slack's word of it (``access_denied``)."""
        reasons = {"access_denied": "denied", "invalid_browser": "browser"}
        reasons |= dict.fromkeys(OTHER_APP, "mismatched")
        raise Stopped(reasons.get(args.reason, "refused"))


def _app_of(app_token: str) -> str:
    """The id of the app that a Socket Mode token is of; empty without one."""
    found = _APP_TOKEN.fullmatch(app_token)
    return found[1] if found else ""


def _as_bolt(request: web.Request) -> AsyncBoltRequest:
    # As it was sent: aiohttp's own query string is decoded already, and Bolt decodes it again.
    headers: dict[str, Any] = {name: request.headers.getall(name) for name in request.headers}
    return AsyncBoltRequest(body="", query=request.rel_url.raw_query_string, headers=headers)


def _answer(response: BoltResponse) -> web.Response:
    """With every cookie as it was built: Bolt's own way makes each one ``Secure``."""
    answer = web.Response(status=response.status, body=response.body.encode())
    for name, values in response.headers.items():
        answer.headers.popall(name, None)
        for value in values:
            answer.headers.add(name, value)
    return answer


def _speech(request: AsyncBoltRequest) -> Speech:
    return pages.spoken_in(",".join(request.headers.get("accept-language") or ()))
