from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.teams.decode import BadActivity, Place, turn_of
from core.callers import Address, Caller
from core.conversations.model import ConversationKind


def activity(**changes: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "f:1",
        "text": " /offer 2h excel\xa0\n",
        "channelId": "msteams",
        "serviceUrl": "https://connector.example/uk/",
        "locale": "cy-GB",
        "from": {"id": "29:ana", "name": "WARD, Ana (NORTHGATE)", "aadObjectId": "entra-ana"},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": "a:ana", "conversationType": "personal", "tenantId": "t-2"},
        "channelData": {"tenant": {"id": "t-1"}},
        **changes,
    }


def test_a_message_tells_who_speaks_and_how_to_answer_them() -> None:
    turn = turn_of(activity())
    assert turn.words == "/offer 2h excel"
    assert turn.caller == Caller(
        platform="teams",
        tenant="t-1",
        user="entra-ana",
        name="WARD, Ana (NORTHGATE)",
        locale="cy-GB",
        address=Address("a:ana", "https://connector.example/uk/", "28:bot", "29:ana"),
        delivery="a:ana|f:1",
        private=True,
    )


def test_a_channels_conversation_is_never_a_persons_address() -> None:
    channel = {"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel"}
    turn = turn_of(activity(conversation=channel, replyToId="5"))
    assert not turn.caller.private
    assert turn.caller.address.conversation == ""
    assert turn.caller.reply_to == ""


def test_a_conversation_of_no_known_kind_counts_as_public() -> None:
    assert not turn_of(activity(conversation={"id": "a:ana"})).caller.private


def test_a_chat_between_two_people_is_not_anybodys_own_chat_with_the_bot() -> None:
    two = {"id": "19:ana_bo@unq.gbl.spaces", "conversationType": "personal"}
    caller = turn_of(activity(conversation=two, replyToId="5")).caller
    assert not caller.private
    assert (caller.address.conversation, caller.reply_to) == ("", "")


def test_a_message_is_known_by_its_conversation_and_its_own_id() -> None:
    there = {"id": "a:bo", "conversationType": "personal"}
    here, other = turn_of(activity()).caller, turn_of(activity(conversation=there)).caller
    assert (here.delivery, other.delivery) == ("a:ana|f:1", "a:bo|f:1")
    assert turn_of(activity(id="")).caller.delivery == ""


def test_a_reply_in_the_personal_chat_names_the_message_it_replies_to() -> None:
    assert turn_of(activity(replyToId="m7")).caller.reply_to == "a:ana|m7"


def test_a_pressed_button_is_not_a_reply() -> None:
    assert turn_of(activity(replyToId="m7", value={})).caller.reply_to == ""


def test_without_an_entra_id_or_channel_data_the_other_ids_serve() -> None:
    turn = turn_of(activity(channelData={}, **{"from": {"id": "29:ana"}}))
    assert (turn.caller.tenant, turn.caller.user) == ("t-2", "29:ana")


def test_only_the_bots_own_mention_is_taken_out_of_the_words() -> None:
    mentions = [
        {"type": "mention", "text": "<at>Hourbridge</at>", "mentioned": {"id": "28:bot"}},
        {"type": "mention", "text": "<at>Bo Ek</at>", "mentioned": {"id": "29:bo"}},
        {"type": "clientInfo", "locale": "en-GB"},
        "noise",
    ]
    words = "<at>Hourbridge</at> give 1h to <at>Bo Ek</at>\n"
    assert turn_of(activity(text=words, entities=mentions)).words == "give 1h to Bo Ek"


def test_what_somebody_types_that_looks_like_a_mention_stays_as_typed() -> None:
    assert turn_of(activity(text="<at>all</at> hello")).words == "<at>all</at> hello"


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": None},
        {"conversation": {"conversationType": "personal"}},
        {"from": {}},
        {"from": [], "text": 5},
        {"serviceUrl": None},
        {"channelData": {}, "conversation": {"id": "a", "conversationType": "personal"}},
    ],
)
def test_an_activity_without_its_ids_is_bad(changes: dict[str, Any]) -> None:
    with pytest.raises(BadActivity):
        turn_of(activity(**changes))


