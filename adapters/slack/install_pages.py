"""What somebody reads in the browser after they installed Hourbridge into Slack, or could not.

The pages load nothing and run nothing. No token, code or state is on them.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from core.kernel.texts import Text, Words, _
from core.words import LANGUAGES, Speech

_HERE = Path(__file__).parent
_PAGE = (_HERE / "install.html").read_text("utf-8")
_STYLE = (_HERE / "install.css").read_text("utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FIRST_WORDS = (
    "/hourbridge help",
    "/offer 2h run charts for beginners",
    "/ask help with a poster, 90 minutes",
)
START = "/slack/install"
BROKEN = _("Hourbridge could not finish the installation")


@dataclass(frozen=True, slots=True)
class Done:
    """An installation, as its page tells of it. ``slack`` is where Slack's own pages are."""

    name: str
    tenant: str
    app: str
    slack: str
    whole: bool = False
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing was installed: the page's title, what to do, and its HTTP status."""

    title: Text
    advice: Words
    status: int = 400


STOPS = {
    "expired": Stop(
        _("This took longer than 10 minutes"),
        _("Nothing was installed. Start again. It takes about a minute."),
    ),
    "used": Stop(
        _("This page works once"),
        _(
            "If you saw that Hourbridge is installed, it is. There is nothing more to do here. "
            "If you did not, start again."
        ),
    ),
    "browser": Stop(
        _("The installation began somewhere else"),
        _(
            "Nothing was installed. It must end in the browser it began in, and your browser must "
            "accept cookies. Start again in this browser."
        ),
    ),
    "refused": Stop(
        _("Slack did not accept this installation"),
        _("Nothing was installed. Start again. It takes about a minute."),
    ),
    "mismatched": Stop(
        _("Slack answered for another app"),
        _(
            "Nothing was installed. Tell the person who runs Hourbridge for you that its Slack "
            "settings are not all of the same app: the client ID, the client secret, the app "
            "token and the redirect address."
        ),
        502,
    ),
    "unavailable": Stop(
        _("Slack cannot be reached"),
        _("Nothing was installed. Try again in a few minutes."),
        503,
    ),
}


def denied(address: str) -> Stop:
    """Somebody pressed Cancel at Slack; ``address`` is where an installation begins."""
    return Stop(
        _("You did not allow Hourbridge in Slack"),
        _(
            "Nothing was installed. If your workspace lets only administrators add apps, ask one "
            "of them to open {address}",
            address=address,
        ),
        200,
    )


def spoken_in(accepted: str) -> Speech:
    """The language of ours that a browser's ``Accept-Language`` likes best; else English."""
    best, liking = "en", 0.0
    for part in accepted.split(","):
        name, _semicolon, quality = part.partition(";")
        language = name.strip().partition("-")[0].casefold()
        if language in LANGUAGES and (liked := _quality(quality)) > liking:
            best, liking = language, liked
    return Speech(best)


def _quality(words: str) -> float:
    name, _equals, value = words.replace(" ", "").partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def installed_page(done: Done, speech: Speech) -> str:
    """The page after an installation: what an administrator has to do, and how to begin."""
    title = _("Hourbridge is installed in {name}", name=done.name or done.tenant)
    parts = []
    if done.approved:
        parts.append(_p(_("It is approved. Everyone in it can use Hourbridge now."), speech))
    else:
        parts.append(
            _p(
                _(
                    "It does not answer anyone yet. The person who runs Hourbridge for your "
                    "health and care system approves it first, and says which organisations it "
                    "serves."
                ),
                speech,
            )
        )
    following = _("What to do next")
    parts += [f"<h2>{_said(following, speech)}</h2>", _steps(done, speech)]
    return _page(title, "\n".join(parts), speech)


def stopped_page(stop: Stop, speech: Speech) -> str:
    """The page where nothing was installed."""
    beginning = _("Start again")
    again = f'<p><a class="button" href="{START}">{_said(beginning, speech)}</a></p>'
    return _page(stop.title, f"{_p(stop.advice, speech)}\n{again}", speech)


def _steps(done: Done, speech: Speech) -> str:
    steps = []
    if not done.approved:
        steps.append(_approval(done, speech))
    if done.whole:
        steps.append(
            _said(
                _(
                    "In the settings of your Slack organisation, add Hourbridge to each workspace "
                    "that is to use it."
                ),
                speech,
            )
        )
    opening = _("Open Hourbridge in Slack.")
    if not done.approved:
        opening = _("When it is approved, open Hourbridge in Slack.")
    steps.append(f"{_said(opening, speech)}\n{_links(done, speech)}")
    typed = "".join(f"<li><code>{escape(words)}</code></li>" for words in FIRST_WORDS)
    first = _("Type one of these to begin:")
    steps.append(f"{_said(first, speech)}<ul>{typed}</ul>")
    return "<ol>{}</ol>".format("\n".join(f"<li>{step}</li>" for step in steps))


def _approval(done: Done, speech: Speech) -> str:
    command = f"hourbridge tenant approve slack {done.tenant} --org CODE"
    asking = _("Send this command to the person who runs Hourbridge for you:")
    meaning = _(
        "CODE is the code of your organisation. If several organisations share this Slack, "
        "they repeat --org with the code of each."
    )
    return (
        f'{_said(asking, speech)}<code class="command">{escape(command)}</code>'
        f"{_said(meaning, speech)}"
    )


def _links(done: Done, speech: Speech) -> str:
    query = {"app": done.app} if done.whole else {"app": done.app, "team": done.tenant}
    page = f"{done.slack}/app_redirect?{urlencode(query)}"
    web = _link(page, _("Open Slack in the browser"), speech)
    if done.whole:
        return f'<div class="links">{web}</div>'
    program = f"slack://app?{urlencode({'team': done.tenant, 'id': done.app, 'tab': 'home'})}"
    opened = _link(program, _("Open Slack"), speech, "button")
    return f'<div class="links">{opened} {web}</div>'


def _link(address: str, words: Text, speech: Speech, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f'<a{marked} href="{escape(address)}">{_said(words, speech)}</a>'


def _p(words: Words, speech: Speech) -> str:
    return f"<p>{_said(words, speech)}</p>"


def _said(words: Words, speech: Speech) -> str:
    return escape(speech(words))


def _page(title: Text, content: str, speech: Speech) -> str:
    page = _PAGE.replace("{{language}}", speech.language).replace("{{style}}", _STYLE)
    return page.replace("{{title}}", _said(title, speech)).replace("{{content}}", content)
