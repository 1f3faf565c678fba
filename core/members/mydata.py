"""``mydata``: everything that is held about a member, for them to take away.

The chat gives a one-time code; the web page ``/mydata`` takes it and hands out one file. The code
is typed there and never part of an address, where it would stand in logs and histories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from core.kernel.desk import Desk, Office
from core.kernel.keys import tidy_code
from core.members.model import LinkCode
from core.members.views import mydata_view
from core.ui.intents import Intent
from core.ui.replies import Reply, Say

PURPOSE = "download"
_WEB = "web"
WRONG_CODES = 20
"""So many wrong codes from one asker within ``WRONG_FOR`` end its guessing. Many people of one
trust share an address, so this is more than one chat identity gets."""
WRONG_FOR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class MyData(Intent):
    """A code for the actor's own data."""

    name: ClassVar[str] = "members.mydata"


def give_download_code(desk: Desk, _intent: MyData) -> Reply:
    """A fresh code, shown to the actor alone and kept only as a keyed hash."""
    code = desk.keys.code()
    minutes = desk.policy.link_code_minutes
    desk.books.members.add_download_code(
        LinkCode(desk.keys.digest(PURPOSE, code), desk.me.id, desk.now + timedelta(minutes=minutes))
    )
    page = f"{desk.public_url.rstrip('/')}/mydata"
    return Say(mydata_view(code, page, minutes))


def redeem(office: Office, code: str, asker: str = "") -> int | None:
    """The id of the member whose download code this is, used up by this call; None where the code
    is wrong, used or too old, or this ``asker`` gave too many wrong ones in the last hour.

    ``asker`` tells callers apart: a keyed hash of the client's address. The caller commits the
    transaction either way, so that wrong codes count.
    """
    members = office.books.members
    if members.wrong_codes_since(_WEB, PURPOSE, asker, office.now - WRONG_FOR) < WRONG_CODES:
        for digest in office.keys.digests(PURPOSE, tidy_code(code)):
            member_id = members.use_download_code(digest, office.now)
            if member_id is not None:
                return member_id
    members.count_wrong_code(_WEB, PURPOSE, asker, office.now)
    return None