CHANNEL = {"id": "19:rota@thread.tacv2;messageid=7", "conversationType": "channel"}
GROUP = {"id": "19:few@thread.v2", "conversationType": "groupChat", "name": "WARD, Ana, LIN, Bo"}


@pytest.mark.parametrize(
    ("conversation", "data", "place"),
    [
        ({"id": "a:ana", "conversationType": "personal"}, {"team": {"id": "19:x"}}, None),
        ({"id": "a:ana", "conversationType": "meeting"}, {}, None),
        (GROUP, {"team": {"id": "19:x"}}, Place(ConversationKind.GROUP, "19:few@thread.v2")),
        (CHANNEL, {}, Place(ConversationKind.CHANNEL, "19:rota@thread.tacv2")),
        (
            CHANNEL,
            {"teamsTeamId": "19:team", "teamsChannelId": "19:here"},
            Place(ConversationKind.CHANNEL, "19:here", team="19:team"),
        ),
        (
            CHANNEL,
            {"team": {"id": "19:team", "name": "Ward 7"}, "channel": {"id": "19:n", "name": "New"}},
            Place(ConversationKind.CHANNEL, "19:n", "New", "19:team", "Ward 7"),
        ),
        (
            CHANNEL,
            {"team": "Ward 7", "channel": {"id": 7, "name": None}},
            Place(ConversationKind.CHANNEL, "19:rota@thread.tacv2"),
        ),
    ],
)
def test_the_place_is_the_conversation_of_many_without_its_thread(
    conversation: dict[str, Any], data: dict[str, Any], place: Place | None
) -> None:
    given = {"tenant": {"id": "t-1"}, **data}
    assert turn_of(activity(conversation=conversation, channelData=given)).place == place


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-05-04T09:00:00Z", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ("2026-05-04T10:00:00.1234567+01:00", datetime(2026, 5, 4, 9, 0, 0, 123456, tzinfo=UTC)),
        ("2026-05-04T09:00:00", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:59", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1777885200, None),
    ],
)
def test_the_moment_is_the_one_that_teams_says(said: object, at: datetime | None) -> None:
    assert turn_of(activity(timestamp=said)).at == at


@pytest.mark.parametrize(
    ("changes", "bot_in"),
    [
        ({"membersAdded": [{"id": "29:ana"}, {"id": "28:bot"}]}, True),
        ({"membersRemoved": [{"id": "28:bot"}]}, False),
        ({"membersAdded": [{"id": "29:ana"}], "membersRemoved": [{"id": "29:bo"}]}, None),
        ({"membersAdded": {"id": "28:bot"}}, None),
        ({"membersAdded": ["28:bot", None]}, None),
        ({"membersAdded": [{"id": ""}], "recipient": {}}, None),
        ({}, None),
    ],
)
def test_of_those_who_come_and_go_only_the_bot_is_looked_for(
    changes: dict[str, Any], bot_in: bool | None
) -> None:
    turn = turn_of(activity(**changes))
    assert turn.bot_in is bot_in
    assert "29:bo" not in repr(turn)


@pytest.mark.parametrize(
    ("kind", "shared"),
    [("standard", False), ("private", False), ("shared", True), ("", False), (None, False)],
)
def test_teams_says_whether_people_from_outside_the_team_may_be_in_a_channel(
    kind: str | None, shared: bool
) -> None:
    channel = {"id": "19:rota@thread.tacv2", "type": kind}
    data = {"tenant": {"id": "t-1"}, "team": {"id": "19:ward@thread.tacv2"}, "channel": channel}
    turn = turn_of(activity(conversation=CHANNEL, channelData=data))
    assert turn.place is not None
    assert (turn.caller.shared, turn.place.shared) == (shared, shared)


def test_a_group_chat_is_spoken_in_as_one() -> None:
    assert turn_of(activity(conversation=GROUP)).caller.conversation_kind is ConversationKind.GROUP
    own = turn_of(activity()).caller
    assert (own.conversation, own.shared) == ("", False)
