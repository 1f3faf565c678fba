"""The command line: ``hourbridge``, or ``python -m bot`` in a checkout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import DatabaseError

from bot.commands import (
    audit,
    conversations,
    deliveries,
    demo,
    gallery,
    jobs,
    manifest,
    members,
    migrate,
    organisations,
    pause,
    policy,
    roles,
    secrets,
    serve,
    tenants,
)
from bot.commands.terminal import Failed
from bot.settings import SettingsError
from core.kernel.refusals import Refusal
from core.kernel.stale import Busy, Stale
from core.words import Speech

GROUPS = (
    demo,
    serve,
    migrate,
    organisations,
    tenants,
    conversations,
    roles,
    members,
    policy,
    secrets,
    jobs,
    deliveries,
    pause,
    audit,
    gallery,
    manifest,
)
ABOUT = "A timebank inside Slack and Microsoft Teams."
MORE = "Settings come from the environment or a .env file. See docs/operators.md."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: it could not be done, or an audit found something; 2: the
    command line is not understood."""
    try:
        given = command_line().parse_args(argv)
        return int(given.run(given))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except (Failed, SettingsError) as failure:
        problem = str(failure)
    except Refusal as refusal:
        problem = Speech()(refusal.reason)
    except (Busy, Stale):
        problem = "The database is busy with something else. Try again in a moment."
    except DatabaseError as error:
        problem = f"The database does not answer as it must: {_first_line(error.orig)}"
    except KeyboardInterrupt:
        return 130
    print(f"hourbridge: {problem}", file=sys.stderr)
    return 1


def command_line() -> argparse.ArgumentParser:
    """Every command with its arguments; ``run`` of what it reads carries the command out."""
    parser = argparse.ArgumentParser(prog="hourbridge", description=ABOUT, epilog=MORE)
    groups = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for one in GROUPS:
        one.add(groups)
    return parser


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or ["it gives no reason"])[0]


if __name__ == "__main__":
    sys.exit(main())
