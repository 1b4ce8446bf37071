"""The aggregates' room: one row of the table, and which of its fields a question may be asked by."""

from __future__ import annotations

from typing import Literal, get_args

from taizhang.errors import QueryError
from taizhang.records import Exact, Kind, Level, Model, Phase

#: What ``by`` may name besides ``indicator``, which always parts the rows: different things do not add up.
BY = ("place", "year", "indicator")
LEVELS = ("province", "city", "county")


class AggregateRow(Model):
    """One figure: an indicator at a place in a year, in one phase and unit, and all that it was made of."""

    place_code: str
    place_name: str
    place_level: Level
    year: int | None
    indicator: str
    indicator_zh: str
    indicator_en: str
    phase: Phase
    kind: Kind
    value: Exact | None
    unit: str
    lowest: Exact
    highest: Exact
    records: int
    facts: int
    documents: int
    contradictions: int
    previous: Exact | None
    change: Exact | None
    stated_change: Exact | None
    change_agrees: Literal["yes", "no", ""]
    quotes: tuple[str, ...]
    sources: tuple[str, ...]


def checked(names: tuple[str, ...], known: tuple[str, ...], option: str) -> tuple[str, ...]:
    """The names if all are known.

    Raises:
        QueryError: names the option, what was expected and what was got.

    >>> checked(("year",), BY, "by")
    ('year',)
    """
    for name in names:
        if name not in known:
            raise QueryError(f"{option}: expected some of {', '.join(known)}, got {name!r}")
    return names


PHASES: tuple[str, ...] = get_args(Phase)
