"""What a member may do without, and what always comes."""

from __future__ import annotations

import pytest

from core.delivery.model import Family, Notice, Withheld
from core.feature import NoticeKind
from core.kernel.desk import Office
from core.members.model import Member
from core.respect.deciding import opted_out
from core.respect.model import Preferences

NONE_OF_IT = Preferences(1, digest=False, off=(Family.MATCHES, Family.EVENTS, Family.REMINDERS))


def _render(_office: Office, _notice: Notice, _member: Member) -> Withheld:
    return Withheld.EMPTY


@pytest.mark.parametrize("family", list(Family))
def test_what_owes_an_answer_comes_whatever_its_reader_does_without(family: Family) -> None:
    assert not opted_out(NoticeKind("kind", _render, essential=True, family=family), NONE_OF_IT)


@pytest.mark.parametrize("family", [one for one in Family if one is not Family.ANSWERS])
def test_a_kind_that_its_reader_does_without_does_not_come(family: Family) -> None:
    kind = NoticeKind("kind", _render, family=family)
    assert opted_out(kind, NONE_OF_IT)
    assert not opted_out(kind, Preferences(1))
