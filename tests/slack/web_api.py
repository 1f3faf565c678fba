"""The Web API methods of the fake Slack, each for the workspace whose token calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack.workspaces import FakeTeam, Member

if TYPE_CHECKING:
    from tests.slack.fake_slack import FakeSlack

Json = dict[str, Any]


class WebApi:
    """Refuses what Slack would refuse; what it lets through stands on people's screens."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack

    def call(self, team: FakeTeam, method: str, body: Json) -> web.Response:
        """Carry out one call."""
        handler = getattr(self, f"_{method.replace('.', '_').lower()}", None)
        if handler is None:
            return no("unknown_method")
        try:
            answer: web.Response = handler(team, body)
        except (LookupError, TypeError, AttributeError):
            return no("invalid_arguments")
        return answer

    def _auth_test(self, team: FakeTeam, _body: Json) -> web.Response:
        return yes(**team.identity())

    def _users_info(self, team: FakeTeam, body: Json) -> web.Response:
        member = self._member(team, body.get("user", ""))
        if member is None:
            return no("user_not_found")
        user = member.shape() | {"is_stranger": member.team not in (team.team, *team.teams)}
        if str(body.get("include_locale", "")).lower() not in ("true", "1"):
            user.pop("locale", None)
        return yes(user=user)

    def _conversations_open(self, team: FakeTeam, body: Json) -> web.Response:
        user = body["users"]
        if user in self._slack.unreachable:
            return no("cannot_dm_bot")
        if not user.startswith(("U", "W")) or not self._lives_in(team, user):
            return no("user_not_found")
        return yes(channel={"id": self._slack.dm(user)})

    def _conversations_info(self, team: FakeTeam, body: Json) -> web.Response:
        channel = body["channel"]
        if not self._has_channel(team, channel):
            return no("channel_not_found")
        name = self._slack.channel_names.get(channel, "all")
        return yes(channel={"id": channel, "name": name, "is_ext_shared": self._slack.shared})

    def _chat_postmessage(self, team: FakeTeam, body: Json) -> web.Response:
        channel = body["channel"]
        if not self._has_channel(team, channel):
            return no("channel_not_found")
        if channel in self._slack.closed:
            return no(self._slack.closed[channel])
        if self._slack.bad_message(body):
            return no("invalid_blocks")
        message = self._slack.keep(channel, body, team=team.team)
        return yes(channel=channel, ts=message.ts)

    def _chat_postephemeral(self, team: FakeTeam, body: Json) -> web.Response:
        if not self._has_channel(team, body["channel"]):
            return no("channel_not_found")
        if not self._lives_in(team, body["user"]) and not self._slack.shared:
            return no("user_not_in_channel")
        if self._slack.bad_message(body):
            return no("invalid_blocks")
        message = self._slack.keep(body["channel"], body, to=body["user"], team=team.team)
        return yes(message_ts=message.ts)

    def _chat_update(self, team: FakeTeam, body: Json) -> web.Response:
        message = self._slack.message(body["channel"], body["ts"])
        if message is None or message.to or message.team not in ("", team.team):
            return no("message_not_found")
        if message.by:
            return no("cant_update_message")
        if self._slack.bad_message(body):
            return no("invalid_blocks")
        self._slack.edit(message, body)
        return yes(channel=message.channel, ts=message.ts)

    def _chat_getpermalink(self, team: FakeTeam, body: Json) -> web.Response:
        message = self._slack.message(body["channel"], body["message_ts"])
        if message is None or message.team not in ("", team.team):
            return no("message_not_found")
        place = f"{message.channel}/p{message.ts.replace('.', '')}"
        return yes(permalink=f"https://{team.domain}.slack.com/archives/{place}")

    def _views_open(self, team: FakeTeam, body: Json) -> web.Response:
        return self._opened(team, body, push=False)

    def _views_push(self, team: FakeTeam, body: Json) -> web.Response:
        return self._opened(team, body, push=True)

    def _views_update(self, team: FakeTeam, body: Json) -> web.Response:
        for user, stack in self._slack.modals.items():
            for old in stack:
                if old["id"] != body["view_id"] or old["bot_id"] != team.bot:
                    continue
                if self._slack.bad_view(body["view"]):
                    return no("invalid_arguments")
                if body.get("hash", old["hash"]) != old["hash"]:
                    return no("hash_conflict")
                self._slack.set_modal(user, body["view_id"], body["view"])
                return yes(view={"id": body["view_id"]})
        return no("not_found")

    def _views_publish(self, team: FakeTeam, body: Json) -> web.Response:
        user = body["user_id"]
        if not self._lives_in(team, user):
            return no("user_not_found")
        if self._slack.bad_view(body["view"]) or body["view"]["type"] != "home":
            return no("invalid_arguments")
        view_id = f"VHOME{user}"
        if body.get("hash") and body["hash"] != self._slack.homes.get(user, {}).get("hash"):
            return no("hash_conflict")
        self._slack.homes[user] = self._slack.received(body["view"], view_id, team)
        return yes(view={"id": view_id, "hash": self._slack.homes[user]["hash"]})

    def _opened(self, team: FakeTeam, body: Json, *, push: bool) -> web.Response:
        trigger = self._slack.triggers.pop(body["trigger_id"], None)
        if trigger is None or trigger.team is not team:
            return no("exchanged_trigger_id" if trigger is None else "invalid_trigger_id")
        if self._slack.now() > trigger.until:
            return no("expired_trigger_id")
        if self._slack.bad_view(body["view"]) or body["view"]["type"] != "modal":
            return no("invalid_arguments")
        stack = self._slack.modals[trigger.user]
        if push and len(stack) >= 3:
            return no("push_limit_reached")
        if not push:
            stack.clear()
        return yes(view={"id": self._slack.push_modal(trigger.user, body["view"], team)})

    def _member(self, team: FakeTeam, user: str) -> Member | None:
        """An account of the workspace, or of one that shares a channel with it."""
        if user in team.members:
            return team.members[user]
        others = [one.members[user] for one in self._slack.teams.values() if user in one.members]
        return others[0] if others and self._slack.shared else None

    def _lives_in(self, team: FakeTeam, user: str) -> bool:
        return self._slack.team_of(user) is team

    def _has_channel(self, team: FakeTeam, channel: str) -> bool:
        if channel.startswith(("DU", "DW")):
            return self._lives_in(team, channel[1:])
        return channel.startswith("C0")


def yes(**more: object) -> web.Response:
    """What Slack answers to a call that it took."""
    return web.json_response({"ok": True, **more})


def no(error: str) -> web.Response:
    """What Slack answers to a call that it refused."""
    return web.json_response({"ok": False, "error": error})
