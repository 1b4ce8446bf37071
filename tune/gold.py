"""Articles with gold run through the program and aligned, and what each of their quantities teaches."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.evaluate import FIELDS, Row, align, right
from taizhang.extract.candidates import Candidate
from taizhang.read import read_file
from taizhang.records import Document
from taizhang.rules import RuleSet
from taizhang.stages import Trace, run_stages
from tune.marked import marked

WRITTEN = "2024-06-01"  # the day of our own sentences, as in the tests
PARTIAL = "partial"  # marks gold that does not say all fields
OWN = "own"  # marks gold of articles of our own
SENTENCE = "sentence"  # marks gold of sentences of our own
SEED = 3.0  # weight of what the five articles that the project exists for teach of metric, phase and time


class Read(NamedTuple):
    """One article: its id (``set/id``), what the stages gave, its gold, and which candidate is which gold record."""

    id: str
    trace: Trace
    gold: list[dict[str, Any]]
    pairs: list[tuple[int, int]]  # gold, candidate

    def has(self, mark: str) -> bool:
        """Whether its gold bears a mark: ``OWN``, ``SENTENCE``."""
        return any(row.get(mark) for row in self.gold)


def articles(folder: Path, rules: RuleSet, ids: Collection[str] | None = None) -> Iterator[Read]:
    """The articles of a folder with ``text/``, ``gold/`` and ``meta.json``, of one of our own, or of the project.

    A folder of our own holds articles with their gold in the text (``tune.marked``), the project ``seeds/``.
    """
    if any(folder.glob("*.txt")) and not (folder / "seeds").is_dir():
        yield from _own(folder, rules, ids)
        return
    # The seeds have no name of their own, whatever the project's folder is called.
    group = folder.name if (folder / "meta.json").is_file() else ""
    for name, article, gold_file in _listed(folder, rules):
        if ids is None or name in ids:
            lines = gold_file.read_text(encoding="utf-8").splitlines()
            yield _read(
                f"{group}/{name}", article, [json.loads(line) for line in lines if line.strip()], rules
            )


def is_seed(read: Read) -> bool:
    """Whether an article is one of the five that the project exists for: ``seeds/`` of the folder ``.``."""
    return read.id.startswith("/")


def prose(read: Read) -> Read:
    """The article without the quantities of its tables, whose fields are not chosen among offers."""
    extraction = read.trace.extraction
    kept = [j for j, candidate in enumerate(extraction.candidates) if candidate.choices]
    if len(kept) == len(extraction.candidates):
        return read
    left = replace(extraction, candidates=tuple(extraction.candidates[j] for j in kept))
    trace = replace(read.trace, given={**read.trace.given, "extract": left})
    at = {j: place for place, j in enumerate(kept)}
    return read._replace(trace=trace, pairs=[(i, at[j]) for i, j in read.pairs if j in at])


def says_all(read: Read) -> bool:
    """Whether gold has a record for each figure of an article that is to have one, with all of its fields."""
    return bool(read.gold) and not any(row.get(PARTIAL) for row in read.gold)


def _own(folder: Path, rules: RuleSet, ids: Collection[str] | None) -> Iterator[Read]:
    for path in sorted(folder.glob("*.txt")):
        if ids is None or path.stem in ids:
            published, text, gold = marked(path)
            title = text.partition("\n")[0]
            document = Document(id=path.stem, title=title, published=published)
            gold = [row | {PARTIAL: True, OWN: True} for row in gold]
            article = Article(document, Aligned.whole(text), text, len(title))
            yield _read(f"{folder.name}/{path.stem}", article, gold, rules)


def sentences(folder: Path, rules: RuleSet) -> Iterator[Read]:
    """Our own sentences with what is right of each quantity (TOML tables of cases), as articles of one sentence."""
    for path in sorted(folder.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            document = Document(id=str(number), published=WRITTEN)
            gold = [_row(quantity) for quantity in case["quantities"]]
            yield _read(f"{path.stem}/{number}", Article.of(case["text"], document), gold, rules)


def _row(quantity: dict[str, Any]) -> dict[str, Any]:
    first, *rest = [quantity["phase"]] if isinstance(quantity["phase"], str) else quantity["phase"]
    return {**quantity, "phase": first, "also": {"phase": rest}, PARTIAL: True, SENTENCE: True}


def _read(id: str, article: Article, gold: list[dict[str, Any]], rules: RuleSet) -> Read:
    trace = run_stages(article, rules)
    program = [flat(c) for c in trace.extraction.candidates]
    if all("start" in row for row in gold):  # gold of some of the quantities, by where they begin
        gold = [row | {PARTIAL: True} for row in gold]
        begin = {row["start"]: i for i, row in enumerate(program)}
        return Read(
            id, trace, gold, [(i, begin[r["start"]]) for i, r in enumerate(gold) if r["start"] in begin]
        )
    return Read(id, trace, gold, align(gold, program, _agreement))


def judged(row: Row, field: str) -> bool:
    """Whether gold says a field of a quantity: what is not partial says all."""
    return field in row or not row.get(PARTIAL)


def _listed(folder: Path, rules: RuleSet) -> Iterator[tuple[str, Article, Path]]:
    if not (folder / "meta.json").is_file():
        for path in sorted((folder / "seeds").glob("*.txt")):
            name = path.name[:3]
            for found in read_file(path, rules):
                if isinstance(found, Article):
                    yield name, found, folder / "tests" / "gold" / f"{name}.jsonl"
        return
    for entry in json.loads((folder / "meta.json").read_text(encoding="utf-8")):
        name = entry["id"]
        for found in read_file(folder / "text" / f"{name}.txt", rules):
            if isinstance(found, Article):
                document = found.document.model_copy(update={"published": entry.get("published")})
                yield name, replace(found, document=document), folder / "gold" / f"{name}.jsonl"


def flat(candidate: Candidate) -> Row:
    """A candidate as flat as gold is."""
    quantity = candidate.quantity
    named = ("start", "quote", "value", "value_max", "unit", "bound", "kind")
    own = {name: getattr(quantity, name) for name in named}
    place = {"place": candidate.place.name, "code": candidate.place.code[:6]}
    return {**own, **place, "metric": candidate.metric.name, "phase": candidate.phase, "time": candidate.time}


def _agreement(gold: Row, program: Row) -> int:
    return sum(right(name, gold, program) for name in FIELDS)
