"""The one job that deletes what is no longer needed.

Periods follow what each thing is for: a greeting waits a month for an answer, a draft a week, a
receipt as long as any platform may repeat a request, a code's trace a day, and so does what undo
would have brought back. How many messages somebody had on a day is counted for that day, and is
kept a month to answer a complaint.
"""

from __future__ import annotations

from datetime import timedelta

from core.feature import Feature, Job
from core.kernel.desk import Office

VISITORS = timedelta(days=30)
DRAFTS = timedelta(days=7)
RECEIPTS = timedelta(days=30)
DEEDS = timedelta(days=1)
CODES = timedelta(days=1)
SLOTS = timedelta(days=90)
REMINDERS = timedelta(days=400)
TOLD = timedelta(days=30)


def tidy(office: Office) -> int:
    """Delete what has had its time. Always 0: one pass does all of it."""
    books, now = office.books, office.now
    books.members.forget_visitors_before(now - VISITORS)
    books.members.forget_codes_before(now - CODES)
    books.drafts.forget_before(now - DRAFTS)
    books.journal.forget_deeds_before(now - DEEDS)
    books.journal.forget_receipts_before(now - RECEIPTS)
    books.jobs.forget_before(now - SLOTS)
    books.reminders.forget_before(now - REMINDERS)
    books.preferences.forget_days_before((now - TOLD).date())
    return 0


FEATURE = Feature(
    "upkeep",
    jobs=(
        Job("upkeep.tidy", 24 * 60, tidy, "delete visitors, drafts, receipts and codes in time"),
    ),
)
