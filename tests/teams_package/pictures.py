"""Just enough of PNG to see what stands in an icon, and to write one: 8 bits, not interlaced."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_MAGIC = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}
Pixel = tuple[int, int, int, int]
"""Red, green, blue, and how opaque."""


@dataclass(frozen=True)
class Picture:
    """Rows of pixels, from the top."""

    rows: tuple[tuple[Pixel, ...], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return len(self.rows[0]), len(self.rows)

    def pixels(self) -> Iterator[Pixel]:
        """Every pixel, row by row."""
        for row in self.rows:
            yield from row

    def bounds(self, nothing: Pixel) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of all that is not ``nothing``; the last two lie outside."""
        drawn = [
            (x, y) for y, row in enumerate(self.rows) for x, one in enumerate(row) if one != nothing
        ]
        across, down = [x for x, _y in drawn], [y for _x, y in drawn]
        return min(across), min(down), max(across) + 1, max(down) + 1


def read_png(png: bytes) -> Picture:
    """The picture in ``png``, which has colours in red, green and blue, opaque or not."""
    assert png.startswith(_MAGIC)
    chunks = dict[bytes, bytes]()
    at = len(_MAGIC)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks[kind] = chunks.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    channels = _CHANNELS[colours]
    data, step = zlib.decompress(chunks[b"IDAT"]), width * channels
    rows, above = [], bytes(step)
    for start in range(0, height * (step + 1), step + 1):
        above = _unfiltered(data[start], data[start + 1 : start + 1 + step], above, channels)
        rows.append(tuple(_pixel(above[x : x + channels]) for x in range(0, step, channels)))
    return Picture(tuple(rows))


def _pixel(parts: bytes) -> Pixel:
    red, green, blue, opaque = parts if len(parts) == 4 else (*parts, 255)
    return red, green, blue, opaque


def _unfiltered(kind: int, line: bytes, above: bytes, channels: int) -> bytes:
    done = bytearray()
    for at, value in enumerate(line):
        left = done[at - channels] if at >= channels else 0
        corner = above[at - channels] if at >= channels else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _nearest(left, above[at], corner))
        done.append((value + guess[kind]) & 255)
    return bytes(done)


def _nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))


def write_png(picture: Picture) -> bytes:
    """``picture`` as PNG."""
    width, height = picture.size
    lines = b"".join(b"\x00" + bytes(sum(row, ())) for row in picture.rows)
    return (
        _MAGIC
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
