"""What ends a measurement without a figure."""

from __future__ import annotations


class Wrong(Exception):
    """An answer or a database that is not as it has to be: a broken server cannot look fast."""
