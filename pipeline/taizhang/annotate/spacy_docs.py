"""The annotate room's spaCy documents: a run's articles with their records as spans, to train on."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup

from taizhang.annotate.articles import articles
from taizhang.errors import OutputError, RunFolderError
from taizhang.records import RectificationItem
from taizhang.run.folder import RunFolder
from taizhang.write.exact_json import dumps
from taizhang.write.spacy_component import KEY
from taizhang.write.whole import UnfinishedFile

DOCS = "docs.spacy"


def write_docs(run: RunFolder, folder: Path) -> int:
    """Write ``docs.spacy``, a ``DocBin`` with a Doc for each article; how many.

    A Doc is the clean text, a token for each character. ``doc.spans["taizhang"]`` holds the records: a span's label
    is the phase, ``id_`` the record's id and ``kb_id_`` the place's code. Where this package is imported,
    ``doc._.taizhang`` is the whole result.

    Raises:
        RunFolderError: the run's files are not those of its manifest.
        OutputError: the folder cannot be written to.
    """
    nlp = spacy.blank("zh")
    made = DocBin(store_user_data=True)
    for text, result in articles(run):
        doc = nlp.make_doc(text)
        doc.spans[KEY] = SpanGroup(
            doc, name=KEY, spans=[_span(doc, run, record) for record in result.records]
        )
        doc.user_data[KEY] = dumps(result)
        made.add(doc)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = UnfinishedFile(folder / DOCS)
        try:
            part.path.write_bytes(made.to_bytes())
            part.commit()
        finally:
            part.abort()
    except OSError as error:
        raise OutputError(f"{folder}: expected a folder to write to, got {error}") from error
    return len(made)


def _span(doc: Doc, run: RunFolder, record: RectificationItem) -> Span:
    found = doc.char_span(
        record.span.start, record.span.end, label=record.phase, kb_id=record.place.code, span_id=record.id
    )
    if found is None:
        raise RunFolderError(
            f"{run.path}: record {record.id}: expected {record.quote!r} to be whole tokens of spaCy's"
        )
    return found
