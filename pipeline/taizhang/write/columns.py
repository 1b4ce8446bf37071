"""The write room's columns: a record as one flat row, the same in every format that has rows.

Nested names are joined by ``_`` (``place_code``). The columns come from the record types, so a field added there is
a column everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from taizhang.records import Document, RectificationItem, Rejection

Type = Literal["text", "integer", "number", "decimal", "list", "map"]

_TYPES: dict[Any, Type] = {
    str: "text",
    int: "integer",
    float: "number",
    Decimal: "decimal",
    tuple: "list",
    dict: "map",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, where its value stands in the record, and what values it takes.

    Attributes:
        path: the names of the fields that lead to the value; empty for a column that the record has not.
        allowed: all values that a text may have, where the record type names them.
        owner: name of the model that has the field, which with the field's own name is the key of its titles.
    """

    name: str
    path: tuple[str, ...]
    type: Type
    nullable: bool
    allowed: tuple[str, ...]
    owner: str

    @property
    def field(self) -> str:
        """The field's own name within its owner."""
        return self.path[-1] if self.path else self.name

    def of(self, model: BaseModel) -> Any:
        """The column's value for one record; None where it, or what it stands in, is None.

        >>> [c.of(Document(id="a", title="标题")) for c in DOCUMENT_COLUMNS[:3]]
        ['a', '标题', None]
        """
        value: Any = model
        for name in self.path:
            if value is None:
                return None
            value = getattr(value, name)
        return value


def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of one record type, in the order of its fields."""
    return tuple(_columns(model, (), nullable=False))


def _columns(model: type[BaseModel], path: tuple[str, ...], *, nullable: bool) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        bare, optional = _bare(field.annotation)
        inner = (*path, name)
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            yield from _columns(bare, inner, nullable=nullable or optional)
            continue
        allowed = get_args(bare) if get_origin(bare) is Literal else ()
        kind = _TYPES[str if allowed else get_origin(bare) or bare]
        yield Column("_".join(inner), inner, kind, nullable or optional, allowed, model.__name__)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """A field's type without ``Annotated`` and without ``None``, and whether it had the latter."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        (one,) = (part for part in get_args(annotation) if part is not NoneType)
        return _bare(one)[0], True
    return annotation, False


def values_of(columns: tuple[Column, ...]) -> Callable[[BaseModel], tuple[Any, ...]]:
    """A function that gives all values of one record in the order of ``columns``, none of which may be optional within.

    It does what ``Column.of`` does for each, in one step of the interpreter.
    """
    return attrgetter(*(".".join(column.path) for column in columns))


RECORD_COLUMNS = columns_of(RectificationItem)
REJECT_COLUMNS = columns_of(Rejection)

# What a person reads first: the short name of a column, and the column's own.
_SHORT = {
    "place": "place_name",
    "metric": "metric_name",
    "value": "value",
    "unit": "unit",
    "bound": "bound",
    "phase": "phase",
    "time": "time",
    "sentence": "sentence",
    "title": "document_title",
    "url": "document_url",
    "id": "id",
}
_BY_NAME = {column.name: column for column in RECORD_COLUMNS}
#: The columns of a spreadsheet unless all are asked for.
SHORT_COLUMNS = tuple(replace(_BY_NAME[own], name=short) for short, own in _SHORT.items())
DOCUMENT_COLUMNS = columns_of(Document)


def utf8(text: str) -> str:
    r"""``text`` with what UTF-8 cannot hold (half of a surrogate pair) as its escape, as in the text formats.

    >>> utf8("3户\ud83d")
    '3户\\ud83d'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def digits(value: Decimal | None) -> str | None:
    """Every digit of a number, without an exponent.

    >>> digits(Decimal("1.5E+4")), digits(Decimal("0.10")), digits(None)
    ('15000', '0.10', None)
    """
    return None if value is None else format(value, "f")
