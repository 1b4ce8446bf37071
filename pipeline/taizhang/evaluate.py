"""Scoring against gold: records aligned in text order, then each field right or wrong."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from taizhang.errors import UnreadableInput
from taizhang.write.resaved_csv import csv_told

Row = Mapping[str, Any]

FIELDS = ("value", "unit", "bound", "kind", "metric", "place", "code", "phase", "time")
REJECTED = "rejected.jsonl"

# What counts as one numeral is part of the measure, so it is fixed here, not a rule that a user may change.
_ARABIC = re.compile(r"[0-9０-９][0-9０-９.．,，]*")
_HAN = re.compile(r"[〇零一二三四五六七八九十百千万亿两半几数]+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall from counts, each between 0 and 1."""

    hits: int
    program: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the program's that is right; 0 where it gave none."""
        return self.hits / self.program if self.program else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 0 where gold has none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.hits / (self.program + self.gold) if self.hits else 0.0


@dataclass(slots=True)
class Score:
    """Counts over all documents together (micro); ``faults`` says, a line each, what was not right."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def rate(self, name: str) -> Rate:
        """``found``, ``quantity`` (value and unit), ``record`` (also metric and code) or ``part_of``."""
        side = "part_of " if name == "part_of" else ""
        return Rate(self.counts[name], self.counts[side + "program"], self.counts[side + "gold"])

    def share(self, name: str) -> float:
        """How many of the aligned pairs have this field right, between 0 and 1."""
        return self.right[name] / self.counts["found"] if self.counts["found"] else 0.0

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded to four places."""
        table: dict[str, Any] = {"documents": self.documents}
        table |= {"gold": self.counts["gold"], "program": self.counts["program"]}
        for name in ("found", "quantity", "record", "part_of"):
            rate = self.rate(name)
            table[name] = {"p": round(rate.precision, 4), "r": round(rate.recall, 4), "f1": round(rate.f1, 4)}
        table["fields"] = {name: round(self.share(name), 4) for name in FIELDS}
        if total := self.counts["rejected gold"]:
            table["rejected"] = {
                "gold": total,
                "share": round(self.counts["rejected"] / total, 4),
                "reason": round(self.counts["rejected reason"] / total, 4),
            }
        return table


def evaluate(gold_dir: Path, records: Path, only: Collection[str] = ()) -> Score:
    """Score a ``records.jsonl`` (and the ``rejects.jsonl`` beside it) against a folder of gold files.

    Args:
        gold_dir: one ``<id>.jsonl`` a document and, if there are any, ``rejected.jsonl`` for the numbers that
            are no records. A document's gold is named by its id, or by the id's part before the first ``_``.
        records: the program's records, a JSON object a line.
        only: ids of gold files to score; empty for all.

    Raises:
        UnreadableInput: a file is missing, a line of it is no JSON object of the expected form, or the run read none
            of the articles that there is gold for.
    """
    files = {p.stem: p for p in sorted(gold_dir.glob("*.jsonl")) if p.name != REJECTED}
    if unknown := sorted(set(only) - set(files)):
        raise UnreadableInput("no-gold", f"{gold_dir}: expected gold for {', '.join(unknown)}, got none")
    wanted = {name: path for name, path in files.items() if not only or name in only}
    if not wanted:
        raise UnreadableInput("no-gold", f"{gold_dir}: expected gold files named <id>.jsonl, got none")
    rows = read_lines(records)
    _refuse_strangers(gold_dir, records, wanted, rows)
    program = _by_document(map(_flat, _part_quotes(rows)), wanted)
    score = Score(documents=len(wanted))
    for name, path in wanted.items():
        _score_records(score, name, read_lines(path), program[name])
    rejects, gold_rejects = records.with_name("rejects.jsonl"), gold_dir / REJECTED
    if rejects.is_file() and gold_rejects.is_file():
        rejected = _by_document((r for r in read_lines(rejects) if r.get("scope") != "article"), wanted)
        expected = _by_document(read_lines(gold_rejects), wanted)
        for name in wanted:
            _score_rejects(score, name, expected[name], rejected[name])
    return score


def _refuse_strangers(gold_dir: Path, records: Path, wanted: Collection[str], rows: Sequence[Row]) -> None:
    """Gold and a run that have no article in common were never meant for each other."""
    beside = records.with_name("documents.jsonl")
    read = [*rows, *(read_lines(beside) if beside.is_file() else ())]
    ids = dict.fromkeys(_document(row) for row in read)
    if read and not any(_gold_name(name, wanted) in wanted for name in ids):
        raise UnreadableInput(
            "no-common-article",
            f"{gold_dir} and {records}: expected an article in both, got none: gold is for {_some(wanted)}, the "
            f"records are of {_some(ids)}",
        )


def _some(names: Collection[str]) -> str:
    shown = list(names)[:3]
    return ", ".join(shown) + (", …" if len(names) > len(shown) else "")


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


def numeral(quote: str) -> str:
    """The numeral of a quote, in half-width and without separators: equal for quotes of the same number.

    >>> numeral("近１，２００户"), numeral("百余名")
    ('1200', '百')
    """
    found = _ARABIC.search(quote) or _HAN.search(quote)
    return (found.group() if found else quote).translate(_HALF_WIDTH).rstrip(".")


