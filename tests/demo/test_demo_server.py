"""The demo's server as a person starts it: an address, a page, and a clean stop."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.demo import serve_demo, serving

PROGRAM = "import sys; from bot.demo import serve_demo; sys.exit(serve_demo({}, False, {!r}))"


def _listening() -> socket.socket:
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


@contextmanager
def _started(port: int, database: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(port, database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            found = re.search(r"ready at (http://127\.0\.0\.1:\d+)", line)
            if found:
                yield process, found[1]
                return
        raise AssertionError(said)
    finally:
        process.kill()
        process.wait()


@pytest.mark.timeout(180)
def test_it_starts_serves_the_page_and_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    with _listening() as free:
        port = free.getsockname()[1]
    with _started(port, str(tmp_path / "demo.db")) as (process, url):
        assert url == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(url) as answer:
            page = answer.read().decode()
        assert "Hourbridge" in page
        token = re.search(r'hourbridge-token" content="([^"]+)"', page)
        assert token is not None
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{url}/local/people")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert "Traceback" not in process.stdout.read()


def test_a_port_that_is_taken_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with _listening() as taken:
        port = taken.getsockname()[1]
        assert serve_demo(port, False, None) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is in use" in said
    assert "--port" in said


def test_without_a_port_the_next_free_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with _listening() as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(serving, "DEFAULT_PORT", port)
        bound = serving.bind(0)
    assert bound is not None
    with bound:
        assert port < bound.getsockname()[1] < port + 20
