"""The check room's reader: the lines of a JSON Lines file as records, those of one article together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from taizhang.check.report import Check
from taizhang.model_faults import found, wanted
from taizhang.records import RectificationItem, Rejection

Item = TypeVar("Item", RectificationItem, Rejection)


@dataclass(frozen=True, slots=True)
class NumberedLine(Generic[Item]):
    """One line that was read: its file and number, from 1, and what it says."""

    file: str
    number: int
    item: Item

    @property
    def where(self) -> str:
        """File and line, as the report names them."""
        return f"{self.file}:{self.number}"


def articles_of(path: Path, model: type[Item], check: Check) -> Iterator[list[NumberedLine[Item]]]:
    """The lines of ``path``, those that follow each other and are of one document together.

    A line that is none is a fault of ``check``.
    """
    lines = _lines(path, model, check)
    for _, group in groupby(lines, key=lambda line: line.item.document.id):
        yield list(group)


def _lines(path: Path, model: type[Item], check: Check) -> Iterator[NumberedLine[Item]]:
    with path.open("rb") as content:
        for number, line in enumerate(content, 1):
            check.compared += 1
            try:
                # Not by pydantic's own parser, which would round numbers with a fraction.
                yield NumberedLine(
                    path.name, number, model.model_validate(json.loads(line, parse_float=Decimal))
                )
            except ValidationError as error:
                for fault in error.errors():
                    where = ".".join(map(str, fault["loc"])) or "line"
                    expected, got = wanted(fault), found(fault)
                    check.fault(f"{path.name}:{number}: {where}: expected {expected}, got {got}")
            except (ValueError, RecursionError) as error:
                check.fault(f"{path.name}:{number}: line: expected a JSON object, got {error}")