def align(
    gold: Sequence[Row], program: Sequence[Row], agreement: Callable[[Row, Row], int]
) -> list[tuple[int, int]]:
    """Pairs of indices, in order in both, of rows that quote the same numeral.

    As many pairs as there can be; among those, the pairs with the highest sum of ``agreement``.
    """
    keys = [numeral(row.get("quote") or "") for row in gold]
    others = [numeral(row.get("quote") or "") for row in program]
    # best[i][j]: pairs and agreement that gold[i:] and program[j:] can reach, and the first step to it.
    best = [[(0, 0, "")] * (len(others) + 1) for _ in range(len(keys) + 1)]
    for i in reversed(range(len(keys))):
        for j in reversed(range(len(others))):
            steps = [(*best[i + 1][j][:2], "gold"), (*best[i][j + 1][:2], "program")]
            if keys[i] == others[j]:
                pairs, sum_, _ = best[i + 1][j + 1]
                steps.append((pairs + 1, sum_ + agreement(gold[i], program[j]), "pair"))
            best[i][j] = max(steps, key=lambda step: step[:2])
    aligned = []
    i = j = 0
    while i < len(keys) and j < len(others):
        step = best[i][j][2]
        if step == "pair":
            aligned.append((i, j))
        i += step != "program"
        j += step != "gold"
    return aligned


def right(name: str, gold: Row, program: Row) -> bool:
    """Whether the program's record has this field right; where gold has ``also``, a second annotator's is too."""
    if name == "metric":
        metric = program.get("metric") or ""
        heads = ([head] if isinstance(head, str) else head for head in gold["heads"])
        short = len(metric) <= len(gold["metric"]) * 1.5 + 4
        return short and all(any(word in metric for word in equals) for equals in heads)
    if name == "value":
        return all(_decimal(gold.get(f)) == _decimal(program.get(f)) for f in ("value", "value_max"))
    readings = [gold.get(name), *(gold.get("also") or {}).get(name, [])]
    return _plain(name, program.get(name)) in {_plain(name, reading) for reading in readings}


def _plain(name: str, value: object) -> str:
    text = str(value or "")
    return text.replace("％", "%") if name == "unit" else text


def _decimal(value: object) -> Decimal | str | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return str(value)


def _fields_right(gold: Row, program: Row) -> int:
    return sum(right(name, gold, program) for name in FIELDS)


def _flat(row: Row) -> Row:
    """A record of the program as flat as gold is."""
    place, metric = row.get("place") or {}, row.get("metric") or {}
    return {
        **row,
        "place": place.get("name"),
        "code": (place.get("code") or "")[:6],
        "metric": metric.get("name"),
    }


def _part_quotes(rows: Sequence[Row]) -> Iterator[Row]:
    """The program's records with, in ``part_of``, the quote of the total, as gold has it."""
    quotes = {row.get("id"): row.get("quote") for row in rows}
    return (
        {**row, "part_of": quotes.get(row.get("part_of")) if row.get("part_of") else None} for row in rows
    )


def _by_document(rows: Iterator[Row] | Sequence[Row], names: Collection[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_gold_name(_document(row), names)].append(row)
    return grouped


def _document(row: Row) -> str:
    """The id of the document that a row is of."""
    document = row.get("document") or row.get("doc") or ""
    return str(document.get("id") if isinstance(document, dict) else document)


def _gold_name(document: str, names: Collection[str]) -> str:
    """What the gold of a document is named by."""
    return document if document in names else document.partition("_")[0]


def _score_records(score: Score, name: str, gold: Sequence[Row], program: Sequence[Row]) -> None:
    pairs = align(gold, program, _fields_right)
    score.counts.update(gold=len(gold), program=len(program), found=len(pairs))
    for rows, side in ((gold, "part_of gold"), (program, "part_of program")):
        score.counts[side] += sum(bool(row.get("part_of")) for row in rows)
    for i, j in pairs:
        expected, got = gold[i], program[j]
        fields = {f for f in FIELDS if right(f, expected, got)}
        score.right.update(fields)
        score.counts["quantity"] += fields >= {"value", "unit"}
        score.counts["record"] += fields >= {"value", "unit", "metric", "code"}
        if expected.get("part_of") and got.get("part_of"):
            score.counts["part_of"] += numeral(expected["part_of"]) == numeral(got["part_of"])
        score.faults += [
            f"{name} {expected['quote']}  {f}: gold {_shown(expected, f)}  program {got.get(f)!r}"
            for f in FIELDS
            if f not in fields
        ]
    found, made = {i for i, _ in pairs}, {j for _, j in pairs}
    score.faults += [
        f"{name} missed {r['quote']} {r['metric']}" for i, r in enumerate(gold) if i not in found
    ]
    score.faults += [
        f"{name} extra {r.get('quote')} {r.get('metric')}" for j, r in enumerate(program) if j not in made
    ]


def _score_rejects(score: Score, name: str, gold: Sequence[Row], program: Sequence[Row]) -> None:
    pairs = align(gold, program, lambda g, p: int(g.get("reason") == p.get("reason")))
    score.counts.update({"rejected gold": len(gold), "rejected": len(pairs)})
    for i, j in pairs:
        expected, got = gold[i], program[j]
        same = expected.get("reason") == got.get("reason")
        score.counts["rejected reason"] += same
        if not same:
            reasons = f"gold {expected.get('reason')}  program {got.get('reason')}"
            score.faults.append(f"{name} {expected['quote']}  rejected: {reasons}")
    found = {i for i, _ in pairs}
    score.faults += [
        f"{name} {r['quote']}  not rejected: gold {r['reason']}" for i, r in enumerate(gold) if i not in found
    ]


def _shown(gold: Row, name: str) -> str:
    heads = f" heads {gold['heads']}" if name == "metric" else ""
    return f"{gold.get(name)!r}{heads}"
