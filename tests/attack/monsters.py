"""Values that a client may send and nobody would type: letters, numbers, times and shapes."""

from __future__ import annotations

from typing import Any

LETTERS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "a\udfffb",
    "\u202e\u202eabc",
    "\u200b",
    "e\u0301" * 300,
    "x" * 5_000,
    "x" * 120_000,
    "a b c d e f " * 3_000,
    "😀" * 100,
    "\U0010ffff",
    "\ufdd0",
    "\n\r\t",
)
CODE = ("%", "_", "' OR 1=1 --", '"', "NEAR(", "a AND", "*", "(" * 2_000, "\\", "<b>", "{x}", "%s")
NUMBERS = (
    "2",
    "²",
    "١",
    "½",
    "1½ hours",
    "１ hour",
    "1e309",
    "9" * 400,
    "9" * 30 + " hours",
    "-1 hour",
    "1." + "0" * 5_000 + "1h",
    "1h" * 1_000,
    "1:99",
    "15 minutes",
)
DAYS = ("2026-06-01", "0000-00-00", "9999-12-31", "1 January 10000", "in 99999999999 days", "99:99")
NAMES = (
    "member:1",
    "member:2",
    "member:999999999",
    "organisation:1",
    "community",
    "member:²",
    "exchange:1",
    "exchange:2147483648",
    "exchange:99999999999999999",
    "exchange:²",
    "message:1",
    "post:99999999999",
    "E-222",
    "E-ZZZZZZZZZ",
    "A-ZZZZZZZZZ",
    "site:99999999999",
    "Ben Lowe",
    "Ana Ward, Northgate",
    "ask",
    "offer",
    "cy",
    "online",
    "Mars/Phobos",
    "work",
)
STRINGS = (*LETTERS, *CODE, *NUMBERS, *DAYS, *NAMES)
IDS: tuple[Any, ...] = (
    *range(13),
    -1,
    2**31 - 1,
    2**31,
    -(2**31),
    2**53,
    2**62 - 1,
    2**70,
    "7",
    "²",
    "999999999999999999",
)
SHAPES: tuple[Any, ...] = (
    None,
    1.5,
    float("nan"),
    float("inf"),
    {},
    {"a": 1},
    [],
    [1],
    [["x"]],
    ["a", "b"],
    ["\x00"],
    True,
    "x",
    3,
)
