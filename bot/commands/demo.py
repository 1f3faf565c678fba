"""``hourbridge demo``: the try-out in the browser, with sample people."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.terminal import Groups, a_port, command


def add(groups: Groups) -> None:
    """The command ``demo``."""
    trying = command(
        groups, "demo", "try Hourbridge in the browser of this computer, with sample people", _demo
    )
    trying.add_argument(
        "--port",
        type=a_port,
        default=0,
        metavar="N",
        help="the port; without it 3978, or the next that is free",
    )
    trying.add_argument("--no-browser", action="store_true", help="do not open a browser")
    trying.add_argument(
        "--database", metavar="FILE", help="keep it in this SQLite file and not in a temporary one"
    )


def _demo(given: Namespace) -> int:
    from bot.demo import serve_demo

    return serve_demo(given.port, not given.no_browser, given.database)
