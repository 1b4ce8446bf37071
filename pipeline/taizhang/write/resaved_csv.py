"""The write room's look at a CSV that stands where JSON Lines should: what a spreadsheet program did to it.

Such a program turns long numbers into ``2.19E+08``, ids and dates into numbers and dates of its own, and saves in
the system's encoding with its own separator. What it changed cannot be got back, so nothing is read from such a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from taizhang.write.format import Sheet

_LAYOUTS = (True, False)  # all columns, and the short ones
_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
_SEPARATORS = (",", ";", "\t")
_ENOUGH = 5  # columns of ours that make a file one of ours
_ROWS, _SHOWN = 10_000, 5  # rows that are looked through, faults that are named

_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_NUMBER = (r"-?\d+(\.\d+)?", "digits without an exponent or separators")
_WHOLE = (r"\d*", "a whole number")
_DATE = (rf"({_DAY}(/({_DAY}|\.\.))?)?", "an ISO 8601 date")
#: What a cell of a column holds as this program writes it, and how to say so.
_FORMS = {
    "id": (r"[0-9a-f]{16}", "16 hexadecimal digits"),
    "document_sha256": (r"([0-9a-f]{64})?", "64 hexadecimal digits"),
    "document_published": _DATE,
    "place_code": (r"(\d{6,})?", "six digits"),
    "value": _NUMBER,
    "value_max": (rf"({_NUMBER[0]})?", _NUMBER[1]),
    "time": _DATE,
    "part_of": (r"([0-9a-f]{16})?", "16 hexadecimal digits"),
    **{f"span_{name}": _WHOLE for name in ("start", "end", "raw_start", "raw_end")},
}


def csv_told(path: Path) -> str | None:
    """What to say of a file that is read as JSON Lines and is a CSV of records; None where it is none."""
    found = _opened(path)
    if found is None:
        return None
    encoding, separator, rows = found
    faults = [] if encoding == "utf-8-sig" else [f"its encoding is {encoding}"]
    faults += [] if separator == "," else [f"its cells are separated by {separator!r}"]
    faults += islice(_changed(rows), _SHOWN)
    wanted = f"{path}: expected JSON Lines, as in records.jsonl, got a CSV of records"
    if not faults:
        return f"{wanted}; give the records.jsonl that taizhang run wrote (--format jsonl)"
    return (
        f"{wanted} that another program saved: {'; '.join(faults)}. "
        "What it changed cannot be got back: give the records.jsonl that taizhang run wrote"
    )


def _opened(path: Path) -> tuple[str, str, list[list[str]]] | None:
    """Encoding, separator and the first rows; None for a file whose first row has no columns of ours."""
    known = {header for pair in _names().items() for header in pair}
    for encoding in _ENCODINGS:
        for separator in _SEPARATORS:
            try:
                with path.open(encoding=encoding, newline="") as file:
                    reader = csv.reader(file, delimiter=separator)
                    head = next(reader, [])
                    if len(known & {cell.strip() for cell in head}) >= _ENOUGH:
                        return encoding, separator, [head, *islice(reader, _ROWS)]
            except (UnicodeError, csv.Error):
                continue
    return None


def _names() -> dict[str, str]:
    """The Chinese headers of both layouts, each with the English one."""
    found: dict[str, str] = {}
    for every in _LAYOUTS:
        found |= zip(Sheet(every, chinese=True).headers, Sheet(every).headers, strict=True)
    return found


def _changed(rows: list[list[str]]) -> Iterator[str]:
    """Cells that are not as this program writes them; one of each column is enough."""
    head, *records = rows
    english = _names()
    names = [english.get(cell.strip(), cell.strip()) for cell in head]
    told: set[str] = set()
    for number, row in enumerate(records, 2):
        for name, cell in zip(names, row, strict=False):
            form = _FORMS.get(name)
            if form and name not in told and not re.fullmatch(form[0], cell):
                told.add(name)
                yield f"row {number}: {name}: expected {form[1]}, got {cell[:40]!r}"
