"""Posts that reach their last day close by themselves."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.desk import Office
from core.posts.model import PostState

BATCH = 200


def close_due(office: Office) -> int:
    """Close posts whose last day is over; how many."""
    today = office.now.date()
    due = office.books.posts.due_to_close(today, BATCH)
    for found in due:
        post = office.books.posts.lock(found.id)
        # Its author may have kept it open for longer a moment ago.
        if post is not None and post.state is PostState.OPEN and post.closes < today:
            office.books.posts.save(replace(post, state=PostState.CLOSED))
            office.changed(f"post:{post.id}")
    return len(due)
