"""What a person is told when something of ours broke, with a reference that the log knows too."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import PurePath

from core.kernel.texts import _
from core.ui.replies import Refuse

_log = logging.getLogger("hourbridge.trouble")


def logged(error: BaseException, **seen: str) -> str:
    """Log where ``error`` happened, with ``seen`` as fields of the line; the reference it is found
    by. An exception's own message may hold people's words: only its kind and its place are logged.
    """
    reference = secrets.token_hex(4).upper()
    where = [
        f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    told = {"reference": reference, "error": type(error).__name__, "where": where, **seen}
    _log.error("something broke", extra=told)
    return reference


def apologise(error: BaseException, *, undone: bool = False, **seen: str) -> Refuse:
    """Log where ``error`` happened, with ``seen`` as fields of the line, and say sorry.

    ``undone``: the transaction was rolled back, so nothing was changed.
    """
    reference = logged(error, **seen)
    if undone:
        reason = _(
            "Something went wrong on our side, and nothing was changed. Try again in a minute. If "
            "it happens again, tell the person who runs Hourbridge this reference: {reference}.",
            reference=reference,
        )
    else:
        reason = _(
            "Something went wrong on our side. Type home to see where things are now. If it "
            "happens again, tell the person who runs Hourbridge this reference: {reference}.",
            reference=reference,
        )
    return Refuse(reason, code="broken")
