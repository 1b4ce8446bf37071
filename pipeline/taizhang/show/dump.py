"""The show room's stage dumps: a folder per article, a JSON file per stage, and a page that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from taizhang.article import Table
from taizhang.segment.layout import LayoutUnit, Section
from taizhang.show.page import page
from taizhang.write.exact_json import dumps
from taizhang.write.whole import write_whole

if TYPE_CHECKING:
    from taizhang.stages import Trace

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 80  # characters of an id in a folder's name; file systems allow 255 bytes


class Dumper:
    """Writes the dumps of the articles of one run, each into a folder of its own under ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = FolderNames()

    def dump(self, trace: Trace) -> Path:
        """Write ``1-clean.json`` … ``4-validate.json`` and ``index.html``; gives their folder.

        Raises:
            OSError: the folder or a file in it cannot be written.
        """
        folder = self._root / self._names.of(trace.result.document.id)
        folder.mkdir(parents=True, exist_ok=True)
        for name, stage in stages(trace).items():
            write_whole(folder / name, indented(stage))
        write_whole(folder / "index.html", page(trace))
        return folder


class FolderNames:
    """Which folder each article's dumps are in, asked in the order of the run."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, document_id: str) -> str:
        """The id as a folder name that is safe everywhere; articles of one id are told apart by a number."""
        base = _UNSAFE.sub("_", document_id)[:_LONGEST].strip("._") or "article"
        name, copy = base, 1
        while name.casefold() in self._taken:
            copy += 1
            name = f"{base}-{copy}"
        self._taken.add(name.casefold())
        return name


def stages(trace: Trace) -> dict[str, dict[str, object]]:
    """What each stage made of the article, as plain values by file name."""
    return {
        "1-clean.json": _clean(trace),
        "2-segment.json": _segment(trace),
        "3-extract.json": _extract(trace),
        "4-validate.json": _validate(trace),
    }


def indented(stage: dict[str, object]) -> str:
    """One key a line, and one item of a list a line: made to be read and to be compared line by line."""
    lines = []
    for key, value in stage.items():
        if isinstance(value, list) and value:
            items = ",\n".join("    " + dumps(item) for item in value)
            lines.append(f"  {dumps(key)}: [\n{items}\n  ]")
        else:
            lines.append(f"  {dumps(key)}: {dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _clean(trace: Trace) -> dict[str, object]:
    cleaned = trace.cleaned
    return {
        "document": cleaned.document,
        "text": cleaned.text,
        "title_end": cleaned.title_end,
        "fixes": _plain(cleaned.fixes),
        "uncertain": _spans(cleaned.text, cleaned.uncertain),
        "boilerplate": _spans(cleaned.text, cleaned.boilerplate),
        "alignment": [list(piece) for piece in cleaned.aligned.pieces],
        "raw": cleaned.raw,
    }


def _segment(trace: Trace) -> dict[str, object]:
    layout = trace.extraction.layout
    levels: dict[str, Iterable[LayoutUnit | Section]] = {
        "sections": layout.sections,
        "paragraphs": layout.paragraphs,
        "sentences": layout.sentences,
        "clauses": layout.clauses,
    }
    title = {"start": layout.title.start, "end": layout.title.end}
    made: dict[str, object] = {"title": title} | {
        name: [{**unit._asdict(), "text": layout.text[unit.start : unit.end]} for unit in units]
        for name, units in levels.items()
    }
    made["headings"] = [{**h._asdict(), "text": layout.text[h.start : h.end]} for h in layout.headings]
    made["tables"] = [_table(layout.text, table) for table in layout.tables]
    return made


def _table(text: str, table: Table) -> dict[str, object]:
    cells = [{**cell._asdict(), "text": text[cell.start : cell.end]} for cell in table.cells]
    return {"start": table.start, "end": table.end, "name": table.name, "cells": cells}


def _extract(trace: Trace) -> dict[str, object]:
    extraction = trace.extraction
    exclusions = [
        {**e._asdict(), "quote": trace.cleaned.text[e.start : e.end]} for e in extraction.exclusions
    ]
    return {
        "candidates": _plain(extraction.candidates),
        "exclusions": exclusions,
        "dates": _plain(extraction.dates),
        "places": _plain(extraction.places),
    }


def _validate(trace: Trace) -> dict[str, object]:
    return {"records": _plain(trace.result.records), "rejects": _plain(trace.result.rejects)}


def _spans(text: str, spans: Iterable[tuple[int, int]]) -> list[dict[str, object]]:
    return [{"start": start, "end": end, "text": text[start:end]} for start, end in spans]


def _plain(items: Iterable[object]) -> list[object]:
    """Models and dataclasses as dictionaries; the models inside are left to ``dumps``."""
    plain: list[object] = []
    for item in items:
        if is_dataclass(item) and not isinstance(item, type):
            plain.append(asdict(item))
        elif isinstance(item, BaseModel):
            plain.append(item.model_dump())
        else:
            plain.append(item)
    return plain
