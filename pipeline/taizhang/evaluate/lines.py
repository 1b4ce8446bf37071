"""The evaluate room's lines: gold and records as JSON Lines, numbers exact."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from taizhang.errors import UnreadableInput
from taizhang.write.resaved_csv import csv_told

Row = Mapping[str, Any]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, numbers exact.

    Raises:
        UnreadableInput: the file cannot be read, or a line is no JSON object; of a CSV of records it says what a
            spreadsheet program changed in it.
    """
    try:
        return _objects(path, path.read_text(encoding="utf-8").split("\n"))
    except (OSError, UnicodeDecodeError) as error:
        _refuse_csv(path)
        raise UnreadableInput("unreadable", f"{path}: expected JSON Lines in UTF-8, got {error}") from error
    except UnreadableInput:
        _refuse_csv(path)
        raise


def _refuse_csv(path: Path) -> None:
    if path.is_file() and (told := csv_told(path)):
        raise UnreadableInput("csv", told)


def _objects(path: Path, lines: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line, parse_float=Decimal)
            except (ValueError, RecursionError) as error:
                raise UnreadableInput(
                    "json", f"{path}:{number}: expected a JSON object, got {error}"
                ) from error
            if not isinstance(row, dict):
                raise UnreadableInput(
                    "json", f"{path}:{number}: expected a JSON object, got {line.strip()[:40]}"
                )
            rows.append(row)
    return rows
