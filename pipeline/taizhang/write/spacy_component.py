"""The write room's spaCy component: ``nlp.add_pipe("taizhang")`` puts the records of a text on its Doc.

The stages run on ``doc.text`` as they do for ``taizhang.extract``; the tokens of the Doc's own pipeline are not used.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.result import Result
from taizhang.write.exact_json import dumps

KEY = "taizhang"


def _result(doc: Doc) -> Result | None:
    """What the component found in the Doc; None where it has not run.

    It is kept as JSON, because what a Doc carries must go through ``to_bytes`` and ``DocBin``.
    """
    kept = doc.user_data.get(KEY)
    return None if kept is None else Result.model_validate(json.loads(kept, parse_float=Decimal))


Doc.set_extension("taizhang", getter=_result, force=True)
Doc.set_extension("published", default=None, force=True)


class Component:
    """Fills ``doc.spans["taizhang"]`` and ``doc._.taizhang``.

    A span's label is the record's phase, its ``id_`` the record's id and its ``kb_id_`` the place's code. A number
    that begins or ends within a token takes the whole token.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc; ``doc._.published``, an ISO 8601 date, settles its relative times."""
        result = self._pipeline.extract(doc.text, published=doc._.published)
        spans: list[Span] = []
        for record in result.records:
            found = doc.char_span(
                record.span.raw_start,
                record.span.raw_end,
                label=record.phase,
                kb_id=record.place.code,
                span_id=record.id,
                alignment_mode="expand",
            )
            spans += [found] if found is not None else []
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        doc.user_data[KEY] = dumps(result)
        return doc


@Language.factory(
    "taizhang",
    assigns=["doc.spans", "doc._.taizhang"],
    default_config={"rules_dirs": [], "min_confidence": 0.0},
)
def make_component(nlp: Language, name: str, rules_dirs: list[str], min_confidence: float) -> Component:
    """The component with the shipped rules, or also with folders of your own.

    Raises:
        RuleError: a folder is missing, or a rule file does not say what it should.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("taizhang")
    >>> doc = nlp("太原市解决问题614个。")
    >>> [(span.text, span.label_, span.kb_id_) for span in doc.spans["taizhang"]]
    [('614个', 'result', '140100')]
    """
    if rules_dirs or min_confidence:
        return Component(Pipeline([Path(folder) for folder in rules_dirs], min_confidence))
    return Component(shipped_pipeline())
