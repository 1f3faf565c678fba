"""The command line as an operator uses it: words in; what is printed and the exit code out."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any

import pytest

from bot.__main__ import main


@dataclass
class Terminal:
    """``run`` returns the exit code and leaves what was printed in ``out`` and ``problem``."""

    capsys: pytest.CaptureFixture[str]
    out: str = ""
    problem: str = ""

    def run(self, line: str) -> int:
        self.capsys.readouterr()
        code = main(shlex.split(line))
        self.out, self.problem = self.capsys.readouterr()
        return code

    def does(self, line: str) -> str:
        """Run a command that must succeed; what it prints."""
        code = self.run(line)
        assert code == 0, f"{line}: {self.problem}"
        assert self.problem == ""
        return self.out

    def lists(self, line: str) -> Any:
        """What a listing prints with ``--json``."""
        return json.loads(self.does(f"{line} --json"))

    def fails(self, line: str) -> str:
        """Run a command that must fail: the one sentence it says, and nothing on the way."""
        code = self.run(line)
        assert code == 1, f"{line}: {code}, {self.out}{self.problem}"
        assert self.out == ""
        [sentence] = self.problem.splitlines()
        assert sentence.startswith("hourbridge: ")
        return sentence

    def misused(self, line: str) -> str:
        """Run a command that is not understood; how the usage is explained."""
        assert self.run(line) == 2, f"{line}: {self.out}"
        assert "usage: hourbridge" in self.problem
        return self.problem.splitlines()[-1]
