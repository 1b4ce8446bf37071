"""The run room's models from a line: each object becomes its model as soon as it is read, and equal ones become one."""

from __future__ import annotations

from typing import Any

from taizhang.records import Document, Metric, Model, Place, RectificationItem, Rejection, Span
from taizhang.result import Result

_MODELS: dict[tuple[str, ...], type[Model]] = {
    tuple(model.model_fields): model
    for model in (Document, Metric, Place, RectificationItem, Rejection, Result, Span)
}
_SHARED = frozenset({Document, Metric, Place})  # many records of an article have the same


class Revived:
    """Called with each object of a line from the innermost out; a model is told by the names of its fields.

    A tree of a whole line would be larger than the line and the models together. What has no document is of the first.

    >>> revived = Revived()
    >>> fields = {"name": "解决问题", "action": "解决", "object": "问题", "indicator": None}
    >>> revived(fields) is revived(dict(fields)), revived({"metric": "table.column"})
    (True, {'metric': 'table.column'})
    """

    def __init__(self) -> None:
        self._models: dict[tuple[object, ...], Model] = {}
        self._sentence = ""
        self._document: Model | None = None

    def __call__(self, fields: dict[str, Any]) -> object:
        """The model of ``fields``, or ``fields`` as they are where they are those of none."""
        model = _MODELS.get(tuple(fields))
        if model is None:
            return fields
        if model in _SHARED:
            key = (model, *(tuple(v) if isinstance(v, list) else v for v in fields.values()))
            if key not in self._models:
                self._models[key] = model.model_validate(fields)
            if model is Document and self._document is None:
                self._document = self._models[key]
            return self._models[key]
        if "document" in fields and fields["document"] is None:
            fields["document"] = self._document
        if fields.get("sentence") == self._sentence:
            fields["sentence"] = self._sentence
        self._sentence = fields.get("sentence", self._sentence)
        return model.model_validate(fields)
