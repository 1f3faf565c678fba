"""A member's own data as files to take away: JSON, and CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from core.members.own_rows import Cell, Data, Row

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet takes for the start of a formula, or skips before one."""


def as_json(data: Data) -> bytes:
    """The data as one JSON document, for people and programs."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def as_csv_zip(data: Data) -> bytes:
    """The data as a zip of CSV files, one for each table, that a spreadsheet opens safely."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in data.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), _csv(rows))
    return packed.getvalue()


def _csv(rows: list[Row]) -> bytes:
    page = io.StringIO(newline="")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.writer(page)
    writer.writerow(columns)
    writer.writerows([_safe(row.get(column)) for column in columns] for row in rows)
    # The mark at the start tells spreadsheets that this is UTF-8.
    return page.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
