"""Teams on the web server: the one route, who is let in, and everything wired together."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, NoReturn

from aiohttp import web

from adapters.teams.courier import TeamsCourier
from adapters.teams.decode import BadActivity
from adapters.teams.settings import TeamsSettings, check_settings
from adapters.teams.shown import Interpret
from adapters.teams.tokens import tokens_for
from adapters.teams.turns import Turns
from core.answers import Perform
from core.happenings import Report
from core.ui.intents import Vocabulary

if TYPE_CHECKING:
    from adapters.teams.hosting import Authenticator

__all__ = ["TeamsPlatform", "TeamsSettings", "check_settings"]

ROUTE = "/api/messages"
_log = logging.getLogger(__name__)


class TeamsPlatform:
    """Microsoft Teams as one of the chats. ``courier`` delivers notices; ``close`` at the end.

    Call ``check_settings`` first: nothing here refuses anonymous settings on an open address.
    """

    def __init__(
        self,
        settings: TeamsSettings,
        perform: Perform,
        interpret: Interpret,
        vocabulary: Vocabulary,
        *,
        report: Report,
    ) -> None:
        self.courier = TeamsCourier(settings, tokens_for(settings))
        self._turns = Turns(perform, interpret, vocabulary, self.courier, report, settings.patience)
        self._authenticator = None if settings.anonymous else _authenticator(settings)

    def add_routes(self, app: web.Application) -> None:
        """Answer ``POST /api/messages``; any other method there is 405."""
        app.router.add_post(ROUTE, self._handle)

    async def close(self) -> None:
        """Finish what is under way, within 10 seconds, and close the connections to Microsoft."""
        await self._turns.close()
        await self.courier.close()

    async def _handle(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        body = _object(await _read(request))
        if self._authenticator is not None:
            await self._admit(self._authenticator, request, body)
        try:
            answer = await self._turns.take(body)
        except BadActivity as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        if answer is None:
            return web.Response()
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return web.Response(text=text, content_type="application/json")

    async def _admit(
        self, authenticator: Authenticator, request: web.Request, body: dict[str, Any]
    ) -> None:
        from adapters.teams.hosting import Unauthorised

        header = request.headers.get("Authorization")
        try:
            await authenticator.check(header, body.get("channelId"), body.get("serviceUrl"))
        except Unauthorised as error:
            _log.warning("a request to %s was refused: %s", ROUTE, error)
            raise web.HTTPUnauthorized from None


def _authenticator(settings: TeamsSettings) -> Authenticator:
    # The SDK takes a second to import, which a try-out without Teams does not have to wait for.
    from adapters.teams.hosting import Authenticator

    return Authenticator(settings)


async def _read(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="The body has to be whole, and packed as it says.") from None


def _no_json(constant: str) -> NoReturn:
    raise ValueError(constant)


_decode = json.JSONDecoder(parse_constant=_no_json).decode


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = _decode(raw.decode())
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="The body has to be JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="The body has to be a JSON object.")
    if not isinstance(body.get("type"), str) or not body["type"]:
        raise web.HTTPBadRequest(text="An activity has to have a type.")
    return body
