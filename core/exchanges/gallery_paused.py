"""Every card of an exchange whose other side is away, and what a lead then sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.exchanges import dispute_views, list_views, views
from core.exchanges.model import Exchange
from core.exchanges.pausing_views import away_now, back_news, paused_news
from core.exchanges.views import Seen
from core.ui.gallery import HOSTILE, Example
from core.ui.views import Note, View


def examples(sides: dict[str, tuple[Seen, Seen]], claimed: Exchange) -> Iterator[Example]:
    """``sides``: each open state by name, as its giver and as its receiver see it."""
    for name, (giver, receiver) in sides.items():
        for side, shown in (("giver", giver), ("receiver", receiver)):
            card = views.exchange_card(replace(shown, away=True))
            yield Example(f"exchanges.paused-{name}-{side}", card)
    agreed = replace(sides["agreed"][1], away=True)
    hostile = replace(agreed, other_name=HOSTILE)
    yield Example("exchanges.paused-told", _with_news(agreed))
    yield Example("exchanges.paused-told-hostile", _with_news(hostile))
    back = replace(agreed, away=False)
    news = Note(back_news(back.other_name))
    yield Example("exchanges.paused-back", views.exchange_card(back, news))
    proposed = replace(sides["proposed"][1], away=True)
    not_now = Note(away_now(proposed.other_name))
    yield Example("exchanges.paused-not-now", views.exchange_card(proposed, not_now))
    rows = (agreed, proposed, hostile)
    yield Example("exchanges.paused-list", list_views.exchanges_view(rows, 0, 3))
    late = replace(claimed, escalated=True)
    case = dispute_views.Case(late, "Ana Ward", "Ben Lowe", away=("Ana Ward", "Ben Lowe"))
    yield Example("exchanges.paused-case", dispute_views.case_view(case))


def _with_news(shown: Seen) -> View:
    return views.exchange_card(shown, Note(paused_news(shown.other_name)))
