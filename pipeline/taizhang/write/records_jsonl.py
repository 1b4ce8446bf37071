"""The write room's JSON Lines: records, rejects and clean texts, one object a line, fields in the model's order."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.records import CleanText, Result
from taizhang.write.exact_json import dumps
from taizhang.write.format import Format
from taizhang.write.text import text_writer


def record_lines(result: Result) -> Iterator[str]:
    """The lines of ``records.jsonl`` that one article gives."""
    return (dumps(record) + "\n" for record in result.records)


def reject_lines(result: Result) -> Iterator[str]:
    """The lines of ``rejects.jsonl`` that one article gives."""
    return (dumps(reject) + "\n" for reject in result.rejects)


def document_lines(result: Result) -> Iterator[str]:
    """The line of ``documents.jsonl`` that one article gives: without it, spans would count in nothing."""
    yield dumps(CleanText(document=result.document, text=result.text)) + "\n"


JSONL = Format("jsonl", "records.jsonl", text_writer(record_lines))
REJECTS = Format("rejects", "rejects.jsonl", text_writer(reject_lines))
DOCUMENTS = Format("documents", "documents.jsonl", text_writer(document_lines))
