"""``hourbridge secrets``: changing the secret that seals the tokens of installations."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.opening import open_store
from bot.commands.terminal import Groups, group, listing, print_json
from bot.settings import Settings, check_for_serving, read_settings

_HOW = (
    "To change the secret: put the new one before the old one in HOURBRIDGE_SECRET_KEY, with a "
    "comma between, and restart every server. Run this command. Wait an hour, in which codes that "
    "were given out under the old secret run out. Then you can drop the old one. Hourbridge "
    "remembers who left by hashes that only the secret of that day can tell: without it, somebody "
    "who left then and joins again gets the hours to start with a second time."
)


def add(groups: Groups) -> None:
    """The group ``secrets``."""
    ours = group(groups, "secrets", "change the secret that seals the tokens of workspaces")
    rotating = listing(
        ours, "rotate", "seal every token with the first secret of HOURBRIDGE_SECRET_KEY", _rotate
    )
    rotating.epilog = _HOW


def _rotate(given: Namespace) -> int:
    settings = read_settings()
    # The secrets alone: whatever else a server needs is of no matter here.
    check_for_serving(Settings(secrets=settings.secrets))
    with open_store(settings) as store, store.begin() as books:
        done = books.installations.reseal()
    lost = [{"platform": one.platform, "id": one.tenant} for one in done.lost]
    if given.json:
        print_json({"sealed_anew": done.anew, "sealed_already": done.already, "lost": lost})
        return 1 if lost else 0
    print(f"{_tokens(done.anew)} sealed anew, {done.already} sealed with this secret already.")
    if lost:
        names = ", ".join(f"{one['platform']} {one['id']}" for one in lost)
        print(
            f"No secret that is set opens the tokens of: {names}. Add the secret that sealed them "
            "and run this again, or let them install the app again."
        )
        return 1
    if len(settings.secrets) > 1:
        print("No token needs the other secrets now. What else does: secrets rotate --help")
    return 0


def _tokens(count: int) -> str:
    return "1 token" if count == 1 else f"{count} tokens"
