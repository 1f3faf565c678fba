"""A terminal on the world's own database."""

from __future__ import annotations

from tests.bot.conftest import empty_terminal, terminal

__all__ = ["empty_terminal", "terminal"]
