"""What home contributes."""

from __future__ import annotations

from core.commands import Hello
from core.feature import Command, Feature, verb
from core.home import gallery
from core.home.help import TOPIC_LONGEST, Help, show_help
from core.home.home import Home, home
from core.home.typed import alone, short
from core.home.undo import Undo, undo
from core.kernel.texts import _

FEATURE = Feature(
    "home",
    verbs=(
        verb(Home, home),
        verb(Hello, home),
        verb(Help, show_help, visitors=True),
        verb(Undo, undo),
    ),
    commands=(
        Command(
            ("home", "cartref", "adref"),
            alone("home", Home),
            _("See what waits for you, your posts and your hours"),
            "home",
        ),
        Command(
            ("help", "cymorth", "commands"),
            short("help", TOPIC_LONGEST, lambda words: Help(topic=words)),
            _("See what you can type, or how one command works"),
            "help offer",
        ),
        Command(
            ("undo", "dadwneud"),
            alone("undo", Undo),
            _("Take back the last thing you did, within a few minutes"),
            "undo",
        ),
    ),
    gallery=gallery.examples,
)
