"""The merge room's loop: a run folder's records become facts, written beside them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from taizhang.errors import OutputError
from taizhang.merge.cluster import Clusters, FactTraits
from taizhang.merge.facts import Conflict, Fact, FactRecord, assemble, fact_id, read_fact
from taizhang.merge.files import FactFormat, FactWriter
from taizhang.merge.links import ToldTable, database_faults
from taizhang.merge.part import RecordLines
from taizhang.merge.parts import read_parts
from taizhang.merge.shapes import MERGE, MergeRules
from taizhang.rules import RuleSet
from taizhang.run.folder import RECORDS, RunFolder
from taizhang.run.lock import locked
from taizhang.write.beside import MERGED
from taizhang.write.exact_json import dumps
from taizhang.write.manifest import digests, versions
from taizhang.write.whole import write_whole

CONFLICTS = Path(__file__).with_name("conflicts.sql")
# The records of each fact that has several, and those of them that are not its first, in the order of the run.
_TELLINGS = """
    SELECT fact, told.part, told.line_at, told.confidence, rank, linked.id
    FROM assigned JOIN told USING (number) LEFT JOIN told AS linked ON linked.number = assigned.other
    WHERE fact IN (SELECT fact FROM assigned WHERE number <> fact)
    ORDER BY fact, number
