"""The run room's whole rejections: each with its article and its sentence, which its line does not repeat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from taizhang.errors import RunFolderError
from taizhang.records import CleanText, Rejection
from taizhang.rules import RuleSet
from taizhang.run.folder import REJECTS, RunFolder
from taizhang.segment.boundaries import Boundaries
from taizhang.validate.stage import evidence


def whole_rejects(run: RunFolder, rules: RuleSet) -> Iterator[Rejection]:
    """The rejections that a run kept, in its order, one article in memory at a time.

    Sentences are cut by ``rules``; where the run had other rules they may end elsewhere.

    Raises:
        RunFolderError: a file is missing, or a rejection is of an article that ``documents.jsonl`` has not, or not
            in the same order.
    """
    boundaries = Boundaries.of(rules)
    texts = run.texts()
    for name, rejects in groupby(run.rejects(), key=lambda reject: reject.document.id):
        text = next((text for text in texts if text.document.id == name), None)
        if text is None:
            raise RunFolderError(
                f"{run.path / REJECTS}: expected the articles of documents.jsonl in their order, got {name!r}"
            )
        yield from _whole(text, list(rejects), boundaries)


def _whole(text: CleanText, rejects: list[Rejection], boundaries: Boundaries) -> Iterator[Rejection]:
    layout = boundaries.layout(text.text, title_end(text))
    for reject in rejects:
        span = reject.span
        sentence = evidence(layout, span.start, span.end) if span and span.start < span.end else ""
        yield reject.model_copy(update={"document": text.document, "sentence": sentence})


def title_end(text: CleanText) -> int:
    """Where the title ends that the text begins with; 0 where it begins otherwise. White space is let be.

    >>> from taizhang.records import Document
    >>> title_end(CleanText(document=Document(id="a", title="整改 快讯"), text="整改\\n快讯\\n排查12处。"))
    5
    """
    wanted = "".join((text.document.title or "").split())
    seen = 0
    for offset, character in enumerate(text.text):
        if seen == len(wanted):
            return offset if wanted else 0
        if character.isspace():
            continue
        if character != wanted[seen]:
            return 0
        seen += 1
    return len(text.text) if wanted and seen == len(wanted) else 0
