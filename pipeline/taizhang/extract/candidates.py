"""Extract: what the extract stage hands on: every number as a candidate with all its fields, or as an exclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taizhang.article import Cleaned
from taizhang.judge import Choice
from taizhang.records import Date, Metric, Phase, Place, PlaceMention, Quantity
from taizhang.segment.layout import Layout


class Exclusion(NamedTuple):
    """A number that is no quantity of the article: where it stands, why, and which rule says so."""

    start: int
    end: int
    reason: str
    rule: str


class TimeChoice(NamedTuple):
    """When a quantity was so (ISO 8601, empty where nothing says), the rule that offered it, and its rivals."""

    value: str
    rule: str
    choice: Choice | None = None


class PlaceChoice(NamedTuple):
    """The place that a quantity is about, the rule that decided, and how sure that is (0 to 1)."""

    place: Place
    rule: str
    sure: float = 1.0


class AgencyChoice(NamedTuple):
    """The organisation that did it, as written (empty where none is named), and the rule that found it."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One quantity with every field filled as far as the text allows.

    ``part_of`` is the index, among the candidates, of the total that this is a part of, and
    ``answers`` that of the problem or target that it answers. ``choices`` keeps, for each
    field that was judged, all that was offered, with scores; ``place_sure`` is how sure the place is. ``row`` names the
    row of the table that it stands in, and is empty in prose.
    """

    quantity: Quantity
    metric: Metric
    phase: Phase
    place: Place
    agency: str
    time: str
    part_of: int | None
    rules: dict[str, str]
    choices: dict[str, Choice] = field(default_factory=dict)
    place_sure: float = 1.0
    answers: int | None = None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article, in text order.

    ``numerals`` are the offsets of every numeral that was seen before any decision, signs such as 首 among them.
    """

    cleaned: Cleaned
    layout: Layout
    candidates: Sequence[Candidate] = ()
    exclusions: tuple[Exclusion, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[PlaceMention, ...] = field(default=())
    numerals: Sequence[tuple[int, int]] = ()