"""
_LATER = "SELECT number FROM assigned WHERE number <> fact ORDER BY number"
_COPYING = {"record", "sentence", "passage"}


@dataclass(slots=True)
class Merged:
    """What a merge came to.

    Attributes:
        shared: facts that more than one document tells.
        conflicting: facts that another one contradicts.
        links: for each rule, how many records it brought into a fact.
    """

    records: int = 0
    documents: int = 0
    facts: int = 0
    shared: int = 0
    conflicting: int = 0
    links: Counter[str] = field(default_factory=Counter)

    def add(self, fact: Fact | bytes) -> None:
        """Count one fact; one of one record may be given as its line."""
        self.facts += 1
        if isinstance(fact, bytes):
            self.records += 1
            return
        self.records += fact.records
        self.shared += fact.documents > 1
        self.conflicting += bool(fact.conflicts)
        self.links.update(source.rule for source in fact.sources if source.rule)

    def as_json(self) -> dict[str, object]:
        """The counts, in an order that does not depend on the run."""
        names = ("records", "documents", "facts", "shared", "conflicting")
        return {name: getattr(self, name) for name in names} | {"links": dict(sorted(self.links.items()))}


def merge(folder: RunFolder, rules: RuleSet, formats: Sequence[FactFormat], *, force: bool = False) -> Merged:
    """Write the facts that the records of ``folder`` tell into that folder.

    Args:
        formats: of the facts; ``merge.json`` always comes.
        force: overwrite files that no merge has written.

    Raises:
        RunFolderError: ``records.jsonl`` is missing, or is not the one of the manifest.
        OutputError: a library is missing, a file is there that no merge has written, or one cannot be written.
    """
    folder.verify([RECORDS])
    names = [name for format_ in formats for name in format_.filenames]
    try:
        with locked(folder.path), database_faults(folder.path), ExitStack() as cleanup:
            last = _last_merge(folder.path)
            if not force:
                _refuse_foreign(folder.path, last, names)
            scratch = Path(cleanup.enter_context(TemporaryDirectory(prefix="taizhang-merge-")))
            known = rules.load(MERGE, MergeRules)
            told = ToldTable(known, scratch)
            cleanup.callback(told.close)
            writers = _opened(formats, folder.path, cleanup)
            parts = read_parts(folder.file(RECORDS), rules, scratch)
            told.load(parts)
            ((documents,),) = told.rows("SELECT count(DISTINCT document) FROM told")
            merged = Merged(documents=documents)
            for fact in _facts(told, known, parts):
                merged.add(fact)
                _write(fact, writers)
            for writer in writers:
                writer.commit()
            _write_manifest(folder, rules, merged, names, last)
    except OSError as error:
        raise OutputError(f"{folder.path}: expected a folder to write to, got {error}") from error
    return merged


def _opened(formats: Sequence[FactFormat], folder: Path, cleanup: ExitStack) -> list[FactWriter]:
    """A writer for each format; ``cleanup`` throws away what is not committed when it closes."""
    writers = []
    for format_ in formats:
        writers.append(format_.open([folder / name for name in format_.filenames]))
        cleanup.callback(writers[-1].abort)
    return writers


def _write(fact: Fact | bytes, writers: Sequence[FactWriter]) -> None:
    for writer in writers:
        if isinstance(fact, bytes):
            writer.write_line(fact)
        else:
            writer.write(fact)


def _facts(told: ToldTable, known: MergeRules, parts: Sequence[RecordLines]) -> Iterator[Fact | bytes]:
    """The facts in the order of the run; one of one record that nothing contradicts is its line as it is written."""
    links = list(told.link())
    stances = told.rows(
        f"SELECT number, {', '.join(FactTraits._fields)} FROM told "
        "WHERE number IN (SELECT a FROM link UNION SELECT b FROM link)"
    )
    clusters = Clusters({number: FactTraits(*stance) for number, *stance in stances})
    clusters.join(links, frozenset(rank for rank, rule in enumerate(known.link) if rule.by in _COPYING))
    _assign(told, clusters)
    names = [rule.id for rule in known.link]
    with ExitStack() as cleanup:
        lines = [cleanup.enter_context(Path(part.lines).open("rb")) for part in parts]
        conflicts = _conflicts(told, known, lines)
        groups = groupby(told.rows(_TELLINGS), key=lambda row: row[0])
        waiting = next(groups, None)
        following = told.rows(_LATER)
        later = next(following, (0,))[0]
        for number, line in enumerate(_all_lines(parts), 1):
            if waiting and waiting[0] == number:
                tellings = [
                    FactRecord(
                        _alone(lines, part, at),
                        confidence,
                        "" if rank is None else names[rank],
                        other or "",
                    )
                    for _, part, at, confidence, rank, other in waiting[1]
                ]
                yield assemble(tellings, conflicts.get(number, ()))
                waiting = next(groups, None)
            elif number == later:
                later = next(following, (0,))[0]
            elif number in conflicts:
                yield assemble([FactRecord(read_fact(line), 0.0, "", "")], conflicts[number])
            else:
                yield line


def _all_lines(parts: Sequence[RecordLines]) -> Iterator[bytes]:
    for part in parts:
        with Path(part.lines).open("rb") as lines:
            yield from lines


def _alone(lines: Sequence[BinaryIO], part: int, at: int) -> dict[str, Any]:
    """What one record tells alone."""
    lines[part].seek(at)
    return read_fact(lines[part].readline())


def _assign(told: ToldTable, clusters: Clusters) -> None:
    """Note in the database which fact each linked record tells, and by which link."""
    why = {number: (rank, other) for number, rank, other in clusters.origins()}
    numbers = sorted(clusters.numbers())
    reasons = [why.get(number, (None, None)) for number in numbers]
    told.database.execute("CREATE TABLE assigned (number INTEGER, fact INTEGER, rank INTEGER, other INTEGER)")
    told.insert(
        "assigned",
        {
            "number": numbers,
            "fact": [clusters.fact(number) for number in numbers],
            "rank": [rank for rank, _ in reasons],
            "other": [other for _, other in reasons],
        },
    )


def _conflicts(told: ToldTable, known: MergeRules, lines: Sequence[BinaryIO]) -> dict[int, list[Conflict]]:
    """For each fact those that contradict it, in the order of the run."""
    told.database.execute(CONFLICTS.read_text("utf-8"))
    by = {rule.by: rule.id for rule in known.conflict}
    found: dict[int, list[Conflict]] = defaultdict(list)
    query = """
        SELECT a, rule, first.id, telling.part, telling.line_at
        FROM conflict JOIN told AS first ON first.number = b JOIN told AS telling ON telling.number = conflict.number
        ORDER BY a, b
    """
    for fact, rule, other, part, at in told.rows(query):
        said = _alone(lines, part, at)
        found[fact].append(
            Conflict(
                fact=fact_id(other),
                value=said["value"],
                unit=said["unit"],
                quote=said["quote"],
                document=said["sources"][0]["document"],
                rule=by[rule],
            )
        )
    return found


def _last_merge(folder: Path) -> dict[str, Any]:
    """``merge.json`` of the last merge, with the files of it that are still as it wrote them."""
    try:
        last: dict[str, Any] = json.loads((folder / MERGED).read_bytes())
        written = {name: digest for name, digest in last["outputs"].items() if (folder / name).is_file()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    there = digests(folder / name for name in written)
    return last | {"outputs": {name: digest for name, digest in written.items() if there[name] == digest}}


def _refuse_foreign(folder: Path, last: dict[str, Any], names: Sequence[str]) -> None:
    """A file that is not the one that the last merge wrote is somebody's own.

    Raises:
        OutputError: names the file.
    """
    for name in (*names, MERGED):
        ours = last if name == MERGED else name in last.get("outputs", ())
        if (folder / name).exists() and not ours:
            raise OutputError(
                f"{folder / name}: expected no file, or the one that the last merge wrote, got another; "
                "--force replaces it"
            )


def _write_manifest(
    folder: RunFolder, rules: RuleSet, merged: Merged, names: Sequence[str], last: dict[str, Any]
) -> None:
    """Write ``merge.json``; what the last merge wrote in other formats stays if it is of the same records and rules."""
    basis = {"records": folder.manifest.outputs[RECORDS], "ruleset": rules.hash, **versions()}
    outputs = digests(folder.path / name for name in names)
    same = all(last.get(key) == value for key, value in basis.items())
    for name, digest in last.get("outputs", {}).items():
        if same:
            outputs.setdefault(name, digest)
        elif name not in outputs:
            (folder.path / name).unlink()
    content = {"counts": merged.as_json(), "outputs": dict(sorted(outputs.items())), **basis}
    lines = ",\n".join(f"{dumps(key)}: {dumps(value)}" for key, value in content.items())
    write_whole(folder.path / MERGED, "{\n" + lines + "\n}\n")
