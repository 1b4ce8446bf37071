"""The write room's JSON Lines: records, rejects and clean texts, one object a line, fields in the model's order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Literal

from taizhang.records import CleanText, Rejection
from taizhang.result import Continued, Result
from taizhang.write.exact_json import dumps
from taizhang.write.fields import values
from taizhang.write.format import Format
from taizhang.write.text import text_writer


def record_lines(result: Result) -> Iterator[str]:
    """The lines of ``records.jsonl`` that one article gives."""
    return (dumps(record) + "\n" for record in result.records)


#: Which rejected numbers stand in ``rejects.jsonl``; the manifest has the counts of all of them.
Kept = Literal["all", "important", "counts"]


def is_kept(reject: Rejection, kept: Kept) -> bool:
    """Whether a rejection has a line; that of a whole article always has."""
    if kept == "all" or reject.scope == "article":
        return True
    known = values()["reason"].get(reject.reason)
    return kept == "important" and (known is None or known.weight == "important")


def reject_line(reject: Rejection) -> dict[str, Any]:
    """A rejection as its line has it.

    Of a number's article there is the id alone, and no sentence: both stand once in ``documents.jsonl``.
    """
    if reject.scope == "article":
        return reject.model_dump()
    left_out = {"sentence"} if reject.detail else {"sentence", "detail"}
    return reject.model_dump(exclude=left_out) | {"document": {"id": reject.document.id}}


def reject_lines(kept: Kept, result: Result) -> Iterator[str]:
    """The lines of ``rejects.jsonl`` that one article gives."""
    return (dumps(reject_line(reject)) + "\n" for reject in result.rejects if is_kept(reject, kept))


def document_lines(result: Result) -> Iterator[str]:
    """The line of ``documents.jsonl`` that one article gives: without it, spans would count in nothing."""
    if not isinstance(result, Continued):
        yield dumps(CleanText(document=result.document, text=result.text)) + "\n"


def rejects(kept: Kept) -> Format:
    """The format of ``rejects.jsonl`` with some of the numbers in it."""
    return Format("rejects", "rejects.jsonl", text_writer(partial(reject_lines, kept)))


JSONL = Format("jsonl", "records.jsonl", text_writer(record_lines))
REJECTS = rejects("all")
DOCUMENTS = Format("documents", "documents.jsonl", text_writer(document_lines))
