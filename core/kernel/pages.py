"""All of something that a book hands out in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

One = TypeVar("One")

_SIZE = 200


def every(read: Callable[[int, int], tuple[Sequence[One], int]]) -> Iterator[One]:
    """Page after page of what ``read`` finds from an offset on, no more than a limit at a time,
    with how many there are in all."""
    offset = 0
    while True:
        page, total = read(offset, _SIZE)
        yield from page
        offset += len(page)
        if offset >= total or not page:
            return
