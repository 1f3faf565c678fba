"""What a giver is told of a group."""

from __future__ import annotations

from core.delivery.model import Notice, Withheld
from core.feature import NoticeKind
from core.groups.model import GroupState
from core.groups.reading import group_seen
from core.groups.views import group_card
from core.kernel.desk import Office
from core.kernel.texts import _
from core.members.model import Member
from core.ui.views import Note, View


def _answered(office: Office, notice: Notice, member: Member) -> View | Withheld:
    """Everybody has answered; later, how the group stands."""
    group = office.books.groups.get(int(notice.data["group"]))
    if group is None or group.giver_id != member.id:
        return Withheld.CANCELLED
    news = Note(_("Everybody you asked has answered."))
    return group_card(group_seen(office, group), news if group.state is GroupState.OPEN else None)


NOTICES = (NoticeKind("groups.answered", _answered),)
