"""The report room's door: from a run folder to one file, which appears whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from taizhang.errors import OutputError
from taizhang.report.debug import debug_pages
from taizhang.report.pack import pack
from taizhang.report.page import Language, page
from taizhang.report.retold import retold
from taizhang.rules import RuleSet
from taizhang.run.facts import told
from taizhang.run.folder import DOCUMENTS, RECORDS, REJECTS, RunFolder
from taizhang.run.leftover import is_report
from taizhang.run.whole import whole_rejects
from taizhang.write.beside import REPORT
from taizhang.write.whole import write_whole


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What came of a report; ``size`` in bytes."""

    path: Path
    records: int
    rejects: int
    documents: int
    debug_pages: int
    size: int


def write_report(
    folder: Path, out: Path | None = None, *, language: Language = "", force: bool = False
) -> WrittenReport:
    """Write the report of the run in ``folder`` to ``out``, by default ``report.html`` in the folder.

    Args:
        language: in which the page opens; where empty, in that of the reader's browser.
        force: replace ``out`` even where it is a file that is no report.

    Raises:
        RunFolderError: ``folder`` is no finished run of this version with ``records.jsonl``, or a file in it was
            changed after the run.
        OutputError: ``out`` is a file that is no report, or cannot be written.
    """
    run = RunFolder.open(folder)
    run.file(RECORDS)  # a run that wrote other formats only is told as that
    run.verify((RECORDS, REJECTS, DOCUMENTS))
    target = out or folder / REPORT
    _refuse_foreign(target, force)
    texts, rejects = list(run.texts()), list(whole_rejects(run, RuleSet()))
    debug = debug_pages(folder, texts, rejects, target.parent)
    content = pack(run.manifest, texts, list(run.records()), rejects, debug)
    content["records"] |= retold(content["records"]["id"], told(run))
    html = page(content, language)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, html)
    except OSError as error:
        raise OutputError(f"{target}: expected a file to write to, got {error}") from error
    counts = (len(content["records"]["id"]), len(rejects), len(texts), len(debug))
    return WrittenReport(target, *counts, size=os.path.getsize(target))


def _refuse_foreign(target: Path, force: bool) -> None:
    """A file that a person made must not be lost to a slip of the fingers."""
    if force or not target.exists():
        return
    if not target.is_file():
        raise OutputError(f"{target}: expected a file to write to, got a folder")
    if not is_report(target):
        raise OutputError(
            f"{target}: expected no file or an earlier report, got a file that is no report; "
            "name another with --out, or replace it with --force"
        )
