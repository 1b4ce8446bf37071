"""The tables of ``cases/kinds.toml`` as files, and what the program makes of each."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from written import FORMATS, Written

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.read import read_file
from taizhang.records import RectificationItem, Rejection
from taizhang.result import Result
from taizhang.stages import Trace

HERE = Path(__file__).parent


def tables(name: str = "kinds.toml") -> list[dict[str, Any]]:
    """The cases, in order."""
    with (HERE / "cases" / name).open("rb") as file:
        return list(tomllib.load(file)["table"])


def content(case: dict[str, Any]) -> bytes:
    """The file of a case, as its format has it."""
    rows = tuple(tuple(cell.strip() for cell in row.split("|")) for row in case["rows"])
    above = tuple(case["above"])
    if case["as"] == "txt":
        return "\n".join([*above, *case["rows"], ""]).encode()
    if case["as"] == "tsv":
        return "\n".join([*above, *("\t".join(row) for row in rows), ""]).encode()
    return FORMATS[case["as"]](Written(above, rows, case.get("heads", 1)))


def result(case: dict[str, Any], folder: Path) -> tuple[Result | None, Article | Rejection]:
    """What a case's file gives."""
    path = folder / f"table.{case['as']}"
    path.write_bytes(content(case))
    (found,) = read_file(path, shipped_pipeline().rules)
    if not isinstance(found, Article):
        return None, found
    if case.get("published"):
        document = found.document.model_copy(update={"published": case["published"]})
        found = Article(document, found.text, found.raw, found.title_end, found.tables)
    return shipped_pipeline().run(found).result, found


def line(record: RectificationItem) -> str:
    """A record as the gold writes it."""
    value = format(Decimal(record.value).normalize(), "f")
    fields = (
        f"{value} {record.unit}".strip(),
        record.metric.name,
        record.place.name,
        record.time or "",
        record.phase,
    )
    return " | ".join(fields)


def agrees(found: str, gold: str) -> bool:
    """Whether a field is as the gold says, or as one of the wordings that it says to be as right."""
    return found in gold.split(" / ")


def trace(case: dict[str, Any], folder: Path) -> Trace:
    """What each stage made of a case's file."""
    _, article = result(case, folder)
    assert isinstance(article, Article)
    return shipped_pipeline().run(article)
