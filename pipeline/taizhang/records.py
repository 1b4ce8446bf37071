"""The typed records: what goes into the pipeline and what comes out of it. Field meanings: the README's table."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Bound = Literal["exact", "about", "over", "under", "range"]
Kind = Literal["count", "money", "ratio", "length", "area", "volume", "weight", "duration", "rate", "score"]
Phase = Literal["problem", "target", "measure", "result", "effect", "context"]
How = Literal["sentence", "heading", "carried", "deixis", "agency", "title", "document", "given", ""]
Dating = Literal["field", "page", "text", "mail", "given", "path", "properties"]
Level = Literal["nation", "province", "city", "county", "township", ""]


def plain_number(value: Decimal) -> int | float:
    """A Decimal as the JSON number with the same digits: whole numbers as int, the rest as the nearest float.

    Writers that must keep every digit write the Decimal themselves; pydantic's own JSON goes through here.
    """
    return int(value) if value == value.to_integral_value() else float(value)


Exact = Annotated[Decimal, PlainSerializer(plain_number, when_used="json")]


class Model(BaseModel):
    """What all records share: no unknown fields, no change after creation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_post_init(self, context: Any, /) -> None:
        """Share with all that were given the same fields the set of their names, which is larger than the values."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))

    @classmethod
    def known(cls, **fields: Any) -> Self:
        """One of all its fields, right and in order: nothing is checked, so it takes a fraction of the time.

        >>> Span.known(start=0, end=1, raw_start=0, raw_end=1) == Span(start=0, end=1, raw_start=0, raw_end=1)
        True
        """
        made = cls.__new__(cls)
        put = object.__setattr__
        put(made, "__dict__", fields)
        put(made, "__pydantic_fields_set__", _EVERY.get(cls) or _EVERY.setdefault(cls, set(fields)))
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made


_GIVEN: dict[frozenset[str], set[str]] = {}
_EVERY: dict[type[Model], set[str]] = {}  # of each model the names of all its fields


class Document(Model):
    """Where a record was read: enough to find the source again."""

    id: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = Field(None, description="ISO 8601 date, only as precise as the source")
    published_by: Dating | None = Field(
        None, description="what says so: the weakest are path, given and properties"
    )
    path: str | None = None
    sha256: str = ""


class Span(Model):
    """Half-open offsets in code points: in the clean text, and in the source text as it came."""

    start: int
    end: int
    raw_start: int
    raw_end: int


class Quantity(Model):
    """One number with its bound words and unit. ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str
    value: Exact
    value_max: Exact | None = None
    unit: str = ""
    bound: Bound = "exact"
    kind: Kind = "count"
    rules: dict[str, str] = Field(default_factory=dict, description="field -> id of the rule that filled it")


class Date(Model):
    """One date or period in a text. ``value`` is ISO 8601, or empty where the text alone does not say which."""

    start: int
    end: int
    quote: str
    value: str
    rule: str = ""


class PlaceMention(Model):
    """One name of a place in a text, with the places that it may stand for."""

    start: int
    end: int
    surface: str
    code: str | None = Field(None, description="six-digit code, or None while several candidates are open")
    name: str = Field("", description="whole official path of the place that code names")
    level: Level = ""
    candidates: tuple[str, ...] = Field((), description="codes of all places that the surface form may name")
    rule: str = ""


class Place(Model):
    """The administrative place that a quantity is about."""

    name: str = ""
    code: str = ""
    level: Level = ""
    province: str = ""
    city: str = ""
    county: str = ""
    township: str = ""
    surface: str = ""
    how: How = ""
    candidates: tuple[str, ...] = ()


class Metric(Model):
    """What was counted: the short name, its action and object apart, and the indicator that it is one wording of."""

    name: Annotated[str, Field(max_length=40)]
    action: str = ""
    object: str = ""
    indicator: str | None = None


class RectificationItem(Model):
    """One quantity of an article as a row of the ledger."""

    id: str
    document: Document
    place: Place
    agency: str | None = None
    metric: Metric
    value: Exact
    value_max: Exact | None = None
    unit: str
    value_base: Exact | None = None
    unit_base: str = ""
    bound: Bound
    kind: Kind
    phase: Phase
    time: str | None = None
    part_of: str | None = None
    answers: str | None = None
    duplicate_of: str | None = None
    row: str | None = None
    quote: str
    sentence: str
    span: Span
    rules: dict[str, str]
    checks: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)


class Rejection(Model):
    """What did not become a record, with the reason: one number of an article, or a whole article."""

    scope: Literal["number", "article"] = "number"
    document: Document
    reason: str
    detail: str = ""
    quote: str = ""
    sentence: str = ""
    span: Span | None = None
    rule: str = ""


class CleanText(Model):
    """One article as cleaned: a line of ``documents.jsonl``."""

    document: Document
    text: str
