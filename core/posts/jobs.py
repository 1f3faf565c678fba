"""Posts that reach their last day close by themselves."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Office
from core.posts.model import PostState

BATCH = 200


def close_due(office: Office) -> int:
    """Close posts whose last day is over; how many."""
    due = office.books.posts.due_to_close(office.now.date(), BATCH)
    for post in due:
        office.books.posts.save(replace(post, state=PostState.CLOSED))
        office.changed(f"post:{post.id}")
    return len(due)
