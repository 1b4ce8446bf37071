"""The evaluate room's work: the files of a run and of gold, document by document, to one score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from taizhang.errors import UnreadableInput
from taizhang.evaluate.counting import score_records, score_rejects
from taizhang.evaluate.lines import Row, read_lines
from taizhang.evaluate.score import Score

REJECTED = "rejected.jsonl"


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
        score_records(score, name, read_lines(path), program[name])
    rejects, gold_rejects = records.with_name("rejects.jsonl"), gold_dir / REJECTED
    if rejects.is_file() and gold_rejects.is_file():
        rejected = _by_document((r for r in read_lines(rejects) if r.get("scope") != "article"), wanted)
        expected = _by_document(read_lines(gold_rejects), wanted)
        for name in wanted:
            score_rejects(score, name, expected[name], rejected[name])
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
