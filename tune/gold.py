"""Articles with gold (a folder ``text/``, ``gold/``, ``meta.json``), run through the program and aligned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.evaluate import FIELDS, Row, align, right
from taizhang.extract.candidates import Candidate
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.stages import Trace, run_stages


class Read(NamedTuple):
    """One article: its id (``set/id``), what the stages gave, its gold, and which candidate is which gold record."""

    id: str
    trace: Trace
    gold: list[dict[str, Any]]
    pairs: list[tuple[int, int]]  # gold, candidate


def articles(folder: Path, rules: RuleSet, ids: set[str] | None = None) -> Iterator[Read]:
    """The articles of a folder in the order of its ``meta.json`` (or of its text files), run and aligned."""
    for name, published in _listed(folder):
        if ids is not None and name not in ids:
            continue
        path = next(iter(sorted((folder / "text").glob(f"{name}*.txt"))))
        title, _, body = path.read_text(encoding="utf-8").strip().partition("\n")
        source = f"{title}\n{body or title}" if body else title
        document = Document(id=name, title=title, published=published)
        trace = run_stages(Article(document, Aligned.whole(source), source, len(title)), rules)
        lines = (folder / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        gold = [json.loads(line) for line in lines if line.strip()]
        program = [flat(c) for c in trace.extraction.candidates]
        yield Read(f"{folder.name}/{name}", trace, gold, align(gold, program, _agreement))


def flat(candidate: Candidate) -> Row:
    """A candidate as flat as gold is."""
    quantity = candidate.quantity
    own = {name: getattr(quantity, name) for name in ("quote", "value", "value_max", "unit", "bound", "kind")}
    place = {"place": candidate.place.name, "code": candidate.place.code[:6]}
    return {**own, **place, "metric": candidate.metric.name, "phase": candidate.phase, "time": candidate.time}


def _agreement(gold: Row, program: Row) -> int:
    return sum(right(name, gold, program) for name in FIELDS)


def _listed(folder: Path) -> list[tuple[str, str | None]]:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return [(entry["id"], entry.get("published")) for entry in meta]
